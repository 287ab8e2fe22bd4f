"""Curves: what their lines hold for an office suite, gaps included."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.curve.figure import curve_figure
from atlas.figures.curve.request import CurveRequest
from atlas.figures.registry import figure_of
from atlas.indicators.snapshot import history

RATE_CURVE = CurveRequest(indicator="activation_rate")
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


def drawn_points(figure: Figure) -> pd.DataFrame:
    """The points that the chart is made of."""
    (rows,) = figure.spec["datasets"].values()
    return pd.DataFrame(rows)


def test_a_date_that_its_source_does_not_print_is_hollow_and_said_once(context):
    figure = curve_figure(context, RATE_CURVE)
    points = drawn_points(figure)
    assumed = points[points["assumed"] & points["chosen"]]
    assert assumed["date"].tolist() == ["2025-02-01"]
    assert "Point vide sur la ligne : date supposée (février\u00a02025)." in figure.note
    assert figure_of(context, RATE_CURVE).note.count("supposée") == 1


def test_an_assumed_date_gives_way_to_a_certain_value_of_the_same_date(context):
    rows = history(
        context.dataset.observations, context.settings, ["FR"], indicator="activation_rate"
    )
    december = rows[rows["reference_period"] == "2025-12"]
    assert december["source"].tolist() == ["la-reunion-2026"] and not december["assumed"].any()


def test_a_line_breaks_where_the_noun_of_the_source_changes_and_says_so(context):
    figure = curve_figure(context, CurveRequest(indicator="activated_profiles"))
    points = drawn_points(figure)
    segments = dict(zip(points["date"], points["segment"], strict=True))
    assert segments["2025-10-01"] == segments["2025-04-01"] + 1 == segments["2026-01-01"] - 1
    assert "Ligne interrompue en octobre\u00a02025" in figure.note
    assert "utilisateurs actifs" in figure.note
    assert len(figure.native.series) == 3


def test_a_line_breaks_where_the_definition_depends_on_the_source(context):
    figure = curve_figure(context, CurveRequest(indicator="connected_share"))
    points = drawn_points(figure)
    assert points.loc[points["chosen"], "segment"].tolist() == [0, 1]
    assert "dépendent de la source" in figure.note
