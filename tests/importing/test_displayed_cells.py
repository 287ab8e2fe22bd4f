"""XLSX, XLS and ODS of several programs: each cell as it is shown."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import odf.opendocument
import odf.style
import odf.table
import odf.text
import pytest
import xlsxwriter
import xlwt
from odf import number as odf_number
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from atlas.importing.sheet import Cell, Sheet
from atlas.importing.workbook_reading import read_sheets

FOLDER = Path(__file__).parent / "workbooks"
LIBREOFFICE = [f"libreoffice.{kind}" for kind in ("xlsx", "xls", "ods")]
every_kind = pytest.mark.parametrize("name", LIBREOFFICE)


def read_all(content: bytes) -> dict[str, Sheet]:
    sheets, problems = read_sheets(content, "envoi")
    assert problems == []
    return {sheet.name: sheet for sheet in sheets}


def read_file(name: str) -> dict[str, Sheet]:
    return read_all((FOLDER / name).read_bytes())


def column(sheet: Sheet, index: int) -> list[Cell]:
    return [row[index] for row in sheet.cells]


def saved(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


# --- as LibreOffice writes them ------------------------------------------------------------------


@every_kind
def test_numbers_of_libreoffice_are_read_as_it_shows_them(name):
    cells = column(read_file(name)["Formats"], 1)[1:]
    assert [(cell.text, cell.number, cell.unit, cell.scale) for cell in cells] == [
        ("33,6\u00a0%", "33.6", "%", 1),
        ("43,7", "43.7", "", 1),
        ("5\u00a0%", "5", "%", 1),
        ("5,0 %", "5.0", "%", 1),
        ("5,0 %", "5.0", "%", 1),
        ("+5 %", "5", "%", 1),
        ("-2 %", "-2", "%", 1),
        ("3 pts", "3", "points", 1),
        ("25\u202f052", "25052", "", 1_000),
        ("25,1", "25.1", "", 1_000_000),
        ("25\u202f052\u202f377", "25052377", "", 1),
        ("25\u202f052\u202f377", "25052377", "", 1),
        ("nd", "", "", 1),
        ("nd", "", "", 1),
        ("", "", "", 1),
        ("43,7", "43.7", "", 1),
        ("0,333333333333333", "0.333333333333333", "", 1),
        ("-4,2", "-4.2", "", 1),
        ("5 (1)", "", "", 1),
        ("01", "1", "", 1),
        ("3,4\u00a0%", "3.4", "%", 1),
    ]
    assert cells[0].value == 0.33587 and cells[14].value == 5


@every_kind
def test_dates_of_libreoffice_have_the_period_that_they_show(name):
    cells = column(read_file(name)["Dates"], 1)
    assert [cell.period for cell in cells] == [
        "2025-10",
        "2025",
        "2025-10-01",
        "2025-10",
        "2025-10-01",
        "2025-10",
        "2025-10",
        "",
    ]
    assert cells[0].text == "oct.-25" and cells[3].text == "octobre 2025"


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_days_counted_from_1904_are_the_same_days(kind):
    assert read_file(f"libreoffice-1904.{kind}")["Sheet"].cells[0][1].period == "2025-10"


@every_kind
def test_marks_and_unseen_characters_of_libreoffice_are_no_part_of_texts(name):
    cells = column(read_file(name)["Textes"], 1)
    assert [(cell.text, cell.notes) for cell in cells] == [
        ("43,7", ("1",)),
        ("9", ("2",)),
        ("Au 1er janvier 2025", ()),
        ("km²", ()),
        ("CO2", ()),
        ("une autre", ()),
        ("abc", ()),
        ("VRAI", ()),
    ]


@every_kind
def test_formulas_that_libreoffice_calculated_have_their_results(name):
    cells = column(read_file(name)["Formules"], 3)
    assert [(cell.text, cell.number, cell.state) for cell in cells] == [
        ("40,0\u00a0%", "40.0", ""),
        ("0,0\u00a0%", "0.0", ""),
        ("", "", ""),
        ("#DIV/0!", "", "error"),
        ("#N/A", "", "error"),
    ]


@every_kind
def test_merged_cells_repeat_their_text_and_know_their_first_cell(name):
    cells = column(read_file(name)["Fusions"], 1)
    assert [cell.text for cell in cells] == ["Profils", "117000", "117000", "680000"]
    assert [cell.merged for cell in cells] == [None, (1, 1), (1, 1), None]


@every_kind
def test_what_is_hidden_is_flagged(name):
    sheets = read_file(name)
    assert sheets["Masques"].hidden_rows == {1, 3} and sheets["Masques"].hidden_columns == {2}
    assert [sheet.name for sheet in sheets.values() if sheet.hidden] == ["Cachée"]


# --- as libraries write them ---------------------------------------------------------------------


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


# --- as people send them -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name, index, numbers",
    [
        ("pourcent-litteral.xlsx", 2, [("5", "%"), ("6", "%"), ("4", "%"), ("2", "%")]),
        ("croissance-en-pourcent.xls", 2, [("5", "%"), ("6", "%"), ("4", "%"), ("-2", "%")]),
        ("croissance-en-pourcent.ods", 2, [("5", "%"), ("6", "%"), ("4", "%"), ("-2", "%")]),
    ],
)
def test_growths_are_read_with_their_percent_sign(name, index, numbers):
    cells = column(next(iter(read_file(name).values())), index)[1:]
    assert [(cell.number, cell.unit) for cell in cells] == numbers


def test_other_files_that_people_send_are_read_as_they_are_shown():
    noted = column(read_file("appel-de-note.xlsx")["Sheet"], 1)
    assert [(c.text, c.notes) for c in noted[2:4]] == [("43,7", ("1",)), ("9", ("2",))]
    months = read_file("mois-en-dates.xlsx")["Données"].cells[1][1:]
    assert [cell.period for cell in months] == ["2025-10", "2025-11", "2025-12"]
    merged = column(read_file("valeur-fusionnee.xlsx")["Données"], 1)
    assert [cell.merged for cell in merged] == [None, (1, 1), (1, 1), None, None]
    note = read_file("tabulation-verticale.xlsx")["Sheet"].cells[1][10]
    assert note.text == "Données provisoires arrêtées au 31 mars."
