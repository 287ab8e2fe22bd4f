"""Small multiples: the corridors of each territory in a panel of its own."""

from __future__ import annotations

import altair as alt
import pandas as pd

from atlas.figures.common.label_placement import DIGIT, widest

# Panels stand two by two where each has so many pixels for its longest bar, else one under the
# other.
LEAST_BAR_PX = 60
# Pixels of a corridor when panels stand two by two, of the name over a panel, around a panel.
STEP, HEAD, AROUND = 40, 24, 10


def small_multiples_height(panels: int, corridors: int) -> int:
    """The height in pixels that holds the panels two by two; one by one, bars are half as thick."""
    return -(-panels // 2) * (STEP * corridors + HEAD + AROUND)


def small_multiples(
    values: pd.DataFrame, *, shared: bool, corridors: list[str]
) -> alt.TopLevelMixin:
    """Horizontal bars by corridor, a panel per territory, on one scale or on one per panel.

    values: panel, corridor, value (NaN where it is not published), label, text, colour (of the
    corridor); corridors: their order. A view of its own for each panel would not keep an exact
    size: all are placed in one.
    """
    placed = _with_places(values, shared, corridors)
    names = widest(values["corridor"]) + 6
    # What says why there is no bar has the whole room of one.
    labels = widest(values.loc[values["value"].notna(), "label"], DIGIT) + 8
    panels, rows = placed["panel"].nunique(), len(corridors)
    base = _with_positions(alt.Chart(placed), panels, rows, names, labels)
    y, middle = alt.Y("y:Q", scale=None, axis=None), alt.Y("middle:Q", scale=None, axis=None)
    bars = (
        base.transform_filter("isValid(datum.value)")
        .mark_bar()
        .encode(
            x=alt.X("from:Q", scale=None, axis=None),
            color=alt.Color("colour:N", scale=None, legend=None),
            x2=alt.X2("to:Q"),
            y=y,
            y2=alt.Y2("y2:Q"),
            description=alt.DescriptionValue(
                alt.expr("datum.panel+', '+datum.corridor+' : '+datum.text")
            ),
            tooltip=[
                alt.Tooltip("panel:N", title="Territoire"),
                alt.Tooltip("corridor:N", title="Couloir"),
                alt.Tooltip("text:N", title="Valeur"),
            ],
        )
    )
    texts = base.encode(y=middle)
    owners = texts.mark_text(align="right", fontSize=12, tooltip=None).encode(
        x=alt.X("names:Q", scale=None, axis=None), text=alt.Text("corridor:N")
    )
    ends = texts.mark_text(align="left", dx=5, fontSize=12, fontWeight=600, tooltip=None).encode(
        x=alt.X("end:Q", scale=None, axis=None), text=alt.Text("label:N")
    )
    heads = (
        base.transform_filter("datum.first")
        .mark_text(align="left", fontWeight=600, tooltip=None)
        .encode(
            x=alt.X("left:Q", scale=None, axis=None),
            y=alt.Y("head:Q", scale=None, axis=None),
            text=alt.Text("panel:N"),
        )
    )
    return alt.layer(bars, owners, ends, heads)


def _with_places(values: pd.DataFrame, shared: bool, corridors: list[str]) -> pd.DataFrame:
    """Adds the places of panels and corridors, and the ends of bars as shares of their axis."""
    panels = {name: i for i, name in enumerate(dict.fromkeys(values["panel"]))}
    by = [0] * len(values) if shared else values["panel"]
    high = values["value"].groupby(by).transform("max").clip(lower=0).fillna(0)
    low = values["value"].groupby(by).transform("min").clip(upper=0).fillna(0)
    span = (high - low).where(high > low, 1.0)
    return values.assign(
        panel_place=values["panel"].map(panels),
        place=values["corridor"].map(corridors.index),
        first=~values["panel"].duplicated(),
        zero=-low / span,
        share=(values["value"].fillna(0) - low) / span,
    )


def _with_positions(base: alt.Chart, panels: int, rows: int, names: int, labels: int) -> alt.Chart:
    """Places in pixels, which follow the width and the height of the drawing."""
    narrow = 2 * (names + labels + AROUND + LEAST_BAR_PX)
    columns = f"(width<{narrow}?1:{min(2, panels)})"
    tall = f"(height/ceil({panels}/{columns}))"
    step = f"(({tall}-{HEAD + AROUND})/{rows})"
    room = f"(width/{columns}-{names + labels}-{AROUND})"
    start = "datum.names+6"
    return (
        base.transform_calculate(
            left=f"(datum.panel_place%{columns})*(width/{columns})",
            head=f"floor(datum.panel_place/{columns})*{tall}+9",
        )
        .transform_calculate(
            names=f"datum.left+{names}",
            middle=f"datum.head+{HEAD - 9}+(datum.place+0.5)*{step}",
        )
        .transform_calculate(
            **{
                "from": f"{start}+min(datum.zero,datum.share)*{room}",
                "to": f"{start}+max(datum.zero,datum.share)*{room}",
                "end": f"{start}+max(datum.zero,datum.share)*{room}",
                "y": f"datum.middle-min(11,0.36*{step})",
                "y2": f"datum.middle+min(11,0.36*{step})",
            }
        )
    )
