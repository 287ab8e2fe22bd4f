"""What cells say: numbers in every writing, missing, secret, not applicable; periods; places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.importing.cells import ParsedNumber, read_number
from atlas.importing.dates import period_in, read_period
from atlas.importing.places import Gazetteer

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
NOTHING = {
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


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_number_says_which_kind_of_nothing(text):
    assert read_number(text) == ParsedNumber(NOTHING[text])


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


@given(st.text() | st.floats() | st.integers(-(10**30), 10**30))
def test_any_cell_is_read_or_said_unreadable(cell):
    reading = read_number(cell)
    assert (reading.kind == "value") == bool(reading.value)
    assert not reading.value or float(reading.value) is not None


PERIODS = {
    "2025": "2025",
    2025.0: "2025",
    "12/2025": "2025-12",
    "31/12/2025": "2025-12-31",
    "2025-12": "2025-12",
    "décembre 2025": "2025-12",
    "Déc. 2025": "2025-12",
    "31 décembre 2025": "2025-12-31",
    "1er mars 2026": "2026-03-01",
    "Année 2025": "2025",
    "fin décembre 2025": "2025-12",
    "30 février 2025": "",
    "13/2025": "",
    "T4 2025": "",
    "161": "",
    "1975": "",
    "mars": "",
    "": "",
}


@pytest.mark.parametrize("cell", PERIODS)
def test_a_period_is_read_in_every_writing(cell):
    assert read_period(cell) == PERIODS[cell]


def test_a_title_says_its_period_only_when_it_names_one():
    assert period_in("Annexe 1 – taux d’activation – Année 2025 - Source CNAM") == "2025"
    assert period_in("Situation au 31 décembre 2025") == "2025-12-31"
    assert period_in("De 2024 à 2025") == period_in("Taux") == ""


# --- territories ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def places(words) -> Gazetteer:
    return Gazetteer(words.territories)


FOUND = {
    ("Nlle-Aquitaine", "REG"): "REG-75",
    ("Ctre-VdL", "REG"): "REG-24",
    ("NOUVELLE AQUITAINE", None): "REG-75",
    ("PACA", None): "REG-93",
    ("Provence-Alpes-Côte d'Azur", None): "REG-93",
    ("France entière", None): "FR",
    ("2A", "DEP"): "DEP-2A",
    ("02A", "DEP"): "DEP-2A",
    ("20A", "DEP"): "DEP-2A",
    ("2b", "DEP"): "DEP-2B",
    ("075", "DEP"): "DEP-75",
    (33.0, "DEP"): "DEP-33",
    ("DEP-33", None): "DEP-33",
    ("cotes d armor", None): "DEP-22",
    ("VAL D'OISE", None): "DEP-95",
    ("Gironde (33)", None): "DEP-33",
    ("33 - Gironde", None): "DEP-33",
    ("161", "CPAM"): "CPAM-161",
    ("CPAM de Bayonne", None): "CPAM-641",
    ("ANGOULEME", "CPAM"): "CPAM-161",
    ("St-Brieuc", "CPAM"): "CPAM-221",
    ("La Réunion", "REG"): "REG-04",
    ("Région Réunion", None): "REG-04",
    ("Hte-Garonne", "DEP"): "DEP-31",
    ("Hauts-de-Fr.", "REG"): "REG-32",
    ("Bourg.-Fr.-Comté", None): "REG-27",
    ("L.-et-Cher", "DEP"): "DEP-41",
    ("Alpes-de-Hte-P.", "DEP"): "DEP-04",
    ("CPAM de la Charente", "CPAM"): "CPAM-161",
    ("CGSS de La Réunion", None): "CPAM-974",
}


@pytest.mark.parametrize(("text", "kind"), FOUND)
def test_a_territory_is_known_by_name_or_code(places, text, kind):
    assert places.find(text, kind).codes == {FOUND[text, kind]}


@pytest.mark.parametrize(
    ("cell", "kind", "code"),
    [
        ("1", "DEP", "DEP-01"),
        (1.0, "DEP", "DEP-01"),
        (11, "CPAM", "CPAM-011"),
        ("4", "REG", "REG-04"),
    ],
)
def test_a_zero_lost_in_a_spreadsheet_is_given_back_and_told(places, cell, kind, code):
    match = places.find(cell, kind)
    assert (match.codes, match.lost_zero) == ({code}, True)


@pytest.mark.parametrize("kind", ["REG", "DEP", "CPAM"])
def test_a_name_cut_short_is_never_another_territory(places, kind):
    """By a column too narrow or with a point; « Lot », of « Lot-et-Garonne », is a whole name."""
    named = {
        place.name: code for code, place in places.territories.by_code.items() if place.kind == kind
    }
    for name, code in named.items():
        for length in range(2, len(name)):
            for cut in (name[:length], f"{name[:length]}.", f"{name[:length]}-"):
                found = places.find(cut, kind).codes
                assert len(found) != 1 or found == {code} or cut.rstrip(" .") in named, cut


@pytest.mark.parametrize(
    ("text", "kind"),
    [("CPAM de la Charente", "DEP"), ("CPAM du Nord", "CPAM"), ("Char.", "DEP"), ("H.", "DEP")],
)
def test_what_may_be_several_territories_or_of_another_kind_is_none(places, text, kind):
    assert not places.find(text, kind).codes


@pytest.mark.parametrize("text", ["Atlantis", "", "999", "-", "2C", "0", "Franche", "33,6"])
def test_what_names_nothing_finds_nothing(places, text):
    assert not places.find(text).codes


def test_a_name_shared_by_two_kinds_is_left_to_be_told_apart(places):
    assert places.find("La Réunion").codes >= {"REG-04", "DEP-974"}
    assert places.find("75").codes == {"REG-75", "DEP-75"}


def test_every_territory_is_found_by_its_own_name_and_code(places, words):
    for code, place in words.territories.by_code.items():
        assert code in places.find(place.name, place.kind).codes
        assert places.find(code).codes == {code}


@given(st.text())
def test_any_text_is_looked_for(words, text):
    assert all(code in words.territories for code in Gazetteer(words.territories).find(text).codes)
