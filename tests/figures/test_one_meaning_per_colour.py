"""France in ink, what is highlighted in the accent, a corridor in its colour, targets dashed."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from made_once import shipped_figure
from shipped import INVENTED, SHIPPED, VISITED

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.series_colours import COLOURS, corridor_colour, pale
from atlas.figures.profile.request import PeerBarsRequest, StripRequest

NAMES = [*SHIPPED, *VISITED, *INVENTED]


def colours_by_name(figure: Figure) -> Iterator[tuple[str, str]]:
    """What each mark of a slide stands for, and its colour; of the first series of bars, which is
    that of the period."""
    if figure.native is None:
        return
    series = [one for one in figure.native.series if not one.is_target and not one.is_hidden]
    for one in series:
        yield one.name, one.colour
    yield from zip(figure.native.categories, series[0].colours, strict=False)
    for entry in figure.legend:
        yield entry.label, entry.colour


@pytest.mark.parametrize("name", NAMES)
def test_a_colour_means_one_thing(
    name: str, context: FigureContext, fictitious: FigureContext
) -> None:
    figure, style = shipped_figure(name, context, fictitious), context.style
    corridors = {
        corridor_colour(context, key): one for key, one in context.settings.corridors.items()
    }
    request = figure.request
    chosen = getattr(request, "highlighted", "")
    if isinstance(request, StripRequest | PeerBarsRequest):
        chosen = request.codes[0]
    selected = context.territories[chosen].name if chosen else "—"
    is_by_corridor = "corridor" in {column.key for column in figure.table.columns}
    for said, colour in colours_by_name(figure):
        if said.split(",")[0].split(" (")[0] == "France":
            assert colour == style.ink, said
        elif said.split(",")[0] == selected:
            assert colour == style.accent, said
        else:
            assert colour not in (style.ink, style.accent), said
    spec = json.dumps(figure.spec).lower()
    used = {colour for colour in corridors if f'"{colour}"' in spec}
    of_one = getattr(figure.request, "corridor", "")
    assert not used or is_by_corridor or corridor_colour(context, of_one) in used
    assert ("strokedash" in spec) == ("bjectif" in spec)


@pytest.mark.parametrize("name", ["fictif-couloirs-niveau", "la-reunion-2026/5-comparison"])
def test_the_year_before_is_the_pale_tint_of_what_it_is_of(
    name: str, context: FigureContext, fictitious: FigureContext
) -> None:
    native = shipped_figure(name, context, fictitious).native
    assert native is not None and len(native.series) == 2
    now, before = native.series
    assert before.colour == pale(context, now.colour)


def test_no_territory_has_the_colour_of_something_else(context: FigureContext) -> None:
    taken = {corridor_colour(context, key) for key in context.settings.corridors}
    taken |= {context.style.ink, context.style.accent}
    assert not taken & set(COLOURS) and len(set(COLOURS)) == len(COLOURS)
