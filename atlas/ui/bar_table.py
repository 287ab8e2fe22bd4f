"""A figure that is read as a table: HTML with a small bar behind each value."""

from __future__ import annotations

import math
from dataclasses import dataclass

from atlas.figures.common.figure import Figure
from atlas.french import NBSP, cell_text
from atlas.ui import html
from atlas.values import Column

# The column whose values have bars.
LEVEL_KEY = "level"


@dataclass(frozen=True)
class _Cell:
    """``css_class``: its class in the style sheet; ``share``: length of its bar, from 0 to 1."""

    text: str
    css_class: str
    share: float | None = None


def bar_table(figure: Figure, colour: str) -> str:
    """The HTML of a figure's table; the column of the levels now has bars, from zero.

    ``colour``: of the bars, as CSS writes it.
    """
    levels = figure.table[LEVEL_KEY].numbers
    top = max((level for level in levels if not math.isnan(level)), default=0.0)
    return html.render(
        "bar_table.html",
        title=figure.title,
        colour=colour,
        headings=[
            _Cell(column.heading.replace(NBSP, " "), _css_class(column))
            for column in figure.table.columns
        ],
        rows=[
            [
                _Cell(
                    cell_text(column.cells[place], column),
                    _css_class(column),
                    _share(levels[place], top) if column.key == LEVEL_KEY else None,
                )
                for column in figure.table.columns
            ]
            for place in range(len(figure.table))
        ],
    )


def _share(level: float, top: float) -> float | None:
    """Length of the bar of a cell, from 0 to 1; None where there is no value."""
    return None if math.isnan(level) or top <= 0 else max(0.0, level) / top


def _css_class(column: Column) -> str:
    return {"rank": "rang", "name": "nom"}.get(column.role, "rang" if column.key == "rank" else "")
