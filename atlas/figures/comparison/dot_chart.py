"""Territories one under the other, each a dot on a common axis, with the dot of an earlier date."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import altair as alt
import pandas as pd

from atlas.figures.common.fixed_places import x2_at, x_at
from atlas.figures.common.label_placement import DIGIT, widest
from atlas.figures.common.style import Style, pale_tint
from atlas.figures.common.target_lines import LABEL_LINE_PX, target_lines
from atlas.figures.common.value_expressions import colour_where

# Under this width, in pixels, the name of a territory stands over its dots and not beside them.
NARROW_WIDTH_PX = 440
_NARROW = f"width<{NARROW_WIDTH_PX}"
# Pixels of the two lines of a row, from its middle, when it has two.
UP, DOWN = -9, 8
MAX_NAME_WIDTH_PX = 235


def dot_chart(
    values: pd.DataFrame,
    *,
    style: Style,
    domain: tuple[float, float],
    tick: str,
    targets: pd.DataFrame | None = None,
) -> alt.TopLevelMixin:
    """One row per territory, in the order of the frame: name, dots, value, change.

    values: code, name, value, label, before (NaN where there is none), change (text, may be
    empty), text (what is read aloud), stands_out. tick: Vega expression of a label of the axis.
    targets: label and value, drawn as dashed lines.
    """
    value_width = widest(values["label"], DIGIT) + 12
    change_width = widest(values["change"]) + 14 if values["change"].any() else 0
    left = f"{_NARROW}?8:{min(MAX_NAME_WIDTH_PX, widest(values['name'])) + 14}"
    right = f"{_NARROW}?width-{max(change_width, 12)}:width-{value_width + change_width + 10}"
    count = 0 if targets is None else len(targets)
    x = partial(
        alt.X,
        title=None,
        axis=_axis(style, tick),
        scale=alt.Scale(
            domain=list(domain), nice=False, zero=False, range=[alt.expr(left), alt.expr(right)]
        ),
    )
    base = alt.Chart(values).encode(
        y=alt.Y(
            "code:N",
            sort=values["code"].tolist(),
            title=None,
            axis=None,
            scale=alt.Scale(type="band", range=[LABEL_LINE_PX * count, alt.expr("height")]),
        )
    )
    layers = [*_marks(base, x, style, left, right), *_texts(base, style, value_width, change_width)]
    if targets is not None and count:
        layers = [*target_lines(targets, x=x, style=style, domain=domain), *layers]
    return alt.layer(*layers)


def _axis(style: Style, tick: str) -> alt.Axis:
    return alt.Axis(
        tickCount=4,
        labelExpr=tick,
        grid=False,
        domain=False,
        tickColor=style.grid,
        labelColor=style.muted,
        labelFontSize=12,
        labelPadding=4,
    )


def _marks(
    base: alt.Chart, x: Callable[[str], alt.X], style: Style, left: str, right: str
) -> list[alt.Chart]:
    down = alt.expr(f"{_NARROW}?{DOWN}:0")
    before = x("before:Q")
    known = base.transform_filter("isValid(datum.before)")
    track = base.mark_rule(color=style.grid, yOffset=down, y2Offset=down).encode(
        x=x_at(left), x2=x2_at(right)
    )
    link = known.mark_rule(
        color=style.muted, strokeWidth=2, opacity=0.6, yOffset=down, y2Offset=down, tooltip=None
    ).encode(x=before, x2=alt.X2("value:Q"))
    earlier = known.mark_point(
        size=70,
        filled=True,
        strokeWidth=1.2,
        opacity=1,
        yOffset=down,
        aria=False,
    ).encode(
        x=before,
        fill=alt.FillValue(
            condition={"test": "datum.stands_out", "value": pale_tint(style.ink, style.paper)},
            value=pale_tint(style.primary, style.paper),
        ),
        stroke=alt.StrokeValue(
            condition={"test": "datum.stands_out", "value": style.ink}, value=style.primary
        ),
    )
    filled = base.mark_point(size=110, filled=True, opacity=1, yOffset=down).encode(
        x=x("value:Q"),
        color=colour_where("datum.stands_out", style.ink, otherwise=style.primary),
        description=alt.DescriptionValue(alt.expr("datum.name+' : '+datum.text")),
        tooltip=[alt.Tooltip("name:N", title="Territoire"), alt.Tooltip("text:N", title="Valeur")],
    )
    return [track, link, earlier, filled]


def _texts(base: alt.Chart, style: Style, value_width: int, change_width: int) -> list[alt.Chart]:
    up = alt.expr(f"{_NARROW}?{UP}:0")
    names = base.mark_text(align="left", yOffset=up, limit=MAX_NAME_WIDTH_PX, tooltip=None).encode(
        x=x_at(0), text=alt.Text("name:N")
    )
    numbers = base.mark_text(align="right", fontWeight=600, yOffset=up, tooltip=None).encode(
        x=x_at(f"{_NARROW}?width:width-{change_width}"), text=alt.Text("label:N")
    )
    changes = base.mark_text(
        align="right",
        color=style.muted,
        yOffset=alt.expr(f"{_NARROW}?{DOWN}:0"),
        tooltip=None,
    ).encode(x=x_at("width"), text=alt.Text("change:N"))
    return [names, numbers, changes] if change_width else [names, numbers]
