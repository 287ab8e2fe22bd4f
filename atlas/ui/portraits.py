"""A portrait on screen: figures in large, then the drawings; what lacks is said in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.profile.profile import Profile
from atlas.ui import figure_frame, html, page_state

# Pixels: the height of the curve; of a frame without its drawing, of a line of its words, of which
# half a page holds so many letters.
_CURVE, _FRAME, _LINE, _LETTERS = 340, 170, 20, 75


def show_portrait(context: FigureContext, shown: Profile) -> None:
    """Show all but the name of the territory; a drawing that there is none of is not missed."""
    page_state.text("portrait", "\n".join(fact.value for fact in shown.facts))
    st.html(html.fact_cards(shown.facts))
    _say(*shown.remarks, "" if shown.bars else shown.bars_remark)
    figure_frame.show(context, shown.strip, "portrait_bande")
    curve = shown.curve and replace(shown.curve, height=_CURVE)
    told = {
        "barres": (shown.bars, shown.bars_remark),
        "courbe": (curve, ""),
        "couloirs": (shown.corridors, shown.corridor_remark),
    }
    drawn = {name: figure for name, (figure, _) in told.items() if figure}
    sides, below = arranged({name: _tall(figure) for name, figure in drawn.items()})
    for column, names in zip(st.columns(len(sides)) if sides else [], sides, strict=True):
        with column:
            for name in names:
                _show(context, name, *told[name])
    for name in below:
        _show(context, name, *told[name])
    _say("" if shown.corridors else shown.corridor_remark)


def _show(context: FigureContext, name: str, figure: Figure | None, said: str) -> None:
    figure_frame.show(context, figure, f"portrait_{name}")
    _say(said)


def _say(*said: str) -> None:
    if found := [text for text in said if text]:
        st.html(html.remarks(found))


def arranged(heights: dict[str, float]) -> tuple[list[list[str]], list[str]]:
    """What stands side by side, in columns, then under them: of the ways to keep the order, the
    one that leaves the least empty. heights: pixels of each drawing, by its name."""
    names = list(heights)
    if len(names) < 3:
        return [[name] for name in names], []
    first, second, third = names
    ways = [
        ([[first], [second]], [third]),
        ([[first, third], [second]], []),
        ([[first, second], [third]], []),
        ([[first], [second, third]], []),
    ]
    return min(
        ways,
        key=lambda way: abs(
            sum(heights[n] for n in way[0][0]) - sum(heights[n] for n in way[0][1])
        ),
    )


def _tall(figure: Figure) -> float:
    """About how high its frame is in half a page."""
    lines: Sequence[str] = [f"{name} : {text}" for name, text in figure.caption]
    count = sum(1 + len(text) // _LETTERS for text in lines) + len(figure.legend)
    return figure.height + _FRAME + _LINE * count
