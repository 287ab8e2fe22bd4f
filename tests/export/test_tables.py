"""One rule says what a spreadsheet would run as a formula, for every file that holds a table."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from openpyxl import load_workbook

from atlas.export.cells import sheet_columns
from atlas.export.tables import csv_bytes, safe_text, workbook_bytes
from atlas.export.web.tables import web_table
from atlas.values import Table, name_column

FORMULAS = [
    "=1+1",
    "+2+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    '=HYPERLINK("https://exemple.fr";"x")',
    "+2\u00a0% =cmd|' /C calc'!A0",
    "+2\u00a0points +A1",
    "+2\u00a0points(A1)",
    "+1 SUM(A1)",
    "-A1",
    "+",
]
TEXTS = [
    "Landes",
    "",
    "3",
    "+79\u00a0% par rapport à 2024",
    "+2,4\u00a0points (calculé)",
    "-3,2\u00a0points",
    "+1\u202f234",
    "+3\u00a0points (base non précisée)",
    "+3\u00a0% en Centre-Val de Loire",
    "Saint-Denis",
    "a=b",
    "contact@exemple.fr",
    "−3 points",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_a_spreadsheet_would_run_is_preceded_by_an_apostrophe(text):
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize("text", TEXTS)
def test_other_texts_and_changes_in_words_stay(text):
    assert safe_text(text) == text


@pytest.mark.parametrize("text", ["\r=1+1", "Landes\r=1+1", "Landes\r\n@A1", "\r\n=1+1"])
def test_a_return_begins_no_other_row(text):
    content = csv_bytes(pd.DataFrame({"Nom": [text], "Note": ["b"]})).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content, newline=""), delimiter=";")) == [
        ["Nom", "Note"],
        [safe_text(text), "b"],
    ]
    assert "\r" not in safe_text(text)


def test_a_csv_file_runs_nothing_in_its_cells_nor_its_header():
    table = pd.DataFrame(dict.fromkeys(("Nom", "=1+1", "@Note"), FORMULAS))
    opened = list(csv.reader(io.StringIO(csv_bytes(table).decode("utf-8-sig")), delimiter=";"))
    assert opened[0] == ["Nom", "'=1+1", "'@Note"]
    assert [row[0] for row in opened[1:]] == [f"'{text}" for text in FORMULAS]


def test_a_workbook_runs_nothing_in_its_cells_nor_its_header():
    table = pd.DataFrame({"=1+1": FORMULAS, "Valeur": range(len(FORMULAS))})
    sheet = load_workbook(io.BytesIO(workbook_bytes({"Notes": table})))["Notes"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert all(cell.value.startswith(("'", "Valeur")) for cell in cells if cell.data_type == "s")


def test_a_page_of_the_web_and_a_sheet_of_figures_follow_the_same_rule():
    table = Table((name_column("name", "@Nom", [*FORMULAS, *TEXTS]),))
    page = web_table(table, "Noms")
    assert [row[0].file_text for row in page.rows] == [
        *(f"'{text}" for text in FORMULAS),
        *("" for _ in TEXTS),
    ]
    assert page.columns[0].file_heading == "'@Nom"
    texts = [cell.value for cell in sheet_columns(table)[0].cells]
    assert texts == [*(f"'{text}" for text in FORMULAS), *(text or None for text in TEXTS)]


def test_who_waits_for_a_workbook_is_told_how_far_it_is():
    told: list[float] = []
    table = pd.DataFrame({"Nom": ["Corse", "Landes"], "Valeur": [1.5, float("nan")]})
    workbook_bytes({"Chiffres": table, "Sources": table[["Nom"]]}, told.append)
    assert told == pytest.approx([1 / 3, 2 / 3, 1])


def test_a_missing_number_and_an_empty_text_leave_their_cells_empty():
    table = pd.DataFrame({"Nom": ["", "Landes"], "Valeur": [float("nan"), 3]}, dtype=object)
    sheet = load_workbook(io.BytesIO(workbook_bytes({"Chiffres": table})))["Chiffres"]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert cells == [[None, None], ["Landes", 3]]
