"""Bars of 100 %: the share of each corridor, one bar per territory and date."""

from __future__ import annotations

import altair as alt
import pandas as pd

from atlas.figures.common.style import Style, readable_on

# Pixels of the narrowest bar that holds its number.
MIN_LABELLED_PX = 20


def share_bars(values: pd.DataFrame, *, style: Style) -> alt.TopLevelMixin:
    """Stacked bars over the whole width, the number of each share inside it.

    values: panel (what heads a bar), place (its number from the top), rank (of a corridor in its
    bar), corridor, value (percent), label, colour, text.
    """
    ends = values.sort_values(["place", "rank"]).assign(
        end=lambda rows: rows.groupby("place")["value"].cumsum(),
        ink=lambda rows: rows["colour"].map(readable_on),
    )
    ends = ends.assign(start=ends["end"] - ends["value"], middle=ends["end"] - ends["value"] / 2)
    top = max(100.0, float(ends["end"].max()))
    scale = alt.Scale(domain=[0, top], nice=False)
    base = alt.Chart(ends).encode(
        y=alt.Y(
            "panel:N",
            sort=alt.EncodingSortField("place", "min", "ascending"),
            title=None,
            scale=alt.Scale(paddingInner=0.3, paddingOuter=0.15),
            axis=alt.Axis(
                ticks=False,
                domain=False,
                labelPadding=10,
                labelLimit=220,
                labelExpr="split(datum.label,', ')",
            ),
        )
    )
    bars = base.mark_bar(height={"band": 1}, stroke=style.paper, strokeWidth=1).encode(
        x=alt.X("start:Q", axis=None, scale=scale),
        x2=alt.X2("end:Q"),
        color=alt.Color("colour:N", scale=None, legend=None),
        description=alt.DescriptionValue(
            alt.expr("datum.panel+', '+datum.corridor+' : '+datum.text")
        ),
        tooltip=[
            alt.Tooltip("panel:N", title="Période"),
            alt.Tooltip("corridor:N", title="Couloir"),
            alt.Tooltip("text:N", title="Valeur"),
        ],
    )
    inside = base.mark_text(fontWeight=600, tooltip=None).encode(
        x=alt.X("middle:Q", axis=None, scale=scale),
        text=alt.TextValue(alt.expr(f"datum.value*width<{100 * MIN_LABELLED_PX}?'':datum.label")),
        color=alt.Color("ink:N", scale=None, legend=None),
    )
    return alt.layer(bars, inside)
