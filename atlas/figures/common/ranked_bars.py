"""Ranked bars: territories from the highest value to the lowest."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from atlas.figures.common.fixed_places import y_at
from atlas.figures.common.map_layers import SELECTION
from atlas.figures.common.style import Style
from atlas.figures.common.value_expressions import ValueExpressions, colour_where, quoted

# The place of the nation in rows that travel without names.
NATION = -1
# The place of the first row that stands for territories without a bar; the next are below it.
FIRST_GAP = -2


def ranked_bars(
    values: pd.DataFrame,
    *,
    expressions: ValueExpressions,
    style: Style,
    selected: str = "",
    names: alt.UrlData | None = None,
    inside: bool = True,
) -> alt.TopLevelMixin:
    """One bar per territory, its value written inside its end, or beyond it.

    values: value and mark (None where the value is published), with code and name, or with i,
    the place that `names` (features of a TopoJSON) turns into a code and a name; then the row
    NATION is a line behind the bars, and its mark what follows its value, as « (février 2025) »,
    and rows from FIRST_GAP down have no bar, and their mark for a name: a specification that
    changed with the date would make a browser fetch the shapes again. selected: a code, in the
    accent colour; a column colour says that of each bar instead.
    """
    colour = (
        colour_where(f"datum.code==={quoted(selected)}", style.accent, otherwise=style.primary)
        if selected
        else alt.ColorValue(style.primary)
    )
    tooltip = [alt.Tooltip("name:N", title="Territoire"), alt.Tooltip("text:N", title="Valeur")]
    bars = (
        alt.Chart()
        .mark_bar(height={"band": 0.7})
        .encode(
            x=alt.X("long:Q", axis=None),
            tooltip=tooltip,
            description=alt.DescriptionValue(alt.expr("datum.name+' : '+datum.text")),
            color=(
                alt.Color("colour:N", scale=None, legend=None) if "colour" in values else colour
            ),
        )
        .add_params(alt.selection_point(name=SELECTION, fields=["code"], empty=False))
    )
    ends = alt.Chart().encode(x=alt.X("end:Q"), text=alt.Text("label:N"))
    labels = (
        ends.mark_text(align="right", dx=-7, fontWeight=600, color=style.paper)
        if inside
        else ends.mark_text(align="left", dx=6, fontWeight=600)
    )
    rows = alt.layer(bars, labels, data=values)
    if names is not None:
        rows = (
            rows.transform_filter(f"datum.i!={NATION}")
            .transform_lookup(
                "i",
                alt.LookupData(names, "properties.i", ["properties"]),
            )
            .transform_calculate(
                name=f"{_IS_GAP}?datum.mark:datum.properties.name",
                code=f"{_IS_GAP}?'':datum.properties.code",
            )
        )
    rows = rows.transform_calculate(
        text=f"{_IS_GAP}?'sans barre':({expressions.text})",
        label=f"{_IS_GAP}?'':({expressions.text})",
        long=f"{_IS_GAP}?0:datum.value",
        end=f"{_IS_GAP}?0:max(0,datum.value)",
    ).encode(
        y=alt.Y(
            "name:N",
            title=None,
            sort=alt.EncodingSortField("value", "max", "descending"),
            axis=alt.Axis(ticks=False, domain=False, labelPadding=8),
        )
    )
    return (
        alt.layer(_nation(values, style, expressions.suffix), rows) if names is not None else rows
    )


# Of the longest bar: from there half of the name would be beyond it.
_NEAR_THE_EDGE = 0.8
_IS_GAP = f"(isValid(datum.i)&&datum.i<={FIRST_GAP})"


def _nation(values: pd.DataFrame, style: Style, suffix: str) -> Any:
    """The line passes behind the bars, so that it crosses no number. Near the longest bar its name
    ends above it: a drawing whose values alone change makes no more room at its edge."""
    line = alt.Chart().mark_rule(color=style.ink, strokeWidth=1.4)
    side = alt.expr(f"datum.value>={_NEAR_THE_EDGE}*datum.longest?'right':'center'")
    name = (
        alt.Chart()
        .mark_text(baseline="bottom", align=side)
        .encode(y=y_at(-4), text=alt.Text("name:N"))
    )
    return (
        alt.layer(line, name, data=values)
        .transform_joinaggregate(longest="max(value)")
        .transform_filter(f"datum.i=={NATION}")
        .transform_calculate(
            name=f"'France '+format(datum.value,'.1f')+{quoted(suffix)}+(datum.mark||'')"
        )
        .encode(x=alt.X("value:Q"))
    )
