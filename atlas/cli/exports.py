"""Press kits."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from atlas.cli.common import (
    EXIT_BAD_INPUT,
    EXIT_PARTIAL,
    THIS_FOLDER,
    DayOption,
    DemoOption,
    ForceOption,
    PeriodOption,
    ProjectFolder,
    context_for_print,
    parse_day,
    refuse,
    refuse_existing,
    refuse_write_errors,
    report,
)
from atlas.entry_saving import read_entry_text
from atlas.export.kit import Kit, KitChoice, KitTooLarge, Progress, build_kit
from atlas.export.kit_parts.registry import KIT_PARTS
from atlas.export.render_pool import RenderPool
from atlas.export.reproducible_zip import write_reproducible_zip
from atlas.figures.common.context import FigureContext
from atlas.figures.options import periods_of
from atlas.problems import Problem
from atlas.project import Project
from atlas.publications.draft_context import context_with_dossier
from atlas.publications.publication import (
    Publication,
    dossier_publication,
    territory_publication,
)
from atlas.rendering.image_kinds.registry import IMAGE_KINDS, USUAL_KINDS
from atlas.settings import Dossier
from atlas.store.durable_files import write_file, write_folder

#: All kits in one file.
TOGETHER_FILE = "kits.zip"
# Added to the priority of the process: others go first.
NICENESS = 10


def kit(
    out: Annotated[Path, typer.Option(help="Dossier où écrire, un sous-dossier par kit.")],
    dossier: Annotated[str, typer.Option(help="Clé d’un dossier de la configuration.")] = "",
    draft: Annotated[
        list[Path] | None,
        typer.Option(
            help="Fichier YAML d’un dossier qui n’est pas dans la configuration, ou dossier de "
            "tels fichiers : leurs kits sont marqués « Projet, à ne pas diffuser ».",
            show_default=False,
        ),
    ] = None,
    territory: Annotated[str, typer.Option(help="REG-94, DEP-2A…")] = "",
    period: PeriodOption = "",
    all: Annotated[bool, typer.Option("--all", help="Tous les dossiers.")] = False,
    format: Annotated[list[str] | None, typer.Option(help="Formats d’image ; tous sinon.")] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(help=f"{', '.join(IMAGE_KINDS)} ; {', '.join(USUAL_KINDS)} sinon."),
    ] = None,
    part: Annotated[
        list[str] | None, typer.Option(help=f"{', '.join(KIT_PARTS)} ; toutes sinon.")
    ] = None,
    embargo: DayOption = "",
    date: DayOption = "",
    logo: Annotated[bool, typer.Option(help="Le logo sur les images.")] = True,
    zip: Annotated[
        bool, typer.Option("--zip", help="Un fichier ZIP au lieu d’un dossier.")
    ] = False,
    together: Annotated[
        bool, typer.Option("--together", help="Tous les kits dans un seul fichier ZIP.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, help="Dessins menés de front.")] = os.cpu_count()
    or 1,
    progress: Annotated[
        bool, typer.Option("--progress", help="L’avancement en JSON sur la sortie.")
    ] = False,
    gently: Annotated[
        bool, typer.Option("--gently", help="Laisse la priorité aux autres programmes.")
    ] = False,
    bleed_mm: Annotated[
        float,
        typer.Option(min=0, max=10, help="Fond perdu du dossier de presse, en mm."),
    ] = 0,
    max_megabytes: Annotated[
        int | None,
        typer.Option(min=1, help="Taille d’un kit, en Mo.", show_default="sans limite"),
    ] = None,
    project: ProjectFolder = THIS_FOLDER,
    demo: DemoOption = False,
    force: ForceOption = False,
) -> None:
    """Écrit des kits de presse : images, diapositives, classeur, textes et page web."""
    if gently:
        os.nice(NICENESS)
    if bool(dossier) + bool(draft) + bool(territory) + all != 1:
        raise refuse("Indiquez --dossier, --draft, ou --territory et --period, ou --all.")
    context = context_for_print(project, demo=demo)
    if draft:
        context, publications = _read_drafts(context, project, _draft_files(draft))
    else:
        publications = _find_publications(context, dossier, territory, period, every=all)
    choice = replace(
        _build_choice(context, format, kind, part, embargo, date, logo=logo), bleed_mm=bleed_mm
    )
    targets = {one.key: out / (f"{one.key}.zip" if zip else one.key) for one in publications}
    if together:
        targets = dict.fromkeys(targets, out / TOGETHER_FILE)
    for target in set(targets.values()):
        refuse_existing(target, force)
    with refuse_write_errors(out):
        out.mkdir(parents=True, exist_ok=True)
    failed = list[str]()
    packed = dict[str, bytes]()
    with closing(RenderPool(workers, gently=gently)) as pool:
        for place, one in enumerate(publications):
            try:
                made = build_kit(
                    context,
                    one,
                    choice,
                    pool,
                    workers,
                    _progress_printer(place, len(publications), in_json=progress),
                    max_megabytes,
                )
            except KitTooLarge as reason:
                raise refuse(str(reason)) from reason
            if together:
                packed |= {f"{one.key}/{name}": content for name, content in made.files.items()}
            else:
                with refuse_write_errors(targets[one.key]):
                    _write(made, targets[one.key], choice.date)
            failed += [f"{one.key}/{text}" for text in made.failures]
            typer.echo(f"{one.key} : {len(made.files)} fichiers dans {targets[one.key]}", err=True)
    if together:
        with refuse_write_errors(out):
            write_file(out / TOGETHER_FILE, write_reproducible_zip(packed, choice.date))
    if failed:
        raise refuse("\n".join(["Figures non produites :", *failed]), EXIT_PARTIAL)


def _find_publications(
    context: FigureContext, dossier: str, territory: str, period: str, *, every: bool
) -> list[Publication]:
    if territory:
        if territory not in context.territories:
            raise refuse(f"Le territoire « {territory} » n’existe pas.")
        known = periods_of(context, territory)
        if period not in known:
            raise refuse(
                f"Aucun chiffre pour « {territory} » à la période « {period} ». "
                f"Périodes : {', '.join(known) or 'aucune'}."
            )
        return [territory_publication(context, territory, period)]
    _refuse_fictitious(context)
    keys = list(context.settings.dossiers) if every else [dossier]
    if keys[0] not in context.settings.dossiers:
        raise refuse(
            f"Le dossier « {dossier} » n’existe pas. Dossiers : "
            f"{', '.join(context.settings.dossiers)}."
        )
    return [dossier_publication(context, key) for key in keys]


def _refuse_fictitious(context: FigureContext) -> None:
    if context.dataset.fictitious:
        raise refuse("Un dossier reproduit une publication : il n’existe pas en données fictives.")


def _draft_files(given: Sequence[Path]) -> list[Path]:
    """The files named, and those of the folders named."""
    found = [
        file
        for path in given
        for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])
    ]
    if not found:
        raise refuse(f"Aucun fichier YAML dans « {given[0]} ».")
    return found


def _read_drafts(
    context: FigureContext, project: Path, files: Sequence[Path]
) -> tuple[FigureContext, list[Publication]]:
    """The publications of dossiers that have a file alone, checked as those of the configuration
    are, and what they are made from."""
    _refuse_fictitious(context)
    inputs = Project(project)
    every: list[Problem] = []
    for file in files:
        try:
            content = file.read_bytes()
        except OSError as reason:
            raise refuse(
                f"Impossible de lire « {file} » : vérifiez son nom et ses droits."
            ) from reason
        fields, unreadable = read_entry_text(content, "dossiers", file.name)
        problems = inputs.entry_problems("dossiers", file.stem, file, file.name) or unreadable
        every += problems
        if fields is not None and not problems:
            dossier = Dossier.model_validate(fields)
            context = context_with_dossier(context, file.stem, dossier)
    if every:
        report(every)
        raise typer.Exit(EXIT_BAD_INPUT)
    return context, [dossier_publication(context, file.stem, is_draft=True) for file in files]


def _build_choice(
    context: FigureContext,
    formats: list[str] | None,
    kinds: list[str] | None,
    parts: list[str] | None,
    embargo: str,
    date: str,
    *,
    logo: bool,
) -> KitChoice:
    known = context.settings.formats
    for given, words in ((formats, known), (kinds, IMAGE_KINDS), (parts, KIT_PARTS)):
        for word in given or []:
            if word not in words:
                raise refuse(f"« {word} » est inconnu. Au choix : {', '.join(words)}.")
    return KitChoice(
        {key: known[key] for key in formats or known},
        parse_day(date) or dt.date.today(),
        tuple(kind for kind in IMAGE_KINDS if kind in (kinds or USUAL_KINDS)),
        tuple(parts or KIT_PARTS),
        parse_day(embargo),
        logo,
    )


def _progress_printer(place: int, count: int, *, in_json: bool) -> Progress:
    """Says each file that is made."""

    def tell(done: int, total: int, name: str) -> None:
        if in_json:
            typer.echo(
                json.dumps(
                    {"kit": place + 1, "kits": count, "done": done, "total": total, "name": name},
                    ensure_ascii=False,
                )
            )
        else:
            typer.echo(f"{done}/{total} {name}", err=True)

    return tell


def _write(made: Kit, target: Path, date: dt.date) -> None:
    """Give the whole kit its name at once: nobody finds half of one."""
    if target.suffix == ".zip":
        named = {f"{target.stem}/{name}": content for name, content in made.files.items()}
        write_file(target, write_reproducible_zip(named, date))
    else:
        write_folder(target, made.files)
