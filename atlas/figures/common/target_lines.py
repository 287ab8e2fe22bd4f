"""Levels to reach, as labelled dashed lines over the marks of another chart."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import pandas as pd

from atlas.figures.common.fixed_places import x_at, y2_at, y_at
from atlas.figures.common.style import Style

DASHES = [5, 4]
# Pixels between the labels of several lines.
LABEL_LINE_PX = 18


def target_lines(
    targets: pd.DataFrame, *, x: Callable[[str], alt.X], style: Style, domain: tuple[float, float]
) -> list[alt.Chart]:
    """Vertical lines with their labels above the marks, one under the other.

    targets: label, value. x: makes the channel of a field on the scale of the marks, domain its
    ends. The marks leave LABEL_LINE_PX pixels at the top for each.
    """
    middle = sum(domain) / 2
    found = []
    for place, (label, value) in enumerate(targets[["label", "value"]].itertuples(index=False)):
        one = alt.Chart(targets.iloc[[place]]).encode(x=x("value:Q"))
        row = 7 + LABEL_LINE_PX * place
        line = one.mark_rule(
            color=style.muted, strokeDash=DASHES, strokeWidth=1.5, aria=True
        ).encode(
            y=y_at(row + 8),
            y2=y2_at("height"),
            description=alt.DescriptionValue(label),
        )
        beyond = value > middle  # the label is written towards the middle
        text = one.mark_text(
            align="right" if beyond else "left",
            dx=-4 if beyond else 4,
            fontWeight=600,
            tooltip=None,
        ).encode(y=y_at(row), text=alt.Text("label:N"))
        found += [line, text]
    return found


def target_levels(targets: pd.DataFrame, *, style: Style) -> list[alt.Chart]:
    """Horizontal lines over the width of a curve, each with its label under its start.

    targets: label, value, in the unit of the axis.
    """
    base = alt.Chart(targets).encode(y=alt.Y("value:Q"))
    line = base.mark_rule(color=style.muted, strokeDash=DASHES, strokeWidth=1.5, aria=True).encode(
        description=alt.DescriptionValue(alt.expr("datum.label"))
    )
    halo = base.mark_text(
        align="left", baseline="top", dx=6, dy=5, stroke=style.paper, strokeWidth=4, fontWeight=600
    )
    text = base.mark_text(align="left", baseline="top", dx=6, dy=5, fontWeight=600)
    return [
        line,
        *(mark.encode(x=x_at(0), text=alt.Text("label:N")) for mark in (halo, text)),
    ]
