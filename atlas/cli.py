"""The command line: the same work without a browser.

Exit codes: 0 done, 1 the input files have problems, 2 the command was not understood.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from atlas.figures import COLUMNS
from atlas.problems import Problem
from atlas.workspace import Workspace

app = typer.Typer(help="4 ans de Mon espace santé : chiffres, contours et contrôles.",
                  no_args_is_help=True, add_completion=False)
Project = Annotated[Path, typer.Option(
    help="Dossier du projet (config.yaml, data/, geo/).", file_okay=False, exists=True,
    show_default="celui du programme")]
HERE = Path(__file__).parents[1]


class Format(StrEnum):
    """How `figures` prints."""

    csv = "csv"
    json = "json"


@app.command()
def figures(
    project: Project = HERE,
    format: Annotated[Format, typer.Option(help="csv (virgule, point décimal) ou json.")] =
    Format.csv,
    demo: Annotated[bool, typer.Option(help="Le jeu de données fictives.")] = False,
    published: Annotated[bool, typer.Option(
        help="Sans les valeurs calculées.")] = False,
) -> None:
    """Écrit tous les chiffres tels que chargés, avec les colonnes du contrat et « derived ».

    « derived » est vide pour un chiffre publié, sinon dit comment il a été calculé et d’où.
    """
    workspace = Workspace(project)
    book = workspace.book(demo=demo)
    _report(workspace.problems())
    if book is None:
        raise typer.Exit(1)
    rows = (book.published if published else book.figures)[[*COLUMNS, "derived"]]
    if format is Format.csv:
        rows.to_csv(sys.stdout, index=False, lineterminator="\n", float_format="%.15g")
    else:
        sys.stdout.write(_json(rows))
    if workspace.problems():
        raise typer.Exit(1)


@app.command("check-files")
def check_files(project: Project = HERE) -> None:
    """Vérifie config.yaml, data/ et geo/, et dit le remède de chaque problème."""
    workspace = Workspace(project)
    workspace.book()
    workspace.shapes()
    _report(workspace.problems())
    if workspace.problems():
        raise typer.Exit(1)
    typer.echo("Aucun problème : tous les fichiers lus sont corrects.")


@app.command()
def prepare(project: Project = HERE) -> None:
    """Prépare les contours de geo/ et le jeu fictif, comme le fait le premier affichage."""
    workspace = Workspace(project)
    shapes = workspace.shapes()
    workspace.book(demo=True)
    _report(workspace.problems())
    if shapes is None or workspace.problems():
        raise typer.Exit(1)
    typer.echo(f"Contours prêts ({shapes.credit}), {len(shapes.views)} vues.")


def _json(rows: pd.DataFrame) -> str:
    return str(rows.to_json(orient="records", force_ascii=False, indent=1)) + "\n"


def _report(problems: list[Problem]) -> None:
    for problem in problems:
        line = f":{problem.line}" if problem.line else ""
        found = f" (trouvé : {problem.value})" if problem.value else ""
        typer.echo(f"{problem.file}{line} {problem.where}: {problem.message}{found}. "
                   f"{problem.cure}", err=True)
