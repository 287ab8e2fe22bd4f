"""What the commands share: options, exit codes, messages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import Style
from atlas.problems import Problem
from atlas.project import Project

# Exit codes, besides 0 and typer's own 2 for a command that was not understood.
EXIT_BAD_INPUT, EXIT_PARTIAL, EXIT_TARGET_EXISTS = 1, 3, 4
ProjectFolder = Annotated[
    Path,
    typer.Option(
        help="Dossier du projet (config.yaml, config/, data/, geo/).",
        file_okay=False,
        exists=True,
        show_default="celui du programme",
    ),
]
DemoOption = Annotated[bool, typer.Option(help="Le jeu de données fictives.")]
ForceOption = Annotated[bool, typer.Option(help="Remplace ce qui existe déjà.")]
DayOption = Annotated[str, typer.Option(help="2027-01-30.")]
PeriodOption = Annotated[str, typer.Option(help="2025, 2025-12 ou 2025-12-31.")]
THIS_FOLDER = Path(__file__).parents[2]


def report(problems: list[Problem]) -> None:
    """Each problem, warning or remark on a line of the error output: file, line, what, cure."""
    for problem in problems:
        kind = "avertissement, " if problem.is_warning else "remarque, " * problem.is_remark
        line = f":{problem.line}" if problem.line else ""
        found = f" (trouvé : {problem.value})" if problem.value else ""
        typer.echo(
            f"{problem.file}{line} {problem.where}: {kind}{problem.message}{found}. {problem.cure}",
            err=True,
        )


def context_for_print(project: Path, *, demo: bool) -> FigureContext:
    """What figures are printed from; ends the command when the files cannot be read.

    Problems that leave a last good version are told and do not stop it: there is none here, so
    that every problem of the files used is one.
    """
    inputs = Project(project)
    settings, territories, dataset, shapes = inputs.read_whole(
        lambda: (
            inputs.settings,
            inputs.territories,
            inputs.dataset(demo=demo),
            inputs.shapes(),
        )
    )
    report(inputs.problems() + inputs.warnings())
    if settings is None or territories is None or dataset is None or inputs.problems():
        raise typer.Exit(EXIT_BAD_INPUT)
    return FigureContext(
        settings,
        territories,
        dataset,
        shapes,
        tuple(inputs.milestones),
        Style.light(settings.brand),
        inputs.logo,
        inputs.templates,
        tuple(inputs.data_revisions),
    )


@contextmanager
def refuse_write_errors(target: Path) -> Iterator[None]:
    """Ends the command with a sentence when the place cannot be written."""
    try:
        yield
    except OSError as reason:
        raise refuse(
            f"Impossible d’écrire « {target} » : vérifiez que le dossier existe, que "
            "vous avez le droit d’y écrire et qu’il reste de la place."
        ) from reason


def parse_day(text: str) -> dt.date | None:
    """The day of an option, None when it is empty; ends the command when it is none."""
    if not text:
        return None
    if not periods.is_day(text):
        raise refuse(
            f"« {text} » n’est pas une date : écrivez l’année, le mois et le jour, 2027-01-30."
        )
    return dt.date.fromisoformat(text)


def refuse_existing(target: Path, force: bool) -> None:
    """Ends the command when a target is there and may not be replaced."""
    if target.exists() and not force:
        raise refuse(
            f"{target} existe déjà : ajoutez --force pour le remplacer.", EXIT_TARGET_EXISTS
        )


def refuse(message: str, code: int = 2) -> typer.Exit:
    """Say on the error output why the command ends; to be raised."""
    typer.echo(message, err=True)
    return typer.Exit(code)
