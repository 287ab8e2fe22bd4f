"""The corridors of the territories of a comparison: their levels, or their changes in a year."""

from __future__ import annotations

import pandas as pd

from atlas import french, periods
from atlas.figures.common.context import FigureContext
from atlas.figures.comparison.remarks import marked_names, remarks_of
from atlas.figures.comparison.spec import ResolvedComparison
from atlas.indicators.corridors import by_corridor
from atlas.indicators.row_values import change_values, level_values


def corridor_rows(context: FigureContext, comparison: ResolvedComparison) -> pd.DataFrame:
    """Every corridor of every territory; empty when none is published.

    Columns of `atlas.indicators.corridors.by_corridor`, where secret says that what is
    measured is, and code, reference_period, panel (the territory and its date), corridor (its
    short name), corridor_key, measured (Value: the level, or the change since the year before),
    amount (its number, NaN where there is none), text, label (the text with the mark of computed
    values).
    """
    return pd.concat(
        [_territory_rows(context, comparison, code) for code in comparison.codes],
        ignore_index=True,
    )


def _territory_rows(
    context: FigureContext, comparison: ResolvedComparison, code: str
) -> pd.DataFrame:
    """The corridors of one territory at the date asked for, else at its latest."""
    date = comparison.reference_period or _latest_period(context, comparison, code)
    if comparison.spec.measure == "change":
        rows = yearly_changes(context, comparison, code, date)
        amounts, measured = rows["change"], change_values(rows, comparison.indicator)
    else:
        rows = _levels(context, comparison, code, date)
        amounts, measured = rows["value"], level_values(rows, comparison.indicator)
    (name,) = marked_names(context, [code], remarks_of(comparison, [code], [date]))
    rows = rows.assign(
        code=code,
        reference_period=date,
        measured=pd.Series(measured, rows.index, dtype=object),
        amount=amounts,
        text=[french.value_text(value) for value in measured],
        label=[french.value_text(value, marked=True) for value in measured],
        panel=f"{name}, {comparison.date(date)}" if date else name,
        corridor_key=rows["corridor"],
        corridor=[context.settings.corridors[key].short for key in rows["corridor"]],
    )
    return rows.iloc[:0] if rows["amount"].isna().all() else rows


def _latest_period(context: FigureContext, comparison: ResolvedComparison, code: str) -> str:
    """The latest date with what the bars measure: levels, published changes, else computed."""
    rows = context.dataset.select(indicator=comparison.indicator_key, territories=[code])
    mine = rows[rows["corridor"] != ""]
    dates = set(mine.loc[mine["value"].notna(), "reference_period"])
    if comparison.spec.measure == "change":
        published = set(mine.loc[mine["change"].notna(), "reference_period"])
        dates = published or {date for date in dates if periods.a_year_before(date) in dates}
    return max(dates, key=periods.end_month, default="")


def _levels(
    context: FigureContext, comparison: ResolvedComparison, code: str, reference_period: str
) -> pd.DataFrame:
    return by_corridor(
        context.dataset.index.of_territories(comparison.indicator_key, [code]),
        context.settings,
        code,
        indicator=comparison.indicator_key,
        reference_period=reference_period,
    )


def yearly_changes(
    context: FigureContext, comparison: ResolvedComparison, code: str, reference_period: str
) -> pd.DataFrame:
    """The changes by corridor: as published, else since the year before, from two levels that are
    comparable (atlas.indicators.comparability).

    Columns of `atlas.indicators.corridors.by_corridor`, where secret says that the change is.
    """
    rows = _levels(context, comparison, code, reference_period)
    return rows.assign(secret=rows["change_secret"])
