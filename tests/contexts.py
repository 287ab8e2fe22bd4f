"""What figures are printed from, in tests."""

from __future__ import annotations

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
    )
