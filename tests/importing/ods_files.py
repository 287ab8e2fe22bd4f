"""A workbook of the tests as an ODS, with the number styles that LibreOffice would give it."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence

from odf import number
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties, TextProperties
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import P, Span
from openpyxl.utils import range_boundaries
from sheet_tabs import Formula, Raised, Shown, Tab

_MONTHS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin",
    "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip


def ods_file(tabs: Sequence[Tab]) -> bytes:
    """The sheets as an ODS: values with their styles, and the text that each cell shows."""
    document = _Document()
    for tab in tabs:
        document.add(tab)
    stream = io.BytesIO()
    document.ods.write(stream)
    return stream.getvalue()


class _Document:
    """An ODS being written, with one style for each number format."""

    def __init__(self) -> None:
        self.ods = OpenDocumentSpreadsheet()
        self._style_by_format: dict[str, Style] = {}
        self._raised = Style(name="raised", family="text")
        self._raised.addElement(TextProperties(textposition="super 58%"))
        self._hidden_table = Style(name="hidden", family="table")
        self._hidden_table.addElement(TableProperties(display="false"))
        for style in (self._raised, self._hidden_table):
            self.ods.automaticstyles.addElement(style)

    def add(self, tab: Tab) -> None:
        style = {"stylename": self._hidden_table} if tab.hidden else {}
        table = Table(name=tab.name, **style)
        width = max(map(len, tab.rows))
        for index in range(width):
            hidden = {"visibility": "collapse"} if index in tab.hidden_columns else {}
            table.addElement(TableColumn(**hidden))
        spans, covered = _spans(tab)
        for r, cells in enumerate(tab.rows):
            hidden = {"visibility": "collapse"} if r in tab.hidden_rows else {}
            row = TableRow(**hidden)
            for c, cell in enumerate([*cells, *[None] * (width - len(cells))]):
                row.addElement(
                    CoveredTableCell()
                    if (r, c) in covered
                    else self._cell(cell, spans.get((r, c), {}))
                )
            table.addElement(row)
        self.ods.spreadsheet.addElement(table)

    def _cell(self, cell: object, span: dict[str, int]) -> TableCell:
        if cell is None:
            return TableCell(**span)
        if isinstance(cell, Formula):
            return TableCell(formula=f"of:{cell.text}", **span)
        if isinstance(cell, Raised):
            made = TableCell(valuetype="string", **span)
            paragraph = P(text=cell.text)
            paragraph.addElement(Span(stylename=self._raised, text=cell.mark))
            made.addElement(paragraph)
            return made
        if isinstance(cell, Shown):
            return self._shown_cell(cell, span)
        if isinstance(cell, str):
            made = TableCell(valuetype="string", **span)
            made.addElement(P(text=cell))
            return made
        made = TableCell(valuetype="float", value=str(cell), **span)
        made.addElement(P(text=str(cell).replace(".", ",")))
        return made

    def _shown_cell(self, cell: Shown, span: dict[str, int]) -> TableCell:
        value: dict[str, str] = {"valuetype": "float", "value": str(cell.value)}
        if isinstance(cell.value, datetime.date):
            value = {"valuetype": "date", "datevalue": cell.value.isoformat()}
        elif cell.format.endswith("%"):
            value["valuetype"] = "percentage"
        made = TableCell(stylename=self._style(cell.format), **value, **span)
        made.addElement(P(text=_shown_text(cell)))
        return made

    def _style(self, code: str) -> Style:
        if code not in self._style_by_format:
            index = len(self._style_by_format)
            shape = _number_style(f"N{index}", code)
            style = Style(name=f"ce{index}", family="table-cell", datastylename=shape)
            self.ods.automaticstyles.addElement(shape)
            self.ods.automaticstyles.addElement(style)
            self._style_by_format[code] = style
        return self._style_by_format[code]


def _spans(tab: Tab) -> tuple[dict[tuple[int, int], dict[str, int]], set[tuple[int, int]]]:
    """What the first cell of each merged range says of it, and the places that others cover."""
    spans, covered = {}, set()
    for area in tab.merged:
        left, top, right, bottom = range_boundaries(area)
        spans[top - 1, left - 1] = {
            "numberrowsspanned": bottom - top + 1,
            "numbercolumnsspanned": right - left + 1,
        }
        covered |= {(r, c) for r in range(top - 1, bottom) for c in range(left - 1, right)}
        covered.discard((top - 1, left - 1))
    return spans, covered


def _number_style(name: str, code: str) -> object:
    """The style of a number format: dates, percentages, literal texts, thousands left out."""
    if code in ("mmm-yy", "yyyy", "dd/mm/yyyy"):
        shape = number.DateStyle(name=name)
        if code == "dd/mm/yyyy":
            for part in (number.Day(style="long"), number.Text(text="/")):
                shape.addElement(part)
        if code != "yyyy":
            textual = {"textual": "true"} if code == "mmm-yy" else {"style": "long"}
            shape.addElement(number.Month(**textual))
            shape.addElement(number.Text(text="-" if code == "mmm-yy" else "/"))
        shape.addElement(number.Year(**({} if code == "mmm-yy" else {"style": "long"})))
        return shape
    shape = (number.PercentageStyle if code.endswith("%") else number.NumberStyle)(name=name)
    _, decimals, literal, scale = _parts(code)
    if code.startswith("+"):
        shape.addElement(number.Text(text="+"))
    options = {"displayfactor": str(scale)} if scale > 1 else {}
    grouping = {"grouping": "true"} if "#,##0" in code else {}
    shape.addElement(
        number.Number(decimalplaces=decimals, minintegerdigits=1, **grouping, **options)
    )
    if literal:
        shape.addElement(number.Text(text=literal))
    return shape


def _parts(code: str) -> tuple[str, int, str, int]:
    """Of a number format: its first section, decimals, text behind the number, hidden factor."""
    section = code.split(";")[0]
    decimals = re.search(r"0\.(0+)", section)
    quoted = re.search(r'"(.*)"', section)
    literal = quoted[1] if quoted else ("%" if section.endswith("%") else "")
    commas = re.search(r"0(,+)(?=$|\")", section)
    return (
        section,
        len(decimals[1]) if decimals else 0,
        literal,
        1000 ** len(commas[1]) if commas else 1,
    )


def _shown_text(cell: Shown) -> str:
    """What a French LibreOffice shows."""
    if isinstance(cell.value, datetime.date):
        date = cell.value
        return {
            "mmm-yy": f"{_MONTHS[date.month - 1]}-{date:%y}",
            "yyyy": f"{date:%Y}",
            "dd/mm/yyyy": f"{date:%d/%m/%Y}",
        }[cell.format]
    _, decimals, literal, scale = _parts(cell.format)
    number_shown = cell.value * (100 if cell.format.endswith("%") else 1) / scale
    text = (
        f"{number_shown:,.{decimals}f}"
        if "#,##0" in cell.format
        else f"{number_shown:.{decimals}f}"
    )
    sign = "+" if cell.format.startswith("+") and number_shown > 0 else ""
    return sign + text.replace(",", " ").replace(".", ",") + literal
