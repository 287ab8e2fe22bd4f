"""Formulas that nobody calculated, told from results of zero and of nothing."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import odf.opendocument
import odf.table
import pytest
import xlsxwriter
import xlwt
from openpyxl import Workbook

from atlas.importing.sheet import Cell
from atlas.importing.workbook_reading import read_sheets

FOLDER = Path(__file__).parent / "workbooks"
CHAIN_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"


def last_column(content: bytes) -> list[Cell]:
    sheets, problems = read_sheets(content, "envoi")
    assert problems == []
    return [row[-1] for row in sheets[0].cells]


def states(content: bytes) -> list[str]:
    return [cell.state for cell in last_column(content)]


def edit(content: bytes, changes: dict[str, Callable[[str], str]]) -> bytes:
    """The archive with parts changed; one that is missing is made from nothing."""
    edited = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(edited, "w") as archive:
        names = old.namelist()
        for name in [*names, *(name for name in changes if name not in names)]:
            text = old.read(name).decode() if name in names else ""
            archive.writestr(name, changes.get(name, str)(text))
    return edited.getvalue()


def of_xlsxwriter(formula_value: float = 0) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for row, (part, whole) in enumerate([(680, 1700), (170, 408), (0, 5)]):
            sheet.write_row(row, 0, [part, whole])
            sheet.write_formula(row, 2, f"=A{row + 1}/B{row + 1}", value=formula_value)
    return content.getvalue()


def test_zeros_of_xlsxwriter_are_no_results():
    assert states(of_xlsxwriter()) == ["not calculated"] * 3
    assert [cell.number for cell in last_column(of_xlsxwriter())] == [""] * 3
    assert (
        last_column((FOLDER / "formules-jamais-calculees.xlsx").read_bytes())[1:]
        == [Cell(state="not calculated")] * 3
    )


def test_a_result_given_to_xlsxwriter_is_a_result():
    assert [cell.number for cell in last_column(of_xlsxwriter(0.4))] == ["0.4"] * 3


def test_zeros_of_an_array_of_xlsxwriter_are_no_results():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, [1, 2, 3, 0])
        sheet.write_array_formula("B1:B3", "{=A1:A3*2}")
        sheet.write_number("B4", 0)
    assert states(content.getvalue()) == ["not calculated"] * 3 + [""]


def test_formulas_of_openpyxl_have_no_result():
    book = Workbook()
    book.active.append([1, 2, "=A1/B1"])
    book.active.append([1, 2, '=A1&"x"'])
    content = io.BytesIO()
    book.save(content)
    assert states(content.getvalue()) == ["not calculated"] * 2


def test_formulas_of_xlwt_have_no_result():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Données")
    sheet.write(0, 0, 1)
    sheet.write(0, 1, xlwt.Formula("A1/2"))
    sheet.write(1, 1, 0)
    content = io.BytesIO()
    book.save(content)
    assert states(content.getvalue()) == ["not calculated", ""]


def test_formulas_of_odfpy_have_no_result():
    document = odf.opendocument.OpenDocumentSpreadsheet()
    table = odf.table.Table(name="Données")
    for attributes in ({}, {"valuetype": "float"}, {"valuetype": "float", "value": 0}):
        row = odf.table.TableRow()
        row.addElement(odf.table.TableCell(formula="of:=[.A1]/2", **attributes))
        table.addElement(row)
    document.spreadsheet.addElement(table)
    content = io.BytesIO()
    document.write(content)
    assert states(content.getvalue()) == ["not calculated", "not calculated", ""]


def test_zeros_of_apache_poi_are_no_results():
    content = edit(
        of_xlsxwriter(),
        {
            "xl/workbook.xml": lambda text: text.replace(' fullCalcOnLoad="1"', ""),
            "docProps/app.xml": lambda text: text.replace("Microsoft Excel", "Apache POI"),
        },
    )
    assert states(content) == ["not calculated"] * 3


def of_excel(chain: str = '<c r="C1" i="1"/><c r="C2"/><c r="C3"/>', asks: str = "") -> bytes:
    """The workbook with what Excel writes: results, and the chain of its calculations."""
    return edit(
        of_xlsxwriter(),
        {
            "xl/workbook.xml": lambda text: text.replace(' fullCalcOnLoad="1"', asks),
            "xl/_rels/workbook.xml.rels": lambda text: text.replace(
                "</Relationships>",
                f'<Relationship Id="rId99" Type="{CHAIN_TYPE}" Target="calcChain.xml"/>'
                "</Relationships>",
            ),
            "xl/calcChain.xml": lambda _: (
                '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                f"{chain}</calcChain>"
            ),
        },
    )


@pytest.mark.parametrize("asks", ["", ' fullCalcOnLoad="1"'])
def test_zeros_that_excel_calculated_are_zeros(asks):
    assert [(cell.number, cell.state) for cell in last_column(of_excel(asks=asks))] == [
        ("0", "")
    ] * 3


def test_a_formula_added_to_a_workbook_of_excel_is_not_in_its_chain():
    content = of_excel('<c r="C1" i="1"/><c r="C3"/>', ' fullCalcOnLoad="1"')
    assert states(content) == ["", "not calculated", ""]


def test_an_empty_text_that_excel_calculated_is_empty():
    content = edit(
        of_excel(),
        {
            "xl/worksheets/sheet1.xml": lambda text: text.replace(
                '<c r="C2">', '<c r="C2" t="str">'
            ).replace("<f>A2/B2</f><v>0</v>", "<f>A2/B2</f><v></v>")
        },
    )
    assert [cell.is_empty for cell in last_column(content)] == [False, True, False]
