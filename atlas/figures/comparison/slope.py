"""Slopes: a line per territory between its levels at two dates."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.series_colours import COLOURS, colours_of, colours_of_bars
from atlas.figures.common.specification import to_spec
from atlas.figures.comparison import texts
from atlas.figures.comparison.level_figure import chart_rows, level_figure
from atlas.figures.comparison.level_table import level_lines
from atlas.figures.comparison.rows import level_rows
from atlas.figures.comparison.slope_chart import slope_chart, slope_chart_height
from atlas.figures.comparison.spec import ResolvedComparison, UnsupportedLayout
from atlas.values import Value

# Lines beyond which a slope chart is no longer read.
MAX_LINES = 24


def slope_figure(context: FigureContext, comparison: ResolvedComparison) -> Figure | None:
    """A line per territory that published both dates; None when none did.

    Raises UnsupportedLayout when they are too many to be read.
    """
    rows = level_rows(context, comparison)
    known = rows[rows["value"].notna() & rows["before_value"].notna()].reset_index(drop=True)
    if len(known) > MAX_LINES:
        raise UnsupportedLayout(
            f"{len(known)} territoires ont les deux dates et les pentes en montrent "
            f"{MAX_LINES} au plus : choisissez-en moins, ou la présentation en points"
        )
    if known.empty:
        return None
    colours = _line_colours(context, known)
    drawn = chart_rows(context, comparison, known).assign(
        colour=colours, before_label=[_start_label(base) for base in known["base"]]
    )
    dates = comparison.date(comparison.compared_to), comparison.date(comparison.reference_period)
    lowest = float(known[["value", "before_value"]].min().min())
    return level_figure(
        context,
        comparison,
        rows,
        known,
        to_spec(slope_chart(drawn, style=context.style, dates=dates), context.style),
        "pentes",
        height=slope_chart_height(len(known)),
        ranked=False,
        native=level_lines(
            comparison, known.assign(marked_name=drawn["name"], colour=drawn["colour"])
        ),
        must_say=texts.axis_note((lowest, lowest)),
    )


def _start_label(base: Value) -> str:
    """A level deduced from a change is « environ »: the mark of computed values says as much."""
    return french.value_text(replace(base, qualifier="") if base.is_computed else base, marked=True)


def _line_colours(context: FigureContext, known: pd.DataFrame) -> list[str]:
    """Told apart where they are few; else the nation stands out among the others."""
    few = sum(known["code"] != "FR") <= len(COLOURS)
    return (colours_of if few else colours_of_bars)(context, list(known["code"]))
