"""A composition as an Altair chart: drawn at its own size, or larger and smaller as a whole."""

from __future__ import annotations

from dataclasses import asdict

import altair as alt
import pandas as pd

from atlas.figures.common.composition import LINE_SHARE, Composition
from atlas.figures.common.fixed_places import x2_at, x_at, y2_at, y_at

# How much larger than composed the view is: 1 in an image, which is composed for its box.
_SCALE = "k"


def composition_chart(composition: Composition) -> alt.TopLevelMixin:
    """The blocks, then the glyphs, then the lines of text."""
    parts = [
        (pd.DataFrame([asdict(block) for block in composition.blocks]), _blocks),
        (pd.DataFrame([asdict(glyph) for glyph in composition.glyphs]), _glyphs),
        (pd.DataFrame([asdict(line) for line in composition.lines]), _lines),
    ]
    layers = [draw(rows) for rows, draw in parts if len(rows)]
    factor = f"min(width/{composition.width:.2f},height/{composition.height:.2f})"
    return alt.layer(*layers, padding=0).add_params(alt.param(name=_SCALE, expr=factor))


def _blocks(rows: pd.DataFrame) -> alt.Chart:
    ends = rows.assign(right=rows["x"] + rows["width"], bottom=rows["y"] + rows["height"])
    chart: alt.Chart = (
        alt.Chart(ends)
        .mark_rect(tooltip=None)
        .encode(
            x=x_at(f"datum.x*{_SCALE}"),
            x2=x2_at(f"datum.right*{_SCALE}"),
            y=y_at(f"datum.y*{_SCALE}"),
            y2=y2_at(f"datum.bottom*{_SCALE}"),
            color=alt.Color("colour:N", scale=None),
            description=alt.Description("label:N"),
        )
    )
    return chart


def _glyphs(rows: pd.DataFrame) -> alt.Chart:
    """Vega scales a shape by half the root of its size, from its origin."""
    chart: alt.Chart = (
        alt.Chart(rows)
        .mark_point(
            filled=True, strokeWidth=0, aria=False, size=alt.expr(f"pow(2*datum.scale*{_SCALE},2)")
        )
        .encode(
            x=x_at(f"datum.x*{_SCALE}"),
            y=y_at(f"datum.y*{_SCALE}"),
            shape=alt.Shape("path:N", scale=None),
            color=alt.Color("colour:N", scale=None),
            opacity=alt.Opacity("opacity:Q", scale=None),
        )
    )
    return chart


def _lines(rows: pd.DataFrame) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(rows)
        .mark_text(
            align="left",
            baseline="alphabetic",
            fontSize=alt.expr(f"datum.size*{_SCALE}"),
            fontWeight=alt.expr("datum.weight"),
            lineBreak="\n",
            lineHeight=alt.expr(f"datum.size*{LINE_SHARE}*{_SCALE}"),
            tooltip=None,
        )
        .encode(
            x=x_at(f"datum.x*{_SCALE}"),
            y=y_at(f"datum.y*{_SCALE}"),
            text=alt.Text("text:N"),
            color=alt.Color("colour:N", scale=None),
        )
    )
    return chart
