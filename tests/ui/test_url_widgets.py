"""The address holds the choices, and a choice follows the visitor."""

from __future__ import annotations

import pytest
from visits import (
    HOME,
    box,
    go,
    opened,
    page_text,
    picked,
)

LINKS = [
    (HOME, "Territoire", "territoire", "REG-94", "FR"),
    (HOME, "Territoire", "territoire", "DEP-2A", "FR"),
    (HOME, "Situation à la fin de", "periode", "2024-12", "2026-03"),
    ("carte", "Territoire", "region", "REG-75", "FR"),
    ("carte", "Découpage", "decoupage", "caisses", "departements"),
    ("carte", "Découpage", "decoupage", "regions", "departements"),
    ("carte", "Mesure", "mesure", "gap", "value"),
    ("carte", "Période", "periode", "2024-12", "2025-12"),
    ("carte", "Territoire mis en avant", "selection", "DEP-64", ""),
    ("couloirs", "Territoire", "territoire", "REG-93", "FR"),
    ("couloirs", "Couloir", "couloir", "officine", "hopital"),
    ("donnees", "Territoire", "donnees_territoire", "REG-04", ""),
    ("donnees", "Source", "donnees_source", "egora-202601", ""),
    ("couverture", "Indicateur", "indicateur", "opposition_rate", "activation_rate"),
    ("couverture", "Niveau", "decoupage", "caisses", "departements"),
    ("couverture", "Période de la carte", "periode", "2026-03", "2025-12"),
]
every_link = pytest.mark.parametrize(
    "address, label, key, value, start", LINKS, ids=[f"{a}?{k}={v}" for a, _, k, v, _ in LINKS]
)


@every_link
def test_a_link_opens_on_what_it_holds_and_keeps_it(address, label, key, value, start):
    visit = opened(address, **{key: value})
    assert not visit.exception
    assert picked(visit, label) == value != start
    assert visit.query_params == {key: value}


@every_link
def test_a_link_with_a_value_that_does_not_exist_falls_back(address, label, key, value, start):
    visit = opened(address, **{key: "n'importe <b>quoi</b>"})
    assert not visit.exception and not visit.warning
    assert picked(visit, label) == start and visit.query_params == {}


@pytest.mark.parametrize("address", [HOME, "carte", "couloirs", "donnees"])
def test_a_page_opens_on_its_defaults_and_leaves_its_address_clean(address):
    visit = opened(address)
    assert visit.query_params == {}
    expected = {label: start for where, label, _, _, start in LINKS if where == address}
    assert {label: picked(visit, label) for label in expected} == expected


def test_a_choice_is_written_in_the_address_and_taken_back_out():
    visit = opened()
    box(visit, "Territoire").select("REG-94").run()
    assert visit.query_params == {"territoire": "REG-94"}
    assert "Usagers, Corse" in page_text(visit)
    box(visit, "Territoire").select("FR").run()
    assert visit.query_params == {}


def test_a_choice_follows_the_visitor_to_the_pages_that_have_it():
    visit = opened()
    box(visit, "Territoire").select("REG-93").run()
    for address in ("couloirs", HOME, "carte", HOME, "couloirs"):
        go(visit, address)
        assert not visit.exception
        assert address == "carte" or picked(visit, "Territoire") == "REG-93"
        assert address == "carte" or visit.query_params == {"territoire": "REG-93"}


def test_the_back_button_undoes_the_last_choice():
    visit = opened()
    box(visit, "Territoire").select("REG-94").run()
    visit.query_params.clear()
    assert picked(visit.run(), "Territoire") == "FR" and visit.query_params == {}


def test_the_fictitious_set_follows_from_page_to_page():
    visit = opened("carte", demo="1")
    for address in ("couloirs", HOME, "comparaison-trajectoires"):
        assert "Données fictives" in page_text(go(visit, address))
        assert visit.query_params["demo"] == "1"


def test_a_choice_that_another_page_lacks_is_left_behind():
    visit = opened(territoire="DEP-2A")
    assert picked(visit, "Territoire") == "DEP-2A"
    assert picked(go(visit, "couloirs"), "Territoire") == "FR" and not visit.exception


def test_another_territory_keeps_the_period_when_it_has_it_and_else_takes_its_newest():
    visit = opened(territoire="REG-93", periode="2024-12")
    box(visit, "Territoire").select("REG-94").run()
    assert picked(visit, "Situation à la fin de") == "2024-12"
    box(visit, "Territoire").select("DEP-2A").run()
    assert picked(visit, "Situation à la fin de") == "2026-03" and not visit.exception


def test_a_map_of_one_region_in_points_of_gap_is_one_link():
    visit = opened("carte", region="REG-75", mesure="gap", selection="DEP-64")
    text = page_text(visit)
    assert "Taux d’activation : écart à la France, Nouvelle-Aquitaine, décembre 2025" in text
    assert "entre 35,5 et 39,0 % des profils des assurés des Pyrénées-Atlantiques" in text


def test_a_selection_that_is_not_in_the_region_shown_is_dropped():
    visit = opened("carte", region="REG-75", selection="DEP-64")
    box(visit, "Territoire").select("REG-94").run()
    assert not visit.exception and picked(visit, "Territoire mis en avant") == ""


def test_the_filters_of_the_data_page_never_leave_an_impossible_choice():
    visit = opened("donnees", donnees_territoire="REG-94", donnees_annee="2026")
    box(visit, "Territoire").select("REG-93").run()
    assert not visit.exception and len(visit.table[0].value) > 0


def test_the_fictitious_set_is_left_as_it_was_entered():
    visit = opened("carte", demo="1")
    assert "101 départements sur 101" in page_text(visit)
    visit.toggle[0].set_value(False).run()
    assert "13 départements sur 101" in page_text(visit) and visit.query_params == {}
