"""What a page says of a map before its values: how many are known, and whether they differ."""

from __future__ import annotations

from dataclasses import dataclass

from atlas.figures.common.context import FigureContext
from atlas.figures.map.classes import concentration_warning
from atlas.figures.map.request import MapRequest
from atlas.figures.map.rows import map_rows
from atlas.figures.map.texts import coverage_text


@dataclass(frozen=True)
class MapDescription:
    """text: of the coverage, with a warning where most territories are in one class; known: how
    many territories have what is shown."""

    text: str
    known: int


def map_description(context: FigureContext, request: MapRequest) -> MapDescription:
    """Of a map that is shown, found once for a context."""
    found: MapDescription = context.once(
        ("map description", request), lambda: _describe(context, request)
    )
    return found


def _describe(context: FigureContext, request: MapRequest) -> MapDescription:
    rows = map_rows(context, request)
    said = (
        coverage_text(context, request, rows),
        concentration_warning(context, request, rows),
    )
    return MapDescription(" ".join(filter(None, said)), int((~rows["missing"]).sum()))
