"""Titles that are proposed: true, short, as a press office writes them."""

from __future__ import annotations

import pytest
from made_once import cached_figure
from shipped import INVENTED, SHIPPED, VISITED

from atlas.figures.common.context import FigureContext
from atlas.figures.common.findings import fits_a_title
from atlas.publications.finding_check import finding_check
from atlas.publications.proposed_titles import proposed_title, proposed_titles

#: What a figure says first.
FIRST = {
    "nouvelle-aquitaine-2026/4-map": "Les Landes et la Gironde en tête de la région",
    "nouvelle-aquitaine-2026/5-comparison": "Neuf caisses sur treize devancent la France",
    "provence-alpes-cote-d-azur-2025/3-corridors": (
        "La médecine de ville passe devant la biologie médicale"
    ),
    "provence-alpes-cote-d-azur-2025/4-comparison": (
        "La Provence-Alpes-Côte d’Azur gagne 11,1 points en un an"
    ),
    "la-reunion-2026/5-comparison": "La Réunion gagne 7,8 points en un an",
    "corse-2026/5-corridors": "Les ESMS progressent le plus (+264 %)",
    "corse-2026/7-comparison": (
        "En Corse comme en Provence-Alpes-Côte d’Azur, les ESMS progressent le plus"
    ),
    # 33,4 % and 33 %, which their rounding does not tell apart
    "corse-2026/4-map": "",
}


@pytest.mark.parametrize("name, title", FIRST.items(), ids=FIRST)
def test_the_most_telling_finding_comes_first(context: FigureContext, name, title) -> None:
    request = SHIPPED[name](context)
    found = proposed_title(context, request, cached_figure(context, request))
    assert found.replace("\u00a0", " ") == title


def test_two_territories_are_said_with_their_gap(fictitious: FigureContext) -> None:
    request = VISITED["aquitaine"].with_fields(territory="REG-94", highlighted="")
    found = proposed_title(fictitious, request, cached_figure(fictitious, request))
    assert found.endswith("point") or found.endswith("points")
    assert " devance " in found and "Haute-Corse" in found and "Corse-du-Sud" in found


@pytest.mark.parametrize("name", [*SHIPPED, *VISITED])
def test_what_is_proposed_is_true_short_and_without_full_stop(context, name) -> None:
    request = {**VISITED}.get(name) or SHIPPED[name](context)
    figure = cached_figure(context, request)
    for title in proposed_titles(context, request, figure):
        assert finding_check(context, title, figure).outcome == "confirmed"
        assert fits_a_title(title) and not title.endswith(".")


@pytest.mark.parametrize("name", ["fictif-france", "fictif-classement", "fictif-couloirs-niveau"])
def test_a_figure_in_which_all_is_known_always_says_something(fictitious, name) -> None:
    request = INVENTED[name]
    assert proposed_title(fictitious, request, cached_figure(fictitious, request))


def test_an_empty_figure_says_nothing(context: FigureContext) -> None:
    assert proposed_title(context, VISITED["france"], None) == ""


def test_territories_that_somebody_chose_have_no_leader(context: FigureContext) -> None:
    """Three régions of eighteen: the first of them leads nothing."""
    request = SHIPPED["taux-activation-fin-2025/activation_rate"](context)
    found = proposed_titles(context, request, cached_figure(context, request))
    assert found and not any("en tête" in title or "sur trois" in title for title in found)
