"""What a visitor may change on the page of a comparison: only what has something to show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import pandas as pd

from atlas import periods
from atlas.settings import PAIRED, Layout
from atlas.views.comparison.asked import Unsuited
from atlas.views.comparison.maps import mapped
from atlas.views.desk import Desk

# Layouts of documents by corridor; the others compare territories as wholes.
BY_CORRIDOR: tuple[Layout, ...] = ("corridors", "multiples")


def indicator_options(desk: Desk, codes: Sequence[str]) -> list[str]:
    """Indicators of which one of the territories has a value, as config.yaml orders them."""
    rows = desk.book.figures
    rows = rows[
        rows["territory"].isin(codes)
        & ~rows["uncertain"]
        & (rows["value"].notna() | rows["change"].notna())
    ]
    present = set(rows["indicator"])
    return [key for key in desk.settings.indicators if key in present]


def drawn_codes(desk: Desk, codes: Sequence[str], layout: Layout) -> list[str]:
    """The territories whose values a layout draws: two maps of a région have its départements.

    Empty when the layout has no place for them.
    """
    if layout != "maps":
        return list(codes)
    try:
        return mapped(desk, codes)[2]
    except Unsuited:
        return []


def layout_options(desk: Desk, codes: Sequence[str], indicator: str) -> list[Layout]:
    """Layouts that have something to draw of these territories."""
    return [layout for layout in get_args(Layout) if _suits(desk, codes, indicator, layout)]


def _suits(desk: Desk, codes: Sequence[str], indicator: str, layout: Layout) -> bool:
    if layout == "maps" and (
        desk.shapes is None or indicator not in desk.settings.figures.map_indicators
    ):
        return False
    rows = _rows(desk, drawn_codes(desk, codes, layout), indicator, corridors=layout in BY_CORRIDOR)
    if layout not in PAIRED:
        return not rows.empty
    dates = rows.groupby(["territory", rows["when"].str.len()])["when"].nunique()
    return bool((dates > 1).any())


def date_options(desk: Desk, codes: Sequence[str], indicator: str, layout: Layout) -> list[str]:
    """Dates with a value for one of the territories, and an earlier one where a layout is nothing
    without, newest first."""
    rows = _rows(desk, codes, indicator, corridors=layout in BY_CORRIDOR)
    dates = sorted(set(rows["when"]), key=periods.end_month, reverse=True)
    return [
        date
        for date in dates
        if layout not in PAIRED or earlier_options(desk, codes, indicator, date)
    ]


def earlier_options(desk: Desk, codes: Sequence[str], indicator: str, when: str) -> list[str]:
    """Dates before another at which one territory has a value as well, newest first.

    A year is compared with years, and a month with months.
    """
    rows = _rows(desk, codes, indicator, corridors=False)
    rows = rows[rows["territory"].isin(set(rows.loc[rows["when"] == when, "territory"]))]
    found = {
        date
        for date in rows["when"]
        if len(date) == len(when) and periods.end_month(date) < periods.end_month(when)
    }
    return sorted(found, key=periods.end_month, reverse=True)


def widest_pair(desk: Desk, codes: Sequence[str], indicator: str, when: str) -> str:
    """Of these earlier dates, that of most territories; of equal ones, the nearest to a year."""
    rows = _rows(desk, codes, indicator, corridors=False)
    rows = rows[rows["territory"].isin(set(rows.loc[rows["when"] == when, "territory"]))]
    counts = rows.groupby("when")["territory"].nunique()
    a_year = periods.a_year_before(when)
    return max(
        earlier_options(desk, codes, indicator, when),
        default="",
        key=lambda date: (counts[date], -abs(periods.months_between(date, a_year))),
    )


def _rows(desk: Desk, codes: Sequence[str], indicator: str, *, corridors: bool) -> pd.DataFrame:
    rows = desk.book.figures
    rows = rows[
        (rows["indicator"] == indicator)
        & rows["territory"].isin(codes)
        & ~rows["uncertain"]
        & ((rows["corridor"] != "") == corridors)
    ]
    known = rows["value"].notna() | rows["change"].notna() if corridors else rows["value"].notna()
    return rows[known]
