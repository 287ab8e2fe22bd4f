"""Sentences as a press officer writes them, each made from a row or a value."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.indicators.row_values import change_values, level_values
from atlas.sentences import headings, notes
from atlas.sentences.changes import change_clause
from atlas.sentences.period_phrases import assumption_note
from atlas.sentences.publishers import publisher_with_article
from atlas.sentences.statements import Statement, change_sentence, level_sentence
from atlas.values import Value


def plain(text: str) -> str:
    """Non-breaking spaces as spaces, to be read."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def row_of(context: FigureContext, key: str) -> pd.DataFrame:
    """The published row of « territory indicator corridor period [source] », « - » for none."""
    territory, indicator, corridor, period, *source = key.split()
    rows = context.dataset.published
    found = rows[
        (rows["territory"] == territory)
        & (rows["indicator"] == indicator)
        & (rows["corridor"] == ("" if corridor == "-" else corridor))
        & (rows["period"] == period)
    ]
    found = found[found["source"] == source[0]] if source else found
    assert len(found) >= 1, key
    return found.iloc[[0]]


def said(context: FigureContext, key: str, *, dated: bool = True, **changed: Any) -> str:
    """The sentence of a row, its level or else its change. changed: fields of the value."""
    frame = row_of(context, key)
    row = frame.iloc[0]
    settings = context.settings
    indicator = settings.indicators[row["indicator"]]
    (level,), (change,) = level_values(frame, indicator), change_values(frame, indicator)
    about = Statement(
        context.territories[row["territory"]],
        settings.corridors.get(row["corridor"]),
        settings.feminine_nouns,
    )
    if not level.is_known:
        return plain(change_sentence(replace(change, **changed), about))
    beside = changed.pop("beside", None)
    return plain(
        level_sentence(
            replace(level, **changed),
            about,
            change=change if change.is_known else None,
            beside=beside and level_values(row_of(context, beside), _indicator(context, beside))[0],
            is_dated=dated,
        )
    )


def _indicator(context: FigureContext, key: str):
    return context.settings.indicators[key.split()[1]]


# Row (territory, indicator, corridor, period) → the sentence, in lower case.
OF_ROWS = {
    "REG-94 documents_deposited esms 2025": (
        "en 2025, en Corse, les établissements sociaux et médico-sociaux ont déposé 27 141 "
        "documents, 3,6 fois plus qu’en 2024 (+264 %)."
    ),
    "REG-94 documents_consulted hopital 2025": (
        "les établissements de santé de Corse ont consulté 45 % de documents de plus en 2025 "
        "qu’en 2024."
    ),
    "REG-94 documents_deposited biologie 2025": (
        "en 2025, les laboratoires de Corse ont déposé 957 118 documents, trois fois plus qu’en "
        "2024 (+204 %)."
    ),
    "REG-04 documents_share biologie 2025": "à La Réunion, 55 % des documents viennent des "
    "laboratoires.",
    "FR documents_deposited - 2025 egora-202601": (
        "en 2025, 420 millions de documents ont été déposés dans Mon espace santé en France, en "
        "hausse de 40 % par rapport à 2024."
    ),
    "FR new_activations - 2025-02": (
        "en un an, par rapport à février 2024, 6,1 millions de profils ont été activés en France."
    ),
    "FR new_activations - 2023-02": (
        "en deux mois, début 2023, 220 000 profils ont été activés en France."
    ),
    "DEP-54 profiles_created - 2024-11": (
        "en novembre 2024, 650 000 habitants de Meurthe-et-Moselle disposaient d’un profil."
    ),
    "DEP-13 experiment_records_consulted - 2025-02": (
        "depuis le début de l’expérimentation du pays d’Arles, 926 dossiers ont été consultés aux "
        "urgences."
    ),
    "FR prevention_messages - 2026-03": (
        "depuis août 2025, plus de 13 millions de messages de prévention ont été diffusés."
    ),
    "REG-75 structures_feeding_rate hopital 2025": (
        "90 % des établissements de santé de Nouvelle-Aquitaine alimentent Mon espace santé."
    ),
    "FR professionals_consulting_monthly medecine_ville 2026-02": (
        "38 000 médecins libéraux se connectent chaque mois."
    ),
    "FR structures_feeding medecine_ville 2024-12": (
        "en décembre 2024, 67 000 médecins en France ont alimenté le DMP."
    ),
    "FR structures_feeding officine 2024-12": (
        "en décembre 2024, 17 000 pharmacies en France ont alimenté le DMP."
    ),
    "FR structures_feeding biologie 2024-12": (
        "en décembre 2024, 263 groupements de laboratoires en France ont alimenté le DMP."
    ),
    "FR structures_feeding hopital 2024-12": (
        "en décembre 2024, 3 700 établissements de santé en France ont alimenté le DMP."
    ),
    "FR connected_share - 2024-11": (
        "en novembre 2024, plus d’1 usager sur 5 s’était déjà connecté à Mon espace santé en "
        "France."
    ),
    "FR activation_rate_60_plus - 2024-11": (
        "en novembre 2024, 1 assuré sur 4 de 60 ans et plus avait activé son profil en France."
    ),
    "FR insured_with_document_rate - 2024-12": (
        "2 Français sur 3 ont reçu un document de santé dans Mon espace santé en France."
    ),
    "REG-94 people_sensitized - 2025": (
        "en 2025, 9 210 sensibilisations ont été réalisées en Corse."
    ),
    "REG-94 activation_rate - 2026-03 ars-corse-2026": (
        "en mars 2026, 33,2 % des profils des assurés de Corse étaient activés."
    ),
    "FR activated_profiles_target - 2027": (
        "Objectif 2027 : 40 millions de citoyens ayant activé et utilisé le service."
    ),
    "REG-44 activation_rate - 2024-12": (
        "en décembre 2024, 22,8 % des profils des assurés du Grand Est étaient activés, soit 10 "
        "points de plus qu’à la fin de 2023."
    ),
    "REG-93 structures_feeding biologie 2024": (
        "en 2024, 17 laboratoires de Provence-Alpes-Côte d’Azur ont alimenté le DMP, en baisse de "
        "5 % par rapport à 2023."
    ),
    "FR documents_deposited_12m - 2025-04": (
        "27 % de documents de plus ont été déposés en France sur les douze mois achevés en avril "
        "2025 que sur les douze mois achevés en avril 2024."
    ),
    "REG-44 records_fed - 2024-09": (
        "sur les deux ans achevés en septembre 2024, 3 655 148 dossiers ont été alimentés au moins "
        "une fois dans le Grand Est."
    ),
    "REG-94 ambassadors - 2025": (
        "à la fin de 2025, plus d’une centaine d’ambassadeurs Mon espace santé étaient mobilisés "
        "en Corse."
    ),
}


@pytest.mark.parametrize("key", OF_ROWS)
def test_a_published_row_is_said_as_a_press_officer_says_it(context, key):
    assert said(context, key) == OF_ROWS[key]


def test_a_growth_without_level_is_said_of_those_who_act(context):
    """The level of the row is set aside: what is left is its growth."""
    frame = row_of(context, "REG-94 documents_deposited esms 2025")
    indicator = context.settings.indicators["documents_deposited"]
    (change,) = change_values(frame, indicator)
    about = Statement(context.territories["REG-94"], context.settings.corridors["esms"])
    assert plain(change_sentence(change, about)) == (
        "en Corse, les établissements sociaux et médico-sociaux ont déposé 3,6 fois plus de "
        "documents en 2025 qu’en 2024 (+264 %)."
    )


UNDATED = {
    "CPAM-401 activation_rate - 2025": "41,7 % des profils des assurés de la CPAM de "
    "Mont-de-Marsan sont activés, en hausse de 3 points (base non précisée par la source).",
    "REG-04 documents_deposited_monthly - 2025": "plus de 500 000 documents sont déposés chaque "
    "mois à La Réunion.",
    "REG-04 profiles_created_share - 2025-12": "98 % des comptes sont créés à La Réunion.",
}


@pytest.mark.parametrize("key", UNDATED)
def test_a_sentence_without_its_date_is_in_the_present(context, key):
    assert said(context, key, dated=False) == UNDATED[key]


def test_a_rank_is_a_region_and_its_rate(context):
    key = "REG-75 activation_rank - 2025"
    assert said(context, key, dated=False, beside="REG-75 activation_rate - 2025") == (
        "la Nouvelle-Aquitaine est la 2ᵉ région de France pour l’activation (37,2 %)."
    )
    assert "est la 1ʳᵉ région" in said(context, key, dated=False, amount=1.0)


def test_a_count_is_followed_by_the_rate_that_its_document_gives(context):
    beside = "REG-75 structures_feeding_rate radiologie 2025"
    assert said(context, "REG-75 structures_feeding radiologie 2025", beside=beside) == (
        "332 radiologues exerçant en Nouvelle-Aquitaine (61,6 %) alimentent le DMP."
    )


def test_the_noun_and_the_words_of_a_source_are_printed_as_they_are(context):
    key = "REG-04 structures_feeding hopital 2025"
    noun = "établissements de santé (tous secteurs, hors laboratoires)"
    assert said(context, key, noun=noun).startswith(f"en 2025, 89 {noun} de La Réunion")
    assert said(context, "FR connected_share - 2024-11", printed="plus d’un usager sur cinq") == (
        "en novembre 2024, plus d’un usager sur cinq s’était déjà connecté à Mon espace santé en "
        "France."
    )
    assert said(
        context, "FR insured_with_document_rate - 2024-12", printed="deux Français sur trois"
    ).startswith("deux Français sur trois ont reçu")
    assert said(
        context, "FR activation_rate_60_plus - 2024-11", printed="un assuré sur quatre"
    ) == (
        "en novembre 2024, un assuré sur quatre de 60 ans et plus avait activé son profil en "
        "France."
    )
    third = {"printed": "plus d’un tiers", "noun": "assurés corses", "is_period_assumed": True}
    assert said(context, "REG-94 activation_rate - 2026-03", **third) == (
        "plus d’un tiers des assurés corses ont activé leur profil."
    )


def test_a_state_at_the_date_of_its_source_is_in_the_past(context):
    key = "FR activated_profiles - 2024-10-07"
    assert said(context, key, period="2024-10") == (
        "en octobre 2024, 15 millions de profils étaient activés en France."
    )
    assert said(context, key).startswith("le 7 octobre 2024, 15 millions de profils étaient")


@pytest.mark.parametrize(
    ("key", "amount", "compared_to", "clause"),
    [
        ("activation_rate", 7.8, "2024-12", ", soit 7,8 points de plus qu’en décembre 2024"),
        ("activation_rate", -1.0, "2024", ", soit 1 point de moins qu’à la fin de 2024"),
        ("activation_rate", 0.0, "2024", ", au même niveau qu’à la fin de 2024"),
        ("activation_rate", 3.0, "", ", en hausse de 3 points (base non précisée par la source)"),
        ("documents_deposited", 79.0, "2024", ", en hausse de 79 % par rapport à 2024"),
        ("documents_deposited", -5.0, "2023", ", en baisse de 5 % par rapport à 2023"),
        ("documents_deposited", 100.0, "2023", ", deux fois plus qu’en 2023 (+100 %)"),
        ("documents_deposited", 204.0, "2024", ", trois fois plus qu’en 2024 (+204 %)"),
        ("documents_deposited", 264.0, "2024", ", 3,6 fois plus qu’en 2024 (+264 %)"),
        ("documents_deposited", 0.0, "2024", ", stable par rapport à 2024"),
        ("activated_profiles", 8.0, "2024", ", en hausse de 8 % par rapport à la fin de 2024"),
        (
            "activated_profiles",
            8.0,
            "2024-02-05",
            ", en hausse de 8 % par rapport au 5 février 2024",
        ),
    ],
)
def test_a_change_is_said_in_words(context, key, amount, compared_to, clause):
    indicator = context.settings.indicators[key]
    change = Value(amount, "change", indicator, period="2025", compared_to=compared_to)
    assert plain(change_clause(change)) == clause


def test_a_computed_number_is_about_what_its_inputs_bear(context):
    indicator = context.settings.indicators["documents_deposited"]
    computed = Value(
        5131705.59, indicator=indicator, status="derived", period="2023", significant_figures=2
    )
    about = Statement(context.territories["REG-93"], context.settings.corridors["biologie"])
    assert plain(level_sentence(computed, about)) == (
        "en 2023, les laboratoires de Provence-Alpes-Côte d’Azur ont déposé environ 5,1 millions "
        "de documents."
    )


def test_a_value_whose_weights_are_unknown_is_between_two_ends(context):
    rate = Value(
        37.25,
        indicator=context.settings.indicators["activation_rate"],
        status="derived",
        period="2025",
        reach=(35.5, 39.0),
        decimals=1,
    )
    text = plain(level_sentence(rate, Statement(context.territories["DEP-64"])))
    assert text.startswith("à la fin de 2025, entre 35,5 et 39,0 % des profils des assurés des")
    assert plain(notes.reach_clause(("35,5 %", "CPAM de Pau"), ("39,0 %", "CPAM de Bayonne"))) == (
        "entre 35,5 % (CPAM de Pau) et 39,0 % (CPAM de Bayonne)"
    )


def test_notes_say_once_what_is_not_known(context):
    assert notes.change_alone_note(["l’hôpital", "la médecine de ville", "les pharmacies"]) == (
        "Pour l’hôpital, la médecine de ville et les pharmacies, seule l’évolution est publiée."
    )
    assert plain(notes.absence_sentence("France", 1, "décembre 2024")) == (
        "France : valeur de décembre 2024 non publiée."
    )
    assert plain(notes.absence_sentence("Corse et France", 2, "avril 2024")) == (
        "Corse et France : valeurs d’avril 2024 non publiées."
    )
    assert notes.publication_count(3, 18, "région", "régions", "ce taux") == (
        "3 régions sur 18 ont publié ce taux"
    )
    assert notes.publication_count(1, 18, "région", "régions", "ce taux") == (
        "1 région sur 18 a publié ce taux"
    )
    indicator = context.settings.indicators["documents_deposited"]
    assumed = Value(1.0, indicator=indicator, period="2025", is_period_assumed=True)
    assert plain(assumption_note(assumed)) == (
        "Année 2025 supposée : le document ne la précise pas."
    )
    assert assumption_note(replace(assumed, is_period_assumed=False)) == ""


def test_headings_agree_with_what_they_name(context):
    indicators = context.settings.indicators
    assert headings.change_heading(indicators["documents_deposited"].heading, "2025", "2024") == (
        "Évolution des documents déposés, de 2024 à 2025"
    )
    assert headings.of_heading("Taux d’activation") == "du taux d’activation"
    assert headings.of_heading("Part des profils fermés") == "de la part des profils fermés"
    assert headings.of_heading("Objectif de profils") == "de l’objectif de profils"


def test_the_champ_names_the_insured_of_a_territory(context):
    rate = context.settings.indicators["activation_rate"]
    assert captions.champ_text(context, rate, ["REG-94"]) == (
        "profils Mon espace santé des assurés de Corse"
    )
    assert captions.champ_text(context, rate, ["CPAM-401"]) == (
        "profils Mon espace santé des assurés de la CPAM de Mont-de-Marsan"
    )
    documents = context.settings.indicators["documents_deposited"]
    assert captions.champ_text(context, documents, ["REG-94"]).endswith("établissements, Corse")


def test_a_publisher_takes_its_article_after_d_apres(context):
    assert publisher_with_article("Ordre des masseurs-kinésithérapeutes") == (
        "l’Ordre des masseurs-kinésithérapeutes"
    )
    said_of = {publisher_with_article(s.publisher) for s in context.dataset.sources.values()}
    assert {"l’Agence du numérique en santé", "la Direction de la sécurité sociale"} <= said_of
    assert {"Le Moniteur des pharmacies", "Klesia Prosocial"} <= said_of
    source = context.dataset.sources["ordre-mk-2025"]
    assert captions.according_to(source).startswith(
        "d’après l’Ordre des masseurs-kinésithérapeutes"
    )
