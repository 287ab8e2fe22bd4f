"""Bytes → sheets: every form of file, its limits, and thousands of damaged ones."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import import_cases as cases
import pytest
import xlsxwriter
from damaged_files import (
    ANY_BYTES,
    DAMAGED_CSV,
    DAMAGED_WORKBOOK,
    HYPOTHESIS_OPTIONS,
    damaged,
)
from hypothesis import given, settings
from patience import BACKSTOP_S

from atlas.guarded_worker import Guard
from atlas.importing.column_detection import propose_table
from atlas.importing.csv_reading import MAX_ROWS_PER_SHEET, decode_text, detect_separator
from atlas.importing.row_extraction import extract_rows
from atlas.importing.sheet import Cell, Sheet
from atlas.importing.workbook_reading import read_file, read_rows_by_profile, read_sheets
from atlas.importing.workbooks.cell_text import clean_text

PATIENT = Guard(seconds=BACKSTOP_S)
TEXT = "Département;Taux d’activation\nCôte-d’Or;33,6 %\n"
WORKBOOK = cases.workbook(cases.annex())
XLS = (Path(__file__).parent / "workbooks" / "libreoffice.xls").read_bytes()


def only_sheet(content: bytes) -> Sheet:
    sheets, problems = read_sheets(content, "envoi")
    assert problems == []
    return sheets[0]


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row] for row in sheet.cells]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "mac_roman", "utf-32"],
)
@pytest.mark.parametrize("separator", [";", "\t", "|", ","])
def test_a_csv_is_read_in_any_usual_encoding_and_separator(encoding, separator):
    text = TEXT.replace(";", separator).replace("33,6 %", '"33,6 %"')
    assert texts(only_sheet(text.encode(encoding))) == [
        ["Département", "Taux d’activation"],
        ["Côte-d’Or", "33,6 %"],
    ]


def test_a_text_of_ms_dos_is_recognised():
    assert decode_text("Rhône, Isère, Côtes".encode("cp850")) == "Rhône, Isère, Côtes"


def test_a_decimal_comma_is_no_separator():
    assert detect_separator("Titre\na;b;c\n1,5;2,5;3,5\n4,1;5,2;6,3\n") == ";"


def test_rows_keep_their_number_and_columns_their_letter():
    sheet = only_sheet(b"titre\n\n\na;b\n1;2\n")
    assert sheet.address(4, 1) == "B5" and texts(sheet)[4] == ["1", "2"]
    assert Sheet("", [], left=25).address(0, 1) == "AA1"


def test_a_table_that_starts_further_down_keeps_its_addresses():
    sheet = only_sheet(cases.workbook([[], [], [None, None, "a"], [None, None, 5]]))
    assert sheet.address(1, 0) == "C4" and texts(sheet) == [["a"], ["5"]]


def test_merged_cells_are_filled():
    assert texts(only_sheet(cases.paca_workbook()))[1:3] == [
        [
            "Par couloir",
            cases.STRUCTURES_HEADER,
            cases.STRUCTURES_HEADER,
            cases.DOCUMENTS_HEADER,
            cases.DOCUMENTS_HEADER,
        ],
        ["Par couloir", "2024", cases.CHANGE_HEADER, "2024", cases.CHANGE_HEADER],
    ]


REFUSED = {
    "vide": (b" \n", "vide"),
    "pdf": (b"%PDF-1.7", "un PDF"),
    "page": (b"<html><table>", "une page web"),
    "binaire": (b"\0\1\2" * 50, "texte lisible"),
    "abîmé": (WORKBOOK[:300], "abîmé"),
    "guillemet": (b'a;b\n"c;d\n', "CSV lisible"),
    "lourd": (b"a" * 100_000_001, "100 Mo"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_table_is_refused_by_a_sentence(kind):
    content, part = REFUSED[kind]
    sheets, problems = read_sheets(content, "envoi")
    assert sheets == [] and part in problems[0].message


def test_a_workbook_that_unpacks_without_end_is_refused():
    assert "trop grand" in read_sheets(cases.decompression_bomb(), "envoi", PATIENT)[1][0].message


def test_a_sheet_of_two_far_cells_is_refused():
    """Its reader would lay out 17 billion cells."""
    content = cases.workbook_of_two_far_cells()
    assert len(content) < 20_000
    assert "trop grand" in read_sheets(content, "envoi")[1][0].message


def test_two_million_rows_are_refused_within_two_gigabytes():
    program = (
        "import io, resource; resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30));"
        "from atlas.importing.workbook_reading import read_sheets;"
        "print(read_sheets(b'161;ANGOULEME;32,8%;2,4\\n' * 2_000_000, 'x')[1][0].message)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert f"dépasse {MAX_ROWS_PER_SHEET // 1000} 000 lignes" in done.stdout, done.stderr
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 2 << 20


def test_a_sheet_comes_whole_through_a_worker(known_keys):
    """Cells, merged ranges, hidden rows, the proposal and the profiles: as read in this process."""
    for content in (cases.paca_workbook(), WORKBOOK, XLS, cases.csv_bytes(cases.annex())):
        here = read_file(content, "envoi", known_keys, None)
        assert read_file(content, "envoi", known_keys, PATIENT) == here
        assert here.sheets and here.proposal


def test_rows_come_whole_through_a_worker(known_keys):
    content = cases.csv_bytes(cases.annex())
    profile = known_keys.settings.import_profiles["caisses-nouvelle-aquitaine"].model_copy(
        update={"source": "ars-nouvelle-aquitaine-2026", "period": "2025"}
    )
    here = extract_rows(read_sheets(content, "envoi", None)[0], "envoi", profile, known_keys)
    assert here.rows
    assert read_rows_by_profile(content, "envoi", profile, known_keys, PATIENT) == here


def merged_workbook(ranges: int, width: int) -> bytes:
    """Text over all the columns of every row: any row could be the header."""
    book = xlsxwriter.Workbook(stream := io.BytesIO(), {"in_memory": True})
    sheet = book.add_worksheet()
    for row in range(ranges):
        sheet.merge_range(row, 0, row, width - 2, f"Texte {row}")
        sheet.write(row, width - 1, row)
    book.close()
    return stream.getvalue()


def test_a_cell_is_looked_at_once_however_many_rows_could_be_the_header(known_keys, monkeypatch):
    """4 000 merged ranges took two and a half minutes: each header tried read all cells again."""
    (sheet,), _ = read_sheets(merged_workbook(150, 100), "envoi", None)
    looks = 0
    is_empty = Cell.is_empty.fget

    def count(cell: Cell) -> bool:
        nonlocal looks
        looks += 1
        return is_empty(cell)

    monkeypatch.setattr(Cell, "is_empty", property(count))
    propose_table([sheet], known_keys)
    assert looks < 60 * 150 * 100


def test_a_file_of_too_many_columns_is_refused():
    row = ";".join(f"Taux {number}" for number in range(20_000))
    (problem,) = read_sheets(f"{row}\n{row}\n".encode(), "envoi", PATIENT)[1]
    assert "dépasse 1 000 colonnes" in problem.message


def test_a_drawing_called_a_table_is_refused_by_what_it_is():
    (problem,) = read_sheets(b"%!PS-Adobe-3.0 EPSF-3.0\n", "envoi.csv")[1]
    assert "PostScript" in problem.message


# --- damaged files -------------------------------------------------------------------------------


def read_or_refuse(content: bytes, guard: Guard | None = PATIENT) -> None:
    sheets, problems = read_sheets(content, "envoi", guard)
    assert bool(sheets) != bool(problems) or not any(s.cells for s in sheets)
    assert all(problem.message and problem.cure for problem in problems)
    for sheet in sheets:
        assert len({len(row) for row in sheet.cells}) == 1
        for cell in (cell for row in sheet.cells for cell in row):
            assert clean_text(cell.text) == cell.text
            assert not cell.number or Decimal(cell.number).is_finite()


@settings(max_examples=200, **HYPOTHESIS_OPTIONS)
@given(content=DAMAGED_CSV | ANY_BYTES)
def test_damaged_texts_are_read_or_refused(content):
    is_text = not content.startswith((b"PK", b"\xd0\xcf"))
    read_or_refuse(content, None if is_text else PATIENT)  # texts without a process for each


@settings(max_examples=60, **HYPOTHESIS_OPTIONS)
@given(content=DAMAGED_WORKBOOK | damaged(XLS))
def test_damaged_workbooks_are_read_or_refused(content):
    read_or_refuse(content)
