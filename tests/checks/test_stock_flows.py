"""What a stock gains in a month is near the monthly flows published around."""

from __future__ import annotations

import pytest
from observation_rows import PROFILES, Row, Run, plain, row

MONTHLY = [row("monthly_activations", 526_000, period=f"2025-0{month}") for month in (1, 2)]
MEAN = row("monthly_activations", 526_000, period="2024")
LATER = row(PROFILES, 17_242_370, period="2025-02")
BROKEN: dict[str, list[Row]] = {
    "too much in the time": [row(PROFILES, 15e6, period="2024"), LATER, *MONTHLY],
    "too little in the time": [row(PROFILES, 17_100_001, period="2024"), LATER, *MONTHLY],
    "a year that its mean month does not make": [
        row(PROFILES, 15_000_001, period="2023"),
        row(PROFILES, 17_100_001, period="2024"),
        MEAN,
    ],
    "in another territory": [
        row(PROFILES, 100_001, territory="REG-94", period="2025-01-01"),
        row(PROFILES, 130_001, territory="REG-94", period="2025-04-01"),
        row("monthly_activations", 3_001, territory="REG-94", period="2025-02"),
        row("monthly_activations", 4_001, territory="REG-94", period="2025-03"),
    ],
}
SILENT: dict[str, list[Row]] = {
    "as much as the flow": [row(PROFILES, 16_400_001, period="2024"), LATER, *MONTHLY],
    "a year of its mean month": [
        row(PROFILES, 11_000_001, period="2023"),
        row(PROFILES, 17_100_001, period="2024"),
        MEAN,
    ],
    "two months of a year whose mean alone is known": [
        row(PROFILES, 15e6, period="2024"),
        LATER,
        MEAN,
    ],
    "one of two flows": [
        row(PROFILES, 15_800_001, period="2024"),
        LATER,
        *MONTHLY,
        row("monthly_activations", 800_000, period="2024-12"),
    ],
    "a month whose day is not known": [
        row(PROFILES, 15_200_001, period="2024-11"),
        LATER,
        *MONTHLY,
    ],
    "a date that is unclear": [
        row(PROFILES, 15e6, period="2024", uncertain=True),
        LATER,
        *MONTHLY,
    ],
    "days of one month": [
        row(PROFILES, 15_000_001, period="2025-02-01"),
        row(PROFILES, 17_000_001, period="2025-02-20"),
        *MONTHLY,
    ],
    "more than half a year": [row(PROFILES, 4_000_001, period="2024-07"), LATER, *MONTHLY],
    "flows of another year": [
        row(PROFILES, 15e6, period="2024"),
        LATER,
        row("monthly_activations", 200_000, period="2024-05"),
        row("monthly_activations", 200_000, period="2024-06"),
    ],
    "one month alone": [row(PROFILES, 15e6, period="2024"), LATER, MONTHLY[0]],
    "no flow": [row(PROFILES, 15e6, period="2024"), LATER],
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_gain_that_no_flow_explains_is_found_once(run: Run, name: str) -> None:
    (found,) = run(*BROKEN[name])
    assert (found.check, found.severity) == ("flux-et-stock", "à vérifier")


@pytest.mark.parametrize("name", SILENT)
def test_a_gain_that_a_flow_or_a_date_explains_is_no_finding(run: Run, name: str) -> None:
    assert run(*SILENT[name]) == []


def test_the_finding_gives_both_levels_and_the_flow(run: Run) -> None:
    (found,) = run(*BROKEN["too much in the time"])
    assert "17 242 370 (février 2025) − 15 millions (fin 2024)" in plain(found.arithmetic)
    assert "526 000 par mois" in plain(found.arithmetic) and len(found.citations) == 4


def test_one_level_of_a_wrong_date_is_one_finding_however_many_it_disagrees_with(run: Run) -> None:
    rows = [*BROKEN["too much in the time"], row(PROFILES, 19e6, period="2025-04-02")]
    assert [found.check for found in run(*rows)] == ["flux-et-stock"]
