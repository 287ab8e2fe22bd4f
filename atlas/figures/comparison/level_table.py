"""The levels of a comparison as a table, and as native charts of slides."""

from __future__ import annotations

import pandas as pd

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import NativeChart, Series, native_bars
from atlas.figures.common.series_colours import colours_of_bars, pale
from atlas.figures.comparison.spec import ResolvedComparison
from atlas.values import Column, Table, Value, name_column, text_column

# Lines beyond which a native chart would not name them apart: its slide has bars.
MAX_NATIVE_LINES = 8


def level_table(comparison: ResolvedComparison, rows: pd.DataFrame, *, ranked: bool) -> Table:
    """The columns rank (where a territory has one, if asked for), territory, base, level and
    change; base and change, those of the earlier date, when there is one.

    rows: columns of `level_rows`.
    """
    columns = [name_column("territory", "Territoire", rows["name"], keys=rows["code"])]
    if ranked and rows["rank_text"].any():
        columns = [text_column("rank", "Rang", rows["rank_text"]), *columns]
    if not comparison.compared_to:
        heading = comparison.indicator.label
        return Table((*columns, _level_column("level", heading, tuple(rows["level"]))))
    then, now = (
        french.capitalize_first(comparison.date(reference_period))
        for reference_period in (comparison.compared_to, comparison.reference_period)
    )
    changes = Column(
        "change",
        "Évolution",
        tuple(rows["level_change"]),
        "value",
        mark="dagger",
        says_absence=False,
    )
    return Table(
        (
            *columns,
            _level_column("base", then, tuple(rows["base"])),
            _level_column("level", now, tuple(rows["level"])),
            changes,
        )
    )


def _level_column(key: str, heading: str, levels: tuple[Value, ...]) -> Column:
    decimals = french.shared_decimals(levels)
    return Column(key, heading, levels, "value", mark="dagger", decimals=decimals)


def level_bars(
    context: FigureContext, comparison: ResolvedComparison, known: pd.DataFrame
) -> NativeChart:
    """For a slide: a bar for each date. known: the rows that have a level."""
    shade = context.style.primary
    series = [("level", comparison.date(comparison.reference_period), shade)]
    if known["before_value"].notna().any():
        series.append(("base", comparison.date(comparison.compared_to), pale(context, shade)))
    table = level_table(comparison, known, ranked=False)
    return native_bars(table, "territory", series, colours_of_bars(context, known["code"]))


def level_lines(comparison: ResolvedComparison, known: pd.DataFrame) -> NativeChart | None:
    """For a slide: lines while they are few, so that each keeps its name.

    known: the rows that have both levels, with marked_name and colour.
    """
    if len(known) > MAX_NATIVE_LINES:
        return None
    dates = comparison.date(comparison.compared_to), comparison.date(comparison.reference_period)
    series = [
        Series(name, (base, level), colour, ("", french.value_text(level, marked=True)))
        for name, base, level, colour in known[
            ["marked_name", "base", "level", "colour"]
        ].itertuples(index=False)
    ]
    return NativeChart("lines", dates, tuple(series))
