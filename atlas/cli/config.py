"""config.yaml while it is edited: what is wrong with it, and the schema that editors read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer

from atlas.cli.common import EXIT_BAD_INPUT, THIS_FOLDER, ProjectFolder, report
from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import Style
from atlas.figures.registry import figure_of
from atlas.figures.requests import FigureRequest, RequestError
from atlas.problems import Problem
from atlas.project import Project
from atlas.publications.publication import dossier_publication
from atlas.settings.schema import schema_text
from atlas.settings.strict_yaml import Lines, read_yaml

NAME = "config.yaml"
ConfigWarning = tuple[tuple[str | int, ...], str, str]
config = typer.Typer(help="config.yaml : le vérifier, en donner le schéma.", no_args_is_help=True)


@config.command()
def check(project: ProjectFolder = THIS_FOLDER) -> None:
    """Dit chaque problème de config.yaml : ligne, clé, remède ; avertit de ce qui ne sert pas.

    Code de sortie 1 s’il y a un problème, 0 sinon, même avec des avertissements.
    """
    inputs = Project(project)
    settings = inputs.settings
    report(inputs.problems())
    if settings is None or inputs.problems():
        raise typer.Exit(EXIT_BAD_INPUT)
    for warning in warnings(inputs, project):
        typer.echo(
            f"{NAME}:{warning.line} {warning.where}: avertissement, {warning.message}. "
            f"{warning.cure}",
            err=True,
        )
    typer.echo(
        f"{NAME} est correct (indicateurs : {len(settings.indicators)}, couloirs : "
        f"{len(settings.corridors)}, comparaisons : {len(settings.comparisons)}, dossiers : "
        f"{len(settings.dossiers)})."
    )


@config.command()
def schema() -> None:
    """Écrit le schéma JSON de config.yaml, celui du fichier config.schema.json."""
    typer.echo(schema_text(), nl=False)


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
    _, lines, _ = read_yaml(project / NAME, NAME)
    return sorted(
        (
            _as_problem(found, lines)
            for found in (*_unused_keys(context), *_empty_requests(context))
        ),
        key=lambda problem: problem.line or 0,
    )


def _as_problem(found: ConfigWarning, lines: Lines) -> Problem:
    path, message, cure = found
    return Problem(NAME, message, cure, line=lines.get(path), where=".".join(map(str, path)))


def _unused_keys(context: FigureContext) -> Iterator[ConfigWarning]:
    """Indicators and corridors without a figure."""
    rows = context.dataset.observations
    for section, column, known in (
        ("indicators", "indicator", context.settings.indicators),
        ("corridors", "corridor", context.settings.corridors),
    ):
        present = set(rows[column])
        yield from (
            (
                (section, key),
                "aucun chiffre de data/ ne l’emploie",
                "Ajoutez ses chiffres, ou retirez cette entrée.",
            )
            for key in known
            if key not in present
        )


def _empty_requests(context: FigureContext) -> Iterator[ConfigWarning]:
    """Comparisons and dossiers that ask for figures that nobody published."""
    for key, page in context.settings.comparisons.items():
        for place, indicator in enumerate(page.indicators):
            if reason := _why_empty(context, FigureRequest("comparaison", indicator, page=key)):
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


def _why_empty(context: FigureContext, request: FigureRequest) -> str:
    """Why a comparison shows nothing; empty when it shows something."""
    try:
        shown = figure_of(context, request)
    except RequestError as reason:
        return str(reason)
    return "" if shown else f"aucun de ces territoires n’a de chiffre pour « {request.indicator} »"
