"""What is held of each indicator, from which source, and what a full map of France lacks."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import pandas as pd
import typer

from atlas import views, wording
from atlas.charts import Style
from atlas.cli.common import HERE, INPUT, Demo, Project, refuse, report
from atlas.workspace import Workspace


class Format(StrEnum):
    """How `coverage` prints."""

    text = "text"
    csv = "csv"


def coverage(
    project: Project = HERE,
    indicator: Annotated[
        str,
        typer.Option(
            help="Clé d’un indicateur de config.yaml.", show_default="tous, une ligne chacun"
        ),
    ] = "",
    format: Annotated[
        Format, typer.Option(help="text (à lire) ou csv (séparé par des virgules).")
    ] = Format.text,
    demo: Demo = False,
) -> None:
    """Dit quels territoires ont quelles périodes, d’après quelle source, et ce qui manque.

    Sans --indicator, une ligne par indicateur ; avec, chacun de ses chiffres, puis les
    départements qui manquent à la carte de France la plus complète.
    """
    workspace = Workspace(project)
    desk = _read(workspace, demo=demo)
    if indicator and indicator not in desk.settings.indicators:
        raise refuse(
            f"« {indicator} » n’est pas un indicateur de config.yaml. Prenez une clé de "
            "« indicators »."
        )
    if format is Format.csv:
        _table(desk, indicator).to_csv(sys.stdout, index=False, lineterminator="\n")
    elif indicator:
        _print_one(desk, indicator)
    else:
        _print_all(desk)
    if workspace.problems():
        raise typer.Exit(INPUT)


def _read(workspace: Workspace, *, demo: bool) -> views.Desk:
    settings, territories, book = (
        workspace.settings,
        workspace.territories,
        workspace.book(demo=demo),
    )
    report(workspace.problems())
    if settings is None or territories is None or book is None:
        raise typer.Exit(INPUT)
    return views.Desk(settings, territories, book, None, (), Style.light(settings.brand))


def _table(desk: views.Desk, indicator: str) -> pd.DataFrame:
    return (
        views.coverage_file(desk, _rows(desk, indicator))
        if indicator
        else (views.coverage_overview(desk))
    )


def _rows(desk: views.Desk, indicator: str) -> pd.DataFrame:
    """The figures of all levels and corridors, from the nation down."""
    return pd.concat(
        [
            views.coverage_rows(desk, views.CoverageChoice(indicator, level, corridor))
            for level in reversed(views.COVERAGE_LEVELS)
            for corridor in views.coverage_corridors(desk, indicator, level) or [""]
        ]
    )


def _print_all(desk: views.Desk) -> None:
    for row in views.coverage_overview(desk).to_dict("records"):
        told = [f"{name} : {text}" for name, text in row.items() if name != "Indicateur" and text]
        typer.echo(wording.no_break(f"{row['Indicateur']}\n  {' ; '.join(told)}"))


def _print_one(desk: views.Desk, indicator: str) -> None:
    table = views.coverage_table(desk, _rows(desk, indicator))
    typer.echo(desk.settings.indicators[indicator].label)
    if table.empty:
        typer.echo("Aucun chiffre n’est connu pour cet indicateur.")
    for row in table.to_dict("records"):
        typer.echo(
            wording.no_break(
                "  " + ", ".join(text for name, text in row.items() if text and name != "Source")
            )
        )
    _print_missing(desk, indicator)


def _print_missing(desk: views.Desk, indicator: str) -> None:
    """What the fullest map of the départements lacks."""
    asked = views.CoverageChoice(indicator, "departements")
    asked = asked.at(views.coverage_start(desk, asked))
    typer.echo(wording.no_break(views.coverage_sentence(desk, asked)))
    for region, names in views.coverage_missing(desk, asked):
        typer.echo(wording.no_break(f"  {region} : {names}"))
    if enough := views.coverage_caisses(desk, asked):
        typer.echo(wording.no_break(enough))
