"""Levels of territories at one date or two: order, ties, what is missing, changes."""

from __future__ import annotations

import math

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import as_printed
from atlas.figures.comparison.selection import names_of
from atlas.figures.comparison.spec import ResolvedComparison
from atlas.indicators import is_restated, snapshot
from atlas.settings import Indicator

# What is said of a change that no source prints.
COMPUTED = "différence des deux niveaux"


def levels(context: FigureContext, asked: ResolvedComparison) -> pd.DataFrame:
    """One row per territory, the highest first, those without a value last.

    Columns of a snapshot, and name, text; before, before_qualifier, before_derived, before_text
    (the level at the earlier date); change, change_qualifier, change_how (empty when a source
    prints it), change_text; rank_text, by the values as they are printed. Texts carry the mark of
    computed values.
    """
    kind = asked.kind
    now = snapshot(
        context.dataset.observations,
        context.settings,
        asked.codes,
        indicator=asked.indicator,
        reference_period=asked.reference_period,
    )
    rows = _with_before(context, asked, now)
    rows["name"] = names_of(context, list(rows["code"]))
    rows["shown"] = [printed(value, kind) for value in rows["value"]]
    for column in ("", "before_"):
        level = rows["before" if column else "value"]
        rows[f"{column}text"] = [
            captions.marked(french.format_value(v, kind, q), d)
            for v, q, d in zip(
                level, rows[f"{column}qualifier"], rows[f"{column}derived"], strict=True
            )
        ]
    return _ranked(context, rows)


def printed(value: float, kind: Indicator) -> float:
    """The value that a reader sees, which decides the order and the ties."""
    few = kind.in_percent or kind.kind == "average"
    return as_printed(value, kind.digits if few else 0)


def _with_before(
    context: FigureContext, asked: ResolvedComparison, now: pd.DataFrame
) -> pd.DataFrame:
    """Adds the earlier level and the change since: as published, else computed."""
    rows = now.copy()
    if asked.before:
        then = snapshot(
            context.dataset.observations,
            context.settings,
            asked.codes,
            indicator=asked.indicator,
            reference_period=asked.before,
        )
        for column in ("qualifier", "derived", "source", "page"):
            rows[f"before_{column}"] = then[column]
        rows["before"] = then["value"]
    else:
        rows = rows.assign(
            before=math.nan,
            before_qualifier="",
            before_derived="",
            before_source="",
            before_page="",
        )
    found = [_change(asked, row) for row in rows.to_dict("records")]
    rows["change"], rows["change_how"], rows["change_qualifier"] = (
        list(column) for column in zip(*found, strict=True)
    )
    rows["change_text"] = [
        "" if math.isnan(c) else captions.marked(french.format_change(c, asked.kind, q), how)
        for c, how, q in zip(
            rows["change"], rows["change_how"], rows["change_qualifier"], strict=True
        )
    ]
    return rows


def _change(asked: ResolvedComparison, row: dict[str, object]) -> tuple[float, str, str]:
    """The change between the two dates, how it was computed, and its qualifier."""
    now, then, kind = float(str(row["value"])), float(str(row["before"])), asked.kind
    if math.isnan(now) or math.isnan(then) or kind.kind == "rank":
        return math.nan, "", ""
    base, how = str(row["compared_to"]), str(row["change_derived"])
    if (
        base
        and periods.reference_period(base, kind.accumulation) == asked.before
        and (not how or is_restated(how))
    ):
        return float(str(row["change"])), how, ""
    about = "about" if row["qualifier"] or row["before_qualifier"] else ""
    if kind.in_percent:
        return round(now - then, 9), COMPUTED, about
    return (round((now / then - 1) * 100, 9), COMPUTED, about) if then > 0 else (math.nan, "", "")


def _ranked(context: FigureContext, rows: pd.DataFrame) -> pd.DataFrame:
    """By the printed values; equal ones share their rank and follow the alphabet."""
    place = {code: i for i, code in enumerate(context.territories.sorted_by_name(rows["code"]))}
    rows = rows.assign(_place=rows["code"].map(place)).sort_values(
        ["shown", "_place"], ascending=[False, True], na_position="last", kind="stable"
    )
    rows["rank_text"] = _ranks(context, rows)
    return rows.drop(columns="_place").reset_index(drop=True)


def _ranks(context: FigureContext, rows: pd.DataFrame) -> list[str]:
    """« 1er sur 4 », « 2e ex æquo sur 4 »: among territories of one kind that have a value.

    The nation has no rank among its parts, nor has a département among régions.
    """
    ranked = rows[rows["shown"].notna() & (rows["code"] != "FR")]
    if len({context.territories[code].kind for code in ranked["code"]}) > 1:
        return [""] * len(rows)
    places = ranked["shown"].rank(method="min", ascending=False)
    tied = ranked["shown"].duplicated(keep=False)
    texts = {
        i: f"{french.format_ordinal(int(place))}{' ex æquo' if tied[i] else ''} sur {len(ranked)}"
        for i, place in places.items()
    }
    return [texts.get(i, "") for i in rows.index]
