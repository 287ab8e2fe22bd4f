"""The points of a curve as values: those that are joined, and the others of the same dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.indicators.comparability import definition
from atlas.indicators.row_values import level_values
from atlas.settings import Indicator
from atlas.values import Value


def curve_points(
    context: FigureContext, indicator_key: str, codes: Sequence[str], chosen: pd.DataFrame
) -> pd.DataFrame:
    """One row per published or derived value, by territory and then by date.

    chosen: what `history` says of the territories, which all have a value in it. Columns: code,
    series (name of the territory), reference_period, end (last month covered), level (a Value),
    label (« 33,6 % », at the last chosen value alone), text, detail (where it comes from), chosen,
    last (of the chosen ones), assumed (the source does not print the date) and segment (the line
    that a chosen value is on: another one where the definition changes).
    """
    rows = context.dataset.select(indicator=indicator_key, territories=codes, corridor="")
    rows = rows[rows["value"].notna() & (rows["derived"] == "")]
    identity = ["territory", "reference_period", "value"]
    known = pd.MultiIndex.from_frame(chosen[identity])
    rest = rows[~pd.MultiIndex.from_frame(rows[identity]).isin(known)]
    points = pd.concat([chosen.assign(chosen=True), rest.assign(chosen=False)], ignore_index=True)
    indicator = context.settings.indicators[indicator_key]
    names = captions.names_apart(context, codes)
    levels = level_values(points, indicator)
    points = points.assign(
        code=points["territory"],
        series=points["territory"].map(names),
        end=points["reference_period"].map(periods.end_month),
        level=levels,
        order=points["territory"].map({code: place for place, code in enumerate(codes)}),
        detail=[
            captions.origin_text(context, level)
            if level.derivation
            else captions.source_text(context.dataset.sources[source], page)
            for level, source, page in zip(levels, points["source"], points["page"], strict=True)
        ],
    )
    last_ends = points[points["chosen"]].groupby("code")["end"].max()
    points["last"] = points["chosen"] & (points["end"] == points["code"].map(last_ends))
    points["text"] = [
        f"{french.value_text(level, with_noun=True)}, "
        f"{periods.label(level.period, indicator.accumulation)}"
        f"{' (date supposée)' if level.is_period_assumed else ''}"
        for level in points["level"]
    ]
    points["label"] = [
        _bare_text(level) if last else ""
        for level, last in zip(points["level"], points["last"], strict=True)
    ]
    points = points.sort_values(["order", "end"], kind="stable")
    points["segment"] = _segments(points, indicator)
    kept = ["code", "series", "reference_period", "end", "level", "label", "text", "detail"]
    return points[[*kept, "chosen", "last", "assumed", "segment"]]


def _segments(points: pd.DataFrame, indicator: Indicator) -> list[int]:
    """The number of the line that each point is on, in its series; a point that is not chosen has
    that of the one before."""
    segments = []
    current: dict[str, tuple[int, tuple[str, ...]]] = {}
    for _, row in points.iterrows():
        number, known = current.get(row["code"], (0, definition(row, indicator)))
        if row["chosen"]:
            own = definition(row, indicator)
            number += own != known
            current[row["code"]] = (number, own)
        segments.append(number)
    return segments


def _bare_text(level: Value) -> str:
    """A value where room is scarce, without « environ » or « plus de »."""
    return french.value_text(replace(level, qualifier=""), marked=True)


def secret_points(
    context: FigureContext, indicator_key: str, codes: Sequence[str]
) -> dict[tuple[str, str], Value]:
    """The secret values of territories, by code and last month covered: gaps in their lines."""
    rows = context.dataset.select(
        indicator=indicator_key, territories=codes, corridor="", with_uncertain=True
    )
    rows = rows[rows["secret"]]
    levels = level_values(rows, context.settings.indicators[indicator_key])
    ends = rows["reference_period"].map(periods.end_month)
    return dict(zip(zip(rows["territory"], ends, strict=True), levels, strict=True))
