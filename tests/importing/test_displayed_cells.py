"""XLSX, XLS and ODS of four libraries: each cell as it is shown."""

from __future__ import annotations

import datetime as dt
import io

import odf.opendocument
import odf.style
import odf.table
import odf.text
import xlsxwriter
import xlwt
from odf import number as odf_number
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from atlas.importing.sheet import Cell, Sheet
from atlas.importing.workbook_reading import read_sheets


def read_all(content: bytes) -> dict[str, Sheet]:
    sheets, problems = read_sheets(content, "envoi")
    assert problems == []
    return {sheet.name: sheet for sheet in sheets}


def column(sheet: Sheet, index: int) -> list[Cell]:
    return [row[index] for row in sheet.cells]


def saved(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_workbook_of_xlsxwriter_is_read_as_it_is_shown():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Données")
        for row, (value, code) in enumerate(
            [(0.4368, "0.0%"), (5, '0.0" %"'), (25052377, "#,##0,"), (2, '0.0" pts"')]
        ):
            sheet.write_number(row, 0, value, book.add_format({"num_format": code}))
        month = book.add_format({"num_format": "mmm-yy"})
        sheet.write_datetime(4, 0, dt.datetime(2025, 12, 1), month)
        above = book.add_format({"font_script": 1})
        sheet.write_rich_string(5, 0, "43,7", above, "1")
        sheet.merge_range("A7:A8", 117000)
        sheet.write_string(8, 0, "arrêtées\vau 31 mars")
        sheet.write_number(9, 0, 3, book.add_format({"num_format": "mmm-yy;@"}))
        sheet.autofilter("A1:A9")
        sheet.set_row(1, options={"hidden": True})
        book.add_worksheet("Cachée").hide()
    sheets = read_all(content.getvalue())
    cells = column(sheets["Données"], 0)
    assert [(c.text, c.number, c.unit, c.scale) for c in cells[:4]] == [
        ("43,7\u00a0%", "43.7", "%", 1),
        ("5,0 %", "5.0", "%", 1),
        ("25\u202f052", "25052", "", 1_000),
        ("2,0 pts", "2.0", "points", 1),
    ]
    assert cells[4].period == "2025-12"
    assert (cells[5].text, cells[5].notes) == ("43,7", ("1",))
    assert [(c.number, c.merged) for c in cells[6:8]] == [("117000", (6, 0))] * 2
    assert cells[8].text == "arrêtées au 31 mars"
    assert sheets["Données"].hidden_rows == {1}


def test_a_workbook_of_openpyxl_is_read_as_it_is_shown():
    book = Workbook()
    sheet = book.active
    for value, code in [(0.4368, "0.0%"), (-2, '+0" %";-0" %"'), (dt.date(2025, 1, 1), "yyyy")]:
        sheet.append([value])
        sheet.cell(sheet.max_row, 1).number_format = code
    mark = TextBlock(InlineFont(vertAlign="superscript"), "2")
    sheet.append([CellRichText("9", mark)])
    sheet.append(["#DIV/0!"])
    sheet.append(["a", "b"])
    sheet.append(["c", "d"])
    sheet.merge_cells("A6:B6")
    sheet.column_dimensions["B"].hidden = True
    only = read_all(saved(book))["Sheet"]
    cells = column(only, 0)
    assert (cells[0].text, cells[0].number, cells[0].unit) == ("43,7\u00a0%", "43.7", "%")
    assert (cells[1].text, cells[1].number, cells[1].unit) == ("-2 %", "-2", "%")
    assert cells[2].period == "2025"
    assert (cells[3].text, cells[3].notes) == ("9", ("2",))
    assert (cells[4].text, cells[4].state) == ("#DIV/0!", "error")
    assert only.cells[5][1].text == "a" and only.hidden_columns == {1}


def test_a_workbook_of_xlwt_is_read_as_it_is_shown():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Données")
    for row, (value, code) in enumerate(
        [
            (0.4368, "0.0%"),
            (5, '0.0" %"'),
            (25052377, "#,##0,"),
            (dt.date(2025, 10, 1), "mmm-yy"),
            (5, ";;;"),
        ]
    ):
        sheet.write(row, 0, value, xlwt.easyxf(num_format_str=code))
    above = xlwt.Font()
    above.escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
    sheet.write_rich_text(5, 0, ["43,7", ("1", above)])
    sheet.write_merge(6, 7, 0, 0, 117000)
    sheet.write(8, 0, "a\vb")
    sheet.row(2).hidden = True
    sheet.col(1).hidden = True
    sheet.write(0, 1, "x")
    hidden = book.add_sheet("Cachée")
    hidden.write(0, 0, 1)
    hidden.visibility = 1
    content = io.BytesIO()
    book.save(content)
    sheets = read_all(content.getvalue())
    only = sheets["Données"]
    cells = column(only, 0)
    assert [(c.text, c.number, c.unit, c.scale) for c in cells[:3]] == [
        ("43,7\u00a0%", "43.7", "%", 1),
        ("5,0 %", "5.0", "%", 1),
        ("25\u202f052", "25052", "", 1_000),
    ]
    assert cells[3].period == "2025-10" and cells[4].is_empty
    assert (cells[5].text, cells[5].notes) == ("43,7", ("1",))
    assert [(c.number, c.merged) for c in cells[6:8]] == [("117000", (6, 0))] * 2
    assert cells[8].text == "a b"
    assert only.hidden_rows == {2} and only.hidden_columns == {1} and sheets["Cachée"].hidden


def odfpy_cell(text: str = "", **attributes: object) -> odf.table.TableCell:
    cell = odf.table.TableCell(**attributes)
    if text:
        cell.addElement(odf.text.P(text=text))
    return cell


def odfpy_document(cells: list[odf.table.TableCell]) -> bytes:
    """An ODS of odfpy with one cell per row, and the styles « percent », « above », « literal »."""
    document = odf.opendocument.OpenDocumentSpreadsheet()
    percent = odf_number.PercentageStyle(name="P1")
    percent.addElement(odf_number.Number(decimalplaces=1, minintegerdigits=1))
    percent.addElement(odf_number.Text(text=" %"))
    literal = odf_number.NumberStyle(name="L1")
    literal.addElement(odf_number.Number(decimalplaces=1, minintegerdigits=1))
    literal.addElement(odf_number.Text(text=" %"))
    month = odf_number.DateStyle(name="M1")
    month.addElement(odf_number.Month(textual=True))
    month.addElement(odf_number.Text(text=" "))
    month.addElement(odf_number.Year(style="long"))
    for style in (percent, literal, month):
        document.automaticstyles.addElement(style)
    for name, data_style in (("percent", "P1"), ("literal", "L1"), ("month", "M1")):
        document.automaticstyles.addElement(
            odf.style.Style(name=name, family="table-cell", datastylename=data_style)
        )
    above = odf.style.Style(name="above", family="text")
    above.addElement(odf.style.TextProperties(textposition="super 58%"))
    document.automaticstyles.addElement(above)
    table = odf.table.Table(name="Données")
    for cell in cells:
        row = odf.table.TableRow()
        row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    content = io.BytesIO()
    document.write(content)
    return content.getvalue()


def test_an_ods_of_odfpy_is_read_as_it_is_shown():
    noted = odf.table.TableCell(valuetype="string")
    paragraph = odf.text.P(text="43,7")
    paragraph.addElement(odf.text.Span(stylename="above", text="1"))
    noted.addElement(paragraph)
    cells = column(
        read_all(
            odfpy_document(
                [
                    odfpy_cell("43,7 %", valuetype="percentage", value=0.4368, stylename="percent"),
                    odfpy_cell("5,0 %", valuetype="float", value=5, stylename="literal"),
                    odfpy_cell("oct. 25", valuetype="date", datevalue="2025-10-01"),
                    odfpy_cell(valuetype="date", datevalue="2025-10-01", stylename="month"),
                    noted,
                    odfpy_cell("43.7", valuetype="float", value=43.7),
                    odfpy_cell("33,6 %", valuetype="float", value=0.33587),
                    odfpy_cell("33,6 %", valuetype="float", value=4),
                    odfpy_cell(valuetype="percentage", value=0.5),
                    odfpy_cell("117", valuetype="float", value=117, numberrowsspanned=2),
                    odf.table.CoveredTableCell(),
                    odfpy_cell("VRAI", valuetype="boolean", booleanvalue="true"),
                ]
            )
        )["Données"],
        0,
    )
    assert [(c.text, c.number, c.unit) for c in cells[:2]] == [
        ("43,7 %", "43.7", "%"),
        ("5,0 %", "5.0", "%"),
    ]
    assert [c.period for c in cells[2:4]] == ["2025-10-01", "2025-10"]
    assert (cells[4].text, cells[4].notes) == ("43,7", ("1",))
    assert cells[5].number == "43.7"
    assert (cells[6].number, cells[6].unit) == ("33.6", "%"), "shown so, and it is its number"
    assert (cells[7].number, cells[7].unit) == ("4", ""), "what is written beside is not its number"
    assert (cells[8].number, cells[8].unit) == ("50.00", "%")
    assert [(c.number, c.merged) for c in cells[9:11]] == [("117", (9, 0))] * 2
    assert cells[11].text == "VRAI"
