"""What is found on the shipped data: each contradiction once, each with a verdict."""

from __future__ import annotations

import pytest
from observation_rows import DOCUMENTS, PROFILES, plain

from atlas.project import Project
from atlas.settings import CHOICE_PREFIX

# What a press officer must be told of the five regional documents: the check, what is quoted.
TO_BE_TOLD = {
    "progressions that a year of the nation excludes": (
        "progression",
        ["Angoulême", "Limoges", "France, décembre 2025 : 33,6 %", "France, février 2025 : 24,7 %"],
    ),
    "« + 97 % » beside 73,7 and 24,7": ("somme-de-parts", ["plus de 97 %", "73,7 %", "24,7 %"]),
    "« plus d’un Français sur quatre » beside 24,7": (
        "partie-et-tout",
        ["plus d’1 Français sur 4", "24,7 %"],
    ),
    "visitors above the activated profiles": ("partie-et-tout", ["1,372 million", "22,1 %"]),
    "a return rate above its parts": ("taux-moyen", ["plus de 40 %", "50 %", "12 %"]),
    "a monthly flow below what the stock gains": (
        "flux-et-stock",
        ["19 millions", "17 242 370", "526 000"],
    ),
    "connections of a week below the persons of a month": (
        "partie-et-tout",
        ["2,5 millions", "plus de 500 000"],
    ),
    "two volumes in one document": ("durees-differentes", ["11,4 millions", "5,8 millions"]),
    "more profiles than inhabitants": ("denominateur", ["250 000", "27,5 %", "98 %"]),
    "a decrease that no whole number gives": ("base-entiere", ["17", "−5 %"]),
}


@pytest.mark.parametrize("name", TO_BE_TOLD)
def test_a_contradiction_of_the_documents_is_found_once_with_its_figures(
    shipped, project: Project, name: str
) -> None:
    check, texts = TO_BE_TOLD[name]
    found = [
        finding
        for finding in shipped.values()
        if finding.check == check
        and all(text in " | ".join(plain(q.text) for q in finding.citations) for text in texts)
    ]
    assert len(found) == 1 and found[0].key in project.reviews


def test_progressions_without_a_base_are_not_to_be_published_as_those_of_a_year(
    shipped, project: Project
) -> None:
    key = "progression/CPAM-161/activation_rate/2025/ars-nouvelle-aquitaine-2026"
    assert "ne publiez pas" in project.reviews[key].advice
    assert not [key for key in shipped if key.endswith("sans-base")]


def test_a_finding_is_not_one_whose_verdict_says_that_both_are_right(project: Project) -> None:
    both_right = {"dates différentes", "définitions différentes"}
    assert [key for key, review in project.reviews.items() if review.verdict in both_right] == []


def test_an_error_is_never_what_a_rounding_explains(shipped, project: Project) -> None:
    wrong = [key for key, finding in shipped.items() if finding.severity == "erreur"]
    assert wrong and all(project.reviews[key].verdict != "arrondi" for key in wrong)


def test_each_finding_on_shipped_data_has_a_verdict(shipped, project: Project) -> None:
    assert sorted(shipped.keys() - project.reviews.keys()) == []


def test_each_verdict_still_has_its_finding(shipped, project: Project) -> None:
    of_findings = {key for key in project.reviews if not key.startswith(CHOICE_PREFIX)}
    assert sorted(of_findings - shipped.keys()) == []


@pytest.mark.parametrize("indicator", [DOCUMENTS, "structures_feeding"])
def test_the_growths_of_the_totals_of_provence_do_not_follow_from_their_rows(
    shipped, indicator
) -> None:
    found = shipped[f"croissance-du-total/REG-93/{indicator}/2024/rendez-vous-paca-2025"]
    assert found.severity == "erreur" and len(found.citations) == 7
    assert {DOCUMENTS: "soit +85,0", "structures_feeding": "soit +45,6"}[
        indicator
    ] in found.arithmetic


@pytest.mark.parametrize(
    ("indicator", "texts"),
    [(DOCUMENTS, ("plus de 420", "plus de 240")), (PROFILES, ("24", "environ 25"))],
)
def test_the_documents_disagree_on_the_national_figures(shipped, indicator, texts) -> None:
    found = [
        finding
        for finding in shipped.values()
        if finding.check == "valeurs-differentes"
        and finding.indicator == indicator
        and finding.period in ("2025", "2026-01")
    ]
    assert len(found) == 1 and all(text in found[0].sentence for text in texts)
    assert len({quote.source for quote in found[0].citations}) > 1
