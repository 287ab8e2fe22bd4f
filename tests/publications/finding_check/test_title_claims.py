"""Titles true and false, by each rule, on the figures that are shipped."""

from __future__ import annotations

import re

import pytest
from made_once import cached_figure
from shipped import SHIPPED

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.publications.finding_check import finding_check, makes_claims

MAP = "nouvelle-aquitaine-2026/4-map"
BARS = "nouvelle-aquitaine-2026/5-comparison"
CORRIDORS = "provence-alpes-cote-d-azur-2025/3-corridors"
SLOPE = "provence-alpes-cote-d-azur-2025/4-comparison"
DOTS = "la-reunion-2026/5-comparison"
MULTIPLES = "corse-2026/7-comparison"
CORSE = "corse-2026/4-map"
TRAJECTORIES = "trajectoires/activation_rate"
CURVE = "la-reunion-2026/6-comparison"

#: Figure, title, and how the title stands to the figure.
TITLES = [
    (MAP, "La Gironde et les Landes en tête de la région", "confirmed"),
    (MAP, "La Gironde et la Dordogne en tête de la région", "contradicted"),
    (MAP, "La Gironde en tête de la région", "contradicted"),
    (MAP, "Les Landes en tête de la région, à 41,7 %", "confirmed"),
    (MAP, "Les Landes en tête de la région, à 42,7 %", "contradicted"),
    (MAP, "La Creuse ferme la marche", "confirmed"),
    (MAP, "La Vienne en queue", "contradicted"),
    (MAP, "Les Landes devancent la Gironde de 1,7 point", "confirmed"),
    (MAP, "Les Landes devancent la Gironde de 2,7 points", "contradicted"),
    (MAP, "La Gironde devance les Landes", "contradicted"),
    (MAP, "La Gironde devance de 1,2 point la Charente-Maritime", "confirmed"),
    (MAP, "Huit départements sur douze au-dessus de la France", "confirmed"),
    (MAP, "Huit départements au-dessus de la moyenne nationale", "confirmed"),
    (MAP, "Neuf départements au-dessus de la moyenne nationale", "contradicted"),
    (MAP, "La plupart des départements devancent la France", "confirmed"),
    (MAP, "Tous les départements devancent la France", "contradicted"),
    (MAP, "Aucun département derrière la France", "contradicted"),
    (MAP, "Deux départements sur trois devancent la France", "confirmed"),
    (MAP, "Un département sur trois derrière la France", "confirmed"),
    (MAP, "Le Finistère en tête de la région", "contradicted"),
    (MAP, "Taux d’activation par département", "no_claim"),
    (MAP, "Taux d’activation en Nouvelle-Aquitaine", "no_claim"),
    (MAP, "La Nouvelle-Aquitaine devance la France", "unverified"),
    (MAP, "41,7 % dans les Landes, 40 % en Gironde", "confirmed"),
    (MAP, "40 % dans les Landes, 41,7 % en Gironde", "contradicted"),
    (MAP, "Plus de 40 % dans les Landes", "confirmed"),
    (MAP, "Près de 42 % dans les Landes", "confirmed"),
    (MAP, "Près de 45 % dans les Landes", "contradicted"),
    (MAP, "42 % dans les Landes", "confirmed"),
    (MAP, "41 % dans les Landes", "contradicted"),
    (MAP, "41,72 % dans les Landes", "contradicted"),
    (MAP, "Plus d’un profil sur trois activé en Dordogne", "contradicted"),
    (MAP, "Un profil sur trois activé en Dordogne", "confirmed"),
    (MAP, "Deux profils sur cinq activés en Gironde", "confirmed"),
    (MAP, "Les Pyrénées-Atlantiques devancent les Deux-Sèvres", "unverified"),
    (MAP, "Trois départements dépassent 38 %", "unverified"),
    (MAP, "Deux départements dépassent 39 %", "confirmed"),
    (MAP, "Les Landes gagnent 3 points", "confirmed"),
    (MAP, "Les Landes gagnent 3 points en un an", "unverified"),
    (MAP, "Les Landes gagnent 4 points", "contradicted"),
    (MAP, "Les Landes perdent 3 points", "contradicted"),
    (MAP, "La Charente-Maritime progresse le plus", "unverified"),
    (MAP, "La Gironde progresse le plus", "contradicted"),
    (MAP, "Les Landes, deuxième département de la région", "contradicted"),
    (MAP, "La Gironde, deuxième département de la région", "confirmed"),
    (MAP, "Les Landes à un niveau record", "unverified"),
    (MAP, "La Gironde et les Landes en tête de la région en 2023", "contradicted"),
    (BARS, "Neuf caisses de la région devancent la France", "confirmed"),
    (BARS, "Huit caisses de la région devancent la France", "contradicted"),
    (BARS, "Dix caisses sur treize devancent la France", "contradicted"),
    (BARS, "La CPAM de Mont-de-Marsan devance Bordeaux", "confirmed"),
    (BARS, "Bordeaux devance Mont-de-Marsan", "contradicted"),
    (BARS, "Mont-de-Marsan, première caisse de la région", "confirmed"),
    (BARS, "Pau, première caisse de la région", "contradicted"),
    (CORRIDORS, "La médecine de ville passe devant la biologie", "confirmed"),
    (CORRIDORS, "La biologie passe devant la médecine de ville", "contradicted"),
    (CORRIDORS, "La médecine de ville passe devant l’officine", "contradicted"),
    (CORRIDORS, "Les ESMS progressent le plus", "confirmed"),
    (CORRIDORS, "Les pharmacies progressent le plus", "contradicted"),
    (CORRIDORS, "Les laboratoires déposent 8,3 millions de documents", "confirmed"),
    (CORRIDORS, "Les laboratoires déposent 9,1 millions de documents", "contradicted"),
    (CORRIDORS, "La médecine de ville bondit de 150 %", "confirmed"),
    (CORRIDORS, "La médecine de ville bondit de 160 %", "contradicted"),
    (CORRIDORS, "La médecine de ville multiplie par 2,5 ses documents", "confirmed"),
    (CORRIDORS, "Les documents des ESMS triplent", "contradicted"),
    (CORRIDORS, "Les ESMS presque triplent", "contradicted"),
    (CORRIDORS, "La radiologie : +55 %", "confirmed"),
    (CORRIDORS, "La radiologie : +65 %", "contradicted"),
    (CORRIDORS, "La biologie en hausse de 61 % en un an", "confirmed"),
    (CORRIDORS, "Tous les secteurs progressent", "confirmed"),
    (CORRIDORS, "Tous les secteurs reculent", "contradicted"),
    (SLOPE, "Provence-Alpes-Côte d’Azur gagne 11,1 points en un an", "confirmed"),
    (SLOPE, "Provence-Alpes-Côte d’Azur gagne 12,1 points en un an", "contradicted"),
    (SLOPE, "Provence-Alpes-Côte d’Azur gagne 11,1 points en deux ans", "contradicted"),
    (SLOPE, "PACA gagne 11 points de 2023 à 2024", "confirmed"),
    (SLOPE, "Provence-Alpes-Côte d’Azur double son taux", "confirmed"),
    (SLOPE, "Le Grand Est devance Provence-Alpes-Côte d’Azur", "confirmed"),
    (SLOPE, "Provence-Alpes-Côte d’Azur devance le Grand Est", "contradicted"),
    (DOTS, "La Réunion gagne 7,8 points en un an", "confirmed"),
    (DOTS, "La Réunion gagne 8,8 points en un an", "contradicted"),
    (DOTS, "La France devance La Réunion", "confirmed"),
    (DOTS, "La Réunion devance la France", "contradicted"),
    (DOTS, "La Réunion, 6,1 points de moins que la France", "confirmed"),
    (DOTS, "La Réunion, 6,1 points de plus que la France", "contradicted"),
    (DOTS, "La Réunion sous la moyenne nationale", "confirmed"),
    (
        MULTIPLES,
        "En Corse comme en Provence-Alpes-Côte d’Azur, les ESMS progressent le plus",
        "confirmed",
    ),
    (
        MULTIPLES,
        "En Corse comme en Provence-Alpes-Côte d’Azur, les laboratoires progressent le plus",
        "contradicted",
    ),
    (MULTIPLES, "En Corse, la biologie triple ses documents", "confirmed"),
    (CORSE, "La Haute-Corse et la Corse-du-Sud à un tiers d’activations", "confirmed"),
    (CORSE, "La Haute-Corse et la Corse-du-Sud à la moitié d’activations", "contradicted"),
    (CORSE, "La Corse-du-Sud devance la Haute-Corse", "unverified"),
    (CURVE, "En France, l’objectif est de 40 millions de profils activés en 2027", "confirmed"),
    (CURVE, "En France, l’objectif est de 50 millions de profils activés en 2027", "contradicted"),
    (CURVE, "24 millions de profils activés en janvier 2026", "confirmed"),
    (CURVE, "34 millions de profils activés en janvier 2026", "contradicted"),
    (CURVE, "Les profils activés progressent de 7,2 à 24 millions", "unverified"),
    (TRAJECTORIES, "La France gagne 8,9 points depuis février 2025", "confirmed"),
    (TRAJECTORIES, "La France gagne 8,9 points depuis janvier 2023", "contradicted"),
    (MULTIPLES, "En Corse, la médecine de ville progresse de 13 %", "confirmed"),
    (MULTIPLES, "En Corse, la médecine de ville progresse de 150 %", "contradicted"),
    (MAP, "Les Landes et la Gironde à 40 %", "contradicted"),
]


def shipped(context: FigureContext, name: str) -> Figure:
    figure = cached_figure(context, SHIPPED[name](context))
    assert figure is not None
    return figure


@pytest.mark.parametrize("name, title, outcome", TITLES, ids=[title for _, title, _ in TITLES])
def test_a_title_stands_to_its_figure_as_its_values_say(context, name, title, outcome) -> None:
    made = finding_check(context, title, shipped(context, name))
    assert made.outcome == outcome, made.reason
    assert bool(made.reason) == (outcome != "no_claim")
    assert not made.reason or re.fullmatch(r"[A-ZÀÉ«Î].*\.", made.reason)


@pytest.mark.parametrize("name", SHIPPED)
def test_no_shipped_title_is_contradicted_by_its_figure(context, name) -> None:
    figure = shipped(context, name)
    made = finding_check(context, figure.title, figure)
    assert made.outcome in ("confirmed", "no_claim"), made.reason


def test_what_contradicts_a_title_is_said_with_the_values(context) -> None:
    made = finding_check(context, "La Gironde devance les Landes", shipped(context, MAP))
    said = made.reason.replace("\u00a0", " ")
    assert "la Gironde (40 %)" in said and "les Landes (41,7 %)" in said


def test_a_name_that_the_figure_does_not_show_is_allowed_where_one_says_so(context) -> None:
    title, figure = "Taux d’activation en Bretagne", shipped(context, MAP)
    assert finding_check(context, title, figure).outcome == "contradicted"
    assert finding_check(context, title, figure, allowed=["REG-53"]).outcome == "no_claim"


def test_the_region_is_that_of_the_publication(context) -> None:
    title, figure = "Neuf caisses de la région devancent la France", shipped(context, BARS)
    assert finding_check(context, title, figure, territory="REG-75").outcome == "confirmed"
    assert finding_check(context, title, figure, territory="REG-53").outcome == "contradicted"


def test_of_an_empty_figure_no_claim_is_ever_confirmed(context) -> None:
    title = "Le Finistère en tête de la région"
    made = finding_check(context, title, None, allowed=["DEP-29"], territory="REG-53")
    assert made.outcome == "unverified" and "vide" in made.reason
    assert finding_check(context, title, None, territory="REG-53").outcome == "contradicted"
    assert finding_check(context, "Taux d’activation", None).outcome == "no_claim"


def test_a_question_claims_nothing(context) -> None:
    made = finding_check(context, "La Creuse en tête de la région ?", shipped(context, MAP))
    assert made.outcome == "no_claim"


def test_values_of_two_dates_are_not_put_in_order(context) -> None:
    title = "Provence-Alpes-Côte d’Azur devance La Réunion"
    made = finding_check(context, title, shipped(context, TRAJECTORIES))
    assert made.outcome == "unverified" and "dates" in made.reason


def test_a_title_that_only_names_makes_no_claim(context) -> None:
    assert not makes_claims(context, "La dynamique en Corse")
    assert makes_claims(context, "Plus d’un profil sur trois") and makes_claims(
        context, "Un record"
    )
