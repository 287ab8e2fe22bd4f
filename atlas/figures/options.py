"""What can be chosen: only territories, periods and indicators that have something to show."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pandas as pd

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.map.request import TerritoriesRequest
from atlas.indicators.snapshot import periods as known_periods
from atlas.territories import KIND_OF_LEVEL

NO_RATE_TEXT = (
    "Aucun taux n’est publié pour ce territoire et ce découpage. Choisissez la France, ou un "
    "autre découpage."
)


def territories_with_figures(context: FigureContext) -> list[str]:
    """Codes that have at least one certain figure: FR, then régions, départements, caisses."""
    present = set(context.dataset.select()["territory"])
    return [code for code in context.territories.by_code if code in present]


def nearest_territory(context: FigureContext, options: Collection[str]) -> Callable[[str], str]:
    """Of a territory that is not among the options, the smallest that holds it and is; an empty
    text where none does, and for what is no territory."""

    def find(code: str) -> str:
        while code and code in context.territories.by_code and code not in options:
            code = context.territories[code].parent
        return code if code in options else ""

    return find


def nearest_period(options: Collection[str]) -> Callable[[str], str]:
    """Of a period that is not among the options, the one that ends with it: « 2025 » for
    « 2025-12 »; an empty text where none does."""

    def find(period: str) -> str:
        try:
            end = periods.end_month(period)
        except ValueError:
            return ""
        return next((option for option in options if periods.end_month(option) == end), "")

    return find


def periods_of(context: FigureContext, code: str) -> list[str]:
    """Months at the end of which something is known of a territory, newest first."""
    rows = context.dataset.select(territories=[code])
    rows = rows[~rows["indicator"].str.endswith("_target")]
    return sorted(
        {
            periods.end_month(reference_period)
            for reference_period in rows["reference_period"].unique()
        },
        reverse=True,
    )


def map_codes(context: FigureContext, level: str, within: str) -> list[str]:
    """The territories of a level inside a territory."""
    return context.territories.of_kind(KIND_OF_LEVEL[level], within)


def map_periods(context: FigureContext, request: TerritoriesRequest) -> list[str]:
    """Periods with a value for one of the territories of the map, newest first."""
    found: tuple[str, ...] = context.once(
        ("map periods", request.indicator, request.level, request.territory),
        lambda: tuple(
            known_periods(
                context.dataset.index.of_indicator(request.indicator),
                request.indicator,
                map_codes(context, request.level, request.territory),
            )
        ),
    )
    return list(found)


def fullest_period(context: FigureContext, request: TerritoriesRequest) -> str:
    """The period with most territories, the newest among equals: where a map starts."""
    found: str = context.once(
        ("fullest period", request.indicator, request.level, request.territory),
        lambda: _find_fullest_period(context, request),
    )
    return found


def _find_fullest_period(context: FigureContext, request: TerritoriesRequest) -> str:
    codes = map_codes(context, request.level, request.territory)
    rows = context.dataset.select(indicator=request.indicator, territories=codes)
    counts = rows[rows["value"].notna()].groupby("reference_period")["territory"].nunique()
    return max(
        counts.index,
        key=lambda reference_period: (
            counts[reference_period],
            periods.end_month(reference_period),
        ),
        default="",
    )


def _rows_by_corridor(context: FigureContext) -> pd.DataFrame:
    """Certain rows of one corridor that are published, or derived and not of a département."""
    rows: pd.DataFrame = context.once("rows_by_corridor", lambda: _find_rows_by_corridor(context))
    return rows


def _find_rows_by_corridor(context: FigureContext) -> pd.DataFrame:
    rows = context.dataset.select()
    shown = rows["value"].notna() | rows["change"].notna()
    return rows[
        (rows["corridor"] != "")
        & shown
        & (rows["derived"].eq("") | ~rows["territory"].str.startswith("DEP"))
    ]


def corridor_territories(context: FigureContext) -> list[str]:
    """Territories with several corridors of one indicator at one period."""
    rows = _rows_by_corridor(context)
    counts = rows.groupby(["territory", "indicator", "reference_period"])["corridor"].nunique()
    present = set(counts[counts > 1].index.get_level_values("territory"))
    return [code for code in context.territories.by_code if code in present]


def corridor_periods(context: FigureContext, code: str) -> list[str]:
    """Periods with several corridors, newest first, the full years before the months."""
    rows = _rows_by_corridor(context)
    rows = rows[(rows["territory"] == code) & (rows["derived"] == "")]
    counts = rows.groupby(["reference_period", "indicator"])["corridor"].nunique()
    found = set(counts[counts > 1].index.get_level_values("reference_period"))
    return sorted(
        found,
        key=lambda reference_period: (
            len(reference_period) == 4,
            periods.end_month(reference_period),
        ),
        reverse=True,
    )


def corridor_indicators(context: FigureContext, code: str, reference_period: str) -> list[str]:
    """Indicators with several corridors for a territory and period, in their order."""
    kinds = context.settings.indicators
    rows = _rows_by_corridor(context)
    rows = rows[rows["territory"] == code]
    compared_periods = rows["indicator"].map(
        lambda key: periods.reference_period(reference_period, kinds[key].accumulation)
    )
    rows = rows[rows["reference_period"] == compared_periods]
    counts = rows.groupby("indicator")["corridor"].nunique()
    return [key for key in kinds if counts.get(key, 0) > 1]


def indicators_of_corridor(context: FigureContext, corridor: str) -> list[str]:
    """Indicators that at least one territory published for a corridor."""
    rows = _rows_by_corridor(context)
    present = set(rows.loc[rows["corridor"] == corridor, "indicator"])
    return [key for key in context.settings.indicators if key in present]
