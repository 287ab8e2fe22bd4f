"""The recipes that are shipped, on files as agencies send them: the rows of data/ come out."""

from __future__ import annotations

import csv
from pathlib import Path

import import_cases as cases
import pytest

from atlas.importing import Extract, extract, read_sheets
from atlas.observations import COLUMNS, KnownKeys

ROOT = Path(__file__).parents[1]
ANNEX = {
    "xlsx": cases.workbook(cases.annex(), ("A1:D1",)),
    "csv in cp1252": cases.separated(cases.annex()),
    "csv in utf-16": cases.separated(cases.annex(), "\t", "utf-16"),
    "ods": cases.open_document(cases.annex()),
    "xls": (ROOT / "tests/files/annexe-caisses.xls").read_bytes(),
}


def shipped(year: str, start: str, page: str) -> list[list[str]]:
    """Rows of a yearly file, without the note of those that the recipe does not write."""
    with (ROOT / f"data/{year}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [
        [row[c] for c in COLUMNS]
        for row in rows
        if row["territory"].startswith(start) and row["page"] == page
    ]


def imported(content: bytes, recipe: str, source: str, words: KnownKeys, **said: str) -> Extract:
    sheets, problems = read_sheets(content, "envoi")
    assert problems == []
    asked = words.settings.import_profiles[recipe].model_copy(update={"source": source, **said})
    return extract(sheets, "envoi", asked, words)


@pytest.mark.parametrize("kind", ANNEX)
def test_the_annex_of_caisses_gives_the_rows_of_2025(kind, words):
    made = imported(ANNEX[kind], "caisses-nouvelle-aquitaine", "ars-nouvelle-aquitaine-2026", words)
    assert made.refusals == [] and made.read == 13
    assert [row.texts() for row in made.rows] == shipped("2025", "CPAM", "Annexe 1")


@pytest.mark.parametrize(
    "content",
    [
        cases.paca_workbook(),
        cases.separated([*cases.PACA_HEADER, *cases.PACA]),
        cases.open_document([["Bilan"], *cases.PACA_HEADER, *cases.PACA]),
    ],
)
def test_the_table_of_corridors_gives_the_rows_of_2024(content, words):
    made = imported(content, "couloirs-paca", "rendez-vous-paca-2025", words)
    assert made.refusals == []
    known = shipped("2024", "REG-93", "Indicateurs clés par région")
    assert sorted(row.texts() for row in made.rows) == sorted(
        row for row in known if row[1] in ("structures_feeding", "documents_deposited")
    )


def test_the_table_of_the_next_year_needs_no_other_recipe(words):
    content = cases.separated([*cases.PACA_HEADER, *cases.PACA], encoding="utf-8")
    content = content.replace(b"2024", b"2025").replace(b"2023", b"2024")
    made = imported(content, "couloirs-paca", "rendez-vous-paca-2025", words)
    assert {(row.period, row.compared_to) for row in made.rows} == {("2025", "2024")}


def test_numbers_shown_as_percentages_are_percentages(words):
    rows = [[int(a), b, float(c[:-1].replace(",", ".")) / 100, 2.5] for a, b, c, _ in cases.ANNEX]
    content = cases.workbook([[cases.ANNEX_TITLE], cases.ANNEX_HEADER, *rows], percent="C")
    made = imported(content, "caisses-nouvelle-aquitaine", "ars-nouvelle-aquitaine-2026", words)
    assert made.refusals == []
    assert [float(row.value) for row in made.rows][:3] == [32.8, 38.8, 32.7]


def test_a_total_row_is_the_figure_of_the_region(words):
    content = cases.separated(cases.annex([*cases.ANNEX, ["", "Total", "37,2 %", ""]]))
    made = imported(content, "caisses-nouvelle-aquitaine", "ars-nouvelle-aquitaine-2026", words)
    assert (made.rows[-1].territory, made.rows[-1].value) == ("REG-75", "37.2")


def test_each_refusal_names_its_cell_and_leaves_the_other_rows(words):
    bad = [
        ["999", "ATLANTIS", "33 %", "1"],
        ["161", "PAU", "33 %", "1"],
        ["171", "LA ROCHELLE", "33 %%", "1"],
        ["191", "TULLE", "0,33", "1"],
        ["231", "GUERET", "133 %", "1"],
        ["241", "PERIGUEUX", "33 %", "1 %"],
    ]
    content = cases.separated(cases.annex([*bad, *cases.ANNEX[5:]]))
    made = imported(content, "caisses-nouvelle-aquitaine", "ars-nouvelle-aquitaine-2026", words)
    assert [p.where for p in made.refusals] == ["A4", "B5", "C6", "D9", "C7", "C8"]
    assert len(made.rows) == len(cases.ANNEX[5:])


def test_missing_secret_and_not_applicable_are_told_apart(words):
    rows = [
        ["161", "ANGOULEME", "nd", ""],
        ["171", "LA ROCHELLE", "s", "-"],
        ["191", "TULLE", "NS", "2,5"],
    ]
    made = imported(
        cases.separated(cases.annex(rows)),
        "caisses-nouvelle-aquitaine",
        "ars-nouvelle-aquitaine-2026",
        words,
    )
    assert [(b.cell, b.kind) for b in made.blanks] == [
        ("C4", "missing"),
        ("D4", "missing"),
        ("C5", "secret"),
        ("D5", "not applicable"),
        ("C6", "missing"),
    ]
    assert [(row.value, row.change) for row in made.rows] == [("", "2.5")]


def test_without_its_columns_a_file_is_refused_by_their_names(words):
    made = imported(b"a;b\n1;2\n", "couloirs-paca", "rendez-vous-paca-2025", words)
    assert not made.rows and "Par couloir" in made.refusals[0].message
    assert made.refusals[0].where == "A1"


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(words):
    made = imported(
        ANNEX["xlsx"],
        "caisses-nouvelle-aquitaine",
        "ars-nouvelle-aquitaine-2026",
        words,
        sheet="Bilan",
    )
    assert "« Bilan »" in made.refusals[0].message and "« Données »" in made.refusals[0].cure
