"""The levels of a comparison as a table, as numbers and as native charts of slides."""

from __future__ import annotations

import math

import pandas as pd

from atlas import french, periods
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import NativeChart, Numbers, Series
from atlas.figures.comparison.spec import ResolvedComparison

# Lines beyond which a native chart would not name them apart: its slide has bars.
NATIVE_LINES = 8


def table(asked: ResolvedComparison, rows: pd.DataFrame, *, ranked: bool) -> pd.DataFrame:
    """The levels, changes and perhaps ranks as texts."""
    found = {"Rang": rows["rank_text"]} if ranked and rows["rank_text"].any() else {}
    found["Territoire"] = rows["name"]
    if asked.before:
        found[_column(asked, asked.before)] = rows["before_text"]
    found[value_column(asked)] = rows["text"]
    if asked.before:
        found["Évolution"] = rows["change_text"]
    return pd.DataFrame(found).reset_index(drop=True)


def value_column(asked: ResolvedComparison) -> str:
    """The column of the levels: two dates are told apart, one goes without saying."""
    return _column(asked, asked.reference_period) if asked.before else asked.kind.label


def _column(asked: ResolvedComparison, reference_period: str) -> str:
    return french.capitalize_first(periods.label(reference_period, asked.kind.accumulation))


def numbers(asked: ResolvedComparison, rows: pd.DataFrame) -> dict[str, Numbers]:
    """The numbers that the columns of the table write."""
    kind = asked.kind
    found = {
        value_column(asked): Numbers(
            tuple(rows["value"]),
            tuple(
                french.cell_format(v, kind, q)
                for v, q in zip(rows["value"], rows["qualifier"], strict=True)
            ),
        )
    }
    if asked.before:
        found[_column(asked, asked.before)] = Numbers(
            tuple(rows["before"]),
            tuple(
                french.cell_format(v, kind, q)
                for v, q in zip(rows["before"], rows["before_qualifier"], strict=True)
            ),
        )
        found["Évolution"] = Numbers(
            tuple(rows["change"]),
            tuple(
                french.change_format(c, kind, q)
                for c, q in zip(rows["change"], rows["change_qualifier"], strict=True)
            ),
        )
    return found


def bars_plot(
    context: FigureContext, asked: ResolvedComparison, known: pd.DataFrame
) -> NativeChart:
    """For a slide: a bar for each date."""
    series = [
        Series(
            periods.label(asked.reference_period, asked.kind.accumulation),
            tuple(known["value"]),
            context.style.primary,
            tuple(known["text"]),
        )
    ]
    if known["before"].notna().any():
        series.append(
            Series(
                periods.label(asked.before, asked.kind.accumulation),
                tuple(None if math.isnan(v) else float(v) for v in known["before"]),
                context.style.accent,
                tuple(
                    "" if math.isnan(v) else t
                    for v, t in zip(known["before"], known["before_text"], strict=True)
                ),
            )
        )
    return NativeChart(
        "bars", tuple(known["name"]), tuple(series), french.cell_format(1.5, asked.kind)
    )


def lines_plot(asked: ResolvedComparison, drawn: pd.DataFrame) -> NativeChart | None:
    """For a slide: lines while they are few, so that each keeps its name."""
    if len(drawn) > NATIVE_LINES:
        return None
    days = tuple(periods.last_day(date) for date in (asked.before, asked.reference_period))
    series = [
        Series(row.name, (row.before, row.value), row.colour, ("", row.label))
        for row in drawn[["name", "before", "value", "colour", "label"]].itertuples(
            index=False, name="Row"
        )
    ]
    return NativeChart("curve", days, tuple(series), french.cell_format(1.5, asked.kind))
