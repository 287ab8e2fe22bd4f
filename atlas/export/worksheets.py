"""The look of the sheets of a workbook: titles, a table with its filter, captions, print set-up."""

from __future__ import annotations

import datetime as dt
import math
import textwrap
from collections.abc import Sequence

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from atlas import periods
from atlas.export.cells import SheetCell, SheetColumn, sheet_columns
from atlas.export.tables import safe_text
from atlas.publications.publication import Publication
from atlas.values import Table

INK, GREY, ALERT, LINK = "1B2033", "4D5364", "A3260C", "1F4E9E"
FONT, FONT_POINTS = "Calibri", 11
TITLE = Font(FONT, 14, bold=True, color=INK)
WARNING = Font(FONT, 12, bold=True, color=ALERT)
HEADING, PLAIN = Font(FONT, FONT_POINTS, bold=True, color=INK), Font(FONT, FONT_POINTS, color=INK)
QUIET, LINKED = (
    Font(FONT, FONT_POINTS, color=GREY),
    Font(FONT, FONT_POINTS, color=LINK, underline="single"),
)
SHADE = PatternFill("solid", fgColor="E9EBF0")
RULE = Border(bottom=Side("thin", color="C9CDD6"))
# Widths in characters: of a column, of a column of texts at least and at most, of all columns
# together, of a line of text.
MIN_COLUMN_CHARS, MIN_TEXT_CHARS, MAX_TEXT_CHARS, MAX_TABLE_CHARS, LINE_CHARS = 8, 20, 60, 230, 90
# Letters are narrower than the digit by which widths are counted; a header is bold and has a
# filter. Height of a line over its size.
LETTERS_PER_DIGIT, FILTER_CHARS, LEADING = 1.1, 5, 1.4


def write_contents(
    sheet: Worksheet,
    publication: Publication,
    pages: Sequence[tuple[str, str]],
    *,
    date: dt.date,
    warning: str,
) -> None:
    """The summary: what the workbook is about, and a link to each sheet (name, title)."""
    sheet.title = "Sommaire"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 36, 90
    top = _write_titles(sheet, publication.title, publication.introduction, warning)
    facts = [
        ("Territoire", publication.place),
        ("Période", publication.period),
        ("Produit le", periods.label(date.isoformat())),
        ("Version des données", publication.version),
    ]
    for row, (name, text) in enumerate(facts, start=top):
        sheet.cell(row, 1, name).font = QUIET
        sheet.cell(row, 2, safe_text(text)).font = PLAIN
    header = top + len(facts) + 1
    for i, name in enumerate(("Feuille", "Contenu"), start=1):
        _format_header(sheet.cell(header, i, name), numeric=False)
    for row, (name, title) in enumerate(pages, start=header + 1):
        link = sheet.cell(row, 1, name)
        link.hyperlink = Hyperlink(link.coordinate, location=f"'{name}'!A1")
        link.font, link.alignment = LINKED, Alignment(vertical="top")
        _write_cell(sheet.cell(row, 2), SheetCell(safe_text(title)), numeric=False)
        _fit_height(sheet, row)
    _set_print(sheet, header, warning)


def write_table(
    sheet: Worksheet,
    title: str,
    subtitle: str,
    table: Table,
    *,
    caption: Sequence[str],
    warning: str,
) -> None:
    """Titles, the table with its filter, its header frozen, and the lines under it."""
    made = sheet_columns(table)
    for i, width in enumerate(_widths(made), start=1):
        sheet.column_dimensions[get_column_letter(i)].width = width
    header = _write_titles(sheet, title, subtitle, warning)
    for i, column in enumerate(made, start=1):
        _format_header(sheet.cell(header, i, safe_text(column.name)), column.numeric)
        for row, cell in enumerate(column.cells, start=header + 1):
            _write_cell(sheet.cell(row, i), cell, column.numeric)
    last = header + len(table)
    for row in range(header, last + 1):
        _fit_height(sheet, row)
    sheet.auto_filter.ref = f"A{header}:{get_column_letter(len(made))}{last}"
    sheet.freeze_panes = f"A{header + 1}"
    for row, line in enumerate(caption, start=last + 2):
        _write_wide(sheet, row, line, QUIET)
    _set_print(sheet, header, warning)


def _write_titles(sheet: Worksheet, title: str, subtitle: str, warning: str) -> int:
    """Writes them from the first row on; returns the row where the rest begins."""
    lines = [(title, TITLE), (subtitle, QUIET), (warning, WARNING)]
    shown = [(text, font) for text, font in lines if text]
    for row, (text, font) in enumerate(shown, start=1):
        _write_wide(sheet, row, text, font)
    return len(shown) + 2


def _write_wide(sheet: Worksheet, row: int, text: str, font: Font) -> None:
    """A text over several columns, as wide as the table or as is readable."""
    width, last = 0.0, 0
    while width < LINE_CHARS or get_column_letter(last + 1) in sheet.column_dimensions:
        last += 1
        width += sheet.column_dimensions[get_column_letter(last)].width
    cell = sheet.cell(row, 1, safe_text(text))
    cell.font, cell.alignment = font, Alignment(vertical="top", wrap_text=True)
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
    lines = math.ceil(len(text) * font.size / FONT_POINTS / width)
    sheet.row_dimensions[row].height = lines * font.size * LEADING


def _fit_height(sheet: Worksheet, row: int) -> None:
    """Makes a row as high as its longest text: not every program does it when it opens a file."""
    lines = 1
    for cell in sheet[row]:
        if isinstance(cell.value, str) and cell.alignment.wrap_text:
            width = sheet.column_dimensions[cell.column_letter].width * LETTERS_PER_DIGIT
            room = width - FILTER_CHARS if cell.font.bold else width
            lines = max(lines, len(textwrap.wrap(cell.value, int(room))))
    sheet.row_dimensions[row].height = lines * FONT_POINTS * LEADING


def _format_header(cell: Cell, numeric: bool) -> None:
    cell.font, cell.fill, cell.border = HEADING, SHADE, RULE
    cell.alignment = Alignment(
        "right" if numeric else None, "center", wrap_text=True, indent=int(numeric)
    )


def _write_cell(cell: Cell, made: SheetCell, numeric: bool) -> None:
    """numeric: the cell stands in a column of numbers, where gaps are said in words."""
    cell.value, cell.number_format, cell.border = made.value, made.format, RULE
    cell.font, cell.alignment = PLAIN, Alignment(vertical="top", wrap_text=True)
    if numeric:
        cell.alignment = Alignment("right", "top", indent=1)
    elif isinstance(made.value, str):
        # The spreadsheet's own mark of a text: it stays one when the cell is edited.
        cell.quotePrefix = made.value.startswith("+")
        if made.value.startswith(("https://", "http://")):
            cell.hyperlink, cell.font = made.value, LINKED


def _widths(made: Sequence[SheetColumn]) -> list[int]:
    """Room for every number, and for the texts as far as the page goes; the others are wrapped."""
    heads = [max(len(word) for word in column.name.split(" ")) + FILTER_CHARS for column in made]
    longest = [max((len(cell.text) + 4 for cell in column.cells), default=0) for column in made]
    widest = MAX_TEXT_CHARS
    while True:
        widths = [
            max(head, MIN_COLUMN_CHARS, most if column.numeric else min(most, widest))
            for head, most, column in zip(heads, longest, made, strict=True)
        ]
        if sum(widths) <= MAX_TABLE_CHARS or widest <= MIN_TEXT_CHARS:
            return widths
        widest -= 2


def _set_print(sheet: Worksheet, header: int, warning: str) -> None:
    """Landscape A4, as wide as the page, the header and the warning on every page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = f"{header}:{header}"
    sheet.oddFooter.left.text = sheet.title.replace("&", "&&")
    sheet.oddFooter.right.text = "Page &P sur &N"
    sheet.sheet_view.showGridLines = False
    if warning:
        above = sheet.oddHeader.center
        above.text, above.color, above.font = warning, ALERT, f"{FONT},Bold"
        sheet.sheet_properties.tabColor = ALERT
