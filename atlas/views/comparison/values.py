"""The levels of a comparison as a table, as numbers and as native charts of slides."""

from __future__ import annotations

import math

import pandas as pd

from atlas import charts, periods, wording
from atlas.views.comparison.asked import Asked
from atlas.views.desk import Desk

# Lines beyond which a native chart would not name them apart: its slide has bars.
NATIVE_LINES = 8


def table(asked: Asked, rows: pd.DataFrame, *, ranked: bool) -> pd.DataFrame:
    """The levels, changes and perhaps ranks as texts."""
    found = {"Rang": rows["rank_text"]} if ranked and rows["rank_text"].any() else {}
    found["Territoire"] = rows["name"]
    if asked.before:
        found[_column(asked, asked.before)] = rows["before_text"]
    found[value_column(asked)] = rows["text"]
    if asked.before:
        found["Évolution"] = rows["change_text"]
    return pd.DataFrame(found).reset_index(drop=True)


def value_column(asked: Asked) -> str:
    """The column of the levels: two dates are told apart, one goes without saying."""
    return _column(asked, asked.when) if asked.before else asked.kind.label


def _column(asked: Asked, when: str) -> str:
    return wording.capital(periods.label(when, asked.kind.measure))


def numbers(asked: Asked, rows: pd.DataFrame) -> dict[str, charts.Numbers]:
    """The numbers that the columns of the table write."""
    kind = asked.kind
    found = {
        value_column(asked): charts.Numbers(
            tuple(rows["value"]),
            tuple(
                wording.cell_format(v, kind, q)
                for v, q in zip(rows["value"], rows["qualifier"], strict=True)
            ),
        )
    }
    if asked.before:
        found[_column(asked, asked.before)] = charts.Numbers(
            tuple(rows["before"]),
            tuple(
                wording.cell_format(v, kind, q)
                for v, q in zip(rows["before"], rows["before_qualifier"], strict=True)
            ),
        )
        found["Évolution"] = charts.Numbers(
            tuple(rows["change"]),
            tuple(
                wording.change_format(c, kind, q)
                for c, q in zip(rows["change"], rows["change_qualifier"], strict=True)
            ),
        )
    return found


def bars_plot(desk: Desk, asked: Asked, known: pd.DataFrame) -> charts.Plot:
    """For a slide: a bar for each date."""
    series = [
        charts.Series(
            periods.label(asked.when, asked.kind.measure),
            tuple(known["value"]),
            desk.style.primary,
            tuple(known["text"]),
        )
    ]
    if known["before"].notna().any():
        series.append(
            charts.Series(
                periods.label(asked.before, asked.kind.measure),
                tuple(None if math.isnan(v) else float(v) for v in known["before"]),
                desk.style.accent,
                tuple(
                    "" if math.isnan(v) else t
                    for v, t in zip(known["before"], known["before_text"], strict=True)
                ),
            )
        )
    return charts.Plot(
        "bars", tuple(known["name"]), tuple(series), wording.cell_format(1.5, asked.kind)
    )


def lines_plot(asked: Asked, drawn: pd.DataFrame) -> charts.Plot | None:
    """For a slide: lines while they are few, so that each keeps its name."""
    if len(drawn) > NATIVE_LINES:
        return None
    days = tuple(periods.last_day(date) for date in (asked.before, asked.when))
    series = [
        charts.Series(row.name, (row.before, row.value), row.colour, ("", row.label))
        for row in drawn[["name", "before", "value", "colour", "label"]].itertuples(
            index=False, name="Row"
        )
    ]
    return charts.Plot("curve", days, tuple(series), wording.cell_format(1.5, asked.kind))
