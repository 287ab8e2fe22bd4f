"""A part does not exceed its whole, published or made of a rate and the population."""

from __future__ import annotations

import pytest
from observation_rows import PROFILES, RATE, Row, Run, plain, row

PACA = {"territory": "REG-93", "period": "2024"}
VISITORS, MONTHLY, WEEKLY = (
    "visitors_connected",
    "visitors_connected_monthly",
    "visitors_connected_weekly",
)
BROKEN: dict[str, list[Row]] = {
    "a share of a document": [row("connected_share", 25, qualifier="over"), row(RATE, 24.7)],
    "a count": [row(VISITORS, 1_500_001), row(PROFILES, 1_400_001)],
    "a count of three months later": [
        row(VISITORS, 1_500_001),
        row(PROFILES, 1_400_001, period="2026-03"),
    ],
    "a rate of the whole population": [row(VISITORS, 1_372_000, **PACA), row(RATE, 22.1, **PACA)],
    "persons of a month, connections of a week": [
        row(MONTHLY, 2_500_001, period="2026-01"),
        row(WEEKLY, 500_000),
    ],
}
SILENT: dict[str, list[Row]] = {
    "a share of two documents that define it": [
        row("connected_share", 25, qualifier="over"),
        row(RATE, 24.7, source="b"),
    ],
    "« plus de » within reach": [
        row("connected_share", 20, qualifier="over"),
        row(RATE, 20.6),
    ],
    "fewer visitors than profiles": [row(VISITORS, 1_300_001), row(PROFILES, 1_400_001)],
    "as many, rounded": [row(VISITORS, 1_440_001), row(PROFILES, 1.4e6)],
    "profiles of a year before": [
        row(VISITORS, 1_500_001),
        row(PROFILES, 1_400_001, period="2024-12"),
    ],
    "one of two published wholes": [
        row(VISITORS, 1_500_001),
        row(PROFILES, 1_400_001, source="b"),
        row(PROFILES, 1_600_001, period="2026-02", source="c"),
    ],
    "fewer than the rate makes": [row(VISITORS, 1_150_000, **PACA), row(RATE, 22.1, **PACA)],
    "insured from elsewhere": [row(VISITORS, 1_190_001, **PACA), row(RATE, 22.1, **PACA)],
    "a week that is enough": [
        row(MONTHLY, 2_500_001, period="2026-01"),
        row(WEEKLY, 600_000),
    ],
    "two corridors": [
        row("documents_deposited_prescriptions", 91_001, corridor="hopital"),
        row("documents_deposited", 90_001, corridor="biologie"),
    ],
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_part_above_its_whole_is_found_once(run: Run, name: str) -> None:
    (found,) = run(*BROKEN[name])
    assert (found.check, found.severity) == ("partie-et-tout", "à vérifier")
    assert len(found.citations) == 2


@pytest.mark.parametrize("name", SILENT)
def test_a_part_within_its_whole_is_no_finding(run: Run, name: str) -> None:
    assert run(*SILENT[name]) == []


def test_the_finding_says_of_whom_the_printed_share_is_one(run: Run) -> None:
    (found,) = run(
        row("connected_share", 25, qualifier="over"),
        row(RATE, 24.7),
        row(PROFILES, 17_242_370),
        row("profiles_open", 51_540_159),
        row("profiles_closed", 1_135_693),
    )
    assert "17 242 370 ÷ (51 540 159 + 17 242 370) = 25,07 %" in plain(found.arithmetic)
    assert "donne 25,07 %" in plain(found.sentence)


def test_the_finding_gives_the_reason_of_the_configuration(run: Run) -> None:
    (found,) = run(*BROKEN["a count"])
    assert "il faut avoir activé son profil pour s’y connecter" in plain(found.sentence)
