"""Two dates side by side: a line per territory, from its level then to its level now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import altair as alt
import pandas as pd

from atlas.figures.common.fixed_places import x2_at, x_at, y2_at, y_at
from atlas.figures.common.label_placement import DIGIT, spread_apart, widest
from atlas.figures.common.style import Style
from atlas.figures.common.value_expressions import quoted

# Under this width, in pixels, a territory is named under its value and not beside it.
NARROW_WIDTH_PX = 480
_NARROW = f"width<{NARROW_WIDTH_PX}"
# Pixels between two labels at the natural height, and those that the rest of the drawing takes.
GAP, ROW, AROUND = 30, 32, 60
TOP, BOTTOM = 38, 16
# Pixels by which the foot of a « j » is before its place, at the edge of the drawing, and the last
# letter of a change beyond its own.
J_OVERHANG_PX, CHANGE_OVERHANG_PX = 2, 1
MAX_NAME_WIDTH_PX = 200
# Where the drawing is narrow: pixels of a letter of a name, and of the texts at the right.
SMALL, ROOM = 5.4, 165


def slope_chart_height(count: int) -> int:
    """The height in pixels that holds the labels of so many lines."""
    return max(300, ROW * count + AROUND)


def slope_chart(values: pd.DataFrame, *, style: Style, dates: tuple[str, str]) -> alt.TopLevelMixin:
    """Lines between two vertical axes, values at both ends, names at the right.

    values: code, name, before, value, before_label, label, change (text), text (read aloud),
    colour, stands_out. dates: what stands over the two ends.
    """
    low, high, step = _window(values)
    placed = values.assign(
        before_at=spread_apart(values["before"].tolist(), step, low, high),
        at=spread_apart(values["value"].tolist(), step, low, high),
    )
    placed = placed.sort_values("stands_out", kind="stable")  # the nation over the others
    scale = alt.Scale(
        domain=[low, high], nice=False, zero=False, range=[alt.expr(f"height-{BOTTOM}"), TOP]
    )
    y = partial(alt.Y, title=None, axis=None, scale=scale)
    return alt.layer(
        *_lines(alt.Chart(placed), y, style, placed, dates),
        *_labels(alt.Chart(placed), y, style, placed),
    )


def _window(values: pd.DataFrame) -> tuple[float, float, float]:
    """The ends of the axis of values, and the distance of two labels on it."""
    known = pd.concat([values["before"], values["value"]])
    low, high = float(known.min()), float(known.max())
    if high == low:
        low, high = low - 1, high + 1
    return low, high, (high - low) * GAP / (slope_chart_height(len(values)) - TOP - BOTTOM)


def _edges(values: pd.DataFrame) -> tuple[str, str, int]:
    """Expressions of the places of the two dates, and the width of the values at the right."""
    left = widest(values["before_label"], DIGIT) + 20
    number = widest(values["label"], DIGIT) + 6
    change = widest(values["change"])
    name = min(MAX_NAME_WIDTH_PX, widest(values["name"]))
    under = max(
        number + change if _fits(number, change) else number,
        min(MAX_NAME_WIDTH_PX, widest(values["name"], SMALL)),
    )
    return (f"{left}", f"{_NARROW}?width-{under + 18}:width-{number + name + change + 34}", number)


def _fits(number: int, change: int) -> bool:
    """Can the change stand beside the value where the name stands under it."""
    return number + change <= ROOM


def _lines(
    base: alt.Chart,
    y: Callable[..., alt.Y],
    style: Style,
    values: pd.DataFrame,
    dates: tuple[str, str],
) -> list[alt.Chart]:
    left, right, _ = _edges(values)
    here, there = x_at(left), x_at(right)
    one = base.transform_filter(f"datum.code==={quoted(values['code'].iloc[0])}")
    edges = [
        one.mark_rule(color=style.grid).encode(x=place, y=y_at(TOP - 10), y2=y2_at("height"))
        for place in (here, there)
    ]
    heads = [
        one.mark_text(
            align="left", color=style.muted, tooltip=None, fontSize=alt.expr(f"{_NARROW}?11:13")
        ).encode(x=place, y=y_at(TOP - 22), text=alt.TextValue(date))
        for place, date in zip((x_at(J_OVERHANG_PX), there), dates, strict=True)
    ]
    colour = alt.Color("colour:N", scale=None, legend=None)
    line = base.mark_rule(strokeWidth=2.2, tooltip=None).encode(
        x=here, x2=there, y=y("before:Q"), y2=alt.Y2("value:Q"), color=colour
    )
    spoken = alt.DescriptionValue(alt.expr("datum.name+' : '+datum.text"))
    tooltip = [alt.Tooltip("name:N", title="Territoire"), alt.Tooltip("text:N", title="Valeur")]
    ends = [
        base.mark_point(size=60, filled=True, opacity=1, aria=place is there).encode(
            x=place, y=level, color=colour, description=spoken, tooltip=tooltip
        )
        for place, level in ((here, y("before:Q")), (there, y("value:Q")))
    ]
    return [*edges, *heads, line, *ends]


def _labels(
    base: alt.Chart, y: Callable[..., alt.Y], style: Style, values: pd.DataFrame
) -> list[alt.Chart]:
    left, right, number = _edges(values)
    near, far = y("before_at:Q"), y("at:Q")
    up, down = alt.expr(f"{_NARROW}?-7:0"), alt.expr(f"{_NARROW}?7:0")
    leaders = [
        base.mark_rule(color=style.muted, strokeWidth=0.8, tooltip=None).encode(
            x=x_at(f"({edge})+{start}"),
            x2=x2_at(f"({edge})+{end}"),
            y=y(f"{level}:Q"),
            y2=alt.Y2(f"{moved}:Q"),
        )
        for edge, start, end, level, moved in (
            (left, -6, -13, "before", "before_at"),
            (right, 6, 13, "value", "at"),
        )
    ]
    start = base.mark_text(align="right", fontWeight=600, tooltip=None).encode(
        x=x_at(f"({left})-16"), y=near, text=alt.Text("before_label:N")
    )
    end = base.mark_text(align="left", fontWeight=600, yOffset=up, tooltip=None).encode(
        x=x_at(f"({right})+16"), y=far, text=alt.Text("label:N")
    )
    name = base.mark_text(
        align="left",
        yOffset=down,
        limit=MAX_NAME_WIDTH_PX,
        tooltip=None,
        fontSize=alt.expr(f"{_NARROW}?11:13"),
    ).encode(
        x=x_at(f"({right})+({_NARROW}?16:{16 + number})"),
        y=far,
        text=alt.Text("name:N"),
    )
    change = base.mark_text(
        align=alt.expr(f"{_NARROW}?'left':'right'"), color=style.muted, yOffset=up, tooltip=None
    ).encode(
        x=x_at(f"{_NARROW}?({right})+{16 + number}:width-{CHANGE_OVERHANG_PX}"),
        y=far,
        text=alt.TextValue(alt.expr("datum.change"))
        if _fits(number, widest(values["change"]))
        else alt.TextValue(alt.expr(f"{_NARROW}?'':datum.change")),
    )
    return [*leaders, start, end, name, change]
