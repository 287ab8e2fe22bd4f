"""Bars of territories, one under the other, whatever their values: counts, rates or changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import altair as alt
import pandas as pd

from atlas.figures.common.fixed_places import x_at
from atlas.figures.common.label_placement import DIGIT, widest
from atlas.figures.common.style import Style
from atlas.figures.common.target_lines import LABEL_LINE_PX, target_lines
from atlas.figures.common.value_expressions import colour_where
from atlas.figures.comparison.dot_chart import DOWN, MAX_NAME_WIDTH_PX, NARROW_WIDTH_PX, UP

_NARROW = f"width<{NARROW_WIDTH_PX}"


def bar_chart(
    values: pd.DataFrame, *, style: Style, targets: pd.DataFrame | None = None
) -> alt.TopLevelMixin:
    """One bar per territory, in the order of the frame, its value written beyond its end.

    values: code, name, value, label, text (what is read aloud), stands_out. targets: label and
    value, drawn as dashed lines behind the bars.
    """
    aimed = [] if targets is None else targets["value"].tolist()
    domain = (min(0.0, float(values["value"].min())), max([0.0, *values["value"], *aimed]) or 1.0)
    left = f"{_NARROW}?0:{min(MAX_NAME_WIDTH_PX, widest(values['name'])) + 10}"
    right = f"max(({left})+20,width-{widest(values['label'], DIGIT) + 10})"
    x = partial(
        alt.X,
        title=None,
        axis=None,
        scale=alt.Scale(domain=list(domain), nice=False, range=[alt.expr(left), alt.expr(right)]),
    )
    base = alt.Chart(values).encode(
        y=alt.Y(
            "code:N",
            sort=values["code"].tolist(),
            title=None,
            axis=None,
            scale=alt.Scale(type="band", range=[LABEL_LINE_PX * len(aimed), alt.expr("height")]),
        )
    )
    lines = [] if targets is None else target_lines(targets, x=x, style=style, domain=domain)
    return alt.layer(*lines, *_rows(base, x, style))


def _rows(base: alt.Chart, x: Callable[[str], alt.X], style: Style) -> list[alt.Chart]:
    """Bars, names and values; a name stands over its bar where there is no room beside it."""
    down = alt.expr(f"{_NARROW}?{DOWN}:0")
    thick = alt.expr(f"{_NARROW}?14:min(20,0.62*bandwidth('y'))")
    bars = base.mark_bar(size=thick, yOffset=down).encode(
        x=x("value:Q"),
        color=colour_where("datum.stands_out", style.ink, otherwise=style.primary),
        description=alt.DescriptionValue(alt.expr("datum.name+' : '+datum.text")),
        tooltip=[alt.Tooltip("name:N", title="Territoire"), alt.Tooltip("text:N", title="Valeur")],
    )
    names = base.mark_text(
        align="left", limit=MAX_NAME_WIDTH_PX, tooltip=None, yOffset=alt.expr(f"{_NARROW}?{UP}:0")
    ).encode(x=x_at(0), text=alt.Text("name:N"))
    labels = (
        base.transform_calculate(end="max(0,datum.value)")
        .mark_text(align="left", dx=6, fontWeight=600, tooltip=None, yOffset=down)
        .encode(x=x("end:Q"), text=alt.Text("label:N"))
    )
    return [bars, names, labels]
