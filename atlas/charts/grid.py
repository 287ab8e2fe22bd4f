"""A table as a drawing, for images: names, then numbers in columns."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import altair as alt
import pandas as pd

from atlas.charts.labels import DIGIT, widest
from atlas.charts.style import Style

HEAD, LONGEST = 30, 240
# Pixels of the two lines of a row, from its middle, when it has two.
UP, DOWN = -9, 9


def grid(rows: pd.DataFrame, *, columns: list[str], strong: int, style: Style
         ) -> alt.TopLevelMixin:
    """One line per row of the frame, in its order, under the names of its columns.

    rows: code, name, value, text (what is read aloud), and a text per column, named c0, c1…;
    columns: their titles; strong: place of the one that the table is about.
    """
    y = partial(alt.Y, "code:N", sort=rows["code"].tolist(), title=None, axis=None,
                scale=alt.Scale(type="band", range=[HEAD, alt.expr("height")]))
    base = alt.Chart(rows).encode(y=y())
    rules = base.mark_rule(color=style.grid).encode(
        y=y(bandPosition=0), x=alt.value(0), x2=alt.value(alt.expr("width")))
    names = base.mark_text(align="left", limit=LONGEST, tooltip=None, aria=True,
                           yOffset=alt.expr(f"{_narrow(rows, columns)}?{UP}:0")).encode(
        x=alt.value(0), text="name:N",
        description=alt.value(alt.expr("datum.name+' : '+datum.text")))
    return alt.layer(rules, names, *_columns(base, rows, columns, strong, style))


def _columns(base: alt.Chart, rows: pd.DataFrame, columns: list[str], strong: int, style: Style
             ) -> Iterator[alt.Chart]:
    """The texts of each column, and its title over them."""
    first = alt.Chart(rows).transform_filter(f"datum.code==='{rows['code'].iloc[0]}'")
    down = alt.expr(f"{_narrow(rows, columns)}?{DOWN}:0")
    for place, title in enumerate(columns):
        x = alt.value(alt.expr(_edge(rows, columns, place)))
        yield base.mark_text(align="right", fontWeight=600 if place == strong else 400,
                             tooltip=None, yOffset=down).encode(x=x, text=f"c{place}:N")
        yield first.mark_text(align="right", color=style.muted, tooltip=None, fontSize=12).encode(
            x=x, y=alt.value(HEAD / 2 - 2), text=alt.value(title))


def _widths(rows: pd.DataFrame, columns: list[str]) -> list[int]:
    return [max(widest(rows[f"c{place}"], DIGIT), widest([title])) + 18
            for place, title in enumerate(columns)]


def _narrow(rows: pd.DataFrame, columns: list[str]) -> str:
    """True when the numbers of a row stand under its name: there is no room for them beside it."""
    return f"width<{min(LONGEST, widest(rows['name'])) + sum(_widths(rows, columns))}"


def _edge(rows: pd.DataFrame, columns: list[str], place: int) -> str:
    """The right edge of a column: as wide as it needs beside the names, else an equal part."""
    after = sum(_widths(rows, columns)[place + 1:])
    return f"{_narrow(rows, columns)}?width*{place + 1}/{len(columns)}:width-{after}"
