"""A rate and a count imply a denominator, which lies near a known one or is a finding."""

from __future__ import annotations

import pytest
from observation_rows import DOCUMENTS, PROFILES, RATE, Row, Run, plain, row

REUNION = {"territory": "REG-04", "period": "2025-12"}
SHARE = row("profiles_created_share", 98, **REUNION)
BROKEN: dict[str, list[Row]] = {
    "the population times its share": [
        row(RATE, 27.5, **REUNION),
        row(PROFILES, 250_000, **REUNION),
        SHARE,
    ],
    "the population, where nothing else is known": [
        row(RATE, 27.5, **REUNION),
        row(PROFILES, 290_000, **REUNION),
    ],
    "a count of another month": [
        row(RATE, 20.0),
        row(PROFILES, 15e6),
        row("profiles_created", 69_000_001, period="2026-02"),
    ],
    "a mean per inhabitant": [
        row("documents_per_inhabitant", 6.5),
        row(DOCUMENTS, 300e6),
        row("eligible_insured", 70e6),
    ],
}
SILENT: dict[str, list[Row]] = {
    "a count that agrees": [
        row(RATE, 27.5, **REUNION),
        row(PROFILES, 239_000, **REUNION),
        SHARE,
    ],
    "a share that is not published": [
        row(RATE, 27.5, **REUNION),
        row(PROFILES, 250_000, **REUNION),
    ],
    "fewer profiles than inhabitants": [
        row(RATE, 27.5, **REUNION),
        row(PROFILES, 200_000, **REUNION),
    ],
    "one of two known counts": [
        row(RATE, 24.7),
        row(PROFILES, 17_242_370),
        row("profiles_open", 51_540_159),
        row("profiles_closed", 1_135_693),
        row("eligible_insured", 75e6, period="2025-11"),
    ],
    "a count of another year": [
        row(RATE, 20.0),
        row(PROFILES, 13.5e6),
        row("profiles_created", 80_000_001, period="2024-02"),
    ],
    "a rate of another date": [
        row(RATE, 27.5, **REUNION | {"period": "2025-06"}),
        row(PROFILES, 290_000, **REUNION),
        SHARE,
    ],
    "a territory without a known population": [
        row(RATE, 27.5, territory="CPAM-641"),
        row(PROFILES, 900_001, territory="CPAM-641"),
    ],
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_denominator_that_is_no_known_number_is_found_once(run: Run, name: str) -> None:
    (found,) = run(*BROKEN[name])
    assert (found.check, found.severity) == ("denominateur", "à vérifier")


@pytest.mark.parametrize("name", SILENT)
def test_a_denominator_near_a_known_number_is_no_finding(run: Run, name: str) -> None:
    assert run(*SILENT[name]) == []


def test_the_finding_gives_both_figures_and_the_known_number(run: Run) -> None:
    (found,) = run(*BROKEN["the population times its share"])
    assert "250 000 ÷ 27,5 % = 909 000" in plain(found.arithmetic)
    assert "98 % de 885 700 habitants" in plain(found.sentence)
    assert len(found.citations) == 3


def test_a_rate_that_its_counts_already_contradict_is_said_once(run: Run) -> None:
    (found,) = run(row(RATE, 11.5), row(PROFILES, 7.9e6), row("profiles_created", 65.7e6))
    assert found.check == "taux-effectifs"
