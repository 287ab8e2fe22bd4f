"""What is held of each indicator, from which source, and what a full map of France lacks."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import pandas as pd
import typer

from atlas import french
from atlas.cli.common import EXIT_BAD_INPUT, THIS_FOLDER, DemoOption, ProjectFolder, refuse, report
from atlas.export.tables import safe
from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import Style
from atlas.project import Project
from atlas.tables.coverage import (
    COVERAGE_LEVELS,
    CoverageChoice,
    coverage_corridors,
    coverage_file,
    coverage_overview,
    coverage_rows,
    coverage_start,
    coverage_table,
)
from atlas.tables.coverage_missing import coverage_caisses, coverage_missing, coverage_sentence


class CoverageFormat(StrEnum):
    """How `coverage` prints."""

    text = "text"
    csv = "csv"


def coverage(
    project: ProjectFolder = THIS_FOLDER,
    indicator: Annotated[
        str,
        typer.Option(
            help="Clé d’un indicateur de config/indicators.yaml.",
            show_default="tous, une ligne chacun",
        ),
    ] = "",
    format: Annotated[
        CoverageFormat, typer.Option(help="text (à lire) ou csv (séparé par des virgules).")
    ] = CoverageFormat.text,
    demo: DemoOption = False,
) -> None:
    """Dit quels territoires ont quelles périodes, d’après quelle source, et ce qui manque.

    Sans --indicator, une ligne par indicateur ; avec, chacun de ses chiffres, puis les
    départements qui manquent à la carte de France la plus complète.
    """
    inputs = Project(project)
    context = _read(inputs, demo=demo)
    if indicator and indicator not in context.settings.indicators:
        raise refuse(
            f"« {indicator} » n’est pas un indicateur de config/indicators.yaml. Prenez une clé de "
            "« indicators »."
        )
    if format is CoverageFormat.csv:
        safe(_table(context, indicator)).to_csv(sys.stdout, index=False, lineterminator="\n")
    elif indicator:
        _print_one(context, indicator)
    else:
        _print_all(context)
    if inputs.problems():
        raise typer.Exit(EXIT_BAD_INPUT)


def _read(inputs: Project, *, demo: bool) -> FigureContext:
    settings, territories, dataset = (
        inputs.settings,
        inputs.territories,
        inputs.dataset(demo=demo),
    )
    report(inputs.problems() + inputs.warnings())
    if settings is None or territories is None or dataset is None:
        raise typer.Exit(EXIT_BAD_INPUT)
    return FigureContext(settings, territories, dataset, None, (), Style.light(settings.brand))


def _table(context: FigureContext, indicator: str) -> pd.DataFrame:
    return (
        coverage_file(context, _rows(context, indicator))
        if indicator
        else (coverage_overview(context))
    )


def _rows(context: FigureContext, indicator: str) -> pd.DataFrame:
    """The figures of all levels and corridors, from the nation down."""
    return pd.concat(
        [
            coverage_rows(context, CoverageChoice(indicator, level, corridor))
            for level in reversed(COVERAGE_LEVELS)
            for corridor in coverage_corridors(context, indicator, level) or [""]
        ]
    )


def _print_all(context: FigureContext) -> None:
    for row in coverage_overview(context).to_dict("records"):
        told = [f"{name} : {text}" for name, text in row.items() if name != "Indicateur" and text]
        typer.echo(french.keep_with_punctuation(f"{row['Indicateur']}\n  {' ; '.join(told)}"))


def _print_one(context: FigureContext, indicator: str) -> None:
    table = coverage_table(context, _rows(context, indicator))
    typer.echo(context.settings.indicators[indicator].label)
    if not len(table):
        typer.echo("Aucun chiffre n’est connu pour cet indicateur.")
    for row in french.row_texts(table.without("source")):
        typer.echo(french.keep_with_punctuation("  " + ", ".join(filter(None, row.values()))))
    _print_missing(context, indicator)


def _print_missing(context: FigureContext, indicator: str) -> None:
    """What the fullest map of the départements lacks."""
    choice = CoverageChoice(indicator, "departements")
    choice = choice.at(coverage_start(context, choice))
    typer.echo(french.keep_with_punctuation(coverage_sentence(context, choice)))
    for region, names in coverage_missing(context, choice):
        typer.echo(french.keep_with_punctuation(f"  {region} : {names}"))
    if enough := coverage_caisses(context, choice):
        typer.echo(french.keep_with_punctuation(enough))
