"""Whatever a file holds, it becomes rows or refusals: all that comes after the reader."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import import_cases as cases
from damaged_files import ANY_BYTES, DAMAGED_CSV, DAMAGED_WORKBOOK, HYPOTHESIS_OPTIONS
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas.importing.column_detection import propose_table
from atlas.importing.row_extraction import extract_rows
from atlas.importing.sheet import Sheet
from atlas.importing.workbook_reading import DEFAULT_GUARD, read_sheets
from atlas.importing.workbooks.cell_text import cell_of_text
from atlas.importing.workbooks.number_format import show_number
from atlas.importing.writing import write_rows
from atlas.observations.reading import read_year

PROFILE = "caisses-nouvelle-aquitaine"


def read_and_extract(content: bytes, known_keys) -> None:
    """Everything that is done to a file before it is accepted; every refusal names its place."""
    is_text = not content.startswith((b"PK", b"\xd0\xcf"))
    # Texts without a process for each.
    sheets, problems = read_sheets(content, "envoi", None if is_text else DEFAULT_GUARD)
    assert bool(sheets) != bool(problems) or not any(s.cells for s in sheets)
    propose_table(sheets, known_keys)
    profile = known_keys.settings.import_profiles[PROFILE].model_copy(
        update={"source": "ars-nouvelle-aquitaine-2026", "period": "2025"}
    )
    extraction = extract_rows(sheets, "envoi", profile, known_keys)
    assert all(refusal.where and refusal.cure for refusal in extraction.refusals)
    assert all(row.cell and row.territory in known_keys.territories for row in extraction.rows)


@settings(max_examples=200, **HYPOTHESIS_OPTIONS)
@given(content=DAMAGED_CSV)
def test_a_damaged_csv_is_read_or_refused(known_keys, content):
    read_and_extract(content, known_keys)


@settings(max_examples=200, **HYPOTHESIS_OPTIONS)
@given(content=ANY_BYTES)
def test_any_bytes_are_read_or_refused(known_keys, content):
    read_and_extract(content, known_keys)


@settings(max_examples=100, **HYPOTHESIS_OPTIONS)
@given(content=DAMAGED_WORKBOOK)
def test_a_damaged_workbook_is_read_or_refused(known_keys, content):
    read_and_extract(content, known_keys)


CELL = (
    st.sampled_from(["", "nd", "s", "-", "33,6 %", "0,33", "161", "PAU", "Total", "1.234", "%"])
    | st.text(max_size=8)
).map(cell_of_text) | (st.floats() | st.integers().map(float)).map(
    partial(show_number, code="General")
)
HEADER = [cell_of_text(text) for text in cases.ANNEX_HEADER]


@settings(max_examples=200, **HYPOTHESIS_OPTIONS)
@given(rows=st.lists(st.lists(CELL, min_size=4, max_size=4), max_size=8))
def test_a_table_of_any_cells_is_read_or_refused_cell_by_cell(known_keys, rows):
    profile = known_keys.settings.import_profiles[PROFILE].model_copy(
        update={"source": "ars-nouvelle-aquitaine-2026", "period": "2025"}
    )
    extraction = extract_rows([Sheet("", [HEADER, *rows])], "envoi", profile, known_keys)
    assert all(refusal.where[:1] in "ABCD" and refusal.cure for refusal in extraction.refusals)
    assert {row.territory for row in extraction.rows} <= set(known_keys.territories.by_code)


VALID_ROW = st.tuples(
    st.sampled_from(["161", "171", "331", "642"]),
    st.just(""),
    st.sampled_from(["33,6 %", "0,33", "41", "nd"]),
    st.just("2,4"),
).map(lambda texts: [cell_of_text(text) for text in texts])


@settings(max_examples=60, **HYPOTHESIS_OPTIONS)
@given(rows=st.lists(VALID_ROW | st.lists(CELL, min_size=4, max_size=4), max_size=8))
def test_what_is_accepted_of_any_table_is_written_whole_or_not_at_all(known_keys, rows):
    profile = known_keys.settings.import_profiles[PROFILE].model_copy(
        update={"source": "ars-nouvelle-aquitaine-2026", "period": "2025"}
    )
    extraction = extract_rows([Sheet("", [HEADER, *rows])], "envoi", profile, known_keys)
    with TemporaryDirectory() as name:
        written = write_rows(Path(name), extraction.rows, known_keys)
        year = Path(name) / "2025.csv"
        assert written.added == (0 if written.problems else len(extraction.rows))
        assert year.exists() == bool(written.added)
        if written.added:
            frame, problems = read_year(year, year.name, known_keys)
            assert problems == [] and len(frame) == len(extraction.rows)
