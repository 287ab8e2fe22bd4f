"""A table as a drawing, for images: names, then numbers in columns, one of them with bars."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import altair as alt
import pandas as pd

from atlas.figures.common.fixed_places import x2_at, x_at, y_at
from atlas.figures.common.label_placement import DIGIT, widest
from atlas.figures.common.style import Style
from atlas.figures.common.value_expressions import colour_where, quoted

HEAD, MAX_NAME_WIDTH_PX = 30, 240
# Pixels of the two lines of a row, from its middle, when it has two.
UP, DOWN = -9, 9
# Pixels of the longest bar beside the names, and between two columns.
BAR, GAP = 84, 18


def table_chart(
    rows: pd.DataFrame, *, columns: list[str], strong: int, style: Style
) -> alt.TopLevelMixin:
    """One line per row of the frame, in its order, under the names of its columns.

    rows: code, name, value (NaN where there is none), text (what is read aloud), stands_out (the
    nation), and a text per column, named c0, c1…; columns: their titles; strong: place of the one
    that the table is about, where a bar from zero stands before each value.
    """
    places = _Places(rows, columns, strong)
    y = partial(
        alt.Y,
        "code:N",
        sort=rows["code"].tolist(),
        title=None,
        axis=None,
        scale=alt.Scale(type="band", range=[HEAD, alt.expr("height")]),
    )
    top = rows["value"].max()
    base = alt.Chart(
        rows.assign(share=rows["value"].clip(lower=0) / (top if top > 0 else 1))
    ).encode(y=y())
    rules = base.mark_rule(color=style.grid).encode(
        y=y(bandPosition=0), x=x_at(0), x2=x2_at("width")
    )
    names = base.mark_text(
        align="left",
        limit=MAX_NAME_WIDTH_PX,
        tooltip=None,
        aria=True,
        yOffset=alt.expr(f"{places.narrow}?{UP}:0"),
    ).encode(
        x=x_at(0),
        text=alt.Text("name:N"),
        description=alt.DescriptionValue(alt.expr("datum.name+' : '+datum.text")),
    )
    return alt.layer(
        rules, _bars(base, places, style), names, *_columns(base, rows, columns, places, style)
    )


class _Places:
    """Where the columns stand, in expressions of the width of the drawing."""

    def __init__(self, rows: pd.DataFrame, columns: list[str], strong: int) -> None:
        self.strong, self._count = strong, len(columns)
        self._texts = [widest(rows[f"c{place}"], DIGIT) for place in range(len(columns))]
        self._widths = [
            max(text, widest([title])) + GAP
            for text, title in zip(self._texts, columns, strict=True)
        ]
        needed = min(MAX_NAME_WIDTH_PX, widest(rows["name"])) + sum(self._widths)
        #: True when the numbers of a row stand under its name: there is no room beside it.
        self.narrow = f"width<{needed}"
        self._spare = f"clamp(width-{needed},0,{BAR})"  # what is left for bars

    def right(self, place: int) -> str:
        """The right edge of a column: as wide as it needs beside the names, else an equal part."""
        after = f"{sum(self._widths[place + 1 :])}"
        after += f"-{self._spare}" if place < self.strong else ""
        return f"({self.narrow}?width*{place + 1}/{self._count}:width-{after})"

    def bar(self) -> tuple[str, str]:
        """Where bars start, and how long the longest is: up to the text of its row."""
        right, width = self.right(self.strong), self._widths[self.strong]
        start = (
            f"({self.narrow}?width*{self.strong}/{self._count}+{GAP * bool(self.strong)}"
            f":{right}-{width - GAP}-{self._spare})"
        )
        return start, f"max(0,{right}-{self._texts[self.strong] + 8}-{start})"


def _bars(base: alt.Chart, places: _Places, style: Style) -> alt.Chart:
    start, longest = places.bar()
    down = alt.expr(f"{places.narrow}?{DOWN}:0")
    chart: alt.Chart = (
        base.transform_filter("isValid(datum.share)")
        .mark_rule(strokeWidth=9, tooltip=None, yOffset=down, y2Offset=down)
        .encode(
            x=x_at(start),
            x2=x2_at(f"{start}+datum.share*{longest}"),
            color=colour_where("datum.stands_out", style.ink, otherwise=style.primary),
        )
    )
    return chart


def _columns(
    base: alt.Chart, rows: pd.DataFrame, columns: list[str], places: _Places, style: Style
) -> Iterator[alt.Chart]:
    """The texts of each column, and its title over them."""
    first = base.transform_filter(f"datum.code==={quoted(rows['code'].iloc[0])}")
    down = alt.expr(f"{places.narrow}?{DOWN}:0")
    for place, title in enumerate(columns):
        x = x_at(places.right(place))
        yield base.mark_text(
            align="right",
            fontWeight=600 if place == places.strong else 400,
            tooltip=None,
            yOffset=down,
        ).encode(x=x, text=alt.Text(f"c{place}:N"))
        yield first.mark_text(align="right", color=style.muted, tooltip=None, fontSize=12).encode(
            x=x, y=y_at(HEAD / 2 - 2), text=alt.TextValue(title)
        )
