"""An XLS → its worksheets, through xlrd."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import redirect_stdout

import xlrd
from xlrd.compdoc import CompDoc

from atlas.importing.sheet import EMPTY_CELL, Cell
from atlas.importing.workbooks.cell_text import Level, TextRun, cell_of_runs, cell_of_text
from atlas.importing.workbooks.number_format import GENERAL, show_number, show_text
from atlas.importing.workbooks.worksheet import EMPTY_INDEX, CellTable, Worksheet

_NOT_CALCULATED = Cell(state="not calculated")
_BOF, _EOF, _BOUND_SHEET, _FORMULA = 0x0809, 0x000A, 0x0085, 0x0006
_NO_NUMBER = b"\xff\xff"  # at the end of a result that is a text, a boolean or an error
_RESULT_TEXT, _RESULT_EMPTY = 0, 3
_LEVEL_BY_ESCAPEMENT: dict[int, Level] = {1: "super", 2: "sub"}
Place = tuple[int, int]


def is_encrypted(content: bytes) -> bool:
    """Whether an OLE file holds an XLSX under a password."""
    return _stream(content, "EncryptedPackage") is not None


def read_xls(content: bytes, table: CellTable) -> Iterator[Worksheet]:
    """The worksheets in the order of their tabs, their cells added to the table.

    Raises what xlrd raises (XLRDError among others).
    """
    with redirect_stdout(io.StringIO()):  # xlrd tells its doubts there
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
    to_calculate = _formulas_without_result(content)
    for sheet in book.sheets():
        yield _read_sheet(book, sheet, to_calculate.get(sheet.name, set()), table)


def _read_sheet(
    book: xlrd.Book, source: xlrd.sheet.Sheet, to_calculate: set[Place], table: CellTable
) -> Worksheet:
    sheet = Worksheet(cell_of_text(source.name).text, hidden=source.visibility != 0)
    sheet.merged = [
        (first_row, first_column, end_row - 1, end_column - 1)
        for first_row, end_row, first_column, end_column in source.merged_cells
    ]
    sheet.hidden_rows = {
        row for row, info in source.rowinfo_map.items() if info.hidden or info.height == 0
    }
    sheet.hidden_columns = [
        (column, column) for column, info in source.colinfo_map.items() if info.hidden
    ]
    for row in range(source.nrows):
        cells: list[int] = []
        for column in range(source.row_len(row)):
            if (row, column) in to_calculate:
                index = table.index_of(_NOT_CALCULATED, lambda: _NOT_CALCULATED)
            else:
                index = _cell_index(book, source, row, column, table)
            if index != EMPTY_INDEX:
                cells += (column, index)
        sheet.rows.append((row, cells))
    return sheet


def _cell_index(
    book: xlrd.Book, source: xlrd.sheet.Sheet, row: int, column: int, table: CellTable
) -> int:
    kind, value = source.cell_type(row, column), source.cell_value(row, column)
    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return EMPTY_INDEX
    code = _format_of(book, source.cell_xf_index(row, column))
    runs = source.rich_text_runlist_map.get((row, column))
    if kind == xlrd.XL_CELL_TEXT and runs:
        return table.add(show_text(cell_of_runs(_text_runs(book, value, runs)), code))
    return table.index_of((kind, value, code), lambda: _make_cell(kind, value, code, book.datemode))


def _make_cell(kind: int, value: str | float, code: str, date_mode: int) -> Cell:
    if isinstance(value, str):
        return show_text(cell_of_text(value), code) if value else EMPTY_CELL
    if kind == xlrd.XL_CELL_BOOLEAN:
        return Cell("VRAI" if value else "FAUX")
    if kind == xlrd.XL_CELL_ERROR:
        return Cell(xlrd.error_text_from_code.get(int(value), "#ERR!"), state="error")
    return show_number(float(value), code, is_1904=date_mode == 1)


def _format_of(book: xlrd.Book, style: int) -> str:
    named = book.format_map.get(book.xf_list[style].format_key)
    return named.format_str if named and named.format_str else GENERAL


def _text_runs(book: xlrd.Book, text: str, starts: list[tuple[int, int]]) -> Iterator[TextRun]:
    """The runs of a rich text: each starts at a UTF-16 unit with a font."""
    units = text.encode("utf-16-le", "surrogatepass")
    level: Level = ""
    position = 0
    for start, font in [*starts, (len(units) // 2, 0)]:
        piece = units[2 * position : 2 * start].decode("utf-16-le", "replace")
        if piece:
            yield piece, level
        level, position = _LEVEL_BY_ESCAPEMENT.get(book.font_list[font].escapement, ""), start


# --- formulas that nobody calculated -------------------------------------------------------------


def _stream(content: bytes, name: str) -> bytes | None:
    """A stream of an OLE file, None without it."""
    memory, start, size = CompDoc(content, logfile=io.StringIO()).locate_named_stream(name)
    return None if memory is None else bytes(memory[start : start + size])


def _formulas_without_result(content: bytes) -> dict[str, set[Place]]:
    """Formulas whose result is a zero or nothing in a file that no spreadsheet wrote, by sheet.

    A spreadsheet writes its name in the file (« SummaryInformation »); the libraries that write
    formulas without calculating them do not (xlwt gives an empty text, Apache POI a zero).
    """
    if _stream(content, "\x05SummaryInformation") is not None:
        return {}
    stream = _stream(content, "Workbook") or _stream(content, "Book") or b""
    name_by_start: dict[int, str] = {}
    places: dict[str, set[Place]] = {}
    name, position = "", 0
    while position + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, position)
        data = stream[position + 4 : position + 4 + length]
        if record == _BOUND_SHEET and length > 8:
            name_by_start[struct.unpack_from("<I", data)[0]] = _sheet_name(data)
        elif record == _BOF:
            name = name_by_start.get(position, name)
        elif record == _FORMULA and length >= 14 and _is_without_result(data[6:14]):
            places.setdefault(name, set()).add(struct.unpack_from("<HH", data))
        position += 4 + length
    return places


def _is_without_result(result: bytes) -> bool:
    if result.endswith(_NO_NUMBER):
        return result[0] == _RESULT_EMPTY
    return struct.unpack("<d", result) == (0.0,)


def _sheet_name(bound_sheet: bytes) -> str:
    length, is_wide = bound_sheet[6], bound_sheet[7] & 1
    if is_wide:
        return bound_sheet[8 : 8 + 2 * length].decode("utf-16-le", "replace")
    return bound_sheet[8 : 8 + length].decode("latin-1")
