"""The years of a timeline as blocks, glyphs and lines of text: on one line, on several, or one
under the other."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from atlas.figures.common.composition import (
    Block,
    Composition,
    Glyph,
    TextLine,
    largest_that_fits,
)
from atlas.figures.common.style import Style
from atlas.french import keep_with_punctuation
from atlas.rendering.text_metrics import ABOVE, BELOW, LINE, text_width, wrap
from atlas.settings import Milestone

# Pixels of the letters at the factor 1; none is smaller than MIN_PX, which is 7 points on paper.
YEAR_PX, TITLE_PX, POINT_PX, MIN_PX = 22.0, 12.0, 10.5, 10.0
# Pixels between two years, of the line of time, around the dot of a year.
GAP_PX, RULE_PX, DOT_PX = 16.0, 3.0, 9.0
# Factors that are tried, that of a free height, and columns: one to a year at most.
LARGEST, SMALLEST, STEP, FREE_FACTOR = 3.0, 0.95, 0.04, 1.05
MIN_COLUMN_PX, MAX_COLUMNS = 104.0, 8
# Where years stand one under the other, what is left of their texts, in letters of the year.
SIDE_SHARE = 3.4
# Of the dot before a point, and of letters without ascenders, as shares of the size of the letters.
POINT_DOT_SHARE, SMALL_LETTERS_SHARE = 0.3, 0.48
_DOT = "M0 4.5A4.5 4.5 0 1 1 9 4.5A4.5 4.5 0 1 1 0 4.5Z"


@dataclass(frozen=True)
class _Year:
    """A year at x and y, with what is written of it: (lines of a text, size, weight, indent); a
    text that is set in has a dot before it."""

    milestone: Milestone
    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[str, float, int, float], ...]


@dataclass(frozen=True)
class TimelinePlan:
    """Every year placed in a width; columns: 1 where they stand one under the other."""

    years: tuple[_Year, ...]
    width: float
    height: float
    factor: float
    columns: int


def natural_plan(milestones: Sequence[Milestone], width: float) -> TimelinePlan:
    """Where the height is free: letters of the usual size, in the lowest plan."""
    return min((make(FREE_FACTOR) for make in _plans(milestones, width)), key=lambda p: p.height)


def largest_plan(
    milestones: Sequence[Milestone], width: float, height: float
) -> TimelinePlan | None:
    """The largest letters that fit a box; None when none does."""
    best: TimelinePlan | None = None
    for make in _plans(milestones, width):
        made = largest_that_fits(
            make,
            lambda plan: plan.height <= height and _holds_its_words(plan),
            lowest=SMALLEST if best is None else best.factor + STEP,
            highest=LARGEST,
            step=STEP,
        )
        best = made or best
    return None if best is None else _spread(best, height)


def _plans(
    milestones: Sequence[Milestone], width: float
) -> Iterator[Callable[[float], TimelinePlan]]:
    count = len(milestones)
    for columns in range(1, min(count, MAX_COLUMNS) + 1):
        even = math.ceil(count / math.ceil(count / columns)) == columns
        if even and (columns == 1 or (width + GAP_PX) / columns - GAP_PX >= MIN_COLUMN_PX):
            yield partial(_plan, milestones, width, columns)


def _plan(
    milestones: Sequence[Milestone], width: float, columns: int, factor: float
) -> TimelinePlan:
    side = _side(columns, factor)
    head = YEAR_PX * factor * LINE + DOT_PX + RULE_PX if columns > 1 else 0.0
    gap = GAP_PX * math.sqrt(factor)
    each = (width - gap * (columns - 1)) / columns
    years, y = list[_Year](), 0.0
    for start in range(0, len(milestones), columns):
        row = milestones[start : start + columns]
        lines = [_lines(milestone, each - side, factor) for milestone in row]
        tall = head + max(
            sum(size * LINE * len(text.split("\n")) for text, size, _, _ in texts)
            for texts in lines
        )
        tall = max(tall, YEAR_PX * factor * LINE)
        years += [
            _Year(milestone, place * (each + gap), y, each, tall, tuple(texts))
            for place, (milestone, texts) in enumerate(zip(row, lines, strict=True))
        ]
        y += tall + gap
    return TimelinePlan(tuple(years), width, y - gap, factor, columns)


def _holds_its_words(plan: TimelinePlan) -> bool:
    """True when no word is wider than its column, into which `wrap` cannot break it."""
    side = _side(plan.columns, plan.factor)
    return all(
        indent + text_width(line, size, weight) <= year.width - side
        for year in plan.years
        for text, size, weight, indent in year.lines
        for line in text.split("\n")
    )


def _side(columns: int, factor: float) -> float:
    """Pixels of the years at the left of their texts, where they stand one under the other."""
    return YEAR_PX * factor * SIDE_SHARE if columns == 1 else 0.0


def _spread(plan: TimelinePlan, height: float) -> TimelinePlan:
    """The rows of a plan spread over a height."""
    ratio = height / plan.height
    years = tuple(replace(year, y=year.y * ratio) for year in plan.years)
    return replace(plan, years=years, height=height)


def _lines(
    milestone: Milestone, width: float, factor: float
) -> list[tuple[str, float, int, float]]:
    title, size = max(TITLE_PX * factor, MIN_PX), max(POINT_PX * factor**0.9, MIN_PX)
    indent = text_width("• ", size)
    points = [
        (_wrap(point, size, 400, width - indent), size, 400, indent) for point in milestone.points
    ]
    return [(_wrap(milestone.title, title, 600, width), title, 600, 0.0), *points]


def _wrap(text: str, size: float, weight: int, width: float) -> str:
    return "\n".join(wrap(keep_with_punctuation(text), size, weight, width))


def draw_plan(plan: TimelinePlan, style: Style, current_year: int) -> Composition:
    """A line of time with a dot a year; years after the current one are hollow and quiet.

    current_year: of the newest figures: what comes later is announced.
    """
    blocks, glyphs, lines = list[Block](), list[Glyph](), list[TextLine]()
    side = _side(plan.columns, plan.factor)
    for place, year in enumerate(plan.years):
        colour = style.primary if year.milestone.year <= current_year else style.muted
        size = YEAR_PX * plan.factor
        label = f"{year.milestone.year} : {year.milestone.title}"
        if plan.columns == 1:
            last = place == len(plan.years) - 1
            x, top = side - 2.2 * DOT_PX, year.y + (size * LINE - DOT_PX) / 2
            after = year.height if last else plan.years[place + 1].y - year.y
            blocks.append(
                Block(x + DOT_PX / 2 - RULE_PX / 2, top, RULE_PX, after, style.grid, label)
            )
            glyphs.append(Glyph(x, top, DOT_PX / 9, _DOT, colour))
            lines.append(_year_text(year, 0.0, year.y, size, colour))
            lines += _texts(year, side, year.y + size * 0.18, style)
            glyphs += _dots(year, side, year.y + size * 0.18, style)
            continue
        top = year.y + size * LINE
        blocks.append(
            Block(year.x, top + DOT_PX / 2 - RULE_PX / 2, year.width, RULE_PX, colour, label)
        )
        glyphs.append(Glyph(year.x, top, DOT_PX / 9, _DOT, colour))
        lines.append(_year_text(year, year.x, year.y, size, colour))
        lines += _texts(year, year.x, top + DOT_PX + RULE_PX, style)
        glyphs += _dots(year, year.x, top + DOT_PX + RULE_PX, style)
    return Composition(
        plan.width, plan.height, tuple(blocks), tuple(glyphs), tuple(lines), plan.factor
    )


def _year_text(year: _Year, x: float, y: float, size: float, colour: str) -> TextLine:
    return TextLine(x, y + _base(size), str(year.milestone.year), size, 700, colour)


def _texts(year: _Year, x: float, y: float, style: Style) -> Iterator[TextLine]:
    for text, size, weight, indent in year.lines:
        yield TextLine(x + indent, y + _base(size), text, size, weight, style.ink)
        y += size * LINE * len(text.split("\n"))


def _dots(year: _Year, x: float, y: float, style: Style) -> Iterator[Glyph]:
    """One before each text that is set in, in the middle of its small letters."""
    for text, size, _, indent in year.lines:
        if indent:
            side = size * POINT_DOT_SHARE
            middle = y + _base(size) - size * SMALL_LETTERS_SHARE / 2
            yield Glyph(x + side / 3, middle - side / 2, side / 9, _DOT, style.ink)
        y += size * LINE * len(text.split("\n"))


def _base(size: float) -> float:
    """From the top of a line to its base line: letters in the middle of its height."""
    return size * (LINE + ABOVE - BELOW) / 2
