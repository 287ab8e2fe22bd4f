"""The address holds the choices, and a choice follows the visitor."""

from __future__ import annotations

import pytest
from visits import (
    KEY_FIGURES,
    box,
    go,
    opened,
    page_text,
    picked,
)

LINKS = [
    (KEY_FIGURES, "Territoire", "territoire", "REG-94", "FR"),
    (KEY_FIGURES, "Territoire", "territoire", "DEP-2A", "FR"),
    (KEY_FIGURES, "Période", "periode", "2024-12", "2026-03"),
    ("carte", "Territoire", "territoire", "FR", "REG-75"),
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


@pytest.mark.parametrize("address", [KEY_FIGURES, "carte", "couloirs", "donnees"])
def test_a_page_opens_on_its_defaults_and_leaves_its_address_clean(address):
    visit = opened(address)
    assert visit.query_params == {}
    expected = {label: start for where, label, _, _, start in LINKS if where == address}
    assert {label: picked(visit, label) for label in expected} == expected


def test_a_choice_is_written_in_the_address_and_taken_back_out():
    visit = opened(KEY_FIGURES)
    box(visit, "Territoire").select("REG-94").run()
    assert visit.query_params == {"territoire": "REG-94"}
    assert "Usagers, Corse" in page_text(visit)
    box(visit, "Territoire").select("FR").run()
    assert visit.query_params == {}


def test_a_choice_follows_the_visitor_to_the_pages_that_have_it():
    visit = opened(KEY_FIGURES)
    box(visit, "Territoire").select("REG-93").run()
    for address in ("couloirs", KEY_FIGURES, "carte", KEY_FIGURES, "couloirs"):
        go(visit, address)
        assert not visit.exception
        assert picked(visit, "Territoire") == "REG-93"
        assert visit.query_params == {"territoire": "REG-93"}


def test_what_nobody_chose_is_not_carried():
    visit = opened(KEY_FIGURES)
    assert picked(visit, "Période") == "2026-03"
    assert picked(go(visit, "carte"), "Période") == "2025-12" and visit.query_params == {}


def test_a_link_that_names_a_region_as_before_opens_the_same_map():
    visit = opened("carte", region="REG-94")
    assert picked(visit, "Territoire") == "REG-94"
    assert visit.query_params == {"territoire": "REG-94"}


def test_a_map_opens_around_the_departement_that_was_chosen_elsewhere():
    visit = go(opened(KEY_FIGURES, territoire="DEP-64"), "carte")
    assert picked(visit, "Territoire") == "REG-75"
    assert picked(visit, "Territoire mis en avant") == "DEP-64"
    assert picked(go(visit, KEY_FIGURES), "Territoire") == "DEP-64"


def test_a_kit_opens_on_what_one_comes_from():
    visit = go(opened(KEY_FIGURES, territoire="REG-93"), "kit")
    assert (picked(visit, "Contenu"), picked(visit, "Territoire")) == ("territoire", "REG-93")
    visit = go(go(visit, "dossier-la-reunion-2026"), "kit")
    assert (picked(visit, "Contenu"), picked(visit, "Dossier")) == ("dossier", "la-reunion-2026")


def test_the_back_button_undoes_the_last_choice():
    visit = opened(KEY_FIGURES)
    box(visit, "Territoire").select("REG-94").run()
    visit.query_params.clear()
    assert picked(visit.run(), "Territoire") == "FR" and visit.query_params == {}


def test_the_fictitious_set_follows_from_page_to_page():
    visit = opened("carte", demo="1")
    for address in ("couloirs", KEY_FIGURES, "comparaison-trajectoires"):
        assert "Données fictives" in page_text(go(visit, address))
        assert visit.query_params["demo"] == "1"


def test_a_page_that_lacks_the_chosen_territory_shows_the_one_around_it_and_keeps_the_choice():
    visit = opened(KEY_FIGURES, territoire="DEP-2A")
    assert picked(go(visit, "couloirs"), "Territoire") == "REG-94"
    assert "Corse-du-Sud (2A) : rien n’est publié pour cette page" in page_text(visit)
    assert picked(go(visit, KEY_FIGURES), "Territoire") == "DEP-2A"


def test_another_territory_keeps_the_period_when_it_has_it_and_else_takes_its_newest():
    visit = opened(KEY_FIGURES, territoire="REG-93", periode="2024-12")
    box(visit, "Territoire").select("REG-94").run()
    assert picked(visit, "Période") == "2024-12"
    box(visit, "Territoire").select("DEP-2A").run()
    assert picked(visit, "Période") == "2026-03" and not visit.exception


def test_a_map_of_one_region_in_points_of_gap_is_one_link():
    visit = opened("carte", territoire="REG-75", mesure="gap", selection="DEP-64")
    text = page_text(visit)
    assert "Taux d’activation : écart à la France, Nouvelle-Aquitaine, décembre 2025" in text
    assert "entre 35,5 et 39,0 % des profils des assurés des Pyrénées-Atlantiques" in text


def test_a_selection_that_is_not_in_the_region_shown_is_dropped():
    visit = opened("carte", territoire="REG-75", selection="DEP-64")
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
    assert "13 des 101 départements" in page_text(visit) and visit.query_params == {}
