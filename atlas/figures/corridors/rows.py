"""The bars by corridor as values: of one territory, of one corridor, or shares of several."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import as_printed
from atlas.figures.corridors.request import CorridorRequest, Order
from atlas.indicators.choice import best
from atlas.indicators.corridors import by_corridor, corridor_total, levels_and_changes
from atlas.indicators.row_values import change_values, level_values
from atlas.settings import Indicator
from atlas.territories import CODE_SEPARATOR

# How the level of a base year was found.
SHARE_DERIVATION = "part du total"
# Decimals of a share that is computed.
SHARE_DIGITS = 1
SourcePart = Literal["level", "change", "base"]


def territory_bars(
    context: FigureContext,
    code: str,
    indicator_key: str,
    reference_period: str,
    compared_to: str = "",
) -> pd.DataFrame:
    """One row per corridor of a territory that has a level or a growth, in the order of
    config.yaml.

    compared_to: the period that changes start from; empty: as published, else a year before.
    Columns: code, corridor, key (of the corridor), name, level, change, base (the level of the
    period that the change starts from), all three Values, detail and change_detail (where they
    come from), source and page (of the level; after ``change_`` and ``base_``, of the
    others), note, secret.
    """
    rows = by_corridor(
        context.dataset.index.of_territories(indicator_key, [code]),
        context.settings,
        code,
        indicator=indicator_key,
        reference_period=reference_period,
        compared_to=compared_to,
    )
    names = [context.settings.corridors[key].short for key in rows["corridor"]]
    return _bars(context, rows.assign(key=rows["corridor"], name=names), indicator_key)


def corridor_bars_by_territory(context: FigureContext, request: CorridorRequest) -> pd.DataFrame:
    """One row for France and for each région that published a corridor, or for each territory of
    the request, at its period or at the latest of each.

    Columns as `territory_bars`, key being the code of the territory; the highest level first.
    """
    indicator = context.settings.indicators[request.indicator]
    codes = _territories(context, request)
    rows = context.dataset.select(
        indicator=request.indicator, corridor=request.corridor, territories=codes
    )
    now = rows[(rows["derived"] == "") | rows["restated"].astype(bool)]
    now = now[now["territory"].isin(codes) & (now["derived"].eq("") | bool(request.territory))]
    if request.period:
        wanted = periods.reference_period(request.period, indicator.accumulation)
        now = now[now["reference_period"] == wanted]
    now = best(now, context.settings.source_order, needs="any")
    now = now.sort_values(
        "reference_period", key=lambda s: s.map(periods.end_month), ascending=False
    )
    now = now.drop_duplicates("territory")
    compared_to = (
        periods.reference_period(request.compared_to, indicator.accumulation)
        if request.compared_to
        else ""
    )
    rows = levels_and_changes(
        rows, context.settings, now, indicator=request.indicator, compared_to=compared_to
    )
    one_date = rows["period"].nunique() == 1
    names = captions.names_apart(context, rows["territory"])
    labels = [
        names[code]
        if one_date
        else f"{names[code]}, {periods.label(period, indicator.accumulation)}"
        for code, period in zip(rows["territory"], rows["period"], strict=True)
    ]
    rows = rows.assign(key=rows["territory"], name=labels)
    rows = rows.sort_values("value", ascending=False, na_position="last", kind="stable")
    return _bars(context, rows, request.indicator)


def _territories(context: FigureContext, request: CorridorRequest) -> list[str]:
    if request.territory:
        return list(dict.fromkeys(request.territory.split(CODE_SEPARATOR)))
    return ["FR", *context.territories.of_kind("REG")]


def in_order(rows: pd.DataFrame, order: Order, column: str) -> pd.DataFrame:
    """The bars with the highest amount of a column of Values first, those without one last; or as
    they come."""
    if order == "configuration":
        return rows.reset_index(drop=True)
    amounts = pd.DataFrame(
        {
            "first": [value.number for value in rows[column]],
            "then": [value.number for value in rows["change"]],
        },
        index=rows.index,
    )
    placed = amounts.sort_values(
        ["first", "then"], ascending=False, na_position="last", kind="stable"
    )
    return rows.loc[placed.index].reset_index(drop=True)


def _bars(context: FigureContext, rows: pd.DataFrame, indicator_key: str) -> pd.DataFrame:
    indicator = context.settings.indicators[indicator_key]
    levels = level_values(rows, indicator)
    changes = change_values(rows, indicator)
    bases = level_values(rows, indicator, prefix="base_")
    details = [
        captions.origin_text(context, change if level.status == "missing" else level, page)
        for level, change, page in zip(levels, changes, rows["page"], strict=True)
    ]
    change_details = [
        captions.origin_text(context, change, page)
        for change, page in zip(changes, rows["change_page"], strict=True)
    ]
    kept = ["key", "name", "corridor", "source", "page", "change_source", "change_page"]
    kept += ["base_source", "base_page"]
    return rows[[*kept, "note", "secret"]].assign(
        code=rows["territory"],
        level=levels,
        change=changes,
        base=bases,
        detail=details,
        change_detail=change_details,
    )


def sources_of_bars(rows: pd.DataFrame, parts: Collection[SourcePart]) -> pd.DataFrame:
    """source and page of some parts of bars, for captions. parts: level, change, base."""
    prefixes = {"level": "", "change": "change_", "base": "base_"}
    found = [
        rows[[f"{prefixes[part]}source", f"{prefixes[part]}page"]].set_axis(
            ["source", "page"], axis=1
        )
        for part in parts
    ]
    return pd.concat(found, ignore_index=True)


def growths_alone(rows: pd.DataFrame) -> bool:
    """Whether the bars are growths, for want of any level."""
    return not _has_known_value(rows["level"]) and _has_known_value(rows["change"])


def _has_known_value(values: pd.Series) -> bool:
    return any(value.is_known for value in values)


def territory_shares(
    context: FigureContext, codes: Sequence[str], indicator_key: str, reference_period: str
) -> pd.DataFrame:
    """The territories one after the other, each with every corridor that one of them has.

    The rate or the share that is published; for a count, the share of each corridor in the total
    of its territory, computed. Columns: code, panel (name of the territory), key (of the
    corridor), corridor (its name), level (a Value in percent), source, page, secret.
    """
    panels = {code: shares(context, code, indicator_key, reference_period) for code in codes}
    present = {key for rows in panels.values() for key in rows["key"]}
    order = [key for key in context.settings.corridors if key in present]
    names = captions.names_apart(context, codes)
    wholes = []
    for code, rows in panels.items():
        whole = rows.set_index("key").reindex(order)
        texts = ["source", "page", "derived", "qualifier", "period"]
        whole[texts] = whole[texts].fillna("")
        for flag in ("secret", "restated"):
            whole[flag] = whole[flag].eq(True)
        wholes.append(whole.assign(code=code, panel=names[code]))
    rows = pd.concat(wholes).reset_index(names="key")
    shown = share_indicator(context.settings.indicators[indicator_key])
    return rows[["code", "panel", "key", "source", "page", "secret"]].assign(
        corridor=[context.settings.corridors[key].short for key in rows["key"]],
        level=level_values(rows, shown),
    )


def shares(
    context: FigureContext, code: str, indicator_key: str, reference_period: str
) -> pd.DataFrame:
    """One row per corridor of a territory, its value in percent as it is printed.

    Columns: those of `by_corridor`, and key.
    """
    indicator = context.settings.indicators[indicator_key]
    rows = by_corridor(
        context.dataset.index.of_territories(indicator_key, [code]),
        context.settings,
        code,
        indicator=indicator_key,
        reference_period=reference_period,
    )
    rows["key"] = rows["corridor"]
    if indicator.in_percent:
        # What was computed is marked so, which says that it is not exact.
        rough = rows["qualifier"].where(rows["derived"] == "", "")
        rows["qualifier"] = rough.where(~rows["secret"].astype(bool), french.HIDDEN)
        divisor = 1.0
    else:
        total = share_total(context, code, indicator_key, reference_period)
        divisor = float("nan") if total is None else total["value"] / 100
        rows["qualifier"] = rows["qualifier"].where(rows["secret"].astype(bool), "")
        rows = rows.assign(derived=SHARE_DERIVATION, restated=False)
    digits = share_indicator(indicator).digits
    rows["value"] = pd.Series(
        [as_printed(value / divisor, digits) for value in rows["value"]], dtype=float
    )
    return rows


def share_total(
    context: FigureContext, code: str, indicator_key: str, reference_period: str
) -> pd.Series | None:
    """What the corridors of a territory are divided by."""
    row = corridor_total(
        context.dataset.index.of_territories(indicator_key, [code]),
        context.settings,
        code,
        indicator=indicator_key,
        reference_period=reference_period,
    )
    return None if row is None or row["value"] == 0 else row


def share_indicator(indicator: Indicator) -> Indicator:
    """What the bars of several territories measure: the indicator, or for a count a share."""
    if indicator.in_percent:
        return indicator
    return indicator.model_copy(
        update={"label": "Part du total", "kind": "share", "unit": "", "digits": SHARE_DIGITS}
    )
