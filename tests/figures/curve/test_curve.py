"""Curves: what their lines hold for an office suite, gaps included."""

from __future__ import annotations

from dataclasses import replace

from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.curve.figure import curve_figure
from atlas.figures.curve.request import CurveRequest

BOTH = CurveRequest(indicator="activation_rate", territory="REG-75+FR")


def with_a_secret(context: FigureContext, code: str, period: str) -> FigureContext:
    """The same data set where one activation rate is secret."""
    rows = context.dataset.observations.copy()
    hidden = (
        (rows["indicator"] == BOTH.indicator)
        & (rows["territory"] == code)
        & (rows["reference_period"] == period)
    )
    assert hidden.any()
    rows.loc[hidden, ["value", "change"]] = float("nan")
    rows.loc[hidden, "secret"] = True
    return replace(context, dataset=replace(context.dataset, observations=rows))


def test_lines_hold_the_values_of_the_table(fictitious):
    figure = curve_figure(fictitious, BOTH)
    assert [series.name for series in figure.native.series] == ["Nouvelle-Aquitaine", "France"]
    drawn = {value for series in figure.native.series for value in series.amounts} - {None}
    assert drawn and drawn <= set(figure.table["level"].numbers)


def test_a_secret_value_is_a_gap_that_says_so(fictitious):
    every = curve_figure(fictitious, BOTH)
    end = every.native.categories[1]
    figure = curve_figure(with_a_secret(fictitious, "REG-75", end[:7]), BOTH)
    assert captions.SECRECY in figure.note and captions.SECRECY not in every.note
    value = figure.native.series[0].values[figure.native.categories.index(end)]
    assert (value.amount, value.status) == (None, "secret")
    assert figure.native.series[0].labels[1] == ""
