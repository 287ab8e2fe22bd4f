"""An ODS → its worksheets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from xml.etree.ElementTree import Element, iterparse

from atlas.importing.sheet import Cell
from atlas.importing.workbooks.cell_text import Level, TextRun, cell_of_runs, clean_text
from atlas.importing.workbooks.date_format import serial_of_date
from atlas.importing.workbooks.format_sections import parse_format
from atlas.importing.workbooks.number_format import GENERAL, show_number, show_text
from atlas.importing.workbooks.ods_styles import Styles
from atlas.importing.workbooks.worksheet import (
    EMPTY_INDEX,
    CellTable,
    WorkbookRejected,
    Worksheet,
)
from atlas.importing.workbooks.xlsx_package import LOCAL_NAMES, Package, attribute

_MEDIA_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_COLUMNS_REPEATED = f"{_TABLE}number-columns-repeated"
_ROWS_REPEATED = f"{_TABLE}number-rows-repeated"
_ROWS_SPANNED = f"{_TABLE}number-rows-spanned"
_COLUMNS_SPANNED = f"{_TABLE}number-columns-spanned"
_STYLE = f"{_TABLE}style-name"
_FORMULA = f"{_TABLE}formula"
_DEFAULT_STYLE = f"{_TABLE}default-cell-style-name"
_VISIBILITY = f"{_TABLE}visibility"
_DISPLAY = f"{_TABLE}display"
_VALUE_TYPE, _CALC_TYPE = f"{_OFFICE}value-type", f"{_CALC}value-type"
_VALUE = f"{_OFFICE}value"
_VALUE_BY_TYPE = {each: f"{_OFFICE}{each}-value" for each in ("date", "time", "boolean", "string")}
_MAX_FILLED_CELLS = 4_000_000  # of all sheets, repeated ones counted; the grid has its own limit
_NOT_CALCULATED = Cell(state="not calculated")
_ERROR_PATTERN = re.compile(r"#[A-ZÉ0-9/]+\s?[!?]?|Err\s?:\s?\d{3}")
_PERCENT_PATTERN = re.compile(r"([+\-−]?)([\d\s\u202f\u00a0]*\d)(?:[.,](\d+))?\s*%")
_UNREAD_INSIDE_TEXT = {"annotation", "note", "ruby-text"}
_TRUTH_BY_TEXT = {"TRUE": "VRAI", "VRAI": "VRAI", "FALSE": "FAUX", "FAUX": "FAUX"}
_DAY_FORMAT, _MOMENT_FORMAT, _PERCENT_FORMAT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "0.00%"


def is_ods(package: Package) -> bool:
    """Whether an archive is an ODS."""
    if "mimetype" not in package:
        return "content.xml" in package
    with package.open("mimetype") as stream:
        return stream.read(len(_MEDIA_TYPE)) == _MEDIA_TYPE


def is_encrypted(package: Package) -> bool:
    """Whether an ODS is under a password."""
    manifest = "META-INF/manifest.xml"
    elements = package.elements(manifest) if manifest in package else ()
    return any(local == "encryption-data" for local, _ in elements)


def read_ods(package: Package, table: CellTable) -> Iterator[Worksheet]:
    """The worksheets in the order of their tabs, their cells added to the table.

    Raises WorkbookRejected, or what reading an archive, XML or a number raises.
    """
    styles = Styles()
    for local, element in package.elements("styles.xml") if "styles.xml" in package else ():
        if local in ("styles", "automatic-styles"):
            styles.add(element)
    depth = 0
    reader: _TableReader | None = None
    cells_left = _MAX_FILLED_CELLS
    with package.open("content.xml") as stream:
        for event, element in iterparse(stream, events=("start", "end")):
            local = LOCAL_NAMES[element.tag]
            if local == "table":
                depth += 1 if event == "start" else -1
                if event == "start" and depth == 1:
                    reader = _TableReader(element, styles, table, cells_left)
                elif depth == 0 and reader is not None:
                    cells_left = reader.cells_left
                    yield reader.sheet
                    element.clear()
            elif event == "end" and local in ("styles", "automatic-styles"):
                styles.add(element)
            elif reader is not None and depth == 1:
                reader.take(event, local, element)


class _TableReader:
    """Reads one table from its elements."""

    def __init__(self, table: Element, styles: Styles, cells: CellTable, cells_left: int) -> None:
        name = clean_text(table.get(f"{_TABLE}name", ""))
        self.sheet = Worksheet(name, hidden=styles.hides(table.get(_STYLE, "")))
        self.cells_left = cells_left
        self._styles, self._cells = styles, cells
        self._columns: list[tuple[int, str]] = []  # past the last one, and the style of their cells
        self._row = self._column = 0
        self._hidden_groups = 0
        self._code_by_style: dict[str, str] = {}

    def take(self, event: str, local: str, element: Element) -> None:
        """The beginning (« start ») or the end of an element of the table."""
        if local in ("table-row-group", "table-column-group"):
            if element.get(_DISPLAY, "") == "false":
                self._hidden_groups += 1 if event == "start" else -1
        elif event == "end" and local == "table-row":
            self._read_row(element)
            element.clear()
        elif event == "end" and local == "table-column":
            self._read_column(element)

    def _is_hidden(self, element: Element) -> bool:
        return self._hidden_groups > 0 or element.get(_VISIBILITY, "") in ("collapse", "filter")

    def _read_column(self, element: Element) -> None:
        first = self._column
        self._column += int(element.get(_COLUMNS_REPEATED, 1))
        self._columns.append((self._column, element.get(_DEFAULT_STYLE, "")))
        if self._is_hidden(element):
            self.sheet.hidden_columns.append((first, self._column - 1))

    def _read_row(self, element: Element) -> None:
        first = self._row
        repeat = int(element.get(_ROWS_REPEATED, 1))
        self._row += repeat
        default_style = element.get(_DEFAULT_STYLE, "")
        cells: list[int] = []
        spans: list[tuple[int, int, int]] = []
        column = 0
        for child in element:
            local = LOCAL_NAMES[child.tag]
            if local not in ("table-cell", "covered-table-cell"):
                continue
            count = int(child.get(_COLUMNS_REPEATED, 1))
            if local == "table-cell":
                height = int(child.get(_ROWS_SPANNED, 1))
                width = int(child.get(_COLUMNS_SPANNED, 1))
                if height > 1 or width > 1:
                    spans.append((column, height, width))
                index = self._cell_index(child, column, default_style)
                if index != EMPTY_INDEX:
                    self._count(count * repeat)
                    for place in range(column, column + count):
                        cells += (place, index)
            column += count
        if cells:
            self.sheet.rows += [(row, cells) for row in range(first, self._row)]
            if self._is_hidden(element):
                self.sheet.hidden_rows.update(range(first, self._row))
        for start, height, width in spans:
            self._count(repeat)
            self.sheet.merged += [
                (row, start, row + height - 1, start + width - 1) for row in range(first, self._row)
            ]

    def _count(self, cells: int) -> None:
        self.cells_left -= cells
        if self.cells_left < 0:
            raise WorkbookRejected("size")

    def _cell_index(self, element: Element, column: int, row_style: str) -> int:
        """The number in the table of the cell that an element describes."""
        value_type = element.get(_VALUE_TYPE, "")
        runs = list(_cell_runs(element, self._styles))
        has_formula = element.get(_FORMULA) is not None
        if not runs and not value_type and not has_formula:
            return EMPTY_INDEX
        style = element.get(_STYLE, "") or row_style or self._default_style(column)
        code = self._code_by_style.get(style)
        if code is None:
            code = self._code_by_style[style] = self._styles.format_of(style)
        value = _stored_value(element, value_type)
        is_error = element.get(_CALC_TYPE) == "error"
        is_calculated = not has_formula or value is not None or _has_paragraph(element)
        if not is_calculated:
            return self._cells.index_of(_NOT_CALCULATED, lambda: _NOT_CALCULATED)
        key = (value_type, value, has_formula, is_error, code, tuple(runs))
        make = partial(_make_cell, value_type, value, has_formula, is_error, code, runs)
        return self._cells.index_of(key, make)

    def _default_style(self, column: int) -> str:
        return next((style for end, style in self._columns if column < end), "")


def _stored_value(element: Element, value_type: str) -> str | None:
    return element.get(_VALUE_BY_TYPE.get(value_type, _VALUE))


def _make_cell(
    value_type: str,
    value: str | None,
    has_formula: bool,
    is_error: bool,
    code: str,
    runs: list[TextRun],
) -> Cell:
    shown = cell_of_runs(runs)
    if is_error or (has_formula and _ERROR_PATTERN.fullmatch(shown.text)):
        return Cell(shown.text, state="error")
    if value_type == "boolean" and value is not None:
        return Cell("VRAI" if value == "true" else "FAUX")
    if value_type == "date" and value is not None:
        return _date_cell(value, code)
    if value_type in ("float", "percentage", "currency") and value is not None:
        if code == GENERAL and shown.text.upper() in _TRUTH_BY_TEXT:
            return Cell(_TRUTH_BY_TEXT[shown.text.upper()])
        cell = show_number(float(value), _code_for(value_type, float(value), code, shown.text))
        return replace(cell, text=shown.text) if cell.state == "unclear" and shown.text else cell
    if value_type == "string" and value and not runs:
        shown = cell_of_runs([(value, "")])
    return show_text(shown, code)


def _date_cell(value: str, code: str) -> Cell:
    moment = dt.datetime.fromisoformat(value.strip().replace("Z", ""))
    if all(section.kind != "date" for section in parse_format(code)):
        code = _DAY_FORMAT if moment.time() == dt.time() else _MOMENT_FORMAT
    return show_number(serial_of_date(moment.replace(tzinfo=None)), code)


def _code_for(value_type: str, value: float, code: str, shown: str) -> str:
    """The number format of a cell. One of its own counts; else the percent sign that the writer
    showed beside the same number, or the one that its type has."""
    if code != GENERAL:
        return code
    match = _PERCENT_PATTERN.fullmatch(shown)
    if match:
        decimals = match[3] or ""
        digits = re.sub(r"\D", "", match[2])
        written = Decimal(f"{digits}.{decimals or 0}") * (-1 if match[1] in ("-", "−") else 1)
        percents = f"0.{'0' * len(decimals)}%" if decimals else "0%"
        if show_number(value, percents).number == f"{written:f}" or abs(
            Decimal(f"{value:.15g}") * 100 - written
        ) <= Decimal(5).scaleb(-len(decimals) - 1):
            return percents
    return _PERCENT_FORMAT if value_type == "percentage" else GENERAL


# --- texts ---------------------------------------------------------------------------------------


def _cell_runs(cell: Element, styles: Styles) -> Iterator[TextRun]:
    """The runs of the paragraphs of a cell; its comment and its drawings are not its text."""
    is_first = True
    for child in cell:
        if LOCAL_NAMES[child.tag] == "p":
            if not is_first:
                yield " ", ""
            yield from _runs(child, styles, "")
            is_first = False


def _has_paragraph(cell: Element) -> bool:
    """Whether something was written as shown, be it nothing."""
    return any(LOCAL_NAMES[child.tag] == "p" for child in cell)


def _runs(element: Element, styles: Styles, level: Level) -> Iterator[TextRun]:
    if element.text:
        yield element.text, level
    for child in element:
        local = LOCAL_NAMES[child.tag]
        if local in ("s", "tab", "line-break"):
            yield " ", level
        elif local == "span":
            yield from _runs(
                child, styles, styles.level_of(attribute(child, "style-name")) or level
            )
        elif local not in _UNREAD_INSIDE_TEXT:
            yield from _runs(child, styles, level)
        if child.tail:
            yield child.tail, level
