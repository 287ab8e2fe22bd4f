"""The milestones as a line of years with what each brought."""

from __future__ import annotations

import math
from collections.abc import Sequence

from atlas.export.slides.deck import Deck
from atlas.export.slides.layouts import Box
from atlas.export.slides.page import Page, numbered, parts, room
from atlas.export.slides.texts import INK, PRIMARY, Line, fitted
from atlas.settings import Milestone

MOST, GAP, SIZES = 4, 18.0, (16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0)
YEAR, LINE = 28.0, 4.0


def add_timeline(
    deck: Deck, title: str, milestones: Sequence[Milestone], *, subtitle: str = ""
) -> None:
    """A few years a slide, side by side, in letters of one size."""
    pages = math.ceil(len(milestones) / MOST)
    runs = parts(milestones, pages)
    box, most = room(subtitle), max(map(len, runs))
    width = (box.width - GAP * (most - 1)) / most
    size = min(_size(milestone, width, box.height) for milestone in milestones)
    for number, run in enumerate(runs, start=1):
        page = deck.content(numbered(title, number, pages), subtitle=subtitle)
        for place, milestone in enumerate(run):
            _draw(
                page,
                milestone,
                size,
                Box(page.box.x + place * (width + GAP), page.box.y, width, page.box.height),
            )


def _size(milestone: Milestone, width: float, tall: float) -> float:
    found = fitted(lambda size: _lines(milestone, size), SIZES, width, tall - LINE - 8)
    return found[-1].size if found else SIZES[-1]


def _lines(milestone: Milestone, size: float) -> list[Line]:
    return [
        Line(str(milestone.year), YEAR, bold=True, colour=PRIMARY),
        Line(milestone.title, size + 1, bold=True, colour=INK),
        *(Line(point, size, colour=INK, before=5, bullet=True) for point in milestone.points),
    ]


def _draw(page: Page, milestone: Milestone, size: float, box: Box) -> None:
    page.area(Box(box.x, box.y, box.width, LINE), PRIMARY)
    page.text(
        f"Année {milestone.year}",
        Box(box.x, box.y + LINE + 6, box.width, box.height - LINE - 6),
        _lines(milestone, size),
    )
