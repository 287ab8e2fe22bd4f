"""The growth of a small count comes from a whole number."""

from __future__ import annotations

import pytest
from observation_rows import RATE, Row, Run, plain, row

FEEDING = "structures_feeding"


def grown(value: float, change: float, **other: object) -> Row:
    return row(FEEDING, value, corridor="biologie", change=change, compared_to="2024", **other)


@pytest.mark.parametrize(
    ("value", "change", "severity"),
    [(17, -5, "à vérifier"), (17, -3, "erreur"), (2, 30, "erreur"), (101, 0.4, "erreur")],
)
def test_a_growth_without_a_whole_base_is_found(run: Run, value, change, severity) -> None:
    (found,) = run(grown(value, change))
    assert (found.check, found.severity) == ("base-entiere", severity)


@pytest.mark.parametrize(
    "silent",
    [
        grown(17, -6),
        grown(17, 0),
        grown(539, 305),
        grown(901, -1),
        grown(0, -100),
        grown(17, -5, qualifier="about"),
        grown(20, 3),
        grown(1_000_003, 33.3),
        row(RATE, 17, change=-5.0, compared_to="2024"),
        row(FEEDING, None, corridor="esms", change=34.0, compared_to="2024"),
    ],
)
def test_a_growth_that_a_whole_number_gives_is_no_finding(run: Run, silent: Row) -> None:
    assert run(silent) == []


def test_the_finding_says_what_the_nearest_whole_number_would_give(run: Run) -> None:
    (found,) = run(grown(17, -5))
    assert plain(found.arithmetic) == "De 18 à 17, −5,6 % ; publié −5 %"
