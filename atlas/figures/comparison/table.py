"""A table of territories, those without a value included."""

from __future__ import annotations

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.specification import to_spec
from atlas.figures.comparison.level_figure import chart_rows, level_figure, row_height
from atlas.figures.comparison.rows import level_rows
from atlas.figures.comparison.spec import ResolvedComparison
from atlas.figures.comparison.table_chart import table_chart

ROW_PX, HEAD_PX = 42, 34


def table_figure(context: FigureContext, comparison: ResolvedComparison) -> Figure | None:
    """A table of all the territories, those without a value last; None when none has one."""
    rows = level_rows(context, comparison)
    if rows["value"].isna().all():
        return None
    drawn = chart_rows(context, comparison, rows)
    columns = {"label": comparison.date(comparison.reference_period)}
    if comparison.compared_to:
        before = {"before_label": comparison.date(comparison.compared_to)}
        columns = before | columns | {"change": "Évolution"}
    for place, text in enumerate(columns):
        drawn[f"c{place}"] = drawn[text]
    chart = table_chart(
        drawn, columns=list(columns.values()), strong=len(columns) // 2, style=context.style
    )
    return level_figure(
        context,
        comparison,
        rows,
        rows[rows["value"].notna()].reset_index(drop=True),
        to_spec(chart, context.style),
        "tableau",
        height=row_height(len(rows), ROW_PX) * len(rows) + HEAD_PX,
        listed=rows.assign(name=drawn["name"]),  # the table itself is read, remarks included
        as_table=True,
    )
