"""What is made: one image, or press kits."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Annotated, get_args

import typer

from atlas import periods
from atlas.cli.common import (
    EXISTS,
    HERE,
    PARTIAL,
    Demo,
    Force,
    Project,
    desk_for_print,
    refuse,
    writing,
)
from atlas.export import ExportError, Kind, Options, caption_text, image
from atlas.export.archive import archive
from atlas.export.kit import PARTS, Kit, KitChoice, Part, Progress, build_kit
from atlas.export.pool import Pool
from atlas.views import (
    Desk,
    FigureRequest,
    Publication,
    RequestError,
    dossier_publication,
    figure_of,
    periods_of,
    territory_publication,
)

Period = Annotated[str, typer.Option(help="2025, 2025-12 ou 2025-12-31.")]
Day = Annotated[str, typer.Option(help="2027-01-30.")]
GENTLE = 10


def export(
    figure: Annotated[str, typer.Option(
        help="carte, classement, couloirs, couloir, courbe ou comparaison.")],
    out: Annotated[Path, typer.Option(help="Fichier à écrire.")],
    territory: Annotated[str, typer.Option(help="FR, REG-94, DEP-2A… ; FR+REG-94 pour une "
                                           "courbe.")] = "FR",
    period: Period = "",
    indicator: Annotated[str, typer.Option(help="Clé de config.yaml.")] = "activation_rate",
    format: Annotated[str, typer.Option(help="Clé de « formats » de config.yaml.")] = "170mm",
    kind: Annotated[str, typer.Option(help="png, svg ou pdf.")] = "png",
    level: Annotated[str, typer.Option(help="departements, caisses ou regions.")] =
    "departements",
    measure: Annotated[str, typer.Option(help="value, change ou gap.")] = "value",
    selected: Annotated[str, typer.Option(help="Territoire mis en avant.")] = "",
    corridor: Annotated[str, typer.Option(help="Couloir de la figure « couloir ».")] = "",
    page: Annotated[str, typer.Option(help="Clé de « comparisons » de config.yaml.")] = "",
    caption: Annotated[bool, typer.Option(
        help="Sans légende, elle vient dans un fichier .txt.")] = True,
    transparent: Annotated[bool, typer.Option(help="Fond transparent.")] = False,
    logo: Annotated[bool, typer.Option(help="Avec le logo.")] = False,
    project: Project = HERE, demo: Demo = False, force: Force = False,
) -> None:
    """Écrit une figure en PNG, SVG ou PDF au format demandé."""
    desk = desk_for_print(project, demo=demo)
    if format not in desk.settings.formats or kind not in get_args(Kind):
        raise refuse(f"Format ou type inconnu : « {format} », « {kind} ». Formats : "
                     f"{', '.join(desk.settings.formats)} ; types : png, svg, pdf.")
    beside = out.with_suffix(".txt")
    for target in [out] if caption else [out, beside]:
        _free(target, force)
    try:
        made = figure_of(desk, FigureRequest.from_texts({
            "drawing": figure, "indicator": indicator, "territory": territory, "period": period,
            "level": level, "measure": measure, "selected": selected, "corridor": corridor,
            "page": page}))
    except RequestError as reason:
        known = f" ; au choix : {', '.join(reason.known)}" if reason.known else ""
        raise refuse(f"Demande refusée : {reason}{known}.") from reason
    if made is None or not made.sources:
        raise refuse("Aucun chiffre n’est publié pour cette demande.")
    options = Options(caption=caption, transparent=transparent, logo=desk.logo if logo else "")
    try:
        content = image(made, kind, desk.shapes, desk.settings.formats[format],  # type: ignore[arg-type]
                        options=options, data=desk.book.version,
                        author=desk.settings.brand.name)
    except ExportError as reason:
        raise refuse(str(reason), PARTIAL) from reason
    with writing(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(content)
        if not caption:
            beside.write_text(caption_text(made), "utf-8")


def kit(
    out: Annotated[Path, typer.Option(help="Dossier où écrire, un sous-dossier par kit.")],
    dossier: Annotated[str, typer.Option(help="Clé de « dossiers » de config.yaml.")] = "",
    territory: Annotated[str, typer.Option(help="REG-94, DEP-2A…")] = "",
    period: Period = "",
    all: Annotated[bool, typer.Option("--all", help="Tous les dossiers.")] = False,
    format: Annotated[list[str] | None, typer.Option(help="Formats d’image ; tous sinon.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="png, svg, pdf ; tous sinon.")] = None,
    part: Annotated[list[str] | None, typer.Option(help=f"{', '.join(PARTS)} ; toutes sinon.")] =
    None,
    embargo: Day = "",
    date: Day = "",
    logo: Annotated[bool, typer.Option(help="Le logo sur les images.")] = False,
    zip: Annotated[bool, typer.Option("--zip", help="Un fichier ZIP au lieu d’un dossier.")] =
    False,
    workers: Annotated[int, typer.Option(min=1, help="Dessins menés de front.")] =
    os.cpu_count() or 1,
    progress: Annotated[bool, typer.Option(
        "--progress", help="L’avancement en JSON sur la sortie.")] = False,
    gently: Annotated[bool, typer.Option(
        "--gently", help="Laisse la priorité aux autres programmes.")] = False,
    project: Project = HERE, demo: Demo = False, force: Force = False,
) -> None:
    """Écrit des kits de presse : images, diapositives, classeur, textes et page web."""
    if gently:
        os.nice(GENTLE)
    desk = desk_for_print(project, demo=demo)
    publications = _asked(desk, dossier, territory, period, every=all)
    choice = _choice(desk, format, kind, part, embargo, date, logo=logo)
    targets = {one.key: out / (f"{one.key}.zip" if zip else one.key) for one in publications}
    for target in targets.values():
        _free(target, force)
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
    pool, failed = Pool(workers), list[str]()
    for place, one in enumerate(publications):
        made = build_kit(desk, one, choice, pool, workers, _told(
            place, len(publications), in_json=progress))
        with writing(targets[one.key]):
            _write(made, targets[one.key], choice.date)
        failed += [f"{one.key}/{text}" for text in made.failures]
        typer.echo(f"{one.key} : {len(made.files)} fichiers dans {targets[one.key]}", err=True)
    pool.close()
    if failed:
        raise refuse("\n".join(["Figures non produites :", *failed]), PARTIAL)


def _asked(desk: Desk, dossier: str, territory: str, period: str, *, every: bool
           ) -> list[Publication]:
    if (bool(dossier) + bool(territory) + every) != 1:
        raise refuse("Indiquez --dossier, ou --territory et --period, ou --all.")
    if territory:
        if territory not in desk.territories:
            raise refuse(f"Le territoire « {territory} » n’existe pas.")
        known = periods_of(desk, territory)
        if period not in known:
            raise refuse(f"Aucun chiffre pour « {territory} » à la période « {period} ». "
                         f"Périodes : {', '.join(known) or 'aucune'}.")
        return [territory_publication(desk, territory, period)]
    if desk.book.fictitious:
        raise refuse("Un dossier reproduit une publication : il n’existe pas en données fictives.")
    keys = list(desk.settings.dossiers) if every else [dossier]
    if keys[0] not in desk.settings.dossiers:
        raise refuse(f"Le dossier « {dossier} » n’existe pas. Dossiers : "
                     f"{', '.join(desk.settings.dossiers)}.")
    return [dossier_publication(desk, key) for key in keys]


def _choice(desk: Desk, formats: list[str] | None, kinds: list[str] | None,
            parts: list[str] | None, embargo: str, date: str, *, logo: bool) -> KitChoice:
    known = desk.settings.formats
    for given, words in ((formats, known), (kinds, get_args(Kind)), (parts, get_args(Part))):
        for word in given or []:
            if word not in words:
                raise refuse(f"« {word} » est inconnu. Au choix : {', '.join(words)}.")
    return KitChoice(
        {key: known[key] for key in formats or known}, _day(date) or dt.date.today(),
        tuple(kinds or get_args(Kind)), tuple(parts or PARTS),  # type: ignore[arg-type]
        _day(embargo), logo)


def _day(text: str) -> dt.date | None:
    if not text:
        return None
    if len(text) != len("2027-01-30") or not periods.is_period(text):
        raise refuse(f"« {text} » n’est pas une date : écrivez l’année, le mois et le jour, "
                     "2027-01-30.")
    return dt.date.fromisoformat(text)


def _told(place: int, count: int, *, in_json: bool) -> Progress:
    """Says each file that is made."""
    def tell(done: int, total: int, name: str) -> None:
        if in_json:
            typer.echo(json.dumps({"kit": place + 1, "kits": count, "done": done,
                                   "total": total, "name": name}, ensure_ascii=False))
        else:
            typer.echo(f"{done}/{total} {name}", err=True)

    return tell


def _free(target: Path, force: bool) -> None:
    if target.exists() and not force:
        raise refuse(f"{target} existe déjà : ajoutez --force pour le remplacer.", EXISTS)


def _write(made: Kit, target: Path, date: dt.date) -> None:
    """Give the whole kit its name at once: nobody finds half of one."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".kit-") as scratch:
        fresh = Path(scratch) / target.name
        if target.suffix == ".zip":
            fresh.write_bytes(archive(
                {f"{target.stem}/{name}": content for name, content in made.files.items()}, date))
        else:
            for name, content in made.files.items():
                (fresh / name).parent.mkdir(parents=True, exist_ok=True)
                (fresh / name).write_bytes(content)
        if target.is_dir():
            shutil.rmtree(target)
        fresh.replace(target)
