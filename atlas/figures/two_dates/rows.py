"""The values of two dates: what is printed of each territory, and what its browser receives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from atlas import french, periods
from atlas.figures.common.class_scale import SHADE, ClassScale
from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import as_printed, class_of
from atlas.figures.two_dates.request import TwoDatesRequest, TwoMapsRequest
from atlas.figures.two_dates.texts import change_text, reference_periods
from atlas.indicators.row_values import change_values, level_values
from atlas.indicators.two_dates import between
from atlas.territories import KIND_OF_LEVEL

DATES = ("before", "after")
# Widths of the classes of a change, in points, and how many there are on each side of zero.
CLASS_WIDTHS_POINTS = (0.2, 0.3, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0)
CLASSES_PER_SIGN = 4


def two_dates_rows(
    context: FigureContext, request: TwoDatesRequest, only: Sequence[str] = ()
) -> pd.DataFrame:
    """Every territory of the level at both dates, as `atlas.indicators.two_dates.between` says
    it, and what is printed.

    only: codes of the level that are compared, when it is not all of them. Adds i (place in the
    level), name; before, after (levels rounded as printed) and for each _level (a Value), _text;
    change is rounded as printed, change_value is its Value, change_text says it.
    """
    key = ("two dates", type(request), request.with_fields(highlighted="", title=""), tuple(only))
    rows: pd.DataFrame = context.once(key, lambda: _rows(context, request, only))
    return rows


def _rows(context: FigureContext, request: TwoDatesRequest, only: Sequence[str]) -> pd.DataFrame:
    codes = only or context.territories.of_kind(KIND_OF_LEVEL[request.level], request.territory)
    indicator = context.settings.indicators[request.indicator]
    before, after = reference_periods(context, request)
    rows = between(
        context.dataset.index.at_periods(request.indicator, (before, after)),
        context.settings,
        codes,
        indicator=request.indicator,
        before=before,
        after=after,
    )
    every_code = context.territories.of_kind(KIND_OF_LEVEL[request.level])
    rows["i"] = [every_code.index(code) for code in rows["code"]]
    rows["name"] = [context.territories[code].name for code in rows["code"]]
    for date in DATES:
        rows[date] = [as_printed(value) for value in rows[f"{date}_value"]]
        rows[f"{date}_level"] = level_values(rows, indicator, prefix=f"{date}_")
        rows[f"{date}_text"] = [
            french.value_text(value, marked=True) for value in rows[f"{date}_level"]
        ]
    rows["change"] = [as_printed(value) for value in rows["change"]]
    rows["change_value"] = [
        replace(value, period=after, compared_to=before if value.is_known else "")
        for value in change_values(rows, indicator)
    ]
    rows["change_text"] = [change_text(value) for value in rows["change_value"]]
    return rows


def levels_until(context: FigureContext, request: TwoMapsRequest) -> list[float]:
    """Every level known of the territories from `compared_to` to `classes_until`, rounded as
    printed: what the classes of a series of pairs are to hold."""
    rows = context.dataset.index.of_indicator(request.indicator)
    indicator = context.settings.indicators[request.indicator]
    first, last = (
        periods.end_month(periods.reference_period(period, indicator.accumulation))
        for period in (request.compared_to, request.classes_until)
    )
    codes = context.territories.of_kind(KIND_OF_LEVEL[request.level], request.territory)
    rows = rows[
        (rows["indicator"] == request.indicator)
        & (rows["corridor"] == "")
        & rows["territory"].isin(codes)
        & rows["value"].notna()
        & ~rows["uncertain"]
    ]
    ends = rows["reference_period"].map(periods.end_month)
    return [as_printed(value) for value in rows.loc[(ends >= first) & (ends <= last), "value"]]


def slim_levels(rows: pd.DataFrame, scale: ClassScale) -> pd.DataFrame:
    """Only what both maps draw and the browser does not know: it travels at each change."""
    marks = {f"{date}_mark": _marks(rows[f"{date}_level"]) for date in DATES}
    marks["change_mark"] = _marks(rows["change_value"])
    shades = {f"{date}_{SHADE}": scale.shades(rows[date]) for date in DATES}
    return rows[["i", *DATES, "change"]].assign(
        **shades, **{name: column for name, column in marks.items() if column.notna().any()}
    )


def slim_changes(rows: pd.DataFrame, bounds: list[float]) -> pd.DataFrame:
    """The same for the map of changes; shade: see `shades`."""
    slim, marks = rows[["i"]].assign(value=rows["change"]), _marks(rows["change_value"])
    slim["shade"] = shades(rows, bounds)
    return slim.assign(mark=marks) if marks.notna().any() else slim


def change_bounds(changes: pd.Series) -> list[float]:
    """Round bounds around zero, in points, as far on one side as on the other.

    Of the three finest that leave at most one change in ten to the open classes, those whose
    fullest class holds the fewest.
    """
    known = changes.dropna()
    usual = float(known.abs().quantile(0.9))
    wide = [step for step in CLASS_WIDTHS_POINTS if usual < (CLASSES_PER_SIGN - 1) * step] or [
        CLASS_WIDTHS_POINTS[-1]
    ]
    found = [
        [round(step * place, 1) for place in range(1 - CLASSES_PER_SIGN, CLASSES_PER_SIGN)]
        for step in wide[:3]
    ]
    return min(
        found,
        key=lambda bounds: max(Counter(class_of(change, bounds) for change in known).values()),
    )


def shades(rows: pd.DataFrame, bounds: list[float]) -> pd.Series:
    """The class of each change, and one of its own for those that rounding may explain.

    The browser receives the class: with other bounds the specification stays the same text.
    """
    still = len(bounds) + 1
    classes = [
        still if held else class_of(change, bounds)
        for change, held in zip(rows["change"], rows["still"], strict=True)
    ]
    return pd.Series(classes, rows.index, dtype=float)


def _marks(values: pd.Series) -> pd.Series:
    """« † » where a value was computed, « secret statistique » where it is, None elsewhere."""
    marks = [
        f"\u202f{french.DERIVED_MARK}"
        if value.is_computed
        else french.SECRET
        if value.status == "secret"
        else None
        for value in values
    ]
    return pd.Series(marks, values.index, dtype=object)
