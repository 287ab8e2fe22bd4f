"""Bars by corridor: levels beside those of a base year, changes around zero, territories."""

from __future__ import annotations

import altair as alt
import pandas as pd

from atlas.figures.common.fixed_places import x_at
from atlas.figures.common.style import Style

# Pixels of a letter of a label, of what stands around it, and of a drawing that is narrow.
LETTER_PX, LABEL_MARGIN_PX, NARROW_PX = 7.2, 16, 260
# Where names leave bars so few pixels, their texts are smaller and say less.
TIGHT_PX, LABEL_SIZE_PX, TIGHT_SIZE_PX = 115, 13, 11
# The two bars of a corridor.
NOW, BASE = "now", "base"


def corridor_bars(values: pd.DataFrame, *, style: Style) -> alt.TopLevelMixin:
    """One bar per corridor, a paler one under it for the base year, values and growth in words.

    values: one row per bar: corridor (label), place (its number from the top), moment (NOW or
    BASE), value (one at least), label, short (the label where room is scarce), growth (text, empty
    for a base), colour, edge (that of the outline), text, detail. A corridor without a level has
    no bar: its label says why, in the middle of its place.
    """
    two = bool((values["moment"] == BASE).any())
    measured = values.loc[values["value"].notna(), "corridor"]
    values = values.assign(has_bar=values["corridor"].isin(measured))
    middle = alt.Chart(values).encode(y=_names(padding=0.3 if two else 0.34))
    base = middle.encode(
        yOffset=alt.YOffset(
            "moment:N",
            sort=[NOW, BASE],
            scale=alt.Scale(domain=[NOW, BASE] if two else [NOW], paddingInner=0.06),
        ),
    )
    known = values["value"].dropna()
    low, top = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    scale = alt.Scale(
        domain=[min(0.0, low), top], nice=False, range=[0, alt.expr(_range_end(values))]
    )
    bars = base.mark_bar(height={"band": 1}, strokeWidth=1).encode(
        x=alt.X("value:Q", axis=None, scale=scale),
        color=alt.Color("colour:N", scale=None, legend=None),
        stroke=alt.Stroke("edge:N", scale=None, legend=None),
        description=alt.DescriptionValue(alt.expr("datum.corridor+' : '+datum.text")),
        tooltip=[
            alt.Tooltip("corridor:N", title="Couloir"),
            alt.Tooltip("text:N", title="Valeur"),
            alt.Tooltip("detail:N", title="Origine"),
        ],
    )
    ends = base.transform_calculate(end="max(0,datum.value)").encode(
        x=alt.X("end:Q", axis=None, scale=scale),
        text=alt.TextValue(alt.expr(f"width<{NARROW_PX}?datum.short:datum.label")),
    )
    with_bar = ends.transform_filter("isValid(datum.value)")
    size = alt.expr(f"width<{TIGHT_PX}?{TIGHT_SIZE_PX}:{LABEL_SIZE_PX}")
    labels = with_bar.transform_filter(f"datum.moment==='{NOW}'").mark_text(
        align="left", dx=7, fontSize=size, fontWeight=600, tooltip=None
    )
    bases = with_bar.transform_filter(f"datum.moment==='{BASE}'").mark_text(
        align="left", dx=7, fontSize=12, color=style.muted, tooltip=None
    )
    places = {"datum.has_bar": base, "!datum.has_bar": middle}
    silent = [
        chart.transform_filter(f"{condition}&&!isValid(datum.value)")
        .mark_text(
            align="left",
            dx=2,
            fontSize=size,
            fontStyle="italic",
            color=style.muted,
            tooltip=None,
        )
        .encode(
            x=alt.XDatum(0, axis=None, scale=scale),
            text=alt.TextValue(alt.expr(f"width<{TIGHT_PX}?datum.short:datum.label")),
        )
        for condition, chart in places.items()
    ]
    layers = [bars, labels, *silent, *([bases] if two else [])]
    if (values["growth"] != "").any():
        layers += [
            chart.transform_filter(f"{condition}&&datum.growth!==''")
            .mark_text(align="right", fontSize=size, fontWeight=600, color=style.ink, tooltip=None)
            .encode(x=x_at("width"), text=alt.Text("growth:N"))
            for condition, chart in places.items()
        ]
    return alt.layer(*layers)


def change_bars(values: pd.DataFrame, *, style: Style) -> alt.TopLevelMixin:
    """Bars of changes around zero, each with its text beyond its end.

    values: corridor, place, value, label, colour, text, detail. A row without a value keeps its
    label, at zero.
    """
    base = alt.Chart(values).encode(y=_names(padding=0.34))
    low, top = (float(x) for x in (values["value"].min(), values["value"].max()))
    low, top = min(0.0, low), max(0.0, top)
    longest = int(LETTER_PX * values["label"].str.len().max() + LABEL_MARGIN_PX)
    left = longest if low < 0 else 0
    scale = alt.Scale(
        domain=[low, top],
        nice=False,
        range=[left, alt.expr(f"max({left + 20},width-{longest if top > 0 else 0})")],
    )
    x = alt.X("value:Q", axis=None, scale=scale)
    bars = base.mark_bar(height={"band": 1}).encode(
        x=x,
        color=alt.Color("colour:N", scale=None, legend=None),
        description=alt.DescriptionValue(alt.expr("datum.corridor+' : '+datum.text")),
        tooltip=[
            alt.Tooltip("corridor:N", title="Couloir"),
            alt.Tooltip("text:N", title="Valeur"),
            alt.Tooltip("detail:N", title="Origine"),
        ],
    )
    zero = (
        alt.Chart(values)
        .transform_filter("datum.place===0")
        .mark_rule(color=style.muted, strokeWidth=1, tooltip=None)
        .encode(x=alt.XDatum(0, axis=None, scale=scale))
    )
    words = base.encode(
        x=alt.X("end:Q", axis=None, scale=scale), text=alt.Text("label:N")
    ).transform_calculate(end="isValid(datum.value)?datum.value:0")
    gains = words.transform_filter("isValid(datum.value)&&datum.value>=0").mark_text(
        align="left", dx=7, fontWeight=600, tooltip=None
    )
    losses = words.transform_filter("isValid(datum.value)&&datum.value<0").mark_text(
        align="right", dx=-7, fontWeight=600, tooltip=None
    )
    silent = words.transform_filter("!isValid(datum.value)").mark_text(
        align="left", dx=7, fontStyle="italic", color=style.muted, tooltip=None
    )
    return alt.layer(bars, zero, gains, losses, silent)


def _names(*, padding: float) -> alt.Y:
    return alt.Y(
        "corridor:N",
        sort=alt.EncodingSortField("place", "min", "ascending"),
        title=None,
        scale=alt.Scale(paddingInner=padding, paddingOuter=padding / 2),
        axis=alt.Axis(
            ticks=False,
            domain=False,
            labelPadding=10,
            labelLimit=220,
            # A territory over its own period.
            labelExpr="split(datum.label,', ')",
        ),
    )


def _range_end(values: pd.DataFrame) -> str:
    """Where the longest bar ends: what is left by the texts beyond it, on a phone as on a sheet."""
    growth = values["growth"].str.len().max()
    column = LETTER_PX * growth + LABEL_MARGIN_PX if growth else 0
    known = values[values["value"].notna()]
    wide, narrow = (
        int(LETTER_PX * max(known[name].str.len(), default=0) + LABEL_MARGIN_PX + column)
        for name in ("label", "short")
    )
    return f"max(20,width-(width<{NARROW_PX}?{narrow}:{wide}))"


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
    longest = int(LETTER_PX * values["label"].str.len().max() + LABEL_MARGIN_PX)
    scale = alt.Scale(
        domain=[min(0.0, float(values["value"].min())), max(0.0, top)],
        nice=False,
        range=[0, alt.expr(f"max(20,width-{longest})")],
    )
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
