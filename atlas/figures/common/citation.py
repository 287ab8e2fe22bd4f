"""The line that cites a document, ready to be copied under a figure or into a bibliography."""

from __future__ import annotations

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.french import NBSP
from atlas.settings import Source


def citation(source: Source) -> str:
    """« ARS Nouvelle-Aquitaine, « En 2026… », 6 février 2026, https://…, consulté le 2 mars 2026. »

    A document without a date says so; one without an address gives its file; the day it was
    consulted is left out where data/sources.yaml does not give it.
    """
    parts = [
        source.publisher,
        f"«{NBSP}{source.title}{NBSP}»",
        periods.label(source.published) if source.published else "sans date",
        source.address or source.file,
        _consulted_text(source),
    ]
    return f"{', '.join(part for part in parts if part)}."


def figure_citations(context: FigureContext, figure: Figure) -> list[str]:
    """One line for each document that a figure is drawn from, in the order of its sources."""
    return [citation(context.dataset.sources[key]) for key in figure.sources]


def _consulted_text(source: Source) -> str:
    if not source.consulted:
        return ""
    joint = "le " if len(source.consulted) == len("2026-03-18") else "en "
    return f"consulté {joint}{periods.label(source.consulted)}"
