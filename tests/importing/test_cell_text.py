"""Texts of cells: characters that cannot be seen, marks of notes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.importing.sheet import EMPTY_CELL
from atlas.importing.workbook_reading import read_sheets
from atlas.importing.workbooks.cell_text import cell_of_runs, cell_of_text, clean_text


@pytest.mark.parametrize(
    "text, cleaned",
    [
        ("arrêtées\vau 31 mars", "arrêtées au 31 mars"),
        ("a\nb\r\nc", "a b  c"),
        ("a\x01b\x85c\x9f", "a b c"),
        ("a\ud800b", "a b"),
        ("a\u2028b", "a b"),
        ("\ufeff\u200eLan\u00addes\u202c\u200b", "Landes"),
        (" 33,6\u00a0% ", "33,6\u00a0%"),
        ("\u200b \n", ""),
    ],
)
def test_what_cannot_be_seen_is_taken_out(text, cleaned):
    assert clean_text(text) == cleaned


@given(st.text(st.characters()))
def test_a_clean_text_can_be_written_anywhere(text):
    cleaned = clean_text(text)
    cleaned.encode()
    assert all(letter.isprintable() or letter.isspace() for letter in cleaned if letter < "\xa0")
    assert clean_text(cleaned) == cleaned


@pytest.mark.parametrize(
    "runs, text, notes",
    [
        ([("43,7", ""), ("1", "super")], "43,7", ("1",)),
        ([("43,7 ", ""), ("(1)", "super")], "43,7", ("1",)),
        ([("43,7", ""), ("1", "super"), (",", "super"), ("2", "super")], "43,7", ("1", "2")),
        ([("33,6\u00a0%", ""), ("p", "super")], "33,6\u00a0%", ("p",)),
        ([("45", ""), ("e", "super")], "45", ("e",)),
        ([("9", ""), ("2", "sub")], "9", ("2",)),
        ([("Landes", ""), ("*", "super")], "Landes", ("*",)),
        ([("1", "super"), (" Données provisoires", "")], "Données provisoires", ("1",)),
        ([("Au 1", ""), ("er", "super"), (" janvier 2025", "")], "Au 1er janvier 2025", ()),
        ([("hab./km", ""), ("2", "super")], "hab./km²", ()),
        ([("CO", ""), ("2", "sub")], "CO2", ()),
        ([("2,5 × 10", ""), ("6", "super")], "2,5 × 10⁶", ()),
        ([("33,6", ""), ("%", "super")], "33,6%", ()),
    ],
)
def test_a_mark_above_the_line_is_a_note_and_never_a_digit(runs, text, notes):
    cell = cell_of_runs(runs)
    assert (cell.text, cell.notes) == (text, notes)


@pytest.mark.parametrize(
    "text, shown, notes",
    [
        ("43,7¹", "43,7", ("1",)),
        ("Taux d’activation⁽²⁾", "Taux d’activation", ("2",)),
        ("12 m²", "12 m²", ()),
    ],
)
def test_superscript_characters_are_marks_too(text, shown, notes):
    assert (cell_of_text(text).text, cell_of_text(text).notes) == (shown, notes)
    sheets, _ = read_sheets(f"a;{text}\nb;c\n".encode(), "envoi.csv")
    assert sheets[0].cells[0][1] == cell_of_text(text)


def test_a_csv_is_cleaned_as_a_workbook_is():
    text = "Territoire;Note\nCorrèze;arrêtées\vau\x0131 mars\u200e\n;\u200b\n" + "a;b\n" * 200
    sheets, problems = read_sheets(text.encode(), "envoi.csv")
    assert problems == []
    assert sheets[0].cells[1][1].text == "arrêtées au 31 mars"
    assert sheets[0].cells[2] == [EMPTY_CELL, EMPTY_CELL]
