"""The change of a corridor: as published, else computed from two levels that are comparable."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from atlas.indicators.corridors import by_corridor
from atlas.indicators.row_values import change_values
from atlas.observations.reading import build_frame

DEPOSITED, SHARE = "documents_deposited", "documents_share"
BASE, LATER = ("2024", "200123"), ("2025", "300456")


def line(period: str, value: str, *, change: str = "", compared_to: str = "", **other: str):
    """A row of the biology of Corsica, as data/<year>.csv writes it."""
    return [
        "REG-94",
        other.get("indicator", DEPOSITED),
        other.get("corridor", "biologie"),
        period,
        value,
        other.get("qualifier", ""),
        change,
        compared_to,
        other.get("source", "egora-202601"),
        "",
        "",
        other.get("noun", ""),
        other.get("window", ""),
    ]


@pytest.fixture
def corridors(known_keys):
    """The corridors of Corsica in 2025, from rows."""

    def corridors_of(
        *rows: list[str], indicator: str = DEPOSITED, compared_to: str = ""
    ) -> pd.DataFrame:
        settings = known_keys.settings
        return by_corridor(
            build_frame(rows, settings),
            settings,
            "REG-94",
            indicator=indicator,
            reference_period="2025",
            compared_to=compared_to,
        )

    return corridors_of


def test_a_growth_that_nobody_prints_is_computed_and_says_so(corridors, known_keys):
    table = corridors(line(*BASE), line(*LATER))
    assert table["change"].tolist() == [50.1]
    (change,) = change_values(table, known_keys.settings.indicators[DEPOSITED])
    assert (change.status, change.derivation) == ("derived", "rapport des deux niveaux")
    assert (change.compared_to, table["base_value"][0]) == ("2024", 200_123)


@pytest.mark.parametrize("source", ["egora-202601", "ars-corse-2026"])
def test_the_growth_that_a_source_prints_is_shown_instead(corridors, known_keys, source):
    printed = line("2025", "", change="52", compared_to="2024", source=source)
    table = corridors(line(*BASE), line(*LATER), printed)
    (change,) = change_values(table, known_keys.settings.indicators[DEPOSITED])
    assert (change.amount, change.status) == (52, "published")
    assert (table["value"][0], table["change_source"][0]) == (300_456, source)


def test_a_growth_has_no_more_figures_than_its_levels(corridors):
    table = corridors(line("2024", "200000"), line("2025", "310000"))  # 55 % ± 6
    assert table["change"].tolist() == [60]


@pytest.mark.parametrize(
    "base",
    [
        line("2024", "200123", window="2"),
        line("2024", "200123", noun="comptes"),
        line("2024", "0"),
        line("2023", "200123"),
    ],
    ids=["another length", "another noun", "nothing", "another year"],
)
def test_levels_that_cannot_be_compared_make_no_growth(corridors, base):
    assert math.isnan(corridors(base, line(*LATER))["change"][0])


def test_shares_change_in_points(corridors):
    rows = [line("2024", "37.4", indicator=SHARE), line("2025", "36.2", indicator=SHARE)]
    table = corridors(*rows, indicator=SHARE)
    assert table["change"].tolist() == [-1.2]
    assert table["change_derived"].tolist() == ["différence des deux niveaux"]


def test_the_base_may_be_another_year_than_the_one_of_the_published_growth(corridors):
    rows = [line("2023", "100321"), line("2025", "300456", change="50", compared_to="2024")]
    table = corridors(*rows, compared_to="2023")
    assert (table["change"][0], table["compared_to"][0]) == (199.5, "2023")
    assert table["change_derived"][0] == "rapport des deux niveaux"
