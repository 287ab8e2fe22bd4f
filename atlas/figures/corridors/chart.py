"""Documents by corridor: levels with their base year and growth; territories side by side."""

from __future__ import annotations

import altair as alt
import pandas as pd

from atlas.figures.common.fixed_places import x_at
from atlas.figures.common.style import Style

# Pixels kept at the right of the bars for a value and a growth, fewer on a phone.
BAR_RANGE_END = "max(20,width-(width<320?140:200))"


def corridor_bars(values: pd.DataFrame, *, style: Style) -> alt.TopLevelMixin:
    """One bar per corridor, a tick at the level of the base year, value and growth in words.

    values: corridor (label), value (one at least), label, growth (text), base, text, detail. A
    corridor with a growth and no level has no bar: its label says that the level is not published.
    """
    base = alt.Chart(values).encode(
        y=alt.Y(
            "corridor:N",
            sort=values["corridor"].tolist(),
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelPadding=10, labelLimit=220),
        )
    )
    low, top = float(values["value"].min()), float(values[["value", "base"]].max().max())
    # The texts at the end of the longest bar keep their room, on a phone as on a sheet.
    scale = alt.Scale(domain=[min(0.0, low), top], nice=False, range=[0, alt.expr(BAR_RANGE_END)])
    x = alt.X("value:Q", axis=None, scale=scale)
    bars = base.mark_bar(height={"band": 0.62}, color=style.primary).encode(
        x=x,
        description=alt.DescriptionValue(alt.expr("datum.corridor+' : '+datum.text")),
        tooltip=[
            alt.Tooltip("corridor:N", title="Couloir"),
            alt.Tooltip("text:N", title="Valeur"),
            alt.Tooltip("detail:N", title="Origine"),
        ],
    )
    ticks = (
        base.transform_filter("isValid(datum.base)")
        .mark_tick(color=style.accent, thickness=3, height={"band": 0.9}, tooltip=None)
        .encode(x=alt.X("base:Q", axis=None, scale=scale))
    )
    ends = base.transform_calculate(end="max(datum.value,datum.base)").encode(
        x=alt.X("end:Q", axis=None, scale=scale), text=alt.Text("label:N")
    )
    labels = ends.transform_filter("isValid(datum.value)").mark_text(
        align="left", dx=8, fontWeight=600, tooltip=None
    )
    silent = ends.transform_filter("!isValid(datum.value)").mark_text(
        align="left", dx=2, fontStyle="italic", color=style.muted, tooltip=None
    )
    growths = base.mark_text(align="right", fontWeight=600, color=style.muted, tooltip=None).encode(
        x=x_at("width"), text=alt.Text("growth:N")
    )
    return alt.layer(bars, ticks, labels, silent, growths)


def corridor_groups(values: pd.DataFrame, *, style: Style, colours: list[str]) -> alt.TopLevelMixin:
    """Bars of several territories side by side within each corridor, on one axis.

    values: panel (territory), corridor, value, label, text; rows without a value keep their
    label. colours: one per territory, in order of appearance.
    """
    panels = list(dict.fromkeys(values["panel"]))
    base = alt.Chart(values).encode(
        y=alt.Y(
            "corridor:N",
            sort=list(dict.fromkeys(values["corridor"])),
            title=None,
            scale=alt.Scale(paddingInner=0.28),
            axis=alt.Axis(ticks=False, domain=False, labelPadding=8, labelLimit=130),
        ),
        yOffset=alt.YOffset("panel:N", sort=panels),
    )
    top = float(values["value"].max()) if values["value"].notna().any() else 1.0
    scale = alt.Scale(domain=[min(0.0, float(values["value"].min())), top * 1.3], nice=False)
    bars = base.mark_bar(height={"band": 0.86}).encode(
        x=alt.X("value:Q", axis=None, scale=scale),
        description=alt.DescriptionValue(
            alt.expr("datum.panel+', '+datum.corridor+' : '+datum.text")
        ),
        color=alt.Color("panel:N", legend=None, scale=alt.Scale(domain=panels, range=colours)),
        tooltip=[alt.Tooltip("panel:N", title="Territoire"), alt.Tooltip("text:N", title="Valeur")],
    )
    labels = (
        base.transform_calculate(end="max(0,datum.value)")
        .mark_text(align="left", dx=6, fontWeight=600, fontSize=12, tooltip=None)
        .encode(x=alt.X("end:Q", axis=None, scale=scale), text=alt.Text("label:N"))
    )
    return alt.layer(bars, labels)
