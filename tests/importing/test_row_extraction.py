"""The shipped import profiles, on files as agencies send them: the rows of data/ come out."""

from __future__ import annotations

import csv
from pathlib import Path

import import_cases as cases
import pytest

from atlas.importing.records import Extraction
from atlas.importing.row_extraction import extract_rows
from atlas.importing.workbook_reading import read_sheets
from atlas.observations.checks import ROW_COLUMNS, KnownKeys

ROOT = Path(__file__).parents[2]
ANNEX = {
    "xlsx": cases.workbook(cases.annex(), ("A1:D1",)),
    "csv in cp1252": cases.csv_bytes(cases.annex()),
    "csv in utf-16": cases.csv_bytes(cases.annex(), "\t", "utf-16"),
    "ods": cases.open_document(cases.annex()),
    "xls": (ROOT / "tests/files/annexe-caisses.xls").read_bytes(),
}


def shipped(year: str, start: str, page: str) -> list[list[str]]:
    """Rows of a yearly file, without the note of those that the profile does not write."""
    with (ROOT / f"data/{year}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [
        [row[c] for c in ROW_COLUMNS]
        for row in rows
        if row["territory"].startswith(start) and row["page"] == page
    ]


def imported(
    content: bytes, key: str, source: str, known_keys: KnownKeys, **fields: str
) -> Extraction:
    sheets, problems = read_sheets(content, "envoi")
    assert problems == []
    profile = known_keys.settings.import_profiles[key].model_copy(
        update={"source": source, **fields}
    )
    return extract_rows(sheets, "envoi", profile, known_keys)


@pytest.mark.parametrize("kind", ANNEX)
def test_the_annex_of_caisses_gives_the_rows_of_2025(kind, known_keys):
    extraction = imported(
        ANNEX[kind], "caisses-nouvelle-aquitaine", "ars-nouvelle-aquitaine-2026", known_keys
    )
    assert extraction.refusals == [] and extraction.rows_read == 13
    assert [row.texts() for row in extraction.rows] == shipped("2025", "CPAM", "Annexe 1")


@pytest.mark.parametrize(
    "content",
    [
        cases.paca_workbook(),
        cases.csv_bytes([*cases.PACA_HEADER, *cases.PACA]),
        cases.open_document([["Bilan"], *cases.PACA_HEADER, *cases.PACA]),
    ],
)
def test_the_table_of_corridors_gives_the_rows_of_2024(content, known_keys):
    extraction = imported(content, "couloirs-paca", "rendez-vous-paca-2025", known_keys)
    assert extraction.refusals == []
    known = shipped("2024", "REG-93", "Indicateurs clés par région")
    assert sorted(row.texts() for row in extraction.rows) == sorted(
        row for row in known if row[1] in ("structures_feeding", "documents_deposited")
    )


def test_the_table_of_the_next_year_needs_no_other_profile(known_keys):
    content = cases.csv_bytes([*cases.PACA_HEADER, *cases.PACA], encoding="utf-8")
    content = content.replace(b"2024", b"2025").replace(b"2023", b"2024")
    extraction = imported(content, "couloirs-paca", "rendez-vous-paca-2025", known_keys)
    assert {(row.period, row.compared_to) for row in extraction.rows} == {("2025", "2024")}


def test_numbers_shown_as_percentages_are_percentages(known_keys):
    rows = [[int(a), b, float(c[:-1].replace(",", ".")) / 100, 2.5] for a, b, c, _ in cases.ANNEX]
    content = cases.workbook([[cases.ANNEX_TITLE], cases.ANNEX_HEADER, *rows], percent="C")
    extraction = imported(
        content, "caisses-nouvelle-aquitaine", "ars-nouvelle-aquitaine-2026", known_keys
    )
    assert extraction.refusals == []
    assert [float(row.value) for row in extraction.rows][:3] == [32.8, 38.8, 32.7]


def test_a_total_row_is_the_figure_of_the_region(known_keys):
    content = cases.csv_bytes(cases.annex([*cases.ANNEX, ["", "Total", "37,2 %", ""]]))
    extraction = imported(
        content, "caisses-nouvelle-aquitaine", "ars-nouvelle-aquitaine-2026", known_keys
    )
    assert (extraction.rows[-1].territory, extraction.rows[-1].value) == ("REG-75", "37.2")


def test_each_refusal_names_its_cell_and_leaves_the_other_rows(known_keys):
    bad = [
        ["999", "ATLANTIS", "33 %", "1"],
        ["161", "PAU", "33 %", "1"],
        ["171", "LA ROCHELLE", "33 %%", "1"],
        ["191", "TULLE", "0,33", "1"],
        ["231", "GUERET", "133 %", "1"],
        ["241", "PERIGUEUX", "33 %", "1 %"],
    ]
    content = cases.csv_bytes(cases.annex([*bad, *cases.ANNEX[5:]]))
    extraction = imported(
        content, "caisses-nouvelle-aquitaine", "ars-nouvelle-aquitaine-2026", known_keys
    )
    assert [p.where for p in extraction.refusals] == ["A4", "B5", "C6", "D9", "C7", "C8"]
    assert len(extraction.rows) == len(cases.ANNEX[5:])


def test_missing_secret_and_not_applicable_are_told_apart(known_keys):
    rows = [
        ["161", "ANGOULEME", "nd", ""],
        ["171", "LA ROCHELLE", "s", "-"],
        ["191", "TULLE", "NS", "2,5"],
    ]
    extraction = imported(
        cases.csv_bytes(cases.annex(rows)),
        "caisses-nouvelle-aquitaine",
        "ars-nouvelle-aquitaine-2026",
        known_keys,
    )
    assert [(b.cell, b.kind) for b in extraction.blanks] == [
        ("C4", "missing"),
        ("D4", "missing"),
        ("C5", "secret"),
        ("D5", "not applicable"),
        ("C6", "missing"),
    ]
    assert [(row.value, row.change) for row in extraction.rows] == [("", "2.5")]


def test_without_its_columns_a_file_is_refused_by_their_names(known_keys):
    extraction = imported(b"a;b\n1;2\n", "couloirs-paca", "rendez-vous-paca-2025", known_keys)
    assert not extraction.rows and "Par couloir" in extraction.refusals[0].message
    assert extraction.refusals[0].where == "A1"


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(known_keys):
    extraction = imported(
        ANNEX["xlsx"],
        "caisses-nouvelle-aquitaine",
        "ars-nouvelle-aquitaine-2026",
        known_keys,
        sheet="Bilan",
    )
    refusal = extraction.refusals[0]
    assert "« Bilan »" in refusal.message and "« Données »" in refusal.cure
