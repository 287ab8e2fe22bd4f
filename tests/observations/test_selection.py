"""Rows about something, out of the shipped data."""

from __future__ import annotations

import pytest


def test_what_is_not_asked_selects_nothing_out(context):
    rows = context.dataset.select(with_uncertain=True)
    assert len(rows) == len(context.dataset.observations)


def test_uncertain_rows_are_left_out_unless_asked_for(context):
    everything = context.dataset.observations
    assert everything["uncertain"].any()
    assert len(context.dataset.select()) == (~everything["uncertain"]).sum()


@pytest.mark.parametrize(
    "asked, column, kept",
    [
        ({"indicator": "activation_rate"}, "indicator", {"activation_rate"}),
        ({"territories": ["FR", "REG-94"]}, "territory", {"FR", "REG-94"}),
        ({"corridor": ""}, "corridor", {""}),
        ({"periods": ["2025-12"]}, "reference_period", {"2025-12"}),
    ],
)
def test_a_criterion_keeps_every_row_that_meets_it(context, asked, column, kept):
    rows = context.dataset.select(**asked)
    everything = context.dataset.select()
    assert set(rows[column]) == kept
    assert len(rows) == everything[column].isin(kept).sum()


def test_criteria_hold_together(context):
    rows = context.dataset.select(
        indicator="activation_rate", territories=["DEP-40"], periods=["2025-12"]
    )
    assert len(rows) and (rows["territory"] == "DEP-40").all()


def test_a_selection_may_be_changed_without_changing_the_data(context):
    rows = context.dataset.select(indicator="activation_rate")
    rows = rows.assign(value=0.0)
    assert not (context.dataset.select(indicator="activation_rate")["value"] == 0).all()
