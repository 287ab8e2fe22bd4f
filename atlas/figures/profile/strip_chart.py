"""Dot strip: every territory as a dot on one axis, some of them named, the nation as a line.

A drawing is 300 to 1 200 pixels wide and its specification does not know. Dots and names are set
for three widths, here, without overlap; the browser takes the setting of the width it has. What
does not overlap at one width does not at a larger one.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from atlas.figures.common.fixed_places import x_at, y2_at, y_at
from atlas.figures.common.style import Style, mix_colours
from atlas.figures.common.value_expressions import quoted
from atlas.figures.profile.strip_layout import DOT_SPACING_PX, lanes_of, rows_of

# Widths that dots and names are set for; the first is the narrowest that is ever drawn.
WIDTHS_PX = (265, 430, 720)
# Which setting the width of the drawing allows.
SETTING = f"width<{WIDTHS_PX[1]}?0:width<{WIDTHS_PX[2]}?1:2"
# Pixels between two rows of dots at least and at most, between two lanes of names, and those that
# a letter of a name takes.
MIN_ROW_PX, MAX_ROW_PX, LANE_PX, LETTER_PX = 5, 12, 15, 6.5
# Room under the last row of dots, and the axis.
FLOOR_PX, AXIS_PX = 8, 26
DOMAIN_MARGIN_SHARE = 0.04
# True for a name at the right of its leader.
_SIDE = "[datum.side0,datum.side1,datum.side2][s]>0"
# What a screen reader says of a territory and of the nation.
DESCRIPTION = alt.DescriptionValue(alt.expr("datum.name+' : '+datum.text"))
# The least share of its height that a drawing keeps on a page of fixed height.
MIN_HEIGHT_SHARE = 0.6


def strip(
    values: pd.DataFrame, *, style: Style, axis: str, colours: tuple[str, str, str]
) -> alt.TopLevelMixin:
    """The strip of a group of territories.

    values: name, value, text (« 33,6 % »), detail (where it comes from) and role: « own » (the
    territory in the accent), « peer » (named beside it), « end » (named, to give the span),
    « nation » (the line) or « other ».
    axis: what follows the numbers of the axis; colours: those of the nation, of the territory in
    the accent, and of the peers.
    """
    low, high = _domain(values["value"])
    rows = values.assign(label=values["name"] + " " + values["text"])
    rows["long"] = rows["label"].str.len() * LETTER_PX
    for place, width in enumerate(WIDTHS_PX):
        pixels = [(value - low) / (high - low) * width for value in rows["value"]]
        rows[f"row{place}"] = rows_of(pixels, rows["role"])
        rows[[f"lane{place}", f"side{place}"]] = lanes_of(pixels, rows["long"], rows["role"], width)
    x = alt.X(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[low, high], nice=False, zero=False),
        axis=alt.Axis(
            grid=False,
            tickCount=5,
            labelFlush=True,
            labelExpr=(
                f"format(datum.value,'{'.1f' if high - low < 5 else '.0f'}')+{quoted(axis)}"
            ),
            domainColor=style.muted,
            tickColor=style.muted,
        ),
    )
    return alt.layer(*_layers(rows, x, style, colours), data=rows).add_params(
        alt.param(name="s", expr=SETTING), alt.param(name="step", expr=_step(rows))
    )


def strip_height(values: pd.DataFrame) -> int:
    """Pixels for the strip of these values: what its narrowest setting needs, and enough for the
    next one to hold when a page of fixed height takes some back."""
    low, high = _domain(values["value"])
    long = (values["name"] + " " + values["text"]).str.len() * LETTER_PX
    needed = []
    for width, row in zip(WIDTHS_PX[:2], (DOT_SPACING_PX, MIN_ROW_PX), strict=True):
        pixels = [(value - low) / (high - low) * width for value in values["value"]]
        lanes = max(lane for lane, _ in lanes_of(pixels, long, values["role"], width)) + 1
        rows = max(rows_of(pixels, values["role"])) + 1
        needed.append(lanes * LANE_PX + rows * row + FLOOR_PX + AXIS_PX)
    return round(max(needed[0] + LANE_PX, needed[1] / MIN_HEIGHT_SHARE))


def _layers(
    rows: pd.DataFrame, x: alt.X, style: Style, colours: tuple[str, str, str]
) -> list[alt.Chart]:
    nation, own, peer = colours
    dots = alt.Chart().encode(
        x=x,
        y=y_at(_dot_y()),
        description=DESCRIPTION,
        tooltip=[
            alt.Tooltip("name:N", title="Territoire"),
            alt.Tooltip("text:N", title="Valeur"),
            alt.Tooltip("detail:N", title="Origine"),
        ],
    )
    looks = {
        "other": (38, pale(style)),
        "end": (70, style.muted),
        "peer": (70, peer),
        "own": (130, own),
    }
    # A layer without a value has no extent, which the browser warns of.
    present = set(rows["role"])
    return [
        *([_leaders(x, style)] if present - {"other", "nation"} else []),
        *([_nation(x, nation)] if "nation" in present else []),
        *(
            dots.transform_filter(f"datum.role==='{role}'").mark_circle(
                size=size, color=colour, opacity=1, stroke=style.paper, strokeWidth=0.8
            )
            for role, (size, colour) in looks.items()
            if role in present
        ),
        *_names(style, nation, own),
    ]


def pale(style: Style) -> str:
    """Behind the rest, yet three times as dark, or light, as the paper."""
    return mix_colours(style.muted, style.paper, 0.25)


def _dot_y() -> str:
    return f"height-{FLOOR_PX}-[datum.row0,datum.row1,datum.row2][s]*step"


def _lane_y() -> str:
    return f"{LANE_PX}*([datum.lane0,datum.lane1,datum.lane2][s]+0.5)"


def _leaders(x: alt.X, style: Style) -> alt.Chart:
    """From a name down to its dot; from under the name where the edge pushed it over the leader."""
    place = "scale('x',datum.value)"
    aside = f"{_SIDE}?{place}+4<=width-datum.long:{place}-4>=datum.long"
    chart: alt.Chart = (
        alt.Chart()
        .transform_filter("datum.role!=='other'&&datum.role!=='nation'")
        .mark_rule(color=pale(style), strokeWidth=0.8, tooltip=None)
        .encode(
            x=x,
            y=y_at(f"{_lane_y()}+(({aside})?-6:8)"),
            y2=y2_at(_dot_y()),
        )
    )
    return chart


def _nation(x: alt.X, colour: str) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart()
        .transform_filter("datum.role==='nation'")
        .mark_rule(color=colour, strokeWidth=1.4, tooltip=None, aria=True)
        .encode(
            x=x,
            description=DESCRIPTION,
            y=y_at(f"{_lane_y()}-7"),
            y2=y2_at("height"),
        )
    )
    return chart


def _names(style: Style, nation: str, own: str) -> list[alt.Chart]:
    """Twice: in the colour of the paper, so that a leader behind does not cross the letters."""
    place = (
        f"{_SIDE}?min(scale('x',datum.value)+4,width-datum.long)"
        ":max(scale('x',datum.value)-4,datum.long)"
    )
    names = (
        alt.Chart()
        .transform_filter("datum.role!=='other'")
        .encode(
            x=x_at(place),
            y=y_at(_lane_y()),
            text=alt.Text("label:N"),
        )
    )
    font: dict[str, Any] = {
        "fontSize": 12,
        "baseline": "middle",
        "align": alt.expr(f"{_SIDE}?'left':'right'"),
        "fontWeight": alt.expr("test(/own|nation/,datum.role)?600:400"),
        "tooltip": None,
    }
    text = alt.ColorValue(
        alt.expr(f"datum.role==='own'?'{own}':datum.role==='nation'?'{nation}':'{style.ink}'")
    )
    return [
        names.mark_text(**font, color=style.paper, stroke=style.paper, strokeWidth=3),
        names.mark_text(**font).encode(color=text),
    ]


def _domain(values: pd.Series) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    margin = DOMAIN_MARGIN_SHARE * (high - low) or 1.0
    return low - margin, high + margin


def _step(rows: pd.DataFrame) -> str:
    """Pixels between two rows of dots, by the room that the names leave."""
    named = rows["role"] != "other"
    tops = [
        int(rows.loc[named, f"lane{place}"].max() + 1) * LANE_PX if named.any() else 0
        for place in range(len(WIDTHS_PX))
    ]
    counts = [int(rows[f"row{place}"].max()) + 1 for place in range(len(WIDTHS_PX))]
    room = f"(height-{FLOOR_PX}-{tops}[s])/{counts}[s]"
    return f"clamp({room},{MIN_ROW_PX},{MAX_ROW_PX})".replace(" ", "")
