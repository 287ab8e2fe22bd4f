"""How many figures a computed number keeps, from those of the numbers it comes from."""

from __future__ import annotations

import math

import pytest

from atlas.indicators.precision import base_of_growth, growth_between, printed_figures


@pytest.mark.parametrize(
    ("level", "growth", "decimals", "base"),
    [
        (8_262_046, 61, 0, 5_100_000),  # ± 0,3 %: « environ 5,1 millions »
        (957_118, 204, 0, 315_000),  # ± 0,16 %: three figures, never more from a whole percent
        (72_786, 10, 0, 66_000),
        (17, -5, 0, 18),  # a count is whole
        (150_000, 58, 0, 95_000),  # no more figures than the level has
        (1_000_000, 127, 0, 400_000),
        (42_800_000, 40.0, 1, 30_600_000),
        (42_812_345, 60.0, 1, 26_760_000),  # a decimal more, a figure more
        (338, 34, 0, 252),
    ],
)
def test_a_base_has_as_many_figures_as_its_level_and_its_growth_bear(
    level: float, growth: float, decimals: int, base: float
) -> None:
    assert base_of_growth(level, growth, decimals)[0] == base


@pytest.mark.parametrize(
    ("before", "after", "growth"),
    [
        (110, 170, 54.5),
        (300_000_000, 420_000_000, 40),
        (1_000_000, 1_200_000, math.nan),  # « 1 million » may be more than 1,2
        (250, 250, 0.0),
    ],
)
def test_a_growth_between_round_counts_is_as_round(
    before: float, after: float, growth: float
) -> None:
    assert growth_between(before, after) == pytest.approx(growth, nan_ok=True)


@pytest.mark.parametrize(
    ("amount", "figures"),
    [(5_937_688, 7), (150_000, 2), (250_000, 2), (300_000_000, 3), (17_000_000, 2), (1_000_000, 1)],
)
def test_zeros_that_round_a_count_are_not_figures_of_it(amount: float, figures: int) -> None:
    assert printed_figures(amount) == figures
