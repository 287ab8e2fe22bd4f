"""config.yaml and config/ while they are edited: what is wrong, and the schemas for editors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from atlas.cli.common import (
    EXIT_BAD_INPUT,
    THIS_FOLDER,
    ProjectFolder,
    refuse,
    refuse_write_errors,
    report,
)
from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import RequestError
from atlas.figures.common.style import Style
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.registry import figure_of
from atlas.problems import Problem
from atlas.project import Project
from atlas.publications.publication import dossier_publication
from atlas.settings import lines_of_settings
from atlas.settings.schema import schema_texts
from atlas.store.durable_files import write_files

ConfigWarning = tuple[tuple[str | int, ...], str, str]
config = typer.Typer(
    help="config.yaml et config/ : les vérifier, en donner les schémas.", no_args_is_help=True
)


@config.command()
def check(project: ProjectFolder = THIS_FOLDER) -> None:
    """Dit chaque problème de config.yaml et de config/ : ligne, clé, remède ; avertit du reste.

    Code de sortie 1 s’il y a un problème, 0 sinon, même avec des avertissements.
    """
    inputs = Project(project)
    settings = inputs.settings
    report(inputs.problems())
    if settings is None or inputs.problems():
        raise typer.Exit(EXIT_BAD_INPUT)
    for warning in warnings(inputs, project):
        typer.echo(
            f"{warning.file}:{warning.line} {warning.where}: avertissement, {warning.message}. "
            f"{warning.cure}",
            err=True,
        )
    typer.echo(
        f"La configuration est correcte (indicateurs : {len(settings.indicators)}, couloirs : "
        f"{len(settings.corridors)}, comparaisons : {len(settings.comparisons)}, dossiers : "
        f"{len(settings.dossiers)})."
    )


@config.command()
def schema(
    project: ProjectFolder = THIS_FOLDER,
    check: Annotated[
        bool, typer.Option("--check", help="Ne rien écrire ; code 1 si un schéma est à refaire.")
    ] = False,
) -> None:
    """Écrit les schémas JSON de config.yaml et de config/, dans config/schemas/."""
    old = [name for name, text in schema_texts().items() if _text_of(project / name) != text]
    if check and old:
        raise refuse(
            f"Schémas à refaire (python -m atlas config schema) : {', '.join(old)}.",
            EXIT_BAD_INPUT,
        )
    with refuse_write_errors(project / "config/schemas"):
        for name in old:
            (project / name).parent.mkdir(parents=True, exist_ok=True)
        write_files({project / name: schema_texts()[name].encode() for name in old})
    typer.echo(f"Schémas écrits : {', '.join(old)}." if old else "Les schémas sont à jour.")


def _text_of(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


def warnings(inputs: Project, project: Path) -> list[Problem]:
    """What is correct and shows nothing, by line; none when the figures cannot be read."""
    settings, territories, dataset = inputs.settings, inputs.territories, inputs.dataset()
    if settings is None or territories is None or dataset is None:
        return []
    context = FigureContext(
        settings,
        territories,
        dataset,
        inputs.shapes(),
        tuple(inputs.milestones),
        Style.light(settings.brand),
    )
    where = lines_of_settings(project)
    return sorted(
        (
            where.problem(found[0], "", *found[1:])
            for found in (*_unused_keys(context), *_empty_requests(context))
        ),
        key=lambda problem: problem.line or 0,
    )


def _unused_keys(context: FigureContext) -> Iterator[ConfigWarning]:
    """Indicators and corridors without a figure."""
    rows = context.dataset.observations
    for column, known in (
        (
            "indicator",
            {
                key: ("themes", indicator.theme, "indicators", key)
                for key, indicator in context.settings.indicators.items()
            },
        ),
        ("corridor", {key: ("corridors", key) for key in context.settings.corridors}),
    ):
        present = set(rows[column])
        yield from (
            (
                path,
                "aucun chiffre de data/ ne l’emploie",
                "Ajoutez ses chiffres, ou retirez cette entrée.",
            )
            for key, path in known.items()
            if key not in present
        )


def _empty_requests(context: FigureContext) -> Iterator[ConfigWarning]:
    """Comparisons and dossiers that ask for figures that nobody published."""
    for key, page in context.settings.comparisons.items():
        for place, indicator in enumerate(page.indicators):
            request = ComparisonRequest(indicator=indicator, comparison=key)
            if reason := _why_empty(context, request):
                yield (
                    ("comparisons", key, "indicators", place),
                    reason,
                    "Choisissez un autre indicateur, une autre période ou d’autres territoires.",
                )
    for key in context.settings.dossiers:
        absent = [
            name
            for section in dossier_publication(context, key).sections
            for name in section.absent
        ]
        if absent:
            yield (
                ("dossiers", key),
                f"chiffres demandés et non publiés : {', '.join(absent)}",
                "Corrigez leur territoire, leur période ou leur couloir, ou retirez-les.",
            )


def _why_empty(context: FigureContext, request: ComparisonRequest) -> str:
    """Why a comparison shows nothing; empty when it shows something."""
    try:
        shown = figure_of(context, request)
    except RequestError as reason:
        return str(reason)
    return "" if shown else f"aucun de ces territoires n’a de chiffre pour « {request.indicator} »"
