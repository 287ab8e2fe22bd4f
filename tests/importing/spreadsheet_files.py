"""One description of a workbook, written by the libraries and in the kinds that people send."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator, Sequence
from zipfile import ZipFile

import openpyxl
import xlsxwriter
import xlwt
from ods_files import ods_file
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils import range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from sheet_tabs import Formula, Raised, Row, Shown, Tab

WORKBOOK_KINDS = ("xlsx", "xlsx-writer", "xls", "ods")


def csv_file(rows: Sequence[Row], separator: str = ";", encoding: str = "utf-8") -> bytes:
    """A CSV as a French spreadsheet saves it: decimal commas, quotes where they are needed."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator).writerows(
        [["" if cell is None else _text(cell) for cell in row] for row in rows]
    )
    return stream.getvalue().encode(encoding)


def workbook_file(
    tabs: Sequence[Tab] | Sequence[Row], kind: str = "xlsx", *, since_1904: bool = False
) -> bytes:
    """A workbook of one of WORKBOOK_KINDS; rows alone are a sheet « Données ».

    ``since_1904``: its dates are counted as those of old Macintoshes, which no ODS does.
    """
    given = [tab for tab in tabs if isinstance(tab, Tab)] or [Tab("Données", list(tabs))]
    if kind == "ods":
        return ods_file(given)
    writers = {"xlsx": _openpyxl_file, "xlsx-writer": _xlsxwriter_file, "xls": _xls_file}
    return writers[kind](given, since_1904)


def with_namespace_prefix(content: bytes) -> bytes:
    """The XLSX with « x: » before the names of its sheets' elements, as some software writes it."""
    written = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(written, "w") as archive:
        for name in old.namelist():
            part = old.read(name)
            if re.match(r"xl/(worksheets/sheet\d+|styles|sharedStrings)\.xml", name):
                text = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", part.decode())
                part = text.replace(" xmlns=", " xmlns:x=", 1).encode()
            archive.writestr(name, part)
    return written.getvalue()


def _text(cell: object) -> str:
    """The text of a cell of a CSV."""
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)


def _areas(tab: Tab) -> Iterator[tuple[int, int, int, int]]:
    """First row, first column, last row and last column of merged ranges, from 0."""
    for area in tab.merged:
        left, top, right, bottom = range_boundaries(area)
        yield top - 1, left - 1, bottom - 1, right - 1


# --- openpyxl ------------------------------------------------------------------------------------


def _openpyxl_file(tabs: Sequence[Tab], since_1904: bool) -> bytes:
    book = openpyxl.Workbook()
    if since_1904:
        book.epoch = CALENDAR_MAC_1904
    book.remove(book.active)
    for tab in tabs:
        sheet = book.create_sheet(tab.name)
        for row, cells in enumerate(tab.rows, 1):
            for column, cell in enumerate(cells, 1):
                _write_openpyxl(sheet.cell(row, column), cell)
        for area in tab.merged:
            sheet.merge_cells(area)
        sheet.sheet_state = "hidden" if tab.hidden else "visible"
        for index in tab.hidden_rows:
            sheet.row_dimensions[index + 1].hidden = True
        for index in tab.hidden_columns:
            sheet.column_dimensions[openpyxl.utils.get_column_letter(index + 1)].hidden = True
    book.active = next(index for index, tab in enumerate(tabs) if not tab.hidden)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_openpyxl(target: openpyxl.cell.Cell, cell: object) -> None:
    if isinstance(cell, Shown):
        target.value, target.number_format = cell.value, cell.format
    elif isinstance(cell, Formula):
        target.value, target.number_format = cell.text, cell.format
    elif isinstance(cell, Raised):
        raised = TextBlock(InlineFont(vertAlign="superscript"), cell.mark)
        target.value = CellRichText(cell.text, raised)
    else:
        target.value = cell


# --- XlsxWriter ----------------------------------------------------------------------------------


def _xlsxwriter_file(tabs: Sequence[Tab], since_1904: bool) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "date_1904": since_1904})
    raised = book.add_format({"font_script": 1})
    for tab in tabs:
        sheet = book.add_worksheet(tab.name)
        for top, left, bottom, right in _areas(tab):
            sheet.merge_range(top, left, bottom, right, "")
        for row, cells in enumerate(tab.rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, Raised):
                    sheet.write_rich_string(row, column, cell.text, raised, cell.mark)
                elif isinstance(cell, Formula):
                    shape = book.add_format({"num_format": cell.format})
                    sheet.write_formula(row, column, cell.text, shape, cell.result)
                elif isinstance(cell, Shown):
                    shape = book.add_format({"num_format": cell.format})
                    sheet.write(row, column, cell.value, shape)
                elif cell is not None:
                    sheet.write(row, column, cell)
        for index in tab.hidden_rows:
            sheet.set_row(index, None, None, {"hidden": True})
        for index in tab.hidden_columns:
            sheet.set_column(index, index, None, None, {"hidden": True})
        if tab.hidden:
            sheet.hide()
    shown = next(tab.name for tab in tabs if not tab.hidden)
    book.get_worksheet_by_name(shown).set_first_sheet()
    book.get_worksheet_by_name(shown).activate()
    book.close()
    return stream.getvalue()


# --- xlwt ----------------------------------------------------------------------------------------


def _xls_file(tabs: Sequence[Tab], since_1904: bool) -> bytes:
    book = xlwt.Workbook()
    book.dates_1904 = since_1904
    raised = xlwt.Font()
    raised.escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
    styles: dict[str, xlwt.XFStyle] = {}
    for tab in tabs:
        sheet = book.add_sheet(tab.name)
        for row, cells in enumerate(tab.rows):
            for column, cell in enumerate(cells):
                style = styles.setdefault(_format(cell), xlwt.XFStyle())
                style.num_format_str = _format(cell)
                if isinstance(cell, Raised):
                    sheet.write_rich_text(row, column, [cell.text, (cell.mark, raised)])
                elif isinstance(cell, Formula):
                    sheet.write(row, column, xlwt.Formula(cell.text.removeprefix("=")), style)
                elif isinstance(cell, Shown):
                    sheet.write(row, column, _xls_date(cell.value, since_1904), style)
                elif cell is not None:
                    sheet.write(row, column, cell)
        for top, left, bottom, right in _areas(tab):
            sheet.merge(top, bottom, left, right)
        sheet.visibility = int(tab.hidden)
        for index in tab.hidden_rows:
            sheet.row(index).hidden = True
        for index in tab.hidden_columns:
            sheet.col(index).hidden = True
    book.set_active_sheet(next(index for index, tab in enumerate(tabs) if not tab.hidden))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _xls_date(value: object, since_1904: bool) -> object:
    """A date as its number of days when it is counted from 1904: xlwt counts from 1900."""
    if since_1904 and isinstance(value, datetime.date):
        return (value - datetime.date(1904, 1, 1)).days
    return value


def _format(cell: object) -> str:
    return cell.format if isinstance(cell, Shown | Formula) else "General"
