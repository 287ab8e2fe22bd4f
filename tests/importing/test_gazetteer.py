"""Territories by every name and code that tables give them, and none taken for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.importing.gazetteer import Gazetteer
from atlas.importing.table_titles import find_territory_in_titles


@pytest.fixture(scope="module")
def gazetteer(known_keys) -> Gazetteer:
    return Gazetteer(known_keys.territories)


CODE_BY_TEXT_AND_KIND = {
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
    ("33", "DEP"): "DEP-33",
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


@pytest.mark.parametrize(("text", "kind"), CODE_BY_TEXT_AND_KIND)
def test_a_territory_is_known_by_name_or_code(gazetteer, text, kind):
    assert gazetteer.find(text, kind).codes == {CODE_BY_TEXT_AND_KIND[text, kind]}


@pytest.mark.parametrize(
    ("cell", "kind", "code"),
    [
        ("1", "DEP", "DEP-01"),
        ("11", "CPAM", "CPAM-011"),
        ("4", "REG", "REG-04"),
    ],
)
def test_a_zero_lost_in_a_spreadsheet_is_given_back_and_told(gazetteer, cell, kind, code):
    match = gazetteer.find(cell, kind)
    assert (match.codes, match.lost_zero) == ({code}, True)


@pytest.mark.parametrize("kind", ["REG", "DEP", "CPAM"])
def test_a_name_cut_short_is_never_another_territory(gazetteer, kind):
    """By a column too narrow or with a point; « Lot », of « Lot-et-Garonne », is a whole name."""
    named = {
        territory.name: code
        for code, territory in gazetteer.territories.by_code.items()
        if territory.kind == kind
    }
    for name, code in named.items():
        for length in range(2, len(name)):
            for cut in (name[:length], f"{name[:length]}.", f"{name[:length]}-"):
                found = gazetteer.find(cut, kind).codes
                assert len(found) != 1 or found == {code} or cut.rstrip(" .") in named, cut


@pytest.mark.parametrize(
    ("text", "kind"),
    [("CPAM de la Charente", "DEP"), ("CPAM du Nord", "CPAM"), ("Char.", "DEP"), ("H.", "DEP")],
)
def test_what_may_be_several_territories_or_of_another_kind_is_none(gazetteer, text, kind):
    assert not gazetteer.find(text, kind).codes


@pytest.mark.parametrize("text", ["Atlantis", "", "999", "-", "2C", "0", "Franche", "33,6"])
def test_what_names_nothing_finds_nothing(gazetteer, text):
    assert not gazetteer.find(text).codes


def test_a_name_shared_by_two_kinds_is_left_to_be_told_apart(gazetteer):
    assert gazetteer.find("La Réunion").codes >= {"REG-04", "DEP-974"}
    assert gazetteer.find("75").codes == {"REG-75", "DEP-75"}


def test_every_territory_is_found_by_its_own_name_and_code(gazetteer, known_keys):
    for code, territory in known_keys.territories.by_code.items():
        assert code in gazetteer.find(territory.name, territory.kind).codes
        assert gazetteer.find(code).codes == {code}


@given(st.text())
def test_any_text_is_looked_for(known_keys, text):
    assert all(
        code in known_keys.territories
        for code in Gazetteer(known_keys.territories).find(text).codes
    )


@pytest.mark.parametrize("title", ["{}", "Bilan 2025 - {}", "Taux, {} - 2025", "{} : bilan"])
def test_a_title_names_the_territory_whose_name_it_holds_and_no_other(project, title):
    """« Seine-et-Marne » was read Marne."""
    territories = project.territories
    gazetteer = Gazetteer(territories)
    for territory in territories.by_code.values():
        if territory.kind in ("REG", "DEP"):
            found = find_territory_in_titles(
                title.format(territory.name), gazetteer, with_departements=True
            )
            # An overseas département has the name of its région.
            assert not found or territories[found].name == territory.name
