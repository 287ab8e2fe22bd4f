"""A figure that is read as a table: HTML with a small bar behind each value."""

from __future__ import annotations

import math
from dataclasses import dataclass

from atlas.figures.common.figure import Figure, Numbers
from atlas.french import NBSP
from atlas.ui import html

RANK, CHANGE = "Rang", "Évolution"


@dataclass(frozen=True)
class _Cell:
    """``role``: its class in the style sheet; ``share``: length of its bar, from 0 to 1."""

    text: str
    role: str
    share: float | None = None


def bar_table(figure: Figure, colour: str) -> str:
    """The HTML of a figure's table; the column of the levels now has bars, from zero.

    ``colour``: of the bars, as CSS writes it.
    """
    levels_name = [column for column in figure.numbers if column != CHANGE][0]
    levels = figure.numbers[levels_name]
    top = max((value for value in levels.values if not math.isnan(value)), default=0.0)
    columns = [str(column) for column in figure.table]
    return html.render(
        "bar_table.html",
        title=figure.title,
        colour=colour,
        headings=[_Cell(column.replace(NBSP, " "), _role(column)) for column in columns],
        rows=[
            [
                _Cell(
                    text,
                    _role(column),
                    _share(levels, place, top) if column == levels_name else None,
                )
                for column, text in zip(columns, cells, strict=True)
            ]
            for place, cells in enumerate(
                figure.table.astype(str).itertuples(index=False, name=None)
            )
        ],
    )


def _share(numbers: Numbers, place: int, top: float) -> float | None:
    """Length of the bar of a cell, from 0 to 1; None where there is no value."""
    if math.isnan(numbers.values[place]) or top <= 0:
        return None
    return max(0.0, numbers.values[place]) / top


def _role(column: str) -> str:
    return "rang" if column == RANK else "nom" if column == "Territoire" else ""
