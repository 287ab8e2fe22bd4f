"""Bounds that tell the values of a map apart: the configured ones, else round ones."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.figures.common.style import class_of
from atlas.indicators.round_classes import (
    auto_bounds,
    auto_signed_bounds,
    round_ends,
    tell_apart,
)

CONFIGURED = [10, 20, 25, 30, 34, 38]
AQUITAINE = [32.2, 32.7, 32.8, 33.1, 34.5, 34.9, 35.4, 36.2, 38.8, 40.0, 41.7]
rates = st.lists(st.integers(0, 1000).map(lambda tenths: tenths / 10), min_size=1, max_size=20)


def test_the_configured_bounds_stay_where_they_tell_the_values_apart():
    assert auto_bounds([12.0, 22.0, 27.0, 31.0, 35.0], CONFIGURED) == CONFIGURED


@pytest.mark.parametrize(
    ("values", "bounds", "ends"),
    [
        (AQUITAINE, [34, 36, 38, 40], (32, 42)),
        ([31.7, 32.2, 32.9, 33.9, 34.0, 34.4, 35.4, 33.0], [32, 33, 34, 35], (31, 36)),
        # 100 values in one class, and one far away: the last class is open
        ([*[20 + place / 25 for place in range(100)], 60.0], [21, 22, 23, 24], (20, math.inf)),
    ],
)
def test_else_bounds_are_round_and_fit_what_is_shown(values, bounds, ends):
    assert auto_bounds(values, CONFIGURED) == bounds
    assert round_ends(values, bounds) == ends


def test_two_values_that_round_classes_do_not_part_keep_the_configured_bounds():
    assert auto_bounds([33.0, 33.4], CONFIGURED) == CONFIGURED


@pytest.mark.parametrize("values", [[], [33.6]])
def test_nothing_to_tell_apart_keeps_the_configured_bounds(values):
    assert auto_bounds(values, CONFIGURED) == CONFIGURED


@given(rates)
def test_adapted_bounds_part_the_values_more_and_their_ends_hold_every_one(values):
    bounds = auto_bounds(values, CONFIGURED)
    assert bounds == sorted(set(bounds)) and len(bounds) <= 6
    fullest = [
        max(sum(class_of(value, each) == place for value in values) for place in range(7))
        for each in (bounds, CONFIGURED)
    ]
    assert bounds == CONFIGURED or tell_apart(values, bounds) or fullest[0] < fullest[1]
    if bounds != CONFIGURED:
        low, high = round_ends(values, bounds)
        assert all(low <= value < high for value in values)


@pytest.mark.parametrize(
    ("values", "apart"),
    [
        ([5, 15, 22, 27, 31], True),
        ([5, 5, 5, 15, 22, 27], False),  # half in one class
        ([5, 5, 15, 15, 22, 22], False),  # three classes in use
    ],
)
def test_bounds_tell_apart_with_four_classes_in_use_and_none_over_two_fifths(values, apart):
    assert tell_apart(values, CONFIGURED) is apart


def test_gaps_have_as_many_round_classes_on_each_side_of_zero():
    gaps = [-0.9, -0.4, -0.2, 0.1, 0.3, 0.6, 0.8, 1.2]
    assert auto_signed_bounds(gaps, [-6, -3, 0, 3, 6]) == [-1, -0.5, 0, 0.5, 1]
