"""Figures that contradict each other are found, figures that a rounding reconciles are not."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from observation_rows import CORRIDORS, DOCUMENTS, PROFILES, RATE, Row, Run, corridors, plain, row

from atlas.checks.ranges import conflict, range_of_value
from atlas.checks.registry import check
from atlas.observations.reading import empty
from atlas.project import Project
from atlas.settings import Settings

PARTS = [100_001, 200_002, 300_003, 10_007, 20_009, 30_011]
TOTAL = sum(PARTS)
SHARES = [17, 37, 35, 3, 6, 2]
CORSE = {"period": "2026-03"}
# What is contradicted and what is reconciled, by the name of the check.
BROKEN: dict[str, list[Row]] = {
    "total": [row(DOCUMENTS, TOTAL + 7), *corridors(DOCUMENTS, PARTS)],
    "total-partial": [row(DOCUMENTS, 200_000), *corridors(DOCUMENTS, PARTS[:3])],
    "total-territoires": [
        row(PROFILES, 1_000, territory="REG-94"),
        row(PROFILES, 601, territory="DEP-2A"),
        row(PROFILES, 503, territory="DEP-2B"),
    ],
    "total-indicateurs": [
        row("profiles_created", 101),
        row("profiles_open", 51),
        row(PROFILES, 52),
    ],
    "croissance-du-total": [
        row(DOCUMENTS, TOTAL, change=90.0, compared_to="2024"),
        *corridors(DOCUMENTS, PARTS, [50.0] * 6),
    ],
    "croissance-du-total-sans-niveaux": [
        row(DOCUMENTS, None, change=90.0, compared_to="2024"),
        *corridors(DOCUMENTS, [float("nan")] * 6, [40.0, 50, 60, 45, 55, 41]),
    ],
    "croissance": [
        row(DOCUMENTS, 1_501, change=40.0, compared_to="2024"),
        row(DOCUMENTS, 1_003, period="2024"),
    ],
    "croissance-sans-niveau-dans-sa-ligne": [
        row(DOCUMENTS, None, change=40.0, compared_to="2024"),
        row(DOCUMENTS, 1_501, source="b"),
        row(DOCUMENTS, 1_003, period="2024", source="b"),
    ],
    "croissance-points": [
        row(RATE, 33.6, change=5.0, compared_to="2024"),
        row(RATE, 27.6, period="2024"),
    ],
    "parts": corridors("documents_share", [17, 37, 35, 3, 6, 9]),
    "parts-indicateurs": [
        row("profiles_open_share", 73.7),
        row(RATE, 24.7),
        row("profiles_closed_share", 3.6),
    ],
    "taux-hors-des-parties": [
        row(RATE, 34.2, territory="REG-94", **CORSE),
        row(RATE, 33.1, territory="DEP-2B", **CORSE),
        row(RATE, 33.4, territory="DEP-2A", **CORSE),
    ],
    "taux-pondere": [
        row(RATE, 30.2, territory="REG-94", **CORSE),
        row(RATE, 40.1, territory="DEP-2B", **CORSE),
        row(RATE, 30.1, territory="DEP-2A", **CORSE),
    ],
    "taux-effectifs": [row(RATE, 26.1), row(PROFILES, 251_111), row("profiles_created", 1_000_001)],
    "taux-effectifs-couloir": [
        row("documents_share", 20, corridor="hopital"),
        row(DOCUMENTS, 311, corridor="hopital"),
        row(DOCUMENTS, 1_001),
    ],
    "mois-annee": [
        row(DOCUMENTS, 12_001),
        *(row("documents_deposited_monthly", 999, period=f"2025-{n:02d}") for n in range(1, 13)),
    ],
    "cumul": [row(PROFILES, 15_001), row(PROFILES, 14_001, period="2026-02")],
    "valeurs-differentes": [row(PROFILES, 24e6), row(PROFILES, 26e6, source="b")],
    "evolutions-differentes": [
        row(DOCUMENTS, None, change=40.0, compared_to="2024"),
        row(DOCUMENTS, None, change=79.0, compared_to="2024", page="p. 2"),
    ],
    "periodes": [row(RATE, 30.1, change=2.0)],
    "periodes-durees": [row(DOCUMENTS, 51, change=2.0, compared_to="2024-12")],
    "periodes-delai": [row(PROFILES, 51, change=2.0, period="2025-09", compared_to="2025-02")],
    "qualificatifs": [
        row(PROFILES, 24e6, qualifier="over"),
        row(PROFILES, 24e6, qualifier="nearly", source="b"),
    ],
}
# The same, where a rounding, a qualifier or a missing part explains the difference.
RECONCILED: dict[str, list[Row]] = {
    "a rounded total": [row(DOCUMENTS, 660_000), *corridors(DOCUMENTS, PARTS)],
    "an exact total": [row(DOCUMENTS, TOTAL), *corridors(DOCUMENTS, PARTS)],
    "a part alone": [row(DOCUMENTS, TOTAL), *corridors(DOCUMENTS, PARTS[:2])],
    "« plus de » the sum": [
        row(DOCUMENTS, 650_000, qualifier="over"),
        *corridors(DOCUMENTS, PARTS),
    ],
    "rounded growths": [
        row(DOCUMENTS, TOTAL, change=51.0, compared_to="2024"),
        *corridors(DOCUMENTS, PARTS, [51.0] * 6),
    ],
    "a growth from « plus de »": [
        row(DOCUMENTS, 420e6, qualifier="over", change=40.0, compared_to="2024"),
        row(DOCUMENTS, 300e6, period="2024"),
    ],
    "a gain in points": [
        row(RATE, 33.6, change=6.0, compared_to="2024"),
        row(RATE, 27.7, period="2024"),
    ],
    "shares rounded to 101": corridors("documents_share", [17, 37, 35, 3, 6, 3]),
    "shares of some corridors": corridors("documents_share", SHARES[:3]),
    "a rate between its parts": [
        row(RATE, 33.2, territory="REG-94", **CORSE),
        row(RATE, 33.0, territory="DEP-2B", **CORSE),
        row(RATE, 33.4, territory="DEP-2A", **CORSE),
    ],
    "a rate of some parts": [
        row(RATE, 39.2, territory="REG-94", **CORSE),
        row(RATE, 33.0, territory="DEP-2B", **CORSE),
    ],
    "a rate of rounded counts": [
        row(RATE, 24.7),
        row(PROFILES, 17_242_370),
        row("profiles_created", 70e6, qualifier="about"),
    ],
    "twelve times the month": [row(DOCUMENTS, 6.1e6), row("documents_deposited_monthly", 510_000)],
    "the same cumulative, rounded": [
        row(PROFILES, 10_567_231),
        row(PROFILES, 10.5e6, period="2026-01", qualifier="about"),
    ],
    "two roundings": [row(RATE, 33.6), row(RATE, 34.0, source="b")],
    "« plus de 9 000 » of 9 210": [
        row("people_sensitized", 9_210),
        row("people_sensitized", 9_000, qualifier="over", page="p. 3"),
    ],
    "two days of one month": [
        row(PROFILES, 24e6, period="2025-12-02"),
        row(PROFILES, 26e6, period="2025-12-30"),
    ],
    "definitions of two sources": [
        row("connected_share", 20),
        row("connected_share", 25, source="b"),
    ],
    "what two nouns count": [
        row(PROFILES, 24e6, noun="comptes"),
        row(PROFILES, 26e6, source="b", noun="usagers"),
    ],
    "two lengths of time": [
        row("new_activations", 220_001, window="2"),
        row("new_activations", 6_100_001, source="b", window="12"),
    ],
    "« une cinquantaine » of 46": [
        row("catalogue_services", 46),
        row("catalogue_services", 50, qualifier="about", page="p. 2"),
    ],
    "the same number, said with more care": [
        row(PROFILES, 15e6),
        row(PROFILES, 15e6, qualifier="over", source="b"),
    ],
    "twelve times a month of the end of the year": [
        row(DOCUMENTS, 5.8e6, qualifier="nearly"),
        row("documents_deposited_monthly", 500_000, qualifier="over"),
    ],
    "a year to a year": [row(RATE, 30.1, change=2.0, compared_to="2024")],
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_contradiction_is_found_by_its_check(run: Run, name: str) -> None:
    checks = {finding.check for finding in run(*BROKEN[name])}
    assert len(checks) == 1 and name.startswith(checks.pop())


@pytest.mark.parametrize("name", RECONCILED)
def test_what_a_rounding_or_a_qualifier_reconciles_is_no_finding(run: Run, name: str) -> None:
    assert run(*RECONCILED[name]) == []


@pytest.mark.parametrize("name", BROKEN)
def test_one_row_alone_contradicts_no_other(run: Run, name: str) -> None:
    for alone in BROKEN[name]:
        assert {finding.check for finding in run(alone)} <= {"periodes"}


def test_nothing_but_zeros_is_compared_without_dividing_by_them(run: Run) -> None:
    rows = [
        row(DOCUMENTS, 0, change=0.0, compared_to="2024"),
        row(DOCUMENTS, 0, period="2024"),
        *corridors(DOCUMENTS, [0.0] * 6, [0.0] * 6),
        row(RATE, 0),
        row(PROFILES, 0),
        row("profiles_created", 0),
        *corridors("documents_share", [0.0] * 3),
        *corridors(DOCUMENTS, [0.0] * 6, [-100.0] * 6, territory="REG-94"),
    ]
    assert [finding for finding in run(*rows) if finding.severity == "erreur"] == []


def test_an_empty_frame_has_no_finding(settings: Settings, project: Project) -> None:
    assert project.territories
    assert check(empty(), settings, project.territories) == []


def test_a_check_changes_nothing_of_the_frame(settings: Settings, project: Project) -> None:
    book, places = project.dataset(), project.territories
    assert book and places
    before = book.observations.copy(deep=True)
    check(book.observations, settings, places)
    pd.testing.assert_frame_equal(book.observations, before)


SEVERITIES = {
    "one source, two numbers": (row(PROFILES, 24e6), row(PROFILES, 26e6, page="p. 2"), "erreur"),
    "« environ » explains it": (
        row(PROFILES, 24e6),
        row(PROFILES, 25e6, qualifier="about"),
        "à vérifier",
    ),
    "a day of the month": (
        row(PROFILES, 24e6, period="2025-12"),
        row(PROFILES, 26e6, period="2025-12-30"),
        "à vérifier",
    ),
    "two days, the later with less of what only grows": (
        row(PROFILES, 26e6, period="2025-12-02"),
        row(PROFILES, 24e6, period="2025-12-30"),
        "à vérifier",
    ),
    "a number cut instead of rounded": (
        row(PROFILES, 65e6),
        row(PROFILES, 65.7e6, source="b"),
        "à vérifier",
    ),
    "« plus d’un tiers » of 33,2 %": (
        row(RATE, 33.2),
        row(RATE, 33.3, qualifier="over", page="p. 2"),
        "à vérifier",
    ),
    "more than a rounding": (
        row(PROFILES, 65.4e6),
        row(PROFILES, 65.7e6, source="b"),
        "erreur",
    ),
    "an uncertain figure": (
        row(PROFILES, 24e6),
        row(PROFILES, 26e6, uncertain=True, source="b"),
        "à vérifier",
    ),
}


@pytest.mark.parametrize("name", SEVERITIES)
def test_the_severity_says_what_may_explain_the_difference(run: Run, name: str) -> None:
    one, two, severity = SEVERITIES[name]
    assert [finding.severity for finding in run(one, two)] == [severity]


def test_a_finding_quotes_its_figures_and_does_the_arithmetic(run: Run) -> None:
    (found,) = run(*BROKEN["total"])
    assert plain(found.arithmetic).endswith("30 011 = 660 033 ; publié 660 040")
    assert len(found.citations) == 7 and found.citations[0].source == "a"
    assert found.key == "total/FR/documents_deposited/2025/a/couloirs"


def test_a_key_does_not_depend_on_the_order_of_the_rows_of_other_figures(run: Run) -> None:
    rows = BROKEN["total"] + BROKEN["cumul"]
    moved = BROKEN["cumul"] + BROKEN["total"]
    assert {f.key for f in run(*rows)} == {f.key for f in run(*moved)}


READINGS = [
    (33.6, "", RATE, 33.55, 33.65),
    (40, "", RATE, 39.5, 40.5),
    (15e6, "", PROFILES, 14.5e6, 15.5e6),
    (9_217, "", PROFILES, 9_217, 9_217),
    (97, "nearly", "profiles_created_share", 92.15, 97),
    (25e6, "about", PROFILES, 24.5e6, 25.5e6),
    (99, "over", RATE, 99, 99.5),
    (97, "over", "profiles_created_share", 97, 97.5),
    (25, "over", "connected_share", 25, 27.5),
    (50, "about", "catalogue_services", 45, 55),
]


@pytest.mark.parametrize(("value", "qualifier", "key", "low", "high"), READINGS)
def test_a_printed_number_stands_for_an_interval(
    settings: Settings, value, qualifier, key, low, high
) -> None:
    usual = range_of_value(value, qualifier, settings.indicators[key], settings.checks).usual
    assert (usual.low, usual.high) == pytest.approx((low, high))


@pytest.mark.parametrize("seed", range(40))
def test_consistent_figures_are_no_error_however_they_are_rounded(run: Run, seed: int) -> None:
    """Levels, total, growths, shares and rate of one truth, each rounded on its own."""
    draw = random.Random(seed)
    before = [draw.randint(10**3, 10**7) for _ in CORRIDORS]
    now = [round(b * draw.uniform(0.7, 4)) for b in before]
    digits = -draw.randint(0, 2)
    growths = [round((n / b - 1) * 100.0) for n, b in zip(now, before, strict=True)]
    growth = round((sum(now) / sum(before) - 1) * 100.0, 1)
    found = run(
        row(DOCUMENTS, round(sum(now), digits), change=growth, compared_to="2024"),
        row(DOCUMENTS, round(sum(before), digits), period="2024"),
        *corridors(DOCUMENTS, [round(n, digits) for n in now], growths),
        *corridors("documents_share", [round(100.0 * n / sum(now), 1) for n in now]),
        row("documents_deposited_monthly", sum(now) / 12),
    )
    assert [finding for finding in found if finding.severity == "erreur"] == []


def test_two_roundings_that_only_touch_are_to_be_looked_at(settings: Settings) -> None:
    indicator = settings.indicators[PROFILES]
    one = range_of_value(24e6, "", indicator, settings.checks)
    assert conflict(one, range_of_value(25e6, "about", indicator, settings.checks)) == "à vérifier"
    assert conflict(one, range_of_value(24.4e6, "", indicator, settings.checks)) is None
