"""Dossiers proposed from what the data hold: one, or one for every territory of a level."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from atlas.cli.common import (
    EXIT_PARTIAL,
    THIS_FOLDER,
    ForceOption,
    ProjectFolder,
    context_for_print,
    refuse,
    refuse_existing,
    refuse_write_errors,
)
from atlas.entry_saving import entry_file_text, read_entry
from atlas.figures.common.context import FigureContext
from atlas.publications.dossier_template import FilledTemplate, fill_default, fill_template
from atlas.store.durable_files import write_file, write_files
from atlas.territories import KIND_OF_LEVEL

dossier = typer.Typer(
    help="Des dossiers proposés à partir des données : un, ou un par territoire.",
    no_args_is_help=True,
)
TemplateOption = Annotated[
    str,
    typer.Option(
        "--template",
        help="Clé du dossier dont reprendre les blocs ; sans elle, ce que les données permettent.",
        show_default=False,
    ),
]


@dossier.command()
def new(
    territory: Annotated[str, typer.Option(help="REG-53, DEP-2A, CPAM-641…")],
    out: Annotated[Path, typer.Option(help="Fichier YAML à écrire.")],
    template: TemplateOption = "",
    project: ProjectFolder = THIS_FOLDER,
    force: ForceOption = False,
) -> None:
    """Écrit le dossier proposé d’un territoire, à ouvrir dans Composer ou à déposer dans config/.

    Code de sortie 3 s’il manque des blocs, qui sont nommés.
    """
    context = context_for_print(project, demo=False)
    if territory not in context.territories:
        raise refuse(f"Le territoire « {territory} » n’existe pas.")
    refuse_existing(out, force)
    made = _fill_dossier(context, project, template, territory)
    if not made.fields:
        name = context.territories[territory].locative
        raise refuse(f"Aucun chiffre n’est connu {name} : importez-en d’abord (atlas import).")
    with refuse_write_errors(out):
        write_file(out, entry_file_text("dossiers", made.fields).encode())
    typer.echo(f"{out} : {len(made.fields['blocks'])} blocs.", err=True)
    if made.lacks:
        raise refuse(f"Il manque : {' ; '.join(made.lacks)}.", EXIT_PARTIAL)


@dossier.command()
def all(
    out: Annotated[Path, typer.Option(help="Dossier où écrire un fichier YAML par territoire.")],
    level: Annotated[
        Literal["regions", "departements", "caisses"], typer.Option(help="Quels territoires.")
    ] = "regions",
    template: TemplateOption = "",
    project: ProjectFolder = THIS_FOLDER,
    force: ForceOption = False,
) -> None:
    """Écrit le dossier de chaque territoire qui a des chiffres, et dit ce qui manque à chacun.

    Le tableau sort en CSV : code, territoire, fichier, manque. `atlas kit --draft` fait ensuite
    les kits de tous ces fichiers.
    """
    context = context_for_print(project, demo=False)
    files: dict[Path, bytes] = {}
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("code", "territoire", "fichier", "manque"))
    for code in context.territories.of_kind(KIND_OF_LEVEL[level]):
        made = _fill_dossier(context, project, template, code)
        place = context.territories[code]
        name = f"{place.slug}.yaml" if made.fields else ""
        if made.fields:
            files[out / name] = entry_file_text("dossiers", made.fields).encode()
        table.writerow((code, place.name, name, " ; ".join(made.lacks)))
    for file in files:
        refuse_existing(file, force)
    with refuse_write_errors(out):
        out.mkdir(parents=True, exist_ok=True)
        write_files(files)


def _fill_dossier(
    context: FigureContext, project: Path, template: str, code: str
) -> FilledTemplate:
    if not template:
        return fill_default(context, code)
    known = read_entry(project, "dossiers", template)
    if known is None:
        raise refuse(
            f"Le dossier « {template} » n’existe pas. Dossiers : "
            f"{', '.join(context.settings.dossiers)}."
        )
    return fill_template(context, known.fields, code)
