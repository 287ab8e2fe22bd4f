"""What is read: figures as a table, checks of the files, outlines."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import pandas as pd
import typer

from atlas import french
from atlas.cli.common import EXIT_BAD_INPUT, THIS_FOLDER, ProjectFolder, report
from atlas.observations.checks import COLUMNS
from atlas.observations.optional_columns import OPTIONAL_COLUMNS
from atlas.project import Project

# Between which values a computed one lies, when the weights of its parts are not published.
_REACH = ("reach_low", "reach_high")


class FiguresFormat(StrEnum):
    """How `figures` prints."""

    csv = "csv"
    json = "json"


def figures(
    project: ProjectFolder = THIS_FOLDER,
    format: Annotated[
        FiguresFormat, typer.Option(help="csv (virgule, point décimal) ou json.")
    ] = FiguresFormat.csv,
    demo: Annotated[bool, typer.Option(help="Le jeu de données fictives.")] = False,
    published: Annotated[bool, typer.Option(help="Sans les valeurs calculées.")] = False,
) -> None:
    """Écrit tous les chiffres tels que chargés, avec les colonnes du contrat et « derived ».

    Suivent les colonnes facultatives du contrat, puis « contradiction », ce qui contredit le
    chiffre selon data/reviewed_findings.yaml ; un chiffre que ce fichier rejette n’est pas écrit.
    « reach_low » et « reach_high » bornent un chiffre calculé dont les poids ne sont pas publiés.
    « derived » est vide pour un chiffre publié, sinon dit comment il a été calculé et d’où. La
    valeur d’un chiffre sous secret est « secret statistique ».
    """
    inputs = Project(project)
    dataset = inputs.dataset(demo=demo)
    report(inputs.problems() + inputs.warnings())
    if dataset is None:
        raise typer.Exit(EXIT_BAD_INPUT)
    shown = dataset.published if published else dataset.observations
    rows = shown[[*COLUMNS, "derived", *OPTIONAL_COLUMNS, "contradiction", *_REACH]]
    if shown["secret"].any():
        rows = rows.assign(
            value=rows["value"].astype(object).where(~shown["secret"], french.SECRET)
        )
    if format is FiguresFormat.csv:
        rows.to_csv(sys.stdout, index=False, lineterminator="\n", float_format="%.15g")
    else:
        sys.stdout.write(_json(rows))
    if inputs.problems():
        raise typer.Exit(EXIT_BAD_INPUT)


def check_files(project: ProjectFolder = THIS_FOLDER) -> None:
    """Vérifie config.yaml, config/, data/ et geo/, et dit le remède de chaque problème.

    Une remarque dit ce qui a été corrigé ou laissé de côté, un avertissement ce qui manque depuis
    le dernier état connu ; ils ne changent pas le code de sortie.
    """
    inputs = Project(project)
    inputs.dataset()
    inputs.shapes()
    warnings = inputs.warnings()
    report(inputs.problems() + warnings + inputs.remarks())
    if inputs.problems():
        raise typer.Exit(EXIT_BAD_INPUT)
    typer.echo(
        f"Les fichiers lus sont corrects ; il en manque (avertissements : {len(warnings)})."
        if warnings
        else "Aucun problème : tous les fichiers lus sont corrects."
    )


def prepare(project: ProjectFolder = THIS_FOLDER) -> None:
    """Prépare les contours de geo/, les chiffres et le jeu fictif, comme le fait un serveur."""
    inputs = Project(project)
    shapes = inputs.shapes()
    inputs.dataset()
    inputs.dataset(demo=True)
    report(inputs.problems() + inputs.warnings() + inputs.remarks())
    if shapes is None or inputs.problems():
        raise typer.Exit(EXIT_BAD_INPUT)
    typer.echo(f"Contours prêts ({shapes.credit}), {len(shapes.views)} vues.")


def _json(rows: pd.DataFrame) -> str:
    return str(rows.to_json(orient="records", force_ascii=False, indent=1)) + "\n"
