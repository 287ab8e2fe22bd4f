"""A change is near the changes around it: its own levels, the nation's, its neighbours'."""

from __future__ import annotations

import pytest
from observation_rows import DOCUMENTS, RATE, Row, Run, plain, row

NATION = [row(RATE, 33.6, period="2025-12"), row(RATE, 24.7, period="2025-02", source="b")]
CAISSES = ("CPAM-161", "CPAM-171", "CPAM-191", "CPAM-231", "CPAM-241", "CPAM-331")
SINCE = {"compared_to": "2024"}


def caisses(*changes: float, **other: object) -> list[Row]:
    return [
        row(RATE, 35.1, territory=code, change=change, **other)
        for code, change in zip(CAISSES, changes, strict=False)
    ]


BROKEN: dict[str, list[Row]] = {
    "without a base, far below the nation": [*caisses(2.4, 3.2, 2.2), *NATION],
    "since a year, far below the nation": [*caisses(2.4, **SINCE), *NATION],
    "far above the nation": [*caisses(27.1, **SINCE), *NATION],
    "far from its own levels": [
        *caisses(2.4, **SINCE),
        row(RATE, 20.1, territory="CPAM-161", period="2025-01"),
    ],
    "a count, far above the nation": [
        row(DOCUMENTS, 90_001, territory="REG-94", change=300.0, **SINCE),
        row(DOCUMENTS, 420e6),
        row(DOCUMENTS, 300e6, period="2024"),
    ],
    "far from its neighbours": caisses(9.1, 8.8, 9.4, 9.0, 9.2, 2.1, **SINCE),
}
SILENT: dict[str, list[Row]] = {
    "near the nation": [*caisses(7.8, **SINCE), *NATION],
    "a nation that hardly moves": [
        *caisses(1.1, **SINCE),
        row(RATE, 33.6, period="2025-12"),
        row(RATE, 33.4, period="2024-12"),
    ],
    "a nation without a level near the base": [
        *caisses(2.4, **SINCE),
        row(RATE, 33.6, period="2025-12"),
        row(RATE, 24.7, period="2025-08", source="b"),
    ],
    "near its own levels, far from the nation": [
        *caisses(2.4, **SINCE),
        row(RATE, 33.0, territory="CPAM-161", period="2025-01"),
        *NATION,
    ],
    "too few neighbours": caisses(9.1, 8.8, 9.4, 2.1, **SINCE),
    "a count, near the nation": [
        row(DOCUMENTS, 90_001, territory="REG-94", change=108.0, **SINCE),
        row(DOCUMENTS, 420e6),
        row(DOCUMENTS, 300e6, period="2024"),
    ],
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_change_far_from_those_around_is_found_once(run: Run, name: str) -> None:
    (found,) = run(*BROKEN[name])
    assert (found.check, found.severity) == ("progression", "à vérifier")


@pytest.mark.parametrize("name", SILENT)
def test_a_change_near_those_around_is_no_finding(run: Run, name: str) -> None:
    assert run(*SILENT[name]) == []


def test_a_change_without_a_base_is_not_to_be_published_before_it_is_given(run: Run) -> None:
    (found,) = run(*BROKEN["without a base, far below the nation"])
    sentence = plain(found.sentence)
    assert "Les 3 évolutions" in sentence and "de +2,2 points à +3,2 points" in sentence
    assert "+8,9 points en 10 mois" in sentence
    assert sentence.endswith(
        "Ne les publiez pas avant que l’éditeur ait donné la période de départ."
    )


def test_a_change_without_a_base_that_may_be_of_a_year_is_an_information(run: Run) -> None:
    (found,) = run(*caisses(7.8), *NATION)
    assert (found.check, found.severity) == ("periodes", "information")
