"""Ranks: ties, what rounding leaves open, what is missing, and territories of near population."""

from __future__ import annotations

from dataclasses import replace

import pytest

from atlas.figures.common.context import FigureContext
from atlas.indicators.peers import nearest, populations
from atlas.indicators.ranking import Rank, published_rank, rank
from atlas.territories import Territories

NAN, RATE = float("nan"), "activation_rate"
VALUES = {"A": 41.7, "B": 40.0, "C": 38.8, "D": NAN}


def test_the_highest_value_is_the_first_and_what_is_missing_is_not_ranked() -> None:
    assert rank(VALUES, "A", 0.1) == Rank(place=1, shared=0, among=3, best=1, worst=1)
    assert rank(VALUES, "C", 0.1) == Rank(place=3, shared=0, among=3, best=3, worst=3)


def test_a_territory_without_a_value_has_no_rank() -> None:
    assert rank(VALUES, "D", 0.1) is None
    assert rank(VALUES, "absent", 0.1) is None


def test_a_territory_alone_is_the_first_of_one() -> None:
    found = rank({"A": 12.0, "B": NAN}, "A", 1)
    assert found == Rank(1, 0, 1, 1, 1)
    assert found.certain


def test_equal_values_share_their_rank_and_the_next_one_comes_after_all_of_them() -> None:
    values = {"A": 30.1, "B": 29.0, "C": 29.0, "D": 28.0}
    ranks = {code: rank(values, code, 0.1) for code in values}
    assert [ranks[code].place for code in values] == [1, 2, 2, 4]
    assert (ranks["B"].shared, ranks["D"].shared) == (1, 0)


def test_equal_values_may_hide_either_order() -> None:
    found = rank({"A": 30.1, "B": 29.0, "C": 29.0, "D": 28.0}, "B", 0.1)
    assert (found.best, found.worst, found.certain) == (2, 3, False)


def test_values_one_step_apart_are_in_order_whatever_was_rounded() -> None:
    """29,05 prints 29,1 and 29,04 prints 29,0: binary numbers must not blur that."""
    for one, other, step in ((29.1, 29.0, 0.1), (0.3, 0.2, 0.1), (34, 33, 1)):
        assert rank({"A": one, "B": other}, "A", step) == Rank(1, 0, 2, 1, 1)
        assert rank({"A": one, "B": other}, "B", step) == Rank(2, 0, 2, 2, 2)


def test_a_whole_number_may_stand_on_either_side_of_a_finer_one() -> None:
    steps = {"Haute-Corse": 1, "Corse-du-Sud": 0.1, "Landes": 0.1}
    values = {"Haute-Corse": 33, "Corse-du-Sud": 33.4, "Landes": 41.7}
    found = {code: rank(values, code, steps) for code in values}
    assert (found["Haute-Corse"].best, found["Haute-Corse"].worst) == (2, 3)
    assert (found["Corse-du-Sud"].best, found["Corse-du-Sud"].worst) == (2, 3)
    assert found["Landes"].certain


@pytest.mark.parametrize("step", [0.1, 1])
def test_the_place_lies_between_the_best_and_the_worst(step: float) -> None:
    values = {f"T{i}": round(20 + i * i * 0.07, 1 if step < 1 else 0) for i in range(30)}
    for code in values:
        found = rank(values, code, step)
        assert 1 <= found.best <= found.place <= found.worst <= found.among == 30
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
