"""Dots on one axis: levels of territories at one date, joined to those of an earlier one."""

from __future__ import annotations

import pandas as pd

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, LegendEntry
from atlas.figures.common.label_placement import axis_window
from atlas.figures.common.series_colours import pale
from atlas.figures.common.specification import to_spec
from atlas.figures.common.target_lines import LABEL_LINE_PX
from atlas.figures.comparison import texts
from atlas.figures.comparison.dot_chart import dot_chart
from atlas.figures.comparison.level_figure import chart_rows, level_figure, row_height
from atlas.figures.comparison.rows import level_rows
from atlas.figures.comparison.spec import ResolvedComparison
from atlas.figures.comparison.targets import target_frame, targets_of, with_targets
from atlas.settings import Indicator

ROW_PX, AXIS_PX = 48, 34
# Counts above which the axis is in millions.
MIN_COUNT_IN_MILLIONS = 2e6


def dots_figure(context: FigureContext, comparison: ResolvedComparison) -> Figure | None:
    """A dot per territory, joined to that of the earlier date; None when nothing is published."""
    rows = level_rows(context, comparison)
    known = rows[rows["value"].notna()].reset_index(drop=True)
    if known.empty:
        return None
    targets = targets_of(context, comparison, list(known["code"]))
    domain = axis_window(
        [
            *known["value"],
            *known["before_value"].dropna(),
            *(target.level.number for target in targets),
        ]
    )
    chart = dot_chart(
        chart_rows(context, comparison, known),
        style=context.style,
        domain=domain,
        tick=_tick_expression(comparison.indicator, domain),
        targets=target_frame(targets),
    )
    count = len(known)
    figure = level_figure(
        context,
        comparison,
        rows,
        known,
        to_spec(chart, context.style),
        "points",
        height=row_height(count, ROW_PX) * count + AXIS_PX + LABEL_LINE_PX * len(targets),
        legend=_date_legend(context, comparison, known),
        must_say=texts.axis_note(domain),
    )
    return with_targets(context, comparison, figure, targets)


def _tick_expression(indicator: Indicator, domain: tuple[float, float]) -> str:
    """How Vega writes the axis: « 25 % », « 40 M »."""
    scale = 1e6 if not indicator.in_percent and domain[1] >= MIN_COUNT_IN_MILLIONS else 1
    digits = 0 if (domain[1] - domain[0]) / scale >= 3 else 1
    unit = f"{french.NBSP}%" if indicator.in_percent else f"{french.NBSP}M" if scale > 1 else ""
    return f"format(datum.value/{scale:.0f},',.{digits}f')+'{unit}'"


def _date_legend(
    context: FigureContext, comparison: ResolvedComparison, known: pd.DataFrame
) -> tuple[LegendEntry, ...]:
    """What the two dots of a territory are, when there are two."""
    if known["before_value"].isna().all():
        return ()
    return (
        LegendEntry(
            f"{comparison.date(comparison.compared_to)} (teinte claire)",
            pale(context, context.style.primary),
            mark="circle",
        ),
        LegendEntry(
            f"{comparison.date(comparison.reference_period)} (teinte pleine)",
            context.style.primary,
            mark="circle",
        ),
    )
