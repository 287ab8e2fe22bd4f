"""What a visitor may change on the page of a comparison: only what has something to show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import pandas as pd

from atlas import periods
from atlas.settings import Layout
from atlas.views.desk import Desk

# Layouts of documents by corridor; the others compare territories as wholes.
BY_CORRIDOR: tuple[Layout, ...] = ("corridors", "multiples")


def indicator_options(desk: Desk, codes: Sequence[str]) -> list[str]:
    """Indicators of which one of the territories has a value, as config.yaml orders them."""
    rows = desk.book.figures
    rows = rows[rows["territory"].isin(codes) & ~rows["uncertain"]
                & (rows["value"].notna() | rows["change"].notna())]
    present = set(rows["indicator"])
    return [key for key in desk.settings.indicators if key in present]


def layout_options(desk: Desk, codes: Sequence[str], indicator: str) -> list[Layout]:
    """Layouts that have something to draw of these territories."""
    whole = _rows(desk, codes, indicator, corridors=False)
    parts = _rows(desk, codes, indicator, corridors=True)
    dates = whole.groupby(["territory", whole["when"].str.len()])["when"].nunique()
    found = {layout: not (parts if layout in BY_CORRIDOR else whole).empty
             for layout in get_args(Layout)} | {"slope": bool((dates > 1).any())}
    return [layout for layout in get_args(Layout) if found[layout]]


def date_options(desk: Desk, codes: Sequence[str], indicator: str, layout: Layout) -> list[str]:
    """Dates with a value for one of the territories, newest first."""
    rows = _rows(desk, codes, indicator, corridors=layout in BY_CORRIDOR)
    return sorted(set(rows["when"]), key=periods.end_month, reverse=True)


def earlier_options(desk: Desk, codes: Sequence[str], indicator: str, when: str) -> list[str]:
    """Dates before another at which one territory has a value as well, newest first.

    A year is compared with years, and a month with months.
    """
    rows = _rows(desk, codes, indicator, corridors=False)
    rows = rows[rows["territory"].isin(set(rows.loc[rows["when"] == when, "territory"]))]
    found = {date for date in rows["when"] if len(date) == len(when)
             and periods.end_month(date) < periods.end_month(when)}
    return sorted(found, key=periods.end_month, reverse=True)


def widest_pair(desk: Desk, codes: Sequence[str], indicator: str, when: str) -> str:
    """Of these earlier dates, that of most territories; of equal ones, the nearest to a year."""
    rows = _rows(desk, codes, indicator, corridors=False)
    rows = rows[rows["territory"].isin(set(rows.loc[rows["when"] == when, "territory"]))]
    counts = rows.groupby("when")["territory"].nunique()
    a_year = periods.a_year_before(when)
    return max(earlier_options(desk, codes, indicator, when), default="", key=lambda date: (
        counts[date], -abs(periods.months_between(date, a_year))))


def _rows(desk: Desk, codes: Sequence[str], indicator: str, *, corridors: bool) -> pd.DataFrame:
    rows = desk.book.figures
    rows = rows[(rows["indicator"] == indicator) & rows["territory"].isin(codes)
                & ~rows["uncertain"] & ((rows["corridor"] != "") == corridors)]
    known = rows["value"].notna() | rows["change"].notna() if corridors else rows["value"].notna()
    return rows[known]
