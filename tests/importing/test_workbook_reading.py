"""Bytes → sheets: every form of file, its limits, and thousands of damaged ones."""

from __future__ import annotations

import resource
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import import_cases as cases
import pytest
from damaged_files import (
    ANY_BYTES,
    DAMAGED_CSV,
    DAMAGED_WORKBOOK,
    HYPOTHESIS_OPTIONS,
    damaged,
)
from hypothesis import given, settings

from atlas.importing.csv_reading import MAX_ROWS_PER_SHEET, decode_text, detect_separator
from atlas.importing.sheet import Sheet
from atlas.importing.workbook_reading import read_sheets
from atlas.importing.workbooks.cell_text import clean_text

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
    assert "trop grand" in read_sheets(cases.decompression_bomb(), "envoi")[1][0].message


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


def test_the_program_that_reads_workbooks_loads_little_of_the_library():
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import atlas.importing.workbook_worker;"
        "print(*sorted(name for name in sys.modules if name.startswith('atlas')))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program, str(Path(__file__).parents[2])],
        capture_output=True,
        text=True,
        check=True,
    )
    others = {
        name for name in done.stdout.split() if not name.startswith("atlas.importing.workbook")
    }
    assert others == {"atlas", "atlas.importing", "atlas.importing.sheet"}


# --- damaged files -------------------------------------------------------------------------------


def read_or_refuse(content: bytes) -> None:
    sheets, problems = read_sheets(content, "envoi")
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
    read_or_refuse(content)


@settings(max_examples=60, **HYPOTHESIS_OPTIONS)
@given(content=DAMAGED_WORKBOOK | damaged(XLS))
def test_damaged_workbooks_are_read_or_refused(content):
    read_or_refuse(content)
