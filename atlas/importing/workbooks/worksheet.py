"""Cells of a worksheet as they are met → a grid, its merged ranges filled, as lines of JSON.

Cells that are equal are sent once: a grid holds their numbers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Literal

from atlas.importing.sheet import EMPTY_CELL, Cell

EMPTY_INDEX = 0
_MAX_REMEMBERED_CELLS = 200_000
_CELLS_PER_LINE = 1000
_MAX_MERGED_PER_CELL = 4  # ranges that overlap further are made to keep a reader busy
_FIELD_NAMES = [each.name for each in fields(Cell)]
Rejection = Literal["size", "password", "xlsb"]
Range = tuple[int, int, int, int]  # first row and column, last row and column, from 0


class WorkbookRejected(Exception):
    """A workbook is not read. ``reason``: it has more rows, cells or bytes than are read, asks for
    a password, or is an XLSB."""

    def __init__(self, reason: Rejection) -> None:
        super().__init__(reason)
        self.reason: Rejection = reason


class WorkbookDamaged(Exception):
    """A workbook contradicts itself."""


class CellTable:
    """The different cells of a workbook, by number; the empty one has number 0."""

    def __init__(self) -> None:
        self.cells: list[Cell] = [EMPTY_CELL]
        self._index_by_key: dict[Hashable, int] = {}

    def index_of(self, key: Hashable, make: Callable[[], Cell]) -> int:
        """The number of the cell that a key stands for; ``make`` makes it when it is new."""
        index = self._index_by_key.get(key)
        if index is None:
            index = self.add(make())
            if len(self._index_by_key) < _MAX_REMEMBERED_CELLS:
                self._index_by_key[key] = index
        return index

    def add(self, cell: Cell) -> int:
        """The number of a cell that is new, or empty."""
        if cell.is_empty and cell.value is None and not cell.notes and cell.merged is None:
            return EMPTY_INDEX
        self.cells.append(cell)
        return len(self.cells) - 1

    def lines(self) -> Iterator[str]:
        """The cells as lines of JSON, each cell without its last fields that say nothing."""
        for start in range(1, len(self.cells), _CELLS_PER_LINE):
            part = self.cells[start : start + _CELLS_PER_LINE]
            yield json.dumps({"cells": [_trim(cell) for cell in part]}, ensure_ascii=False)


def _trim(cell: Cell) -> list[object]:
    """The fields of a cell in their order, without the last ones that say nothing."""
    if not (cell.state or cell.notes or cell.merged):
        if cell.value is None:
            return [cell.text]
        number = [cell.text, cell.number, cell.unit, cell.scale, cell.period, cell.value]
        return [*number, cell.format] if cell.format else number
    return [getattr(cell, name) for name in _FIELD_NAMES]


@dataclass
class Worksheet:
    """One sheet while it is read. ``rows``: number of the row, from 0, and its cells, as a column
    and the number of a cell in turn; ``hidden_columns``: first and last ones."""

    name: str
    hidden: bool = False
    rows: list[tuple[int, list[int]]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def bounds(self) -> Range | None:
        """Where its cells stand; None without any."""
        filled = [(row, cells) for row, cells in self.rows if cells]
        if not filled:
            return None
        return (
            min(row for row, _ in filled),
            min(min(cells[::2]) for _, cells in filled),
            max(row for row, _ in filled),
            max(max(cells[::2]) for _, cells in filled),
        )


def count_cells(sheet: Worksheet, max_rows: int, max_columns: int) -> int:
    """How many cells its grid has.

    Raises WorkbookRejected when it is too high or too wide.
    """
    bounds = sheet.bounds()
    if bounds is None:
        return 0
    height, width = bounds[2] - bounds[0] + 1, bounds[3] - bounds[1] + 1
    if height > max_rows or width > max_columns:
        raise WorkbookRejected("size")
    return height * width


def grid_lines(sheet: Worksheet, table: CellTable) -> list[str]:
    """The sheet as lines of JSON: what it is, then its rows; nothing for a sheet without cells.

    Cells of merged ranges are added to the table. Raises WorkbookDamaged.
    """
    bounds = sheet.bounds()
    if bounds is None:
        return []
    top, left, bottom, right = bounds
    grid = [[EMPTY_INDEX] * (right - left + 1) for _ in range(bottom - top + 1)]
    for row, cells in sheet.rows:
        if cells:
            line = grid[row - top]
            for column, index in zip(cells[::2], cells[1::2], strict=True):
                line[column - left] = index
    _fill_merged_ranges(grid, _inside(sheet.merged, bounds), table)
    columns = {
        column
        for first, last in sheet.hidden_columns
        for column in range(max(first - left, 0), min(last - left, right - left) + 1)
    }
    rows = [row - top for row in sheet.hidden_rows if top <= row <= bottom]
    return [sheet_line(sheet.name, sheet.hidden, (top, left), rows, columns), *row_lines(grid)]


def sheet_line(
    name: str,
    hidden: bool,
    corner: tuple[int, int],
    hidden_rows: Iterable[int],
    hidden_columns: Iterable[int],
) -> str:
    """What a sheet is, as a line of JSON. ``corner``: row and column of its first cell."""
    description = {
        "name": name,
        "hidden": hidden,
        "top": corner[0],
        "left": corner[1],
        "hidden_rows": sorted(hidden_rows),
        "hidden_columns": sorted(hidden_columns),
    }
    return json.dumps({"sheet": description}, ensure_ascii=False)


def row_lines(grid: list[list[int]]) -> Iterator[str]:
    """The rows of a sheet, as numbers of cells, as lines of JSON."""
    per_line = _CELLS_PER_LINE // (len(grid[0]) + 1) + 1 if grid else 1
    for start in range(0, len(grid), per_line):
        yield json.dumps({"rows": grid[start : start + per_line]})


def _inside(ranges: Iterable[Range], bounds: Range) -> Iterator[Range]:
    """The parts of ranges that the grid holds, as positions in it.

    A range that begins before the grid has nothing to repeat: its first cell is empty.
    """
    top, left, bottom, right = bounds
    for first_row, first_column, last_row, last_column in ranges:
        is_one_cell = first_row == last_row and first_column == last_column
        if not is_one_cell and first_row <= bottom and first_column <= right:
            yield (
                first_row - top,
                first_column - left,
                min(last_row, bottom) - top,
                min(last_column, right) - left,
            )


def _fill_merged_ranges(grid: list[list[int]], ranges: Iterable[Range], table: CellTable) -> None:
    """Give each cell of a range what its first cell shows, whatever hides under it."""
    height, width = len(grid), len(grid[0])
    cells_left = _MAX_MERGED_PER_CELL * height * width
    taken = bytearray(height * width)
    for first_row, first_column, last_row, last_column in ranges:
        index = EMPTY_INDEX
        if first_row >= 0 and first_column >= 0:
            first = table.cells[grid[first_row][first_column]]
            index = table.add(replace(first, merged=(first_row, first_column)))
        rows = range(max(first_row, 0), last_row + 1)
        columns = range(max(first_column, 0), last_column + 1)
        cells_left -= len(rows) * len(columns)
        if cells_left < 0:
            raise WorkbookDamaged
        for row in rows:
            for column in columns:
                if not taken[row * width + column]:
                    taken[row * width + column] = 1
                    grid[row][column] = index
