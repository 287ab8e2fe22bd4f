"""Figures that contradict each other are found, figures that a rounding reconciles are not."""

from __future__ import annotations

import random
from collections.abc import Callable

import pandas as pd
import pytest

from atlas.checks.ranges import conflict, range_of_value
from atlas.checks.records import Finding
from atlas.checks.registry import check
from atlas.observations.checks import COLUMNS
from atlas.observations.reading import NOTHING_SAID, empty
from atlas.periods import reference_period
from atlas.project import Project
from atlas.settings import Settings

DOCUMENTS, RATE, PROFILES = "documents_deposited", "activation_rate", "activated_profiles"
CORRIDORS = ("hopital", "biologie", "medecine_ville", "officine", "radiologie", "esms")
Run = Callable[..., list[Finding]]
Row = dict[str, object]


def row(indicator: str, value: float | None, **other: object) -> Row:
    plain: Row = (
        dict.fromkeys(COLUMNS, "")
        | NOTHING_SAID
        | {
            "territory": "FR",
            "period": "2025",
            "source": "a",
            "change": float("nan"),
            "derived": "",
            "uncertain": False,
            "indicator": indicator,
            "value": float("nan") if value is None else float(value),
        }
    )
    return plain | other


def corridors(
    indicator: str, values: list[float], changes: list[float] | None = None, **other: object
) -> list[Row]:
    growths = changes or [float("nan")] * len(values)
    since = {"compared_to": "2024"} if changes else {}
    return [
        row(indicator, value, corridor=name, change=change, **since, **other)
        for name, value, change in zip(CORRIDORS, values, growths, strict=False)
    ]


@pytest.fixture(scope="module")
def settings(project: Project) -> Settings:
    assert project.settings
    return project.settings


@pytest.fixture(scope="module")
def run(settings: Settings, project: Project) -> Run:
    places = project.territories
    assert places

    def found(*rows: Row) -> list[Finding]:
        frame = pd.DataFrame(rows)
        frame["reference_period"] = [
            reference_period(p, settings.indicators[i].accumulation)
            for p, i in zip(frame["period"], frame["indicator"], strict=True)
        ]
        return check(frame, settings, places)

    return found


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
    "periodes-durees": [row(DOCUMENTS, 31, change=2.0, compared_to="2024-12")],
    "periodes-delai": [row(PROFILES, 31, change=2.0, period="2025-09", compared_to="2025-02")],
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
    "two days of one month": (
        row(PROFILES, 24e6, period="2025-12-02"),
        row(PROFILES, 26e6, period="2025-12-30"),
        "à vérifier",
    ),
    "definitions of two sources": (
        row("connected_share", 20),
        row("connected_share", 25, source="b"),
        "à vérifier",
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
    plain = found.arithmetic.replace("\u202f", " ").replace("\u00a0", " ")
    assert plain.endswith("30 011 = 660 033 ; publié 660 040")
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
    (99, "over", RATE, 99, 100),
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


# --- what is shipped -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped(project: Project, settings: Settings) -> dict[str, Finding]:
    book, places = project.dataset(), project.territories
    assert book and places
    return {finding.key: finding for finding in check(book.observations, settings, places)}


def test_each_finding_on_shipped_data_has_a_verdict(shipped, project: Project) -> None:
    assert sorted(shipped.keys() - project.reviews.keys()) == []


def test_each_verdict_still_has_its_finding(shipped, project: Project) -> None:
    assert sorted(project.reviews.keys() - shipped.keys()) == []


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
