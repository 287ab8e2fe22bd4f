"""The row of France in a snapshot, and its date where it is not that of the territories."""

from __future__ import annotations

import pandas as pd

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.indicators.nation import national_level
from atlas.indicators.snapshot import LEVEL_COLUMNS

_NATION_NAME = "France"


def with_comparable_nation(
    context: FigureContext, rows: pd.DataFrame, indicator_key: str
) -> tuple[pd.DataFrame, str]:
    """The rows of a snapshot with, in that of FR, the level that may stand beside the territories;
    and the name of that row: « France », « France (février 2025) » where its date is another.

    The row of FR is left as it is where it has a value of its own, or where none is comparable.
    """
    is_nation = rows["code"] == "FR"
    if not is_nation.any() or not rows["nation_period"].iloc[0]:
        return rows, _NATION_NAME
    period = rows["nation_period"].iloc[0]
    accumulation = context.settings.indicators[indicator_key].accumulation
    name = f"{_NATION_NAME} ({periods.label(period, accumulation)})"
    if rows.loc[is_nation, "value"].notna().any():
        return rows, name
    level = national_level(
        context.dataset.index.of_territories(indicator_key, ["FR"]),
        context.settings,
        rows.iloc[:0].assign(territory=""),
        indicator=indicator_key,
        reference_period=periods.reference_period(period, accumulation),
    )
    if level is None:
        return rows, _NATION_NAME
    rows = rows.copy()
    for column in LEVEL_COLUMNS:
        rows.loc[is_nation, column] = level[column]
    rows.loc[is_nation, ["missing", "secret"]] = False
    return rows, name
