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
from atlas.figures.common.style import Style
from atlas.problems import Problem
from atlas.project import Project
from atlas.publications.editorial_warnings import (
    EditorialWarning,
    as_problems,
    editorial_warnings,
)
from atlas.settings import lines_of_settings
from atlas.settings.schema import schema_texts
from atlas.store.durable_files import write_files

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
    """What is correct and shows nothing, or would be wrong in print, by file and line; none when
    the figures cannot be read."""
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
    found = [*_unused_keys(context), *editorial_warnings(context)]
    return as_problems(found, lines_of_settings(project))


def _unused_keys(context: FigureContext) -> Iterator[EditorialWarning]:
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
            EditorialWarning(
                path,
                "aucun chiffre de data/ ne l’emploie",
                "Ajoutez ses chiffres, ou retirez cette entrée.",
            )
            for key, path in known.items()
            if key not in present
        )
