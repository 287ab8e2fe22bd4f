"""A waterfall: from one total to another, a step for each corridor."""

from __future__ import annotations

import altair as alt
import pandas as pd

from atlas.figures.common.style import Style

# Pixels of a letter of a label, and of what stands around it.
LETTER_PX, LABEL_MARGIN_PX = 7.2, 16


def waterfall(steps: pd.DataFrame, *, style: Style) -> alt.TopLevelMixin:
    """Bars from where the one before ends, totals from zero, a thin line from each to the next.

    steps: name, place (from the top), start, end, label, colour, text, is_total.
    """
    low = min(0.0, float(steps[["start", "end"]].min().min()))
    top = float(steps[["start", "end"]].max().max())
    longest = int(LETTER_PX * steps["label"].str.len().max() + LABEL_MARGIN_PX)
    scale = alt.Scale(
        domain=[low, top], nice=False, range=[0, alt.expr(f"max(20,width-{longest})")]
    )
    y = alt.Y(
        "name:N",
        sort=alt.EncodingSortField("place", "min", "ascending"),
        title=None,
        scale=alt.Scale(paddingInner=0.3, paddingOuter=0.15),
        axis=alt.Axis(ticks=False, domain=False, labelPadding=10, labelLimit=220),
    )
    base = alt.Chart(steps).encode(y=y)
    bars = base.mark_bar(height={"band": 1}).encode(
        x=alt.X("start:Q", axis=None, scale=scale),
        x2=alt.X2("end:Q"),
        color=alt.Color("colour:N", scale=None, legend=None),
        description=alt.DescriptionValue(alt.expr("datum.name+' : '+datum.text")),
        tooltip=[alt.Tooltip("name:N", title="Couloir"), alt.Tooltip("text:N", title="Valeur")],
    )
    labels = (
        base.transform_calculate(beyond="max(datum.start,datum.end)")
        .mark_text(align="left", dx=7, fontWeight=600, tooltip=None)
        .encode(x=alt.X("beyond:Q", axis=None, scale=scale), text=alt.Text("label:N"))
    )
    links = base.mark_tick(
        color=style.muted, thickness=1, height={"band": 1.6}, tooltip=None, opacity=0.8
    ).encode(x=alt.X("end:Q", axis=None, scale=scale))
    return alt.layer(links, bars, labels)
