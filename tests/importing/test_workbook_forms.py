"""XLSX as other programs write the same thing; files that are made to break a reader."""

from __future__ import annotations

import io
import re
import struct
from pathlib import Path
from zipfile import ZipFile

import import_cases as cases
import pytest
import xlwt
from openpyxl import Workbook
from xlrd.compdoc import SIGNATURE

from atlas.importing.csv_reading import MAX_COLUMNS_PER_SHEET
from atlas.importing.sheet import Sheet
from atlas.importing.workbook_reading import read_sheets

FOLDER = Path(__file__).parent / "workbooks"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    RELATIONSHIPS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def rewrite(content: bytes, change, names=lambda name: name) -> bytes:
    """The archive with each XML part changed, and each part under another name."""
    rewritten = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(rewritten, "w") as archive:
        for name in old.namelist():
            text = old.read(name).decode()
            archive.writestr(names(name), change(name, text))
    return rewritten.getvalue()


def read(content: bytes) -> list[Sheet]:
    sheets, problems = read_sheets(content, "envoi")
    assert problems == []
    return sheets


def refusal(content: bytes, name: str = "envoi") -> str:
    sheets, problems = read_sheets(content, name)
    assert sheets == []
    return problems[0].message


def with_prefix(name: str, text: str) -> str:
    """Elements of the main namespace under a prefix, as some programs write them."""
    if f'xmlns="{MAIN}"' not in text:
        return text
    text = re.sub(r"<(/?)([A-Za-z])(?![^<>]*:[A-Za-z]+[ />])", r"<\1x:\2", text)
    return re.sub(r"<(/?)([A-Za-z]+)(?=[ />])", r"<\1x:\2", text).replace(
        f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"'
    )


def strict(name: str, text: str) -> str:
    for transitional, other in STRICT.items():
        text = text.replace(transitional, other)
    return text


def without_addresses(name: str, text: str) -> str:
    return re.sub(r'(<(?:c|row)) r="[A-Z]*\d+"', r"\1", text) if "worksheets/" in name else text


def with_absolute_targets(name: str, text: str) -> str:
    if name != "xl/_rels/workbook.xml.rels":
        return text
    return re.sub(r'Target="(?!/)([^"]*)"', r'Target="/xl/\1"', text)


@pytest.mark.parametrize("change", [with_prefix, strict, without_addresses, with_absolute_targets])
@pytest.mark.parametrize("name", ["libreoffice.xlsx", "appel-de-note.xlsx", "mois-en-dates.xlsx"])
def test_the_same_workbook_in_another_form_is_the_same(name, change):
    content = (FOLDER / name).read_bytes()
    changed = rewrite(content, change)
    if not (change is with_absolute_targets and name != "libreoffice.xlsx"):
        assert changed != content
    assert read(changed) == read(content)


def test_parts_named_as_windows_names_files_are_found():
    content = (FOLDER / "libreoffice.xlsx").read_bytes()
    names = {"backslashes": lambda name: name.replace("/", "\\"), "capitals": str.upper}
    for rename in names.values():
        renamed = rewrite(content, lambda _, text: text, rename)
        assert read(renamed) == read(content)


def test_inline_texts_are_read_with_their_marks_and_without_their_pronunciation():
    xml = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>Landes_x000B_Sud</t></is></c>'
        '<c r="B1" t="inlineStr"><is><r><t>43,7</t></r>'
        '<r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'
        '<rPh sb="0" eb="1"><t>kana</t></rPh></is></c>'
        '<c r="C1" t="d"><v>2025-10-01</v></c><c r="D1" t="b"><v>1</v></c>'
        '<c r="E1" t="e"><v>#DIV/0!</v></c><c r="F1" t="str"><v>nd</v></c>'
        "</row></sheetData></worksheet>"
    )
    (cells,) = read(cases.replace_sheet_xml(cases.workbook([["a"]]), xml.encode()))[0].cells
    assert [cell.text for cell in cells] == [
        "Landes Sud",
        "43,7",
        "01/10/2025",
        "VRAI",
        "#DIV/0!",
        "nd",
    ]
    assert cells[1].notes == ("1",) and cells[2].period == "2025-10-01"
    assert cells[4].state == "error"


def test_a_value_under_a_merged_range_is_not_read():
    book = Workbook()
    for row in [["a", 1], ["b", 2], ["c", 3]]:
        book.active.append(row)
    content = cases._bytes(book)
    merged = cases.sheet_xml(content).replace(
        b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="B1:B3"/></mergeCells>'
    )
    sheet = read(cases.replace_sheet_xml(content, merged))[0]
    assert [row[1].number for row in sheet.cells] == ["1", "1", "1"]


def test_rows_and_columns_without_a_size_are_hidden():
    content = cases.workbook([["a", "b"], ["c", "d"]])
    xml = cases.sheet_xml(content).decode()
    squeezed = re.sub(r'<row r="2"', '<row r="2" ht="0" customHeight="1"', xml).replace(
        "<sheetData>", '<cols><col min="2" max="16384" width="0"/></cols><sheetData>'
    )
    sheet = read(cases.replace_sheet_xml(content, squeezed.encode()))[0]
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({1}, {1})


def test_rows_of_a_folded_group_of_an_ods_are_hidden():
    content = cases.open_document([["a"], ["b"], ["c"]])
    row = '<table:table-row><table:table-cell office:value-type="string"><text:p>b</text:p>'
    folded = rewrite(
        content,
        lambda _, text: text.replace(
            row, f'<table:table-row-group table:display="false">{row}'
        ).replace(
            "b</text:p></table:table-cell></table:table-row>",
            "b</text:p></table:table-cell></table:table-row></table:table-row-group>",
        ),
    )
    assert folded != content and read(folded)[0].hidden_rows == {1}


# --- limits --------------------------------------------------------------------------------------


def of_merged_ranges(count: int, reference: str) -> bytes:
    """A table of 2 000 rows with so many merged ranges."""
    content = cases.workbook([["a", "b"]] * 2000)
    ranges = "".join(
        f'<mergeCell ref="{reference}"/>'.replace("N", str(n + 1)) for n in range(count)
    )
    merged = cases.sheet_xml(content).replace(
        b"</sheetData>", f"</sheetData><mergeCells>{ranges}</mergeCells>".encode()
    )
    return cases.replace_sheet_xml(content, merged)


def test_thousands_of_merged_ranges_are_filled():
    sheet = read(of_merged_ranges(2000, "AN:BN"))[0]
    assert sheet.cells[1999][1].text == "a" and sheet.cells[1999][1].merged == (1999, 0)


def test_merged_ranges_that_cover_each_other_without_end_are_refused():
    assert "abîmé" in refusal(of_merged_ranges(4000, "A1:XFD1048576"))


def test_a_range_merged_twice_is_read_once():
    sheet = read(of_merged_ranges(2, "A1:B1"))[0]
    assert [cell.text for cell in sheet.cells[0]] == ["a", "a"]


def test_too_many_columns_are_refused():
    wide = ["x"] * (MAX_COLUMNS_PER_SHEET + 1)
    assert "1 000 colonnes" in refusal(";".join(wide).encode())
    assert "1 000 colonnes" in refusal(cases.workbook([wide]))
    assert "1 000 colonnes" in refusal(cases.open_document([wide]))


def test_empty_columns_at_the_right_of_a_csv_do_not_count():
    sheet = read(b"a;b" + b";" * 5000 + b"\n1;2\n")[0]
    assert [cell.text for cell in sheet.cells[0]] == ["a", "b"]


@pytest.mark.parametrize("repeated", ["columns", "rows"])
def test_a_cell_repeated_without_end_is_refused(repeated):
    content = cases.open_document([["a"]])
    attribute = f'table:number-{repeated}-repeated="900000000"'
    element = "table:table-cell" if repeated == "columns" else "table:table-row"
    bomb = rewrite(content, lambda _, text: text.replace(f"<{element}", f"<{element} {attribute}"))
    assert "trop grand" in refusal(bomb)


def test_a_million_empty_rows_at_the_end_of_an_ods_do_not_count():
    content = cases.open_document([["a", "b"], ["c", "d"]])
    end = (
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    padded = rewrite(content, lambda _, text: text.replace("</table:table>", end))
    assert read(padded) == read(content)


def test_a_workbook_under_a_password_is_refused_by_its_name():
    manifest = cases.ODS_MANIFEST.replace(
        'media-type="text/xml"/>',
        'media-type="text/xml"><manifest:encryption-data/></manifest:file-entry>',
    )
    content = rewrite(
        cases.open_document([["a"]]),
        lambda name, text: manifest if name.startswith("META-INF") else text,
    )
    assert "mot de passe" in refusal(content)


def test_an_xlsx_under_a_password_is_refused_by_its_name():
    """It is in an OLE file, as an XLS is, under the name « EncryptedPackage »."""
    book = xlwt.Workbook()
    book.add_sheet("Données")
    content = io.BytesIO()
    book.save(content)

    def entry(name: str) -> bytes:
        return name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2)

    old, new = entry("Workbook"), entry("EncryptedPackage")
    assert old in content.getvalue()
    assert "mot de passe" in refusal(content.getvalue().replace(old, new))


def test_a_binary_xlsx_is_refused_by_its_name():
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\0")
    assert "XLSB" in refusal(content.getvalue())


def test_what_begins_as_an_xls_and_is_none_is_refused():
    assert "abîmé" in refusal(SIGNATURE + bytes(600))
