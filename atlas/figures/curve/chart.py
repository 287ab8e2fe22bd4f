"""An indicator over time: dated points of each territory, joined."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from atlas.figures.common.axes import axis_titled_above
from atlas.figures.common.label_placement import DIGIT, widest
from atlas.figures.common.milestone_rules import band_height, milestone_rules
from atlas.figures.common.style import Style
from atlas.figures.common.target_lines import target_levels
from atlas.settings import Milestone

# Shapes tell the series apart where colours do not.
SHAPES = ["circle", "square", "triangle-up", "diamond", "triangle-down", "cross"]
# Pixels from an end of the axis within which a year stands inside it: it would be cut there.
LABEL_FLUSH_PX = 16
# Pixels between a point and the text beside it.
LABEL_GAP_PX = 9


def curve(
    points: pd.DataFrame,
    *,
    style: Style,
    colours: list[str],
    axis_title: str,
    span: tuple[str, str],
    targets: pd.DataFrame | None = None,
    milestones: Sequence[Milestone] = (),
) -> alt.TopLevelMixin:
    """Lines through the chosen values; hollow points for the other published ones, and for chosen
    ones whose date is assumed.

    points: series (name), date (ISO text), value, label (text beside the point, mostly empty),
    label_value (height of the label), text, detail, chosen, assumed, segment (the line that a
    point of its series is on: no line goes from one to another). colours: one per series in
    order of appearance. span: first and last date of the axis, which goes on where the drawing is
    too narrow for its labels. targets: label and value, drawn as dashed lines across; milestones:
    thin rules, named above the lines.
    """
    names = list(dict.fromkeys(points["series"]))
    shapes = [SHAPES[i % len(SHAPES)] for i in range(len(names))]
    base = alt.Chart(points).encode(
        x=alt.X(
            "date:T",
            title=None,
            scale=alt.Scale(domain=[span[0], alt.expr(_end_of_axis(points, span))]),
            axis=alt.Axis(
                format="%Y",
                tickCount="year",
                grid=False,
                labelPadding=6,
                labelFlush=LABEL_FLUSH_PX,
            ),
        ),
        color=alt.Color("series:N", legend=None, scale=alt.Scale(domain=names, range=colours)),
    )
    band = band_height(len(milestones))
    scale = alt.Scale(zero=True, range=[alt.expr("height"), band]) if band else alt.Scale(zero=True)
    y = alt.Y(
        "value:Q",
        title=axis_title,
        scale=scale,
        axis=axis_titled_above(",.0f"),
    )
    shape = alt.Shape("series:N", legend=None, scale=alt.Scale(domain=names, range=shapes))
    tooltip = [
        alt.Tooltip("series:N", title="Territoire"),
        alt.Tooltip("text:N", title="Valeur"),
        alt.Tooltip("detail:N", title="Source"),
    ]
    spoken = alt.DescriptionValue(alt.expr("datum.series+' : '+datum.text"))
    chosen = base.transform_filter("datum.chosen")
    line = chosen.mark_line(strokeWidth=2.2, tooltip=None).encode(
        y=y, detail=alt.Detail("segment:N")
    )
    dots = chosen.transform_filter("!datum.assumed").mark_point(size=55, filled=True, opacity=1)
    dots = dots.encode(y=y, shape=shape, tooltip=tooltip, description=spoken)
    # Filled with paper: the line does not cross what is hollow.
    assumed = (
        chosen.transform_filter("datum.assumed")
        .mark_point(size=55, fill=style.paper, strokeWidth=1.8, opacity=1)
        .encode(y=y, shape=shape, tooltip=tooltip, description=spoken)
    )
    others = (
        base.transform_filter("!datum.chosen")
        .mark_point(size=55, filled=False, strokeWidth=1.4, opacity=0.9)
        .encode(y=y, shape=shape, tooltip=tooltip, description=spoken)
    )
    ends = base.transform_filter("datum.label!==''").encode(
        y=alt.Y("label_value:Q"), text=alt.Text("label:N")
    )
    # A number that ends a line stays readable where another line passes behind it.
    halo = ends.mark_text(
        align="left", dx=LABEL_GAP_PX, fontWeight=600, stroke=style.paper, strokeWidth=4
    )
    names_at_end = ends.mark_text(align="left", dx=LABEL_GAP_PX, fontWeight=600)
    levels = [] if targets is None else target_levels(targets, style=style)
    rules = milestone_rules(milestones, style=style)
    # Without points a layer has no extent, which the browser warns of, and no mark to name.
    marks = [
        (others, ~points["chosen"]),
        (dots, points["chosen"] & ~points["assumed"]),
        (assumed, points["chosen"] & points["assumed"]),
    ]
    drawn = [layer for layer, has_point in marks if has_point.any()]
    return alt.layer(*rules, *levels, line, *drawn, halo, names_at_end)


def _end_of_axis(points: pd.DataFrame, span: tuple[str, str]) -> str:
    """The last date of the axis, as an expression of Vega: the end of the span, or as late as the
    labels need to end within the width.

    Of a label beyond the width, Vega makes the lines narrower by as much as it is beyond: as the
    label then moves by less, it is cut, until Vega is asked a second time. A page that changes its
    width asks once.
    """
    labelled = points[points["label"] != ""]
    room = {
        date: LABEL_GAP_PX + widest(labels, DIGIT)
        for date, labels in labelled.groupby("date")["label"]
    }
    start = f"toDate('{span[0]}')"
    ends = [
        f"{start}+(toDate('{date}')-{start})*width/max(width-{pixels},width/2)"
        for date, pixels in room.items()
    ]
    return f"max(toDate('{span[1]}'),{','.join(ends)})" if ends else f"toDate('{span[1]}')"
