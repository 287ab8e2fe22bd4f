"""Levels by corridor over time: a line each, named at its end."""

from __future__ import annotations

import altair as alt
import pandas as pd

from atlas.figures.common.axes import axis_titled_above
from atlas.figures.common.style import Style

# Pixels of a letter of the name at the end of a line, and of what stands around it.
LETTER_PX, LABEL_MARGIN_PX = 7.0, 16
# Points beyond which their marks are small.
MANY_POINTS = 60
# Pixels under which a line is named without its value.
NARROW_PX = 320


def lines_over_time(
    points: pd.DataFrame,
    *,
    style: Style,
    axis_title: str,
    moments: list[str],
    logarithmic: bool,
    reference: float | None,
) -> alt.TopLevelMixin:
    """A line per series, its name and last value at its end.

    points: series (name), moment (ISO date, or a word of moments), value, label (text at the last
    point of each, else empty), short (where
    room is scarce), label_value (height of the label), colour, segment (no line goes
    from one to another), text, detail. moments: the words of the axis in order, empty for an axis
    of dates; reference: a level drawn across, the 100 of an index.
    """
    wide, narrow = (
        int(LETTER_PX * points[name].str.len().max() + LABEL_MARGIN_PX)
        for name in ("label", "short")
    )
    end = alt.expr(f"max(60,width-(width<{NARROW_PX}?{narrow}:{wide}))")
    if moments:
        x = alt.X(
            "moment:O",
            title=None,
            sort=moments,
            scale=alt.Scale(range=[0, end], type="point", padding=0.15),
            axis=alt.Axis(labelAngle=0, labelOverlap=True, grid=False, labelPadding=6),
        )
    else:
        x = alt.X(
            "moment:T",
            title=None,
            scale=alt.Scale(range=[0, end]),
            axis=alt.Axis(
                format="%Y", tickCount="year", labelOverlap=True, grid=False, labelPadding=6
            ),
        )
    y = alt.Y(
        "value:Q",
        title=axis_title,
        scale=alt.Scale(type="log") if logarithmic else alt.Scale(zero=True),
        axis=axis_titled_above(",.0f" if points["value"].max() >= 10 else ",.1f"),
    )
    base = alt.Chart(points).encode(
        x=x, color=alt.Color("colour:N", scale=None, legend=None), detail=alt.Detail("series:N")
    )
    line = base.mark_line(strokeWidth=2.4, tooltip=None).encode(
        y=y, detail=[alt.Detail("series:N"), alt.Detail("segment:N")]
    )
    dots = base.mark_point(
        filled=True, opacity=1, size=14 if len(points) > MANY_POINTS else 55
    ).encode(
        y=y,
        description=alt.DescriptionValue(alt.expr("datum.series+' : '+datum.text")),
        tooltip=[
            alt.Tooltip("series:N", title="Série"),
            alt.Tooltip("text:N", title="Valeur"),
            alt.Tooltip("detail:N", title="Origine"),
        ],
    )
    ends = base.transform_filter("datum.label!==''").encode(
        y=alt.Y("label_value:Q"),
        text=alt.TextValue(alt.expr(f"width<{NARROW_PX}?datum.short:datum.label")),
    )
    halo = ends.mark_text(align="left", dx=8, fontWeight=600, stroke=style.paper, strokeWidth=4)
    names = ends.mark_text(align="left", dx=8, fontWeight=600)
    layers = [line, dots, halo, names]
    if reference is not None:
        across = (
            alt.Chart(points.iloc[:1])
            .mark_rule(color=style.muted, tooltip=None)
            .encode(y=alt.YDatum(reference))
        )
        layers.insert(0, across)
    return alt.layer(*layers)
