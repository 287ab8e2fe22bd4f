"""The points of corridors over time: levels, or an index of them, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from atlas import periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.indicators.comparability import definition
from atlas.indicators.precision import growth_between
from atlas.indicators.row_values import level_values
from atlas.indicators.snapshot import history
from atlas.settings import Indicator
from atlas.values import Value

# What the index of a line is at its base.
INDEX_BASE = 100.0


@dataclass(frozen=True)
class TimeSeries:
    """A line: the key of its row, its name, the territory and the corridor that it follows, its
    colour."""

    key: str
    name: str
    code: str
    corridor: str
    colour: str


def points_over_time(
    context: FigureContext, indicator_key: str, series: list[TimeSeries], *, until: str
) -> pd.DataFrame:
    """One row per period of each series, oldest first, up to a reference period (all when empty).

    Columns: key, series (name), code, corridor, colour, reference_period, end (last month covered),
    level (a Value), segment (the number of its line: another where the definition changes and
    after a secret value), detail (where it comes from), source, page. Empty without any.
    """
    indicator = context.settings.indicators[indicator_key]
    found = [_series_points(context, indicator_key, one) for one in series]
    points = pd.concat([rows for rows in found if len(rows)] or [pd.DataFrame()])
    if points.empty:
        return points
    if until:
        points = points[points["end"] <= periods.end_month(until)]
    levels = level_values(points, indicator)
    return points.assign(
        level=levels,
        detail=[
            captions.origin_text(context, level, page)
            for level, page in zip(levels, points["page"], strict=True)
        ],
    ).reset_index(drop=True)


def _series_points(context: FigureContext, indicator_key: str, one: TimeSeries) -> pd.DataFrame:
    rows = history(
        context.dataset.index.of_territories(indicator_key, [one.code]),
        context.settings,
        [one.code],
        indicator=indicator_key,
        corridor=one.corridor,
    )
    if rows.empty:
        return rows
    secret = context.dataset.select(
        indicator=indicator_key, territories=[one.code], corridor=one.corridor
    )
    gaps = sorted(
        periods.end_month(period) for period in secret.loc[secret["secret"], "reference_period"]
    )
    indicator = context.settings.indicators[indicator_key]
    segments, number, known = [], 0, None
    for _, row in rows.iterrows():
        own = (definition(row, indicator), sum(gap < row["end"] for gap in gaps))
        number += known is not None and own != known
        known = own
        segments.append(number)
    return rows.assign(
        key=one.key,
        series=one.name,
        code=one.code,
        colour=one.colour,
        segment=segments,
    )


def indexed(
    points: pd.DataFrame, indicator: Indicator, base: str
) -> tuple[pd.DataFrame, list[str]]:
    """The points as an index, base 100 at a reference period; and the names of the series that
    have no comparable level there, which are left out.

    Only what is of the definition of the base is kept. An index has the figures that its two
    levels bear (`atlas.indicators.precision`); where they bear none, there is no point.
    """
    shown = index_indicator(indicator)
    kept, absent = [], []
    for name, rows in points.groupby("series", sort=False):
        bases = rows[rows["reference_period"] == base]
        if bases.empty or bases["level"].iloc[0].number <= 0:
            absent.append(str(name))
            continue
        start, segment = bases["level"].iloc[0], bases["segment"].iloc[0]
        rows = rows[rows["segment"] == segment]
        rows = rows.assign(level=[_index(level, start, shown) for level in rows["level"]])
        kept.append(rows[[level.is_known for level in rows["level"]]])
    whole = pd.concat(kept, ignore_index=True) if kept else points.iloc[:0]
    return whole, absent


def _index(level: Value, start: Value, shown: Indicator) -> Value:
    label = periods.label(start.period)
    if level is start:
        amount: float | None = INDEX_BASE
    else:
        growth = growth_between(
            start.number, level.number, qualifiers=(start.qualifier, level.qualifier)
        )
        amount = None if growth != growth else INDEX_BASE + growth
    return Value(
        amount,
        indicator=shown,
        status="missing" if amount is None else "derived",
        derivation=f"indice, base 100 en {label}" if amount is not None else "",
        period=level.period,
    )


def index_indicator(indicator: Indicator) -> Indicator:
    """What an index of the indicator is: a number without a unit."""
    changed: Mapping[str, object] = {
        "label": f"Indice : {indicator.label[:1].lower()}{indicator.label[1:]}",
        "kind": "average",
        "unit": "",
        "digits": 0,
    }
    return indicator.model_copy(update=dict(changed))
