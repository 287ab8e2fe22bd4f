"""A rate of a whole is the mean of the rates of its parts."""

from __future__ import annotations

import pytest
from observation_rows import Row, Run, plain, row

APP, WEB = row("return_rate_app", 50), row("return_rate_web", 12)
COUNTS = [
    row("visitors_app", 2_250_000),
    row("visitors_web_desktop", 6_650_000),
    row("visitors_web_mobile", 6_700_000),
]
BROKEN: dict[str, list[Row]] = {
    "the weighted mean": [row("return_rate", 40, qualifier="over"), APP, WEB, *COUNTS],
    "a month of the year of the parts": [
        row("return_rate", 40, period="2025-11", source="b"),
        APP,
        WEB,
        *COUNTS,
    ],
    "outside the parts, without counts": [row("return_rate", 60), APP, WEB],
}
SILENT: dict[str, list[Row]] = {
    "near the weighted mean": [row("return_rate", 17.6), APP, WEB, *COUNTS],
    "between the parts, without counts": [row("return_rate", 40), APP, WEB],
    "counts of one part only": [row("return_rate", 40), APP, WEB, COUNTS[0]],
    "one part alone": [row("return_rate", 60), APP, COUNTS[0]],
    "parts of another year": [row("return_rate", 40, period="2024"), APP, WEB, *COUNTS],
    "parts of two documents": [
        row("return_rate", 60),
        APP,
        row("return_rate_web", 12, source="b"),
    ],
    "another territory": [row("return_rate", 60, territory="REG-94"), APP, WEB, *COUNTS],
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_rate_that_is_not_the_mean_of_its_parts_is_found_once(run: Run, name: str) -> None:
    (found,) = run(*BROKEN[name])
    assert (found.check, found.severity) == ("taux-moyen", "à vérifier")


@pytest.mark.parametrize("name", SILENT)
def test_a_rate_that_its_parts_may_give_is_no_finding(run: Run, name: str) -> None:
    assert run(*SILENT[name]) == []


def test_the_finding_weights_each_part_by_its_counts(run: Run) -> None:
    (found,) = run(*BROKEN["the weighted mean"])
    assert "(50 % × 2,25 millions + 12 % × 13,35 millions)" in plain(found.arithmetic)
    assert "= 17,5 %" in plain(found.arithmetic) and len(found.citations) == 6
