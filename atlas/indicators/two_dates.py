"""The levels of territories at two dates and what lies between them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from atlas import periods as calendar
from atlas.indicators.choice import best
from atlas.indicators.comparability import are_comparable
from atlas.indicators.computed_change import DIFFERENCE
from atlas.indicators.row_values import SAID_OF_ROW
from atlas.indicators.snapshot import LEVEL_COLUMNS, snapshot
from atlas.settings import Indicator, Settings

_CHANGE_SAID = [f"change_{column}" for column in SAID_OF_ROW]
_CHANGE = ["change", "change_derived", "change_restated", "change_source", "change_page"]
# Two numbers nearer than this are one: tenths are not exact in binary.
_EQUALITY_TOLERANCE = 1e-9


def between(
    figures: pd.DataFrame,
    settings: Settings,
    codes: Sequence[str],
    *,
    indicator: str,
    before: str,
    after: str,
) -> pd.DataFrame:
    """One row per territory of `codes`, in that order; before, after: reference periods.

    Columns: code; for each date (before_, after_) value, qualifier, derived, restated, source,
    page, period, decimals and the other columns of a level of `snapshot`, among which what is said
    of its row (SAID_OF_ROW; that of the change after ``change_``); change, change_derived,
    change_restated, change_source and change_page: the change that a source published for that
    very pair of dates, else the difference of the two levels, where they have one definition;
    still: True when the change is smaller than what the rounding of the published values leaves
    open. Rates and shares only: their changes are in points.
    """
    figures = figures[
        (figures["indicator"] == indicator) & figures["reference_period"].isin([before, after])
    ]
    table = pd.DataFrame({"code": list(codes)})
    for name, reference_period in (("before", before), ("after", after)):
        levels = snapshot(
            figures, settings, codes, indicator=indicator, reference_period=reference_period
        )
        table = table.join(levels[LEVEL_COLUMNS].add_prefix(f"{name}_"))
    published = _published_changes(figures, settings, indicator, before, after).reindex(list(codes))
    table[_CHANGE] = published[_CHANGE].to_numpy()
    table[_CHANGE_SAID] = published[_CHANGE_SAID].fillna("").to_numpy()
    table["change_assumed"] = table["change_assumed"].eq(True)
    comparable = are_comparable(
        table, table, settings.indicators[indicator], prefixes=("after_", "before_")
    )
    table = _with_differences(table.astype({"change": float}), comparable)
    table["still"] = (
        table["change"].abs()
        < _rounding_margin(table, settings.indicators[indicator]) - _EQUALITY_TOLERANCE
    )
    return table


def _published_changes(
    figures: pd.DataFrame, settings: Settings, indicator: str, before: str, after: str
) -> pd.DataFrame:
    """The changes that sources printed for the pair, by territory."""
    accumulation = settings.indicators[indicator].accumulation
    rows = figures[
        (figures["corridor"] == "")
        & (figures["reference_period"] == after)
        & ~figures["uncertain"]
        & figures["change"].notna()
        & (figures["compared_to"] != "")
    ]
    rows = rows[(rows["derived"] == "") | rows["restated"]]
    rows = rows[
        rows["compared_to"].map(lambda base: calendar.reference_period(base, accumulation))
        == before
    ]
    chosen = best(rows, settings.source_order, needs="change").set_index("territory")
    return chosen.rename(
        columns={
            "derived": "change_derived",
            "restated": "change_restated",
            "source": "change_source",
            "page": "change_page",
            **dict(zip(SAID_OF_ROW, _CHANGE_SAID, strict=True)),
        }
    )


def _with_differences(table: pd.DataFrame, comparable: pd.Series) -> pd.DataFrame:
    """The changes that nobody published, from the two levels where they are comparable."""
    # 37.4 - 36.2 is 1.2 and not 1.1999999999999957, which would print as 1,2 but not equal it
    computed = (table["after_value"] - table["before_value"]).round(9)
    is_range = table["after_reach_low"].notna() | table["before_reach_low"].notna()
    computed = computed.where(table["change"].isna() & comparable & ~is_range)
    texts = ["change_derived", "change_source", "change_page"]
    table[texts] = table[texts].astype(object).where(table[texts].notna(), "")
    table["change_derived"] = table["change_derived"].where(computed.isna(), DIFFERENCE)
    table["change_restated"] = table["change_restated"].eq(True)
    return table.assign(change=table["change"].fillna(computed))


def _rounding_margin(table: pd.DataFrame, kind: Indicator) -> pd.Series:
    """How far rounding may have moved the change, in points.

    Half a unit of the last printed digit of each level, twice that of a level that was computed
    from rounded ones; of a change that is published, half a unit of its own last digit.
    """
    computed = table["change_derived"] == DIFFERENCE
    moved = sum(_half_step(table, name, kind) for name in ("before", "after"))
    return moved.where(computed, 0.05)


def _half_step(table: pd.DataFrame, name: str, kind: Indicator) -> pd.Series:
    decimals = table[f"{name}_decimals"].astype(float).fillna(kind.digits)
    doubled = (table[f"{name}_derived"] != "") & ~table[f"{name}_restated"]
    return 0.5 * 10.0**-decimals * doubled.map({True: 2.0, False: 1.0})
