"""Levels of territories at one date or two: order, ties, what is missing, changes."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.common.nation import with_comparable_nation
from atlas.figures.common.ranks import place_text
from atlas.figures.common.style import as_printed
from atlas.figures.comparison.selection import names_of
from atlas.figures.comparison.spec import ResolvedComparison
from atlas.indicators.comparability import are_comparable
from atlas.indicators.computed_change import DIFFERENCE, RATIO
from atlas.indicators.precision import growth_between
from atlas.indicators.ranking import ranks_of_rows
from atlas.indicators.row_values import SAID_OF_ROW, change_values, level_values
from atlas.indicators.snapshot import snapshot
from atlas.settings import Indicator

# What a snapshot says of a territory at the earlier date, and what is said where there is none.
_NO_LEVEL = {
    "value": math.nan,
    "qualifier": "",
    "derived": "",
    "restated": False,
    "secret": False,
    "source": "",
    "page": "",
    "period": "",
    "decimals": math.nan,
    "reach_low": math.nan,
    "reach_high": math.nan,
    "significant_figures": math.nan,
    **dict.fromkeys(SAID_OF_ROW, ""),
    "assumed": False,
}


def level_rows(context: FigureContext, comparison: ResolvedComparison) -> pd.DataFrame:
    """One row per territory, the highest first, those without a value last.

    Columns of a snapshot (levels in the unit of the indicator, changes in points for a rate and
    in percent for a count), where change is the one between the two dates; those of the snapshot
    of the earlier date, each after ``before_``; and name, printed (the value as a reader sees
    it), level, base and level_change (Values: both levels and the change), rank_text (« 2ᵉ sur
    18 », see `_rank_texts`).
    """
    indicator = comparison.indicator
    rows = _with_change(comparison, _both_dates(context, comparison))
    nation_name = ""
    if not comparison.compared_to:
        rows, nation_name = with_comparable_nation(context, rows, comparison.indicator_key)
    rows["name"] = names_of(context, list(rows["code"]), nation_name)
    # Before the column of what a reader sees takes the name of the words of the source.
    rows["level"] = level_values(rows, indicator)
    rows["printed"] = [printed_amount(value, indicator) for value in rows["value"]]
    rows["base"] = level_values(rows, indicator, prefix="before_")
    rows["level_change"] = change_values(rows, indicator)
    return _ranked_rows(context, comparison, rows)


def printed_amount(amount: float, indicator: Indicator) -> float:
    """The level that a reader sees, which decides the order and the ties."""
    has_decimals = indicator.in_percent or indicator.kind == "average"
    return as_printed(amount, indicator.digits if has_decimals else 0)


def _both_dates(context: FigureContext, comparison: ResolvedComparison) -> pd.DataFrame:
    """The snapshot of the date and, after ``before_``, that of the earlier one."""
    rows = _snapshot(context, comparison, comparison.reference_period)
    before = None
    if comparison.compared_to:
        before = _snapshot(context, comparison, comparison.compared_to)
    return rows.assign(
        **{
            f"before_{name}": absent if before is None else before[name]
            for name, absent in _NO_LEVEL.items()
        }
    )


def _snapshot(
    context: FigureContext, comparison: ResolvedComparison, reference_period: str
) -> pd.DataFrame:
    return snapshot(
        context.dataset.around(comparison.indicator_key, reference_period),
        context.settings,
        comparison.codes,
        indicator=comparison.indicator_key,
        reference_period=reference_period,
    )


def _with_change(comparison: ResolvedComparison, rows: pd.DataFrame) -> pd.DataFrame:
    """Replaces the changes of the snapshot by those between the two dates."""
    columns = ["change", "change_derived", "change_restated", "change_qualifier", "compared_to"]
    comparable = are_comparable(rows, rows, comparison.indicator, prefixes=("", "before_"))
    records = rows.assign(comparable=comparable).to_dict("records")
    found = [_change(comparison, row) for row in records]
    return rows.assign(
        **{name: list(cells) for name, cells in zip(columns, zip(*found, strict=True), strict=True)}
    )


def _change(
    comparison: ResolvedComparison, row: dict[Any, Any]
) -> tuple[float, str, bool, str, str]:
    """The change between the two dates, as a source prints it, else from the two levels.

    With how it was computed, whether it is that of another code, its qualifier and its base.
    """
    now, before, indicator = row["value"], row["before_value"], comparison.indicator
    is_range = not (math.isnan(row["reach_low"]) and math.isnan(row["before_reach_low"]))
    if math.isnan(now) or math.isnan(before) or indicator.kind == "rank" or is_range:
        return math.nan, "", False, "", ""
    base, derived = row["compared_to"], row["change_derived"]
    if (
        base
        and periods.reference_period(base, indicator.accumulation) == comparison.compared_to
        and (not derived or row["change_restated"])
    ):
        return row["change"], derived, row["change_restated"], "", base
    if not row["comparable"]:
        return math.nan, "", False, "", ""
    about = "about" if row["qualifier"] or row["before_qualifier"] else ""
    if indicator.in_percent:
        return round(now - before, 9), DIFFERENCE, False, about, comparison.compared_to
    if before <= 0:
        return math.nan, "", False, "", ""
    growth = growth_between(before, now, qualifiers=(row["before_qualifier"], row["qualifier"]))
    if math.isnan(growth):
        return math.nan, "", False, "", ""
    return growth, RATIO, False, about, comparison.compared_to


def _ranked_rows(
    context: FigureContext, comparison: ResolvedComparison, rows: pd.DataFrame
) -> pd.DataFrame:
    """By the printed values; equal ones share their rank and follow the alphabet."""
    place = {code: i for i, code in enumerate(context.territories.sorted_by_name(rows["code"]))}
    rows = rows.assign(_place=rows["code"].map(place)).sort_values(
        ["printed", "_place"], ascending=[False, True], na_position="last", kind="stable"
    )
    rows["rank_text"] = _rank_texts(context, comparison, rows)
    return rows.drop(columns="_place").reset_index(drop=True)


def _rank_texts(
    context: FigureContext, comparison: ResolvedComparison, rows: pd.DataFrame
) -> list[str]:
    """« 1ᵉʳ sur 18 », « 2ᵉ ex æquo sur 18 »: among all the territories of the kind compared, where
    enough of them are there.

    The nation has no rank among its parts, nor has a département among régions.
    """
    kinds = {context.territories[code].kind for code in rows["code"] if code != "FR"}
    if len(kinds) != 1:
        return [""] * len(rows)
    (kind,) = kinds
    found = ranks_of_rows(
        rows,
        list(rows["printed"]),
        len(context.territories.of_kind(kind)),
        kind=kind,
        settings=context.settings,
        digits=comparison.indicator.digits,
    )
    texts = {code: f"{place_text(rank)} sur {rank.total}" for code, rank in found.items()}
    return [texts.get(code, "") for code in rows["code"]]
