"""The milestones as a line of years with what each brought."""

from __future__ import annotations

import math
from collections.abc import Sequence

from atlas.export.slides.box import Box
from atlas.export.slides.presentation import PresentationBuilder
from atlas.export.slides.slide import SlideBuilder, numbered_title, split_evenly
from atlas.export.slides.typesetting import INK, MIN_POINTS, PRIMARY, Line, fit_lines, sizes
from atlas.settings import Milestone
from atlas.settings.office_templates import KEY_FIGURES

MAX_YEARS_PER_SLIDE = 4
# Points: between two years, of the letters of a year and of its texts, of the rule above it.
GAP, YEAR_POINTS, TEXT_SIZES, RULE_HEIGHT = 22.0, 40.0, sizes(22, MIN_POINTS), 4.0


def add_timeline(
    presentation: PresentationBuilder,
    title: str,
    milestones: Sequence[Milestone],
    *,
    subtitle: str = "",
) -> None:
    """A few years a slide, side by side, in letters of one size."""
    box = presentation.area(KEY_FIGURES, subtitle=subtitle)
    for most in range(MAX_YEARS_PER_SLIDE, 0, -1):
        runs = split_evenly(milestones, math.ceil(len(milestones) / most))
        found = [
            _size(milestone, _width(box, run), box.height) for run in runs for milestone in run
        ]
        if all(found):
            break
    size, slides = min(found) or MIN_POINTS, len(runs)
    for number, run in enumerate(runs, start=1):
        builder = presentation.add_content_slide(
            numbered_title(title, number, slides), layout=KEY_FIGURES, subtitle=subtitle
        )
        width = _width(box, run)
        for place, milestone in enumerate(run):
            _draw(
                builder,
                milestone,
                size,
                Box(box.x + place * (width + GAP), box.y, width, box.height),
            )


def _width(box: Box, run: Sequence[Milestone]) -> float:
    return (box.width - GAP * (len(run) - 1)) / len(run)


def _size(milestone: Milestone, width: float, tall: float) -> float:
    """The largest letters of its texts in a place; 0 when it holds none."""
    found = fit_lines(
        lambda size: _lines(milestone, size), TEXT_SIZES, width, tall - RULE_HEIGHT - 8
    )
    return found[-1].size if found else 0.0


def _lines(milestone: Milestone, size: float) -> list[Line]:
    return [
        Line(str(milestone.year), YEAR_POINTS, bold=True, colour=PRIMARY),
        Line(milestone.title, size + 1, bold=True, colour=INK),
        *(Line(point, size, colour=INK, before=5, bullet=True) for point in milestone.points),
    ]


def _draw(builder: SlideBuilder, milestone: Milestone, size: float, box: Box) -> None:
    builder.add_rule(Box(box.x, box.y, box.width, RULE_HEIGHT), PRIMARY)
    builder.add_text(
        f"Année {milestone.year}",
        Box(box.x, box.y + RULE_HEIGHT + 6, box.width, box.height - RULE_HEIGHT - 6),
        _lines(milestone, size),
    )
