"""What a visitor may change on the page of a comparison: only what has something to show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import pandas as pd

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.comparison.maps import map_extent
from atlas.figures.comparison.spec import UnsupportedLayout
from atlas.settings import PAIRED, Layout

# Layouts of documents by corridor; the others compare territories as wholes.
BY_CORRIDOR: tuple[Layout, ...] = ("corridors", "multiples")


def indicator_options(context: FigureContext, codes: Sequence[str]) -> list[str]:
    """Indicators of which one of the territories has a value, in their order."""
    rows = context.dataset.observations
    rows = rows[
        rows["territory"].isin(codes)
        & ~rows["uncertain"]
        & (rows["value"].notna() | rows["change"].notna())
    ]
    present = set(rows["indicator"])
    return [key for key in context.settings.indicators if key in present]


def drawn_codes(context: FigureContext, codes: Sequence[str], layout: Layout) -> list[str]:
    """The territories whose values a layout draws: two maps of a région have its départements.

    Empty when the layout has no place for them.
    """
    if layout != "maps":
        return list(codes)
    try:
        return map_extent(context, codes).codes
    except UnsupportedLayout:
        return []


def layout_options(context: FigureContext, codes: Sequence[str], indicator: str) -> list[Layout]:
    """Layouts that have something to draw of these territories."""
    return [layout for layout in get_args(Layout) if _suits(context, codes, indicator, layout)]


def _suits(context: FigureContext, codes: Sequence[str], indicator: str, layout: Layout) -> bool:
    if layout == "maps" and (
        context.shapes is None or indicator not in context.settings.map_indicators
    ):
        return False
    rows = _rows(
        context, drawn_codes(context, codes, layout), indicator, corridors=layout in BY_CORRIDOR
    )
    if layout not in PAIRED:
        return not rows.empty
    dates = rows.groupby(["territory", rows["reference_period"].str.len()])[
        "reference_period"
    ].nunique()
    return bool((dates > 1).any())


def date_options(
    context: FigureContext, codes: Sequence[str], indicator: str, layout: Layout
) -> list[str]:
    """Dates with a value for one of the territories, and an earlier one where a layout is nothing
    without, newest first."""
    rows = _rows(context, codes, indicator, corridors=layout in BY_CORRIDOR)
    dates = sorted(set(rows["reference_period"]), key=periods.end_month, reverse=True)
    return [
        date
        for date in dates
        if layout not in PAIRED or earlier_options(context, codes, indicator, date)
    ]


def earlier_options(
    context: FigureContext, codes: Sequence[str], indicator: str, reference_period: str
) -> list[str]:
    """Dates before another at which one territory has a value as well, newest first.

    A year is compared with years, and a month with months.
    """
    rows = _rows(context, codes, indicator, corridors=False)
    rows = rows[
        rows["territory"].isin(
            set(rows.loc[rows["reference_period"] == reference_period, "territory"])
        )
    ]
    found = {
        date
        for date in rows["reference_period"]
        if len(date) == len(reference_period)
        and periods.end_month(date) < periods.end_month(reference_period)
    }
    return sorted(found, key=periods.end_month, reverse=True)


def widest_pair(
    context: FigureContext, codes: Sequence[str], indicator: str, reference_period: str
) -> str:
    """Of these earlier dates, that of most territories; of equal ones, the nearest to a year."""
    rows = _rows(context, codes, indicator, corridors=False)
    rows = rows[
        rows["territory"].isin(
            set(rows.loc[rows["reference_period"] == reference_period, "territory"])
        )
    ]
    counts = rows.groupby("reference_period")["territory"].nunique()
    a_year = periods.a_year_before(reference_period)
    return max(
        earlier_options(context, codes, indicator, reference_period),
        default="",
        key=lambda date: (counts[date], -abs(periods.months_between(date, a_year))),
    )


def _rows(
    context: FigureContext, codes: Sequence[str], indicator: str, *, corridors: bool
) -> pd.DataFrame:
    rows = context.dataset.index.of_territories(indicator, codes)
    rows = rows[~rows["uncertain"] & ((rows["corridor"] != "") == corridors)]
    known = rows["value"].notna() | rows["change"].notna() if corridors else rows["value"].notna()
    return rows[known]
