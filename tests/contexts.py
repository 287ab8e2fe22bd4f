"""What figures are printed from, in tests."""

from __future__ import annotations

from collections.abc import Iterable

from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import Style
from atlas.project import Project


def context_for_print(place: Project, *, demo: bool = False) -> FigureContext:
    """What figures are printed from."""
    assert place.settings and place.territories, place.problems()
    return FigureContext(
        place.settings,
        place.territories,
        place.dataset(demo=demo),
        place.shapes(),
        tuple(place.milestones),
        Style.light(place.settings.brand),
        place.logo,
        data_revisions=tuple(place.data_revisions),
    )


def unlike_territories(context: FigureContext, codes: Iterable[str]) -> list[str]:
    """The first of those of one level that have the same indicators at the same periods: what is
    made of the others has other numbers and the same parts. Those without a figure all stay."""
    rows = context.dataset.observations
    held = rows.groupby("territory")[["indicator", "period"]].apply(
        lambda own: frozenset(own.itertuples(index=False, name=None))
    )
    found: dict[object, str] = {}
    for code in codes:
        kind = context.territories[code].kind
        found.setdefault((kind, held[code]) if code in held.index else code, code)
    return list(found.values())
