"""Labels that stand apart, and where an axis starts."""

from __future__ import annotations

import pytest

from atlas.figures.common.label_placement import axis_window, spread_apart


@pytest.mark.parametrize("wanted", [[1, 1, 1], [5, 1, 1.2, 9], [0], [3, 2, 1], [1, 1.4, 5, 5.2]])
def test_labels_stand_apart_in_the_order_of_their_values(wanted):
    places = spread_apart(wanted, 1.0)
    ordered = sorted(places)
    assert all(b - a >= 1 - 1e-9 for a, b in zip(ordered, ordered[1:], strict=False))
    assert [places.index(p) for p in ordered] == sorted(
        range(len(wanted)), key=lambda i: (wanted[i], -i)
    )
    assert sum(places) == pytest.approx(sum(wanted))


def test_labels_that_are_far_enough_do_not_move_and_others_stay_between_bounds():
    assert spread_apart([1, 5, 9], 2) == [1, 5, 9]
    assert spread_apart([0, 0, 0], 1, low=0, high=10) == [2, 1, 0]
    assert spread_apart([10, 10], 1, low=0, high=10) == [10, 9]


def test_an_axis_starts_from_zero_when_zero_is_near():
    assert axis_window([2.0, 40.0])[0] == 0
    low, high = axis_window([30.0, 40.0])
    assert 25 < low < 30 and 40 < high < 45
    low, high = axis_window([7.0])
    assert low < 7 < high
