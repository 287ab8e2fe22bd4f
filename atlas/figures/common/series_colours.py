"""The colours of several territories or corridors on one figure, on a screen or on paper.

One meaning per colour: the nation is in ink, the highlighted territory in the accent, a corridor in
its own colour, which nothing else has, and the year before in the pale tint of what it is of.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import mix_colours, pale_tint

# Of the territories that are neither the nation nor highlighted: none is the ink, the accent or the
# colour of a corridor. Told apart without colour too: shapes differ, and the legend prints the last
# value of each.
COLOURS = ["#2f47b0", "#0f7c8a", "#7b4fc9", "#b02a6f", "#5a6072", "#3d6b1f"]


def colour(context: FigureContext, place: int) -> str:
    """The colour of the series of a place, on this screen or on paper."""
    own = COLOURS[place % len(COLOURS)]
    return own if context.style.paper == "#ffffff" else mix_colours(own, "#ffffff", 0.5)


def colours_of(context: FigureContext, codes: Sequence[str], selected: str = "") -> list[str]:
    """The colour of each territory: ink for the nation, the accent for the one selected, and one
    after the other for the rest."""
    known = {selected: context.style.accent, "FR": context.style.ink}
    rest = itertools.count()
    return [known[code] if code in known else colour(context, next(rest)) for code in codes]


def colours_of_bars(context: FigureContext, codes: Iterable[str], selected: str = "") -> list[str]:
    """The same where bars need not be told apart: all others in the brand's first colour."""
    known = {selected: context.style.accent, "FR": context.style.ink}
    return [known.get(code, context.style.primary) for code in codes]


def corridor_colour(context: FigureContext, corridor: str) -> str:
    """The colour of a corridor in config.yaml, lighter on a dark screen."""
    own = context.settings.corridors[corridor].colour.lower()
    return own if context.style.paper == "#ffffff" else mix_colours(own, "#ffffff", 0.4)


def pale(context: FigureContext, shade: str) -> str:
    """The tint of a colour for the year before: it recedes towards the paper."""
    return pale_tint(shade, context.style.paper)
