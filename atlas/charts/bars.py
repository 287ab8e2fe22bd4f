"""Ranked bars: territories from the highest value to the lowest."""

from __future__ import annotations

import altair as alt
import pandas as pd

from atlas.charts.choropleth import SELECTION
from atlas.charts.style import Style


def ranked_bars(values: pd.DataFrame, *, style: Style, nation: float | None = None,
                nation_label: str = "") -> alt.LayerChart:
    """One bar per territory, value written at its end; a line where the nation stands.

    values: code, name, value, label, text, detail, selected, in the order of the bars. Rows
    without a value keep their place and say so. Negative values (changes, gaps) grow leftwards.
    """
    base = alt.Chart(values).encode(
        y=alt.Y("name:N", sort=values["name"].tolist(), title=None,
                axis=alt.Axis(ticks=False, domain=False, labelPadding=8)))
    pick = alt.selection_point(name=SELECTION, fields=["code"], empty=False)
    fill = alt.condition("datum.selected", alt.value(style.accent), alt.value(style.primary))
    bars = base.mark_bar(height={"band": 0.7}).encode(
        x=alt.X("value:Q", axis=None, scale=alt.Scale(zero=True, nice=False)),
        color=fill, description="text:N",
        tooltip=[alt.Tooltip("name:N", title="Territoire"), alt.Tooltip("text:N", title="Valeur"),
                 alt.Tooltip("detail:N", title="Origine")]).add_params(pick)
    # Inside a long bar, so that the line of the nation crosses no number; beyond a short one.
    longest = float(values["value"].abs().max()) if len(values) else 1.0
    inside = f"datum.value>{0.3 * longest:.3f}"
    ends = base.transform_calculate(end="max(0,datum.value)").encode(
        x=alt.X("end:Q", axis=None), text="label:N")
    layers: list[alt.Chart | alt.LayerChart] = [
        bars,
        ends.transform_filter(inside).mark_text(
            align="right", dx=-7, fontWeight=600, color=style.paper, tooltip=None),
        ends.transform_filter(f"!({inside})").mark_text(
            align="left", dx=6, fontWeight=600, tooltip=None)]
    if nation is not None:
        layers.append(_nation(nation, nation_label, style))
    return alt.layer(*layers)


def _nation(level: float, label: str, style: Style) -> alt.LayerChart:
    point = alt.Chart(pd.DataFrame({"level": [level], "label": [label]})).encode(
        x=alt.X("level:Q", axis=None))
    line = point.mark_rule(color=style.ink, strokeDash=[4, 3], strokeWidth=1.2, tooltip=None)
    name = point.mark_text(align="center", baseline="bottom", fontSize=12, color=style.ink,
                           tooltip=None).encode(y=alt.value(-4), text="label:N")
    return alt.layer(line, name)
