"""What cells say: numbers in every writing, missing, secret, not applicable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.importing.cells import ParsedNumber, read_number

NUMBERS = {
    "33,6 %": ("33.6", "", "%"),
    "33,6\u00a0%": ("33.6", "", "%"),
    "33.6%": ("33.6", "", "%"),
    "25 052 377": ("25052377", "", ""),
    "25\u202f052\u202f377": ("25052377", "", ""),
    "25\u00a0052\u00a0377": ("25052377", "", ""),
    "25.052.377": ("25052377", "", ""),
    "25,052,377": ("25052377", "", ""),
    "25'052'377": ("25052377", "", ""),
    "1.234,5": ("1234.5", "", ""),
    "1,234.5": ("1234.5", "", ""),
    "1 234,5": ("1234.5", "", ""),
    "+34%": ("34", "", "%"),
    "−5 %": ("-5", "", "%"),
    "-5%": ("-5", "", "%"),
    "40,0": ("40.0", "", ""),
    "0,123": ("0.123", "", ""),
    "1, 372 M": ("1372000", "", ""),
    "plus de 420 millions": ("420000000", "over", ""),
    "1,2 Md": ("1200000000", "", ""),
    "près de 97 %": ("97", "nearly", "%"),
    "environ 25 000": ("25000", "about", ""),
    "< 5": ("5", "under", ""),
    "~ 12": ("12", "about", ""),
    "+ de 90 %": ("90", "over", "%"),
    "2,4 pts": ("2.4", "", "points"),
    "+2,4 points": ("2.4", "", "points"),
    "-0": ("0", "", ""),
    "15 k": ("15000", "", ""),
    "'0412": ("0412", "", ""),
}
KIND_BY_TEXT = {
    "": "missing",
    "  ": "missing",
    "nd": "missing",
    "N.D.": "missing",
    "n/d": "missing",
    "NS": "missing",
    "n.s.": "missing",
    "s": "secret",
    "S": "secret",
    "-": "not applicable",
    "—": "not applicable",
    "///": "not applicable",
    "s.o.": "not applicable",
    "#N/A": "missing",
}


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_is_read_in_every_writing(text):
    reading = read_number(text)
    assert (reading.value.lstrip("0") or "0", reading.qualifier, reading.unit) == (
        NUMBERS[text][0].lstrip("0") or "0",
        *NUMBERS[text][1:],
    )


@pytest.mark.parametrize("text", KIND_BY_TEXT)
def test_what_is_no_number_says_which_kind_of_nothing(text):
    assert read_number(text) == ParsedNumber(KIND_BY_TEXT[text])


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "12 34",
        "1.2.3",
        "33,6,7",
        "1 2",
        "12 %%",
        "#REF!",
        "1e5",
        "3 + 4",
        "12/2025",
        "1.234.56",
        "9" * 20,
        "²",
        "٣",
    ],
)
def test_what_cannot_be_read_is_never_guessed(text):
    assert read_number(text) == ParsedNumber("unreadable")


def test_three_digits_after_one_mark_are_thousands_only_of_a_count():
    assert read_number("1.234", whole=True) == ParsedNumber("value", "1234", ambiguous=True)
    assert read_number("1,234") == ParsedNumber("value", "1.234", ambiguous=True)


@given(st.integers(-(10**12), 10**12), st.sampled_from([" ", "\u00a0", "\u202f"]))
def test_whole_numbers_with_spaces_come_back(number, space):
    assert read_number(f"{number:,}".replace(",", space)).value == str(number)


@given(st.text())
def test_any_cell_is_read_or_said_unreadable(cell):
    reading = read_number(cell)
    assert (reading.kind == "value") == bool(reading.value)
    assert not reading.value or float(reading.value) is not None
