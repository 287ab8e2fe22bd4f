"""What each page shows."""

from __future__ import annotations

import re

from visits import (
    charts,
    offered,
    opened,
    page_text,
    seen,
)


def test_the_first_page_shows_the_nation_its_milestones_and_its_curve():
    text = page_text(seen())
    for said in ("33,6", "des profils sont activés", "24", "Profils activés au fil du", "dossier"):
        assert said in text
    assert "Données arrêtées au" in text
    assert len(charts(seen())) == 3  # the curve, the map, the growth by corridor


def test_the_page_of_key_figures_has_its_own_address():
    text = page_text(seen("chiffres-cles"))
    for said in ("Usagers, France", "Quatre ans d’avancées", "2022"):
        assert said in text


def test_an_old_link_to_the_key_figures_of_a_territory_still_leads_to_them():
    visit = seen("", territoire="REG-94")
    assert [title.value for title in visit.title] == ["Chiffres clés"]
    assert "Usagers, Corse" in page_text(visit) and not visit.exception


def test_every_territory_is_found_by_its_name_and_its_number_and_opens_its_portrait():
    visit = opened()
    search = visit.selectbox(key="recherche")
    assert len(search.options) == 18 + 101 + 107
    for label in ("Corse, région 94", "Landes, département 40", "CPAM de Bayonne, caisse 641"):
        assert label in search.options
    search.set_value("CPAM-641").run()
    assert [title.value for title in visit.title] == ["Portrait : Bayonne"] and not visit.exception


def test_a_territory_without_figures_has_a_page_that_says_what_is_missing():
    visit = seen("portrait", territoire="REG-53")
    text = page_text(visit)
    assert "Bretagne : aucun chiffre publié" in text and "Il manque : taux d’activation" in text
    assert "viennent de publications comme celles de" in text
    assert "Importer un fichier" in [link.proto.label for link in visit.get("page_link")]


def test_the_map_page_counts_the_departements_and_draws_twice():
    visit = seen("carte", territoire="FR")
    assert (
        "13 départements sur 101 ont un taux pour décembre 2025 : 12 publiés, 1 calculé"
        in page_text(visit)
    )
    assert "non publié (88)" in page_text(visit)
    assert len(charts(visit)) == 2


def test_a_place_without_any_rate_says_so_instead_of_an_empty_map():
    visit = seen("carte", territoire="REG-11")
    assert not visit.exception and not charts(visit)
    assert "Aucun taux n’est publié pour ce territoire" in page_text(visit)


def test_the_dossier_of_paca_shows_the_printed_table():
    visit = seen("dossier-provence-alpes-cote-d-azur-2025")
    (table,) = visit.table
    row = [re.sub(r"[\u00a0\u202f]", " ", cell) for cell in table.value.iloc[2]]
    assert row == ["Médecine de ville", "7 094", "+33 %", "9 072 324", "+150 %"]


def test_the_data_page_lists_fifty_figures_at_a_time_and_offers_them_all():
    visit = seen("donnees")
    assert len(visit.table[0].value) == 50
    assert offered(visit) == ["CSV (point-virgule)", "XLSX"]
    assert "Règle : quand plusieurs sources publient la même chose" in page_text(visit)


def test_the_data_page_keeps_to_what_its_filters_leave():
    visit = opened("donnees", donnees_territoire="REG-94", donnees_annee="2025")
    table = visit.table[0].value
    assert set(table["Territoire"]) == {"Corse (région)"}
    assert all("2025" in period for period in table["Période"])
    assert f"{len(table)} chiffres." in page_text(visit)


def test_the_coverage_page_says_what_a_full_map_lacks_and_offers_its_rows():
    visit = seen("couverture")
    text = page_text(visit)
    assert "13 départements sur 101 (dont 1 †) en décembre 2025, il en manque 88." in text
    assert "Corse (2 sur 2)" in text and "Les taux de 93 caisses suffiraient" in text
    assert offered(visit) == ["CSV (point-virgule)", "XLSX"]
    assert len(visit.table[0].value) == 19


def test_the_coverage_page_of_an_indicator_without_figures_says_so():
    visit = seen("couverture", demo="1", indicateur="opposition_rate")
    assert "Aucun chiffre n’est connu pour cet indicateur" in page_text(visit)
    assert not visit.exception and not visit.table


def test_the_coverage_page_lists_fifty_invented_figures_at_a_time_by_corridor():
    visit = seen("couverture", demo="1", indicateur="documents_deposited", couloir="officine")
    assert len(visit.table[0].value) == 50 and set(visit.table[0].value["Couloir"]) == {"Officine"}
    assert "404 chiffres et leurs sources" in page_text(visit)


def test_files_without_a_problem_are_said_to_be_correct():
    assert "Aucun problème : tous les fichiers lus sont corrects." in page_text(seen("problemes"))
