"""Ranks: ties, what rounding leaves open, what is missing, and territories of near population."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from atlas.figures.common.context import FigureContext
from atlas.indicators.peers import nearest, populations
from atlas.indicators.ranking import (
    Rank,
    RankedValue,
    covers_ranks,
    published_rank,
    ranked_values,
    ranks,
)
from atlas.settings.models import RankCoverage
from atlas.territories import Kind, Territories

RATE = "activation_rate"
RULE = RankCoverage(max_missing_regions=2, min_known_share=0.9)


def rank_in(values: dict[str, float], code: str, step: float, total: int = 0) -> Rank | None:
    """The rank of a code among régions whose values are rounded to a step."""
    known = {
        key: RankedValue(value, value - step / 2, value + step / 2) for key, value in values.items()
    }
    return ranks(known, total or len(values), kind="REG", rule=RULE).get(code)


VALUES = {"A": 41.7, "B": 40.0, "C": 38.8}


def test_the_highest_value_is_the_first() -> None:
    assert rank_in(VALUES, "A", 0.1) == Rank(1, 0, 3, 1, 1, 3)
    assert rank_in(VALUES, "C", 0.1) == Rank(3, 0, 3, 3, 3, 3)


def test_a_territory_without_a_value_or_alone_has_no_rank() -> None:
    assert rank_in(VALUES, "absent", 0.1) is None
    assert rank_in({"A": 12.0}, "A", 1) is None


@pytest.mark.parametrize(
    ("known", "total", "kind", "covered"),
    [
        (16, 18, "REG", True),
        (15, 18, "REG", False),
        (3, 18, "REG", False),
        (91, 101, "DEP", True),
        (90, 101, "DEP", False),
        (13, 101, "DEP", False),
        (11, 12, "DEP", True),
        (10, 12, "DEP", False),
        (2, 2, "DEP", True),
        (1, 1, "DEP", False),
    ],
)
def test_a_rank_needs_all_regions_but_two_or_nine_departements_in_ten(
    known: int, total: int, kind: Kind, covered: bool
) -> None:
    assert covers_ranks(known, total, kind, RULE) is covered


def test_those_that_published_nothing_may_stand_anywhere_above() -> None:
    found = rank_in(VALUES, "B", 0.1, total=5)
    assert found and (found.place, found.best, found.worst) == (2, 2, 4)
    assert found.is_range and not found.certain


def test_equal_values_share_their_rank_and_the_next_one_comes_after_all_of_them() -> None:
    values = {"A": 30.1, "B": 29.0, "C": 29.0, "D": 28.0}
    found = {code: rank_in(values, code, 0.1) for code in values}
    assert [rank and rank.place for rank in found.values()] == [1, 2, 2, 4]
    tied = found["B"]
    assert tied and (tied.shared, tied.best, tied.worst) == (1, 2, 3)
    assert not tied.certain and not tied.is_range  # a tie is said as one


def test_values_one_step_apart_are_in_order_whatever_was_rounded() -> None:
    """29,05 prints 29,1 and 29,04 prints 29,0: binary numbers must not blur that."""
    for one, other, step in ((29.1, 29.0, 0.1), (0.3, 0.2, 0.1), (34, 33, 1)):
        assert rank_in({"A": one, "B": other}, "A", step) == Rank(1, 0, 2, 1, 1, 2)
        assert rank_in({"A": one, "B": other}, "B", step) == Rank(2, 0, 2, 2, 2, 2)


def test_a_whole_number_and_a_range_may_stand_on_either_side_of_a_finer_one() -> None:
    rows = pd.DataFrame(
        {
            "decimals": [0.0, 1.0, 1.0, 1.0],
            "reach_low": [math.nan, math.nan, math.nan, 33.0],
            "reach_high": [math.nan, math.nan, math.nan, 45.0],
        }
    )
    values = ranked_values(["2B", "2A", "40", "64"], [33, 33.4, 41.7, 39.0], rows, 1)
    found = ranks(values, 4, kind="DEP", rule=RULE)
    assert {code: (rank.best, rank.worst) for code, rank in found.items()} == {
        "2B": (2, 4),
        "2A": (2, 4),
        "40": (1, 2),
        "64": (1, 4),
    }


@pytest.mark.parametrize("step", [0.1, 1])
def test_the_place_lies_between_the_best_and_the_worst(step: float) -> None:
    values = {f"T{i}": round(20 + i * i * 0.07, 1 if step < 1 else 0) for i in range(30)}
    for code in values:
        found = rank_in(values, code, step)
        assert found and 1 <= found.best <= found.place <= found.worst <= found.among == 30
        assert found.certain == (found.shared == 0)


# --- a rank that a source prints -----------------------------------------------------------------


def test_the_rank_that_the_release_prints_is_found_with_its_source(context: FigureContext) -> None:
    row = published_rank(
        context.dataset.published,
        context.settings,
        "REG-75",
        indicator=RATE,
        reference_period="2025-12",
    )
    assert (row["value"], row["source"]) == (2, "ars-nouvelle-aquitaine-2026")


@pytest.mark.parametrize(
    ("code", "indicator", "reference_period"),
    [
        ("REG-94", RATE, "2025-12"),
        ("REG-75", "profiles_created_share", "2025-12"),
        ("REG-75", RATE, "2024-12"),
    ],
)
def test_no_rank_is_borrowed_from_another_place_indicator_or_date(
    context: FigureContext, code: str, indicator: str, reference_period: str
) -> None:
    assert (
        published_rank(
            context.dataset.published,
            context.settings,
            code,
            indicator=indicator,
            reference_period=reference_period,
        )
        is None
    )


# --- territories of near population --------------------------------------------------------------


@pytest.fixture
def territories(context: FigureContext) -> Territories:
    return context.territories


def test_a_region_has_the_people_of_its_departements(territories: Territories) -> None:
    people = territories.population
    regions = populations(territories, "REG")
    assert regions["REG-94"] == people["DEP-2A"] + people["DEP-2B"]
    assert sum(regions.values()) == populations(territories, "FR")["FR"] == sum(people.values())


def test_a_region_of_which_a_part_is_not_known_is_left_out(territories: Territories) -> None:
    people = {code: many for code, many in territories.population.items() if code != "DEP-2B"}
    found = populations(replace(territories, population=people), "REG")
    assert "REG-94" not in found and len(found) == 17


def test_the_nearest_come_first_and_the_territory_itself_is_not_one_of_them() -> None:
    people = {"A": 100, "B": 90, "C": 115, "D": 500, "E": 105}
    assert nearest(people, "A", 3) == ["E", "B", "C"]
    assert nearest(people, "A", 9) == ["E", "B", "C", "D"]
    assert nearest(people, "unknown", 3) == []


def test_the_year_of_the_population_is_that_of_its_file(territories: Territories) -> None:
    assert territories.population_year == "2024"


def test_values_are_known_with_the_decimals_that_were_printed(context: FigureContext) -> None:
    rows = context.dataset.observations
    rows = rows[(rows["indicator"] == RATE) & rows["value"].notna()]
    decimals = rows.set_index(["territory", "reference_period", "source"])["decimals"]
    assert decimals["DEP-2B", "2026-03", "ars-corse-2026"] == 0
    assert decimals["DEP-2A", "2026-03", "ars-corse-2026"] == 1
    assert decimals["CPAM-331", "2025-12", "ars-nouvelle-aquitaine-2026"] == 1
    assert decimals.notna().all()
