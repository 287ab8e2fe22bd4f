"""The colours of several territories or corridors on one figure, on a screen or on paper."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import mix_colours

# Told apart without colour too: shapes differ, and the legend prints the last value of each.
COLOURS = ["#2f47b0", "#c2570c", "#0b7a5b", "#8a2b6b", "#5a6072", "#7a5c00"]


def colour(context: FigureContext, place: int) -> str:
    """The colour of the series of a place, on this screen or on paper."""
    own = COLOURS[place % len(COLOURS)]
    return own if context.style.paper == "#ffffff" else mix_colours(own, "#ffffff", 0.5)


def colours_of(context: FigureContext, codes: Sequence[str], selected: str = "") -> list[str]:
    """The colour of each territory: by its place; with one selected, which has the second colour
    wherever it stands, the nation has the first and the others those that follow."""
    if not selected:
        return [colour(context, place) for place in range(len(codes))]
    known, rest = {"FR": 0, selected: 1}, itertools.count(2)
    return [colour(context, known[code] if code in known else next(rest)) for code in codes]


def corridor_colour(context: FigureContext, corridor: str) -> str:
    """The colour of a corridor in config.yaml, lighter on a dark screen."""
    own = context.settings.corridors[corridor].colour.lower()
    return own if context.style.paper == "#ffffff" else mix_colours(own, "#ffffff", 0.4)


def pale(context: FigureContext, shade: str) -> str:
    """The tint of a colour for the year before: it recedes towards the paper."""
    return mix_colours(shade, context.style.paper, 0.72)
