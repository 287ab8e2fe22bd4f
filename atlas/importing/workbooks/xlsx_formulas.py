"""Which formulas of an XLSX have a result that somebody calculated.

A spreadsheet writes the result of a formula beside it. A library that calculates nothing writes
none (openpyxl), or a zero (XlsxWriter, Apache POI), which no reader could tell from a result. Such
a file says so in two ways: it asks the spreadsheet to calculate all of it when it opens it, which a
spreadsheet never writes, or names Apache POI as its application; and its formulas are missing from
the chain of calculations that Excel keeps. Then a result of zero or of nothing is not believed;
others are: somebody gave them.
"""

from __future__ import annotations

from atlas.importing.sheet import Cell, column_letters
from atlas.importing.workbooks.worksheet import Range, WorkbookRejected, Worksheet
from atlas.importing.workbooks.xlsx_package import Package

NOT_CALCULATED = Cell(state="not calculated")
_APPLICATIONS_WITHOUT_RESULTS = ("apache poi",)
_MAX_ARRAY_CELLS = 2_000_000


class Calculation:
    """What a workbook says of its calculation. ``asks_to_calculate``: whether it wants all of it
    made on opening; ``chain_path``: the part with the chain of calculations, empty without one."""

    def __init__(self, package: Package, asks_to_calculate: bool, chain_path: str) -> None:
        self._is_doubtful = asks_to_calculate or _application(package).startswith(
            _APPLICATIONS_WITHOUT_RESULTS
        )
        self._package = package
        self._chain_path = chain_path if chain_path in package else ""
        self._chain: set[tuple[str, str]] | None = None

    def has_result(self, kind: str, result: str, sheet_id: str, row: int, column: int) -> bool:
        """Whether the result written beside a formula was calculated.

        ``kind``: type of the cell, as the file writes it; ``sheet_id``: of its sheet.
        """
        if not result.strip():
            return kind == "str" and not self._is_uncalculated(sheet_id, row, column)
        if kind in ("n", "b") and float(result) == 0:
            return not self._is_uncalculated(sheet_id, row, column)
        return True

    def _is_uncalculated(self, sheet_id: str, row: int, column: int) -> bool:
        if not self._is_doubtful:
            return False
        if self._chain is None:
            self._chain = self._read_chain()
        return (sheet_id, f"{column_letters(column)}{row + 1}") not in self._chain

    def _read_chain(self) -> set[tuple[str, str]]:
        """The formulas that Excel has calculated: sheet and address."""
        chain: set[tuple[str, str]] = set()
        sheet_id = ""
        for local, element in self._package.elements(self._chain_path) if self._chain_path else ():
            if local == "c":
                sheet_id = element.get("i", sheet_id)  # said when it changes
                chain.add((sheet_id, element.get("r", "")))
        return chain


def array_cells(
    sheet: Worksheet, ranges: list[Range], zeros: set[int], not_calculated: int
) -> None:
    """Mark the zeros in the ranges of formulas without a result: only the first cell of a range
    has the formula. ``zeros``, ``not_calculated``: numbers of cells in the table.

    Raises WorkbookRejected.
    """
    cells_by_row = dict(sheet.rows)
    cells_left = _MAX_ARRAY_CELLS
    for first_row, first_column, last_row, last_column in ranges:
        for row in range(first_row, min(last_row, max(cells_by_row)) + 1):
            cells = cells_by_row.get(row, [])
            cells_left -= len(cells) + 1
            if cells_left < 0:
                raise WorkbookRejected("size")
            for place in range(0, len(cells), 2):
                if first_column <= cells[place] <= last_column and cells[place + 1] in zeros:
                    cells[place + 1] = not_calculated


def _application(package: Package) -> str:
    kinds = ("extended-properties", "extendedProperties")  # the latter in strict files
    path = next((part for kind, part in package.related("").values() if kind in kinds), "")
    for local, element in package.elements(path) if path in package else ():
        if local == "Application":
            return (element.text or "").strip().lower()
    return ""
