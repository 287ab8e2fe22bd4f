"""The values of the territories of a level: what the map, its bars and its table print."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import as_printed
from atlas.figures.map.request import TerritoriesRequest
from atlas.indicators.comparability import has_another_base
from atlas.indicators.ranking import Rank, ranks_of_rows
from atlas.indicators.row_values import change_values, gap_values, level_values
from atlas.indicators.snapshot import snapshot
from atlas.territories import KIND_OF_LEVEL
from atlas.values import Value

ANOTHER_BASE = "autre base"


def map_rows(context: FigureContext, request: TerritoriesRequest) -> pd.DataFrame:
    """The snapshot of the level inside the territory, and what is printed of it.

    Adds i (place in the level), name; level_value, change_value, gap_value (each a Value); of the
    measure asked for: shown (rounded as printed, NaN where there is none), shown_value, missing,
    secret, text and detail (where it comes from); other_base: a change that does not start from
    the period that most of them start from, and is not shown.
    """
    key = ("map rows", request.measure, *_snapshot_key(request))
    rows: pd.DataFrame = context.once(key, lambda: _rows(context, request))
    return rows


def _rows(context: FigureContext, request: TerritoriesRequest) -> pd.DataFrame:
    every_code = context.territories.of_kind(KIND_OF_LEVEL[request.level])
    indicator = context.settings.indicators[request.indicator]
    rows = _snapshot(context, request)
    rows = rows.iloc[1:].copy()
    rows["i"] = [every_code.index(code) for code in rows["code"]]
    rows["name"] = [context.territories[code].name for code in rows["code"]]
    rows["level_value"] = level_values(rows, indicator)
    rows["change_value"] = change_values(rows, indicator)
    rows["gap_value"] = gap_values(rows["gap"], indicator, rows["level_value"])
    rows["shown"] = [as_printed(number) for number in rows[request.measure]]
    rows["missing"] = rows["shown"].isna()
    rows["other_base"] = False
    if request.measure == "change":
        rows["secret"] = rows["change_secret"]
        rows["other_base"] = has_another_base(list(rows["change_value"]))
        rows["shown"] = rows["shown"].mask(rows["other_base"])
        rows["missing"] = rows["shown"].isna()
    rows["shown_value"] = [_shown_value(request, row) for row in rows.to_dict("records")]
    rows["text"] = [french.value_text(value) for value in rows["shown_value"]]
    rows["detail"] = [
        ANOTHER_BASE if has_other else captions.origin_text(context, value, page)
        for value, page, has_other in zip(
            rows["shown_value"], rows["page"], rows["other_base"], strict=True
        )
    ]
    return rows


def nation_level(context: FigureContext, request: TerritoriesRequest) -> float:
    """The level of France that is comparable, NaN where there is none."""
    return float(_snapshot(context, request)["nation"].iloc[0])


def nation_value(context: FigureContext, request: TerritoriesRequest) -> Value:
    """The level of France at the period of the territories; without an amount where there is
    none of that date."""
    rows = _snapshot(context, request)
    indicator = context.settings.indicators[request.indicator]
    level = level_values(rows.iloc[:1], indicator)[0]
    return replace(level, amount=None) if rows["nation_period"].iloc[0] else level


def nation_date(context: FigureContext, request: TerritoriesRequest) -> str:
    """« février 2025 »: of the level of France, where it is not that of the territories."""
    period = _snapshot(context, request)["nation_period"].iloc[0]
    accumulation = context.settings.indicators[request.indicator].accumulation
    return periods.label(period, accumulation) if period else ""


def map_ranks(context: FigureContext, request: TerritoriesRequest) -> dict[str, Rank]:
    """The ranks of the measure shown, by code, among the territories of the level in the territory
    of the request; none where too few are known."""
    key = ("map ranks", request.measure, *_snapshot_key(request))
    found: dict[str, Rank] = context.once(key, lambda: _ranks(context, request))
    return found


def _ranks(context: FigureContext, request: TerritoriesRequest) -> dict[str, Rank]:
    rows = map_rows(context, request)
    ranges = rows if request.measure != "change" else rows[["code"]]
    if request.measure == "gap":
        moved = rows["gap"] - rows["value"]
        ranges = rows.assign(
            reach_low=rows["reach_low"] + moved, reach_high=rows["reach_high"] + moved
        )
    return ranks_of_rows(
        ranges,
        list(rows["shown"]),
        len(rows),
        kind=KIND_OF_LEVEL[request.level],
        settings=context.settings,
        digits=context.settings.indicators[request.indicator].digits,
    )


def _snapshot(context: FigureContext, request: TerritoriesRequest) -> pd.DataFrame:
    """France, then the territories of the level: the map, its bars and its texts share it."""
    codes = context.territories.of_kind(KIND_OF_LEVEL[request.level], request.territory)
    rows: pd.DataFrame = context.once(
        ("snapshot", *_snapshot_key(request)),
        lambda: snapshot(
            context.dataset.around(request.indicator, request.period),
            context.settings,
            ["FR", *codes],
            indicator=request.indicator,
            reference_period=request.period,
        ),
    )
    return rows


def _snapshot_key(request: TerritoriesRequest) -> tuple[str, ...]:
    return request.indicator, request.period, request.level, request.territory


def _shown_value(request: TerritoriesRequest, row: dict[str, Any]) -> Value:
    """What is drawn: the level, its change or its gap to France, as printed.

    The gap is said to come from where the level does.
    """
    value: Value = row["change_value"] if request.measure == "change" else row["level_value"]
    amount = None if row["missing"] else row["shown"]
    if request.measure != "gap":
        return replace(value, amount=amount)
    gap: Value = row["gap_value"]
    status = "missing" if amount is None and value.status != "secret" else value.status
    return replace(
        gap,
        amount=amount,
        status=status,
        derivation=value.derivation if amount is not None else "",
    )
