"""A generated table while it is made: cells that know the figure that they state."""

from __future__ import annotations

from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter
from proposed_figures import Figure
from sheet_tabs import Tab


@dataclass(frozen=True)
class Filled:
    """A cell that states a figure, or one part of it."""

    content: object
    figure: Figure


@dataclass
class Draft:
    """One sheet. ``above``, ``header``, ``rows``, ``below``: its rows, one under the other.

    ``merged``: ranges of the header (first row, first column, last row, last column, from 0).
    ``merged_rows``: of the rows. ``hidden_rows``: indexes in ``rows``. ``allowed``: figures that a
    reader may take from the sheet, or may leave out. ``territory_columns``: how many columns at the
    left say what a row is about; none where columns or sheets do.
    """

    above: list[list[object]]
    header: list[list[object]]
    rows: list[list[object]]
    below: list[list[object]] = field(default_factory=list)
    name: str = "Données"
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    merged_rows: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    hidden: bool = False
    transposed: bool = False
    for_workbook: bool = False
    territory_columns: int = 0
    allowed: set[Figure] = field(default_factory=set)

    @property
    def figure_cells(self) -> list[tuple[int, int]]:
        """Places in ``rows`` of the cells that state a figure."""
        return [
            (r, c)
            for r, row in enumerate(self.rows)
            for c, cell in enumerate(row)
            if isinstance(cell, Filled)
        ]

    def figures(self) -> dict[Figure, str]:
        """The figures that the sheet states, by the cell of their first part."""
        top = len(self.above) + len(self.header)
        stated: dict[Figure, str] = {}
        for r, c in self.figure_cells:
            one = self.rows[r][c].figure
            if one not in self.allowed:
                stated.setdefault(one, f"{get_column_letter(c + 1)}{top + r + 1}")
        return stated

    def tab(self) -> Tab:
        """The sheet as it is written."""
        top, start = len(self.above), len(self.above) + len(self.header)
        rows = [*self.above, *self.header, *self.rows, *self.below]
        merged = [_area(area, top) for area in self.merged]
        merged += [_area(area, start) for area in self.merged_rows]
        return Tab(
            self.name,
            [[c.content if isinstance(c, Filled) else c for c in row] for row in rows],
            tuple(merged),
            self.hidden,
            tuple(start + row for row in self.hidden_rows),
            tuple(self.hidden_columns),
        )


def _area(area: tuple[int, int, int, int], down: int) -> str:
    top, left, bottom, right = area
    return (
        f"{get_column_letter(left + 1)}{top + down + 1}:"
        f"{get_column_letter(right + 1)}{bottom + down + 1}"
    )
