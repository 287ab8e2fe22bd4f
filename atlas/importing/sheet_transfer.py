"""Sheets as lines of JSON and back: how a worker hands over what it read in a file.

Cells that are equal are sent once: the rows of a sheet hold their numbers.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from atlas.importing.sheet import EMPTY_CELL, Cell, CellState, CellUnit, Sheet
from atlas.importing.workbooks.worksheet import EMPTY_INDEX, CellTable, row_lines, sheet_line


def lines_of_sheets(sheets: Iterable[Sheet]) -> Iterator[str]:
    """The cells of all sheets, then each sheet and its rows."""
    table = CellTable()
    index_by_identity = {id(EMPTY_CELL): EMPTY_INDEX}
    lines: list[str] = []
    for sheet in sheets:
        grid = []
        for cells in sheet.cells:
            for cell in cells:
                if id(cell) not in index_by_identity:
                    index_by_identity[id(cell)] = table.add(cell)
            grid.append([index_by_identity[id(cell)] for cell in cells])
        lines.append(
            sheet_line(
                sheet.name,
                sheet.hidden,
                (sheet.top, sheet.left),
                sheet.hidden_rows,
                sheet.hidden_columns,
            )
        )
        lines += row_lines(grid)
    yield from table.lines()
    yield from lines


def sheets_of_lines(lines: Iterable[str | bytes]) -> list[Sheet]:
    """The sheets that such lines describe."""
    cells, sheets = [EMPTY_CELL], list[Sheet]()
    for line in lines:
        part = json.loads(line)
        if "cells" in part:
            cells += [_make_cell(*fields) for fields in part["cells"]]
        elif "sheet" in part:
            sheets.append(_make_sheet(part["sheet"]))
        else:
            sheets[-1].cells.extend([cells[index] for index in row] for row in part["rows"])
    return sheets


def _make_cell(
    text: str = "",
    number: str = "",
    unit: CellUnit = "",
    scale: int = 1,
    period: str = "",
    value: float | None = None,
    number_format: str = "",
    notes: Sequence[str] = (),
    state: CellState = "",
    merged: Sequence[int] | None = None,
) -> Cell:
    first = (merged[0], merged[1]) if merged else None
    shared_format = sys.intern(number_format)  # one text for thousands of cells
    return Cell(text, number, unit, scale, period, value, shared_format, tuple(notes), state, first)


def _make_sheet(description: dict[str, Any]) -> Sheet:
    return Sheet(
        description["name"],
        [],
        description["top"],
        description["left"],
        description["hidden"],
        frozenset(description["hidden_rows"]),
        frozenset(description["hidden_columns"]),
    )
