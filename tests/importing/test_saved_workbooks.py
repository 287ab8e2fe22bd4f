"""XLSX, XLS and ODS that LibreOffice saved, and files that people send: cells as they are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.importing.sheet import Cell, Sheet
from atlas.importing.workbook_reading import read_sheets

FOLDER = Path(__file__).parent / "workbooks"
LIBREOFFICE = [f"libreoffice.{kind}" for kind in ("xlsx", "xls", "ods")]
every_kind = pytest.mark.parametrize("name", LIBREOFFICE)


def read_file(name: str) -> dict[str, Sheet]:
    sheets, problems = read_sheets((FOLDER / name).read_bytes(), name)
    assert problems == []
    return {sheet.name: sheet for sheet in sheets}


def column(sheet: Sheet, index: int) -> list[Cell]:
    return [row[index] for row in sheet.cells]


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
