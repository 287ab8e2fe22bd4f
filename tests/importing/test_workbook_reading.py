"""Bytes → sheets: every form of file, its limits, and thousands of damaged ones."""

from __future__ import annotations

import resource
import subprocess
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import import_cases as cases
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas.importing.column_detection import propose_table
from atlas.importing.csv_reading import MAX_ROWS_PER_SHEET, decode_text, detect_separator
from atlas.importing.row_extraction import extract_rows
from atlas.importing.workbook_reading import Sheet, read_sheets
from atlas.importing.writing import write_rows
from atlas.observations.reading import read_year

TEXT = "Département;Taux d’activation\nCôte-d’Or;33,6 %\n"
WORKBOOK, CSV = cases.workbook(cases.annex()), cases.csv_bytes(cases.annex())
SHEET = cases.sheet_xml(WORKBOOK)
PROFILE = "caisses-nouvelle-aquitaine"


def only_sheet(content: bytes) -> Sheet:
    sheets, problems = read_sheets(content, "envoi")
    assert problems == []
    return sheets[0]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "mac_roman", "utf-32"],
)
@pytest.mark.parametrize("separator", [";", "\t", "|", ","])
def test_a_csv_is_read_in_any_usual_encoding_and_separator(encoding, separator):
    text = TEXT.replace(";", separator).replace("33,6 %", '"33,6 %"')
    assert only_sheet(text.encode(encoding)).cells == [
        ["Département", "Taux d’activation"],
        ["Côte-d’Or", "33,6 %"],
    ]


def test_a_text_of_ms_dos_is_recognised():
    assert decode_text("Rhône, Isère, Côtes".encode("cp850")) == "Rhône, Isère, Côtes"


def test_a_decimal_comma_is_no_separator():
    assert detect_separator("Titre\na;b;c\n1,5;2,5;3,5\n4,1;5,2;6,3\n") == ";"


def test_rows_keep_their_number_and_columns_their_letter():
    sheet = only_sheet(b"titre\n\n\na;b\n1;2\n")
    assert sheet.address(4, 1) == "B5" and sheet.cells[4] == ["1", "2"]
    assert Sheet("", [], left=25).address(0, 1) == "AA1"


def test_a_table_that_starts_further_down_keeps_its_addresses():
    sheet = only_sheet(cases.workbook([[], [], [None, None, "a"], [None, None, 5]]))
    assert sheet.address(1, 0) == "C4" and sheet.cells == [["a"], [5]]


def test_merged_cells_are_filled():
    assert only_sheet(cases.paca_workbook()).cells[1:3] == [
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


# --- damaged files -------------------------------------------------------------------------------


def damaged(content: bytes) -> st.SearchStrategy[bytes]:
    """The content with pieces cut out, overwritten or repeated."""
    place = st.integers(0, len(content))
    piece = st.tuples(place, st.integers(0, 60), st.binary(max_size=40))

    def spoil(pieces: list[tuple[int, int, bytes]]) -> bytes:
        spoilt = content
        for start, length, other in pieces:
            spoilt = spoilt[:start] + other + spoilt[start + length :]
        return spoilt

    return st.lists(piece, min_size=1, max_size=4).map(spoil)


def read_and_extract(content: bytes, known_keys) -> None:
    """Everything that is done to a file before it is accepted; every refusal names its place."""
    sheets, problems = read_sheets(content, "envoi")
    assert bool(sheets) != bool(problems) or not any(s.cells for s in sheets)
    propose_table(sheets, known_keys)
    profile = known_keys.settings.import_profiles[PROFILE].model_copy(
        update={"source": "ars-nouvelle-aquitaine-2026", "period": "2025"}
    )
    extraction = extract_rows(sheets, "envoi", profile, known_keys)
    assert all(refusal.where and refusal.cure for refusal in extraction.refusals)
    assert all(row.cell and row.territory in known_keys.territories for row in extraction.rows)


HYPOTHESIS_OPTIONS = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


@settings(max_examples=200, **HYPOTHESIS_OPTIONS)
@given(content=damaged(CSV))
def test_a_damaged_csv_is_read_or_refused(known_keys, content):
    read_and_extract(content, known_keys)


@settings(max_examples=200, **HYPOTHESIS_OPTIONS)
@given(content=st.text().map(str.encode) | st.binary())
def test_any_bytes_are_read_or_refused(known_keys, content):
    read_and_extract(content, known_keys)


@settings(max_examples=100, **HYPOTHESIS_OPTIONS)
@given(
    content=damaged(WORKBOOK)
    | damaged(cases.open_document(cases.annex()))
    | damaged(SHEET).map(partial(cases.replace_sheet_xml, WORKBOOK))
)
def test_a_damaged_workbook_is_read_or_refused(known_keys, content):
    read_and_extract(content, known_keys)


CELL = (
    st.sampled_from(["", "nd", "s", "-", "33,6 %", "0,33", "161", "PAU", "Total", "1.234", "%"])
    | st.text(max_size=8)
    | st.floats()
    | st.integers()
)


@settings(max_examples=200, **HYPOTHESIS_OPTIONS)
@given(rows=st.lists(st.lists(CELL, min_size=4, max_size=4), max_size=8))
def test_a_table_of_any_cells_is_read_or_refused_cell_by_cell(known_keys, rows):
    profile = known_keys.settings.import_profiles[PROFILE].model_copy(
        update={"source": "ars-nouvelle-aquitaine-2026", "period": "2025"}
    )
    extraction = extract_rows(
        [Sheet("", [cases.ANNEX_HEADER, *rows])], "envoi", profile, known_keys
    )
    assert all(refusal.where[:1] in "ABCD" and refusal.cure for refusal in extraction.refusals)
    assert {row.territory for row in extraction.rows} <= set(known_keys.territories.by_code)


VALID_ROW = st.tuples(
    st.sampled_from(["161", "171", "331", "642"]),
    st.just(""),
    st.sampled_from(["33,6 %", "0,33", "41", "nd"]),
    st.just("2,4"),
).map(list)


@settings(max_examples=60, **HYPOTHESIS_OPTIONS)
@given(rows=st.lists(VALID_ROW | st.lists(CELL, min_size=4, max_size=4), max_size=8))
def test_what_is_accepted_of_any_table_is_written_whole_or_not_at_all(known_keys, rows):
    profile = known_keys.settings.import_profiles[PROFILE].model_copy(
        update={"source": "ars-nouvelle-aquitaine-2026", "period": "2025"}
    )
    extraction = extract_rows(
        [Sheet("", [cases.ANNEX_HEADER, *rows])], "envoi", profile, known_keys
    )
    with TemporaryDirectory() as name:
        written = write_rows(Path(name), extraction.rows, known_keys)
        year = Path(name) / "2025.csv"
        assert written.added == (0 if written.problems else len(extraction.rows))
        assert year.exists() == bool(written.added)
        if written.added:
            frame, problems = read_year(year, year.name, known_keys)
            assert problems == [] and len(frame) == len(extraction.rows)
