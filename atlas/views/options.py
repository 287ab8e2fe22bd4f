"""What can be chosen: only territories, periods and indicators that have something to show."""

from __future__ import annotations

import pandas as pd

from atlas import periods
from atlas.indicators import periods as known_periods
from atlas.territories import KINDS
from atlas.views.desk import Desk
from atlas.views.map_words import MapChoice


def territories_with_figures(desk: Desk) -> list[str]:
    """Codes that have at least one certain figure: FR, then régions, départements, caisses."""
    rows = desk.book.figures
    present = set(rows.loc[~rows["uncertain"], "territory"])
    return [code for code in desk.territories.by_code if code in present]


def periods_of(desk: Desk, code: str) -> list[str]:
    """Months at the end of which something is known of a territory, newest first."""
    rows = desk.book.figures
    rows = rows[
        (rows["territory"] == code)
        & ~rows["uncertain"]
        & ~rows["indicator"].str.endswith("_target")
    ]
    return sorted({periods.end_month(when) for when in rows["when"].unique()}, reverse=True)


def map_codes(desk: Desk, level: str, within: str) -> list[str]:
    """The territories of a level inside a territory."""
    return desk.territories.of_kind(KINDS[level], within)


def map_periods(desk: Desk, asked: MapChoice) -> list[str]:
    """Periods with a value for one of the territories of the map, newest first."""
    return known_periods(
        desk.book.figures, asked.indicator, map_codes(desk, asked.level, asked.within)
    )


def fullest_period(desk: Desk, asked: MapChoice) -> str:
    """The period with most territories, the newest among equals: where a map starts."""
    codes = map_codes(desk, asked.level, asked.within)
    rows = desk.book.figures
    rows = rows[
        (rows["indicator"] == asked.indicator)
        & rows["territory"].isin(codes)
        & rows["value"].notna()
        & ~rows["uncertain"]
    ]
    counts = rows.groupby("when")["territory"].nunique()
    return max(counts.index, key=lambda when: (counts[when], periods.end_month(when)), default="")


def _by_corridor(desk: Desk) -> pd.DataFrame:
    rows = desk.book.figures
    shown = rows["value"].notna() | rows["change"].notna()
    return rows[
        (rows["corridor"] != "")
        & ~rows["uncertain"]
        & shown
        & (rows["derived"].eq("") | ~rows["territory"].str.startswith("DEP"))
    ]


def corridor_territories(desk: Desk) -> list[str]:
    """Territories with several corridors of one indicator at one period."""
    rows = _by_corridor(desk)
    counts = rows.groupby(["territory", "indicator", "when"])["corridor"].nunique()
    present = set(counts[counts > 1].index.get_level_values("territory"))
    return [code for code in desk.territories.by_code if code in present]


def corridor_periods(desk: Desk, code: str) -> list[str]:
    """Periods with several corridors, newest first, the full years before the months."""
    rows = _by_corridor(desk)
    rows = rows[(rows["territory"] == code) & (rows["derived"] == "")]
    counts = rows.groupby(["when", "indicator"])["corridor"].nunique()
    found = set(counts[counts > 1].index.get_level_values("when"))
    return sorted(found, key=lambda when: (len(when) == 4, periods.end_month(when)), reverse=True)


def corridor_indicators(desk: Desk, code: str, when: str) -> list[str]:
    """Indicators with several corridors for a territory and period, as config.yaml orders."""
    kinds = desk.settings.indicators
    rows = _by_corridor(desk)
    rows = rows[rows["territory"] == code]
    asked = rows["indicator"].map(lambda key: periods.when(when, kinds[key].measure))
    rows = rows[rows["when"] == asked]
    counts = rows.groupby("indicator")["corridor"].nunique()
    return [key for key in kinds if counts.get(key, 0) > 1]


def indicators_of_corridor(desk: Desk, corridor: str) -> list[str]:
    """Indicators that at least one territory published for a corridor."""
    rows = _by_corridor(desk)
    present = set(rows.loc[rows["corridor"] == corridor, "indicator"])
    return [key for key in desk.settings.indicators if key in present]
