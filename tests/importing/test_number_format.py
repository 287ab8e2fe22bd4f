"""A stored number and its number format → what a spreadsheet shows."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.importing.sheet import Cell
from atlas.importing.workbooks.number_format import show_number, show_text

NUMBERS = [  # value, format, text, number, unit, scale
    (0.33587, "0.0%", "33,6\u00a0%", "33.6", "%", 1),
    (0.05, "0%", "5\u00a0%", "5", "%", 1),
    (0.285, "0%", "29\u00a0%", "29", "%", 1),
    (43.6789, "0.0", "43,7", "43.7", "", 1),
    (1.005, "0.00", "1,01", "1.01", "", 1),
    (43, "0.##", "43", "43", "", 1),
    (43.5, "0.##", "43,5", "43.5", "", 1),
    (0.1 + 0.2, "General", "0,3", "0.3", "", 1),
    (5, '0.0" %"', "5,0 %", "5.0", "%", 1),
    (5, "0.0\\ \\%", "5,0 %", "5.0", "%", 1),
    (5, '0.0"\u202f%"', "5,0\u202f%", "5.0", "%", 1),
    (5, '+0" %";-0" %"', "+5 %", "5", "%", 1),
    (-2, '+0" %";-0" %"', "-2 %", "-2", "%", 1),
    (3, 'General" %"', "3 %", "3", "%", 1),
    (0.336, "%0.0", "%33,6", "33.6", "%", 1),
    (3, '0" pts"', "3 pts", "3", "points", 1),
    (-1.25, '0.0" point";-0.0" points"', "-1,3 points", "-1.3", "points", 1),
    (25052377, "#,##0", "25\u202f052\u202f377", "25052377", "", 1),
    (25052377, "#\\ ##0", "25\u202f052\u202f377", "25052377", "", 1),
    (25052377, "#,##0,", "25\u202f052", "25052", "", 1_000),
    (25052377, "0.0,,", "25,1", "25.1", "", 1_000_000),
    (25052377, '0.0,," M"', "25,1 M", "25.1", "", 1_000_000),
    (25.1, '0.0" M"', "25,1 M", "25.1", "", 1_000_000),
    (12, '0" k"', "12 k", "12", "", 1_000),
    (1, "00", "01", "1", "", 1),
    (33000, '#,##0" hab."', "33\u202f000 hab.", "33000", "", 1),
    (1234.5, '_-* #,##0.00\\ "€"_-;-* #,##0.00\\ "€"_-', "1\u202f234,50 €", "1234.50", "", 1),
    (-4.2, "#,##0.0_ ;\\-#,##0.0\\ ", "-4,2", "-4.2", "", 1),
    (-4.2, "0.0;[Red]0.0", "-4,2", "-4.2", "", 1),
    (-5, "0_);(0)", "(5)", "-5", "", 1),
    (-0.04, "0.0", "0,0", "0.0", "", 1),
    (4, "[>=100]0;0.0", "4,0", "4.0", "", 1),
    (-0.05, "[>=0]0%;-0%", "-5\u00a0%", "-5", "%", 1),
    (7, "[Blue][>5]0;[Red]0.0", "7", "7", "", 1),
]


@pytest.mark.parametrize("value, code, text, number, unit, scale", NUMBERS)
def test_a_number_is_read_as_its_format_shows_it(value, code, text, number, unit, scale):
    cell = show_number(value, code)
    assert (cell.text, cell.number, cell.unit, cell.scale) == (text, number, unit, scale)
    assert cell.value == value and cell.state == "" and cell.period == ""


@pytest.mark.parametrize(
    "value, code, text",
    [
        (5, '"nd"', "nd"),
        (0, '0.0;-0.0;"nd"', "nd"),
        (0, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "-"),
        (5, '"env. "0', "env. 5"),
        (43.7, '0.0" (1)"', "43,7 (1)"),
        (43.7, '0.0"*"', "43,7*"),
        (437, '0","0', "43,7"),
        (125, '0" h "00', "1 h 25"),
        (3, '0" ‰"', "3 ‰"),
        (0.03, '0.0%" pts"', "3,0\u00a0% pts"),
    ],
)
def test_words_whose_meaning_is_not_known_leave_the_text_alone(value, code, text):
    cell = show_number(value, code)
    assert (cell.text, cell.number, cell.value) == (text, "", value)


@pytest.mark.parametrize(
    "value, code",
    [
        (-5, "0.0;0.0"),  # its sign is not shown
        (-5, "[Red]0.0;[Red]0.0"),
        (0.5, "# ?/?"),
        (25052377, "0.00E+00"),
        (25052377, '#,##0," M"'),  # millions that are thousands
        (1e22, "0"),
        (5, '"5 %"'),
        (3, "0.0 pts"),  # letters without quotes: s is for seconds
        (5, "[<3]0"),
    ],
)
def test_what_is_no_plain_number_is_unclear(value, code):
    cell = show_number(value, code)
    assert (cell.number, cell.state, cell.value) == ("", "unclear", value)


@pytest.mark.parametrize("code", [";;;", '""', "#", ";;"])
def test_a_format_that_hides_its_number_shows_nothing(code):
    value = 0 if code == "#" else -5
    cell = show_number(value, code)
    assert cell.is_empty and cell.number == "" and cell.value == value


@pytest.mark.parametrize(
    "serial, code, text, period",
    [
        (45931, "mmm-yy", "oct.-25", "2025-10"),
        (45931, "mmm\\-yy;@", "oct.-25", "2025-10"),
        (45931, "[$-40C]mmmm\\ yyyy;@", "octobre 2025", "2025-10"),
        (45931, "yyyy", "2025", "2025"),
        (45931, '"Année "yyyy', "Année 2025", "2025"),
        (45931, "dd/mm/yyyy", "01/10/2025", "2025-10-01"),
        (
            45931,
            "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
            "mercredi, octobre 01, 2025",
            "2025-10-01",
        ),
        (45931.5, "dd/mm/yyyy hh:mm", "01/10/2025 12:00", "2025-10-01"),
        (45931, "d-mmm", "1-oct.", ""),
        (45931, '"T"q" "yyyy', "TT4 2025", ""),
        (45931.25, "h:mm", "6:00", ""),
        (1.5, "[h]:mm", "36:00", ""),
        (45931.000694, "mm:ss", "01:00", ""),
    ],
)
def test_a_date_has_the_period_that_it_shows(serial, code, text, period):
    cell = show_number(serial, code)
    assert (cell.text, cell.period, cell.number) == (text, period, "")


def test_days_are_counted_from_1900_or_1904():
    assert show_number(45931 - 1462, "dd/mm/yyyy", is_1904=True).period == "2025-10-01"
    assert show_number(1, "dd/mm/yyyy").period == "1900-01-01"
    assert show_number(61, "dd/mm/yyyy").period == "1900-03-01"
    for no_day in (60, -1, 3e6):
        assert show_number(no_day, "dd/mm/yyyy").state == "error"


@pytest.mark.parametrize("mark", ["¹", " ⁽¹⁾"])
def test_a_mark_of_a_note_in_a_format_is_a_note(mark):
    cell = show_number(43.7, f'0.0"{mark}"')
    assert (cell.number, cell.notes) == ("43.7", ("1",))


@pytest.mark.parametrize(
    "code, text", [("General", "nd"), ("@", "nd"), ("0.0;0.0;0.0;;", ""), ('0;0;0;"("@")"', "(nd)")]
)
def test_a_text_is_shown_by_the_section_of_texts(code, text):
    assert show_text(Cell("nd"), code).text == text


@given(
    st.decimals(-1000, 1000, places=6),
    st.integers(0, 4),
    st.sampled_from([("", 0, 1), ("%", 2, 1), ('" %"', 0, 1), (",", -3, 1000), ('" pts"', 0, 1)]),
)
def test_the_number_is_the_stored_one_rounded_as_a_person_does(stored, decimals, ending):
    letters, exponent, scale = ending
    code = f"0.{'0' * decimals}{letters}" if decimals else f"0{letters}"
    expected = stored.scaleb(exponent).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    cell = show_number(float(stored), code)
    assert Decimal(cell.number) == expected and cell.scale == scale
    assert cell.text.startswith(cell.number.replace(".", ",")[:3])


@given(
    st.floats() | st.integers(-10, 50_000),
    st.text('0#?.,%;"\\_*[]@/yYmdhsqEe+-<>= kMptsnd€¹$Red', max_size=14),
)
def test_any_format_shows_any_number_or_says_why_not(value, code):
    cell = show_number(float(value), code)
    if cell.number:
        Decimal(cell.number)
        assert cell.state == ""
