"""An XLSX → its worksheets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from atlas.importing.sheet import EMPTY_CELL, Cell
from atlas.importing.workbooks.cell_text import (
    Level,
    TextRun,
    cell_of_runs,
    cell_of_text,
    clean_text,
)
from atlas.importing.workbooks.date_format import serial_of_date
from atlas.importing.workbooks.number_format import GENERAL, show_number, show_text
from atlas.importing.workbooks.worksheet import (
    EMPTY_INDEX,
    CellTable,
    Range,
    WorkbookDamaged,
    Worksheet,
)
from atlas.importing.workbooks.xlsx_formats import DAY_FORMAT, read_formats
from atlas.importing.workbooks.xlsx_formulas import NOT_CALCULATED, Calculation, array_cells
from atlas.importing.workbooks.xlsx_package import (
    LOCAL_NAMES,
    Package,
    attribute,
    is_true,
    unescape,
)

_ADDRESS_PATTERN = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_LEVEL_BY_NAME: dict[str, Level] = {"superscript": "super", "subscript": "sub"}


def read_xlsx(package: Package, table: CellTable) -> Iterator[Worksheet]:
    """The worksheets in the order of their tabs, their cells added to the table.

    Raises WorkbookDamaged, or what reading an archive, XML or a number raises.
    """
    path = next(
        (path for kind, path in package.related("").values() if kind == "officeDocument"),
        "xl/workbook.xml",
    )
    book = _Book(package, path, table)
    for name, sheet_id, sheet_path, hidden in book.worksheets:
        yield _SheetReader(book, Worksheet(name, hidden), sheet_id).read(sheet_path)


class _Book:
    """What the sheets of a workbook share."""

    def __init__(self, package: Package, path: str, table: CellTable) -> None:
        self.package, self.table = package, table
        related = package.related(path)
        part_by_kind = dict(related.values())
        self.is_1904 = False
        asks_to_calculate = False
        self.worksheets: list[tuple[str, str, str, bool]] = []
        for local, element in package.elements(path):
            if local == "workbookPr":
                self.is_1904 = is_true(element.get("date1904"))
            elif local == "calcPr":
                asks_to_calculate = is_true(element.get("fullCalcOnLoad"))
            elif local == "sheet":
                kind, part = related.get(attribute(element, "id"), ("", ""))
                if kind == "worksheet":
                    name = clean_text(unescape(element.get("name", "")))
                    is_hidden = element.get("state", "visible") != "visible"
                    self.worksheets.append((name, element.get("sheetId", ""), part, is_hidden))
        self.calculation = Calculation(
            package, asks_to_calculate, part_by_kind.get("calcChain", "")
        )
        self.formats = read_formats(package, part_by_kind.get("styles", ""))
        self.texts = _read_shared_strings(package, part_by_kind.get("sharedStrings", ""))

    def number_index(self, style: int, text: str) -> int:
        """The number in the table of a numeric cell."""
        return self.table.index_of(
            (style, text),
            lambda: show_number(float(text), self.formats[style], is_1904=self.is_1904),
        )

    def text_index(self, style: int, number: int) -> int:
        """The number in the table of a cell that shows a shared text."""
        code = self.formats[style]
        return self.table.index_of(
            ("shared", number, code if "@" in code or ";" in code else ""),
            lambda: show_text(self.texts[number], code),
        )


def _read_shared_strings(package: Package, path: str) -> list[Cell]:
    cells = []
    for local, element in package.elements(path) if path in package else ():
        if local == "si":
            cells.append(cell_of_runs(_text_runs(element)))
            element.clear()
    return cells


def _text_runs(element: Element) -> Iterator[TextRun]:
    """The runs of a text, those that say how to pronounce it left out."""
    for child in element:
        local = LOCAL_NAMES[child.tag]
        if local == "t":
            yield unescape(child.text or ""), ""
        elif local == "r":
            texts = [e.text or "" for e in child if LOCAL_NAMES[e.tag] == "t"]
            marks = [e.get("val", "") for e in child.iter() if LOCAL_NAMES[e.tag] == "vertAlign"]
            yield unescape("".join(texts)), _LEVEL_BY_NAME.get("".join(marks), "")


class _SheetReader:
    """Reads one worksheet from its XML."""

    def __init__(self, book: _Book, sheet: Worksheet, sheet_id: str) -> None:
        self._book, self._sheet, self._sheet_id = book, sheet, sheet_id
        self._column_by_letters: dict[str, int] = {}
        self._zeros: set[int] = set()
        self._arrays_to_calculate: list[Range] = []

    def read(self, path: str) -> Worksheet:
        sheet = self._sheet
        for local, element in self._book.package.elements(path):
            if local == "row":
                self._read_row(element)
                element.clear()
            elif local == "col":
                if is_true(element.get("hidden")) or float(element.get("width") or 1) == 0:
                    columns = int(element.get("min", "0")) - 1, int(element.get("max", "0")) - 1
                    sheet.hidden_columns.append(columns)
            elif local == "mergeCell":
                sheet.merged.append(self._range(element.get("ref", "")))
                element.clear()
        if self._arrays_to_calculate:
            index = self._book.table.index_of(NOT_CALCULATED, lambda: NOT_CALCULATED)
            array_cells(sheet, self._arrays_to_calculate, self._zeros, index)
        return sheet

    def _read_row(self, element: Element) -> None:
        sheet = self._sheet
        row = int(element.get("r") or (sheet.rows[-1][0] + 2 if sheet.rows else 1)) - 1
        if is_true(element.get("hidden")) or float(element.get("ht") or 1) == 0:
            sheet.hidden_rows.add(row)
        cells: list[int] = []
        column = -1
        for child in element:
            if LOCAL_NAMES[child.tag] != "c":
                continue
            address = child.get("r")
            column = self._column(address) if address else column + 1
            index = self._cell_index(child, row, column)
            if index != EMPTY_INDEX:
                cells += (column, index)
        sheet.rows.append((row, cells))

    def _column(self, address: str) -> int:
        letters = address.rstrip("0123456789")
        column = self._column_by_letters.get(letters)
        if column is None:
            column = column_number(letters)
            self._column_by_letters[letters] = column
        return column

    def _range(self, reference: str) -> Range:
        first, _, last = reference.partition(":")
        places = [_ADDRESS_PATTERN.fullmatch(part) for part in (first, last or first)]
        if places[0] is None or places[1] is None:
            raise WorkbookDamaged
        rows = sorted(int(place[2]) - 1 for place in places if place)
        columns = sorted(column_number(place[1]) for place in places if place)
        return rows[0], columns[0], rows[1], columns[1]

    def _cell_index(self, element: Element, row: int, column: int) -> int:
        """The number in the table of the cell that an element describes."""
        kind, style = element.get("t", "n"), int(element.get("s") or 0)
        text, formula, inline = "", None, None
        for child in element:
            local = LOCAL_NAMES[child.tag]
            if local == "v":
                text = child.text or ""
            elif local == "f":
                formula = child
            elif local == "is":
                inline = child
        if formula is not None and self._is_to_calculate(formula, kind, text, row, column):
            return self._book.table.index_of(NOT_CALCULATED, lambda: NOT_CALCULATED)
        if kind == "n":
            if not text.strip():
                return EMPTY_INDEX
            index = self._book.number_index(style, text)
            if self._arrays_to_calculate and float(text) == 0:
                self._zeros.add(index)
            return index
        if kind == "s":
            return self._book.text_index(style, int(text)) if text.strip() else EMPTY_INDEX
        code = self._book.formats[style]
        if inline is not None:
            return self._book.table.add(show_text(cell_of_runs(_text_runs(inline)), code))
        is_1904 = self._book.is_1904
        return self._book.table.index_of(
            (kind, code, text), lambda: _typed_cell(kind, text, code, is_1904=is_1904)
        )

    def _is_to_calculate(
        self, formula: Element, kind: str, result: str, row: int, column: int
    ) -> bool:
        calculation = self._book.calculation
        if calculation.has_result(kind, result, self._sheet_id, row, column):
            return False
        if formula.get("t") == "array" and formula.get("ref"):
            self._arrays_to_calculate.append(self._range(formula.get("ref", "")))
        return True


def _typed_cell(kind: str, text: str, code: str, *, is_1904: bool) -> Cell:
    """The cell of a boolean, an error, a date in letters, or the text of a formula."""
    if kind == "b":
        return Cell("VRAI" if is_true(text.strip()) else "FAUX") if text.strip() else EMPTY_CELL
    if kind == "e":
        return Cell(clean_text(text), state="error")
    if kind == "d" and text.strip():
        moment = dt.datetime.fromisoformat(text.strip().replace("Z", "")).replace(tzinfo=None)
        code = DAY_FORMAT if code == GENERAL else code
        return show_number(serial_of_date(moment, is_1904=is_1904), code, is_1904=is_1904)
    return show_text(cell_of_text(unescape(text)), code) if text else EMPTY_CELL


def column_number(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise WorkbookDamaged
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
