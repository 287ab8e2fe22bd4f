"""A profile on screen: figures in large, then the drawings; what lacks is said in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.key_figures.key_figure import key_figures_of_theme
from atlas.figures.key_figures.page import SourceLetters, key_figures_html
from atlas.figures.map.lonely import holds_several
from atlas.figures.map.request import MapRequest
from atlas.figures.options import fullest_period, map_periods, periods_of
from atlas.figures.profile.profile import Profile
from atlas.figures.registry import figure_of
from atlas.ui import figure_frame, html, page_state
from atlas.ui.doors import page_at
from atlas.ui.markdown import escape_markdown
from atlas.ui.missing_territory import show_missing_figures
from atlas.values import digest_of_values

_CURVE_HEIGHT_PX = 340
# A frame in half a page: its height without its drawing, and what each line of its words adds.
_FRAME_HEIGHT_PX = 170
_LINE_HEIGHT_PX = 20
_LETTERS_PER_LINE = 75


def show_profile(context: FigureContext, shown: Profile) -> None:
    """Show all but the name of the territory; a drawing that there is none of is not missed."""
    page_state.record_digest("portrait", digest_of_values(shown.values))
    letters = SourceLetters()
    cards = html.fact_cards(shown.facts, letters)
    st.html(cards + letters.html())
    _show_remarks(*shown.remarks, "" if shown.bars else shown.bars_remark)
    figure_frame.show(context, shown.strip, "portrait_bande")
    curve = shown.curve and replace(shown.curve, height=_CURVE_HEIGHT_PX)
    told = {
        "barres": (shown.bars, shown.bars_remark),
        "courbe": (curve, ""),
        "couloirs": (shown.corridors, shown.corridor_remark),
    }
    drawn = {name: figure for name, (figure, _) in told.items() if figure}
    sides, below = arrange_drawings(
        {name: _frame_height_px(figure) for name, figure in drawn.items()}
    )
    for column, names in zip(st.columns(len(sides)) if sides else [], sides, strict=True):
        with column:
            for name in names:
                _show_figure(context, name, *told[name])
    for name in below:
        _show_figure(context, name, *told[name])
    _show_remarks("" if shown.corridors else shown.corridor_remark)


def show_caisse(context: FigureContext, code: str, indicator: str) -> None:
    """A caisse: its figures in large, its place among those of its région on a map, and the way
    to its département, whose portrait compares."""
    place = context.territories[code]
    departement = context.territories[place.parent]
    st.caption(escape_markdown(f"Caisse du département {departement.label}."))
    show_missing_figures(context, code)
    letters = SourceLetters()
    for theme in context.settings.themes:
        for period in periods_of(context, code)[:1]:
            cards = key_figures_of_theme(context, theme, territory=code, period=period)
            if cards:
                shown = [value for card in cards for value in card.values]
                page_state.record_digest(theme, digest_of_values(shown))
                st.html(key_figures_html(cards, letters))
    st.html(letters.html())
    region = context.territories.region_of(code)
    request = MapRequest(indicator=indicator, territory=region, level="caisses", highlighted=code)
    if holds_several(context, request) and map_periods(context, request):
        dated = request.with_fields(period=fullest_period(context, request))
        figure_frame.show(context, figure_of(context, dated), "portrait_caisse")
    st.page_link(
        page_at("portrait"),
        label=escape_markdown(f"Portrait du département : {departement.label}"),
        icon=":material/arrow_forward:",
        query_params={"territoire": departement.code},
    )


def _show_figure(context: FigureContext, name: str, figure: Figure | None, said: str) -> None:
    figure_frame.show(context, figure, f"portrait_{name}")
    _show_remarks(said)


def _show_remarks(*said: str) -> None:
    if found := [text for text in said if text]:
        st.html(html.remarks(found))


def arrange_drawings(heights: dict[str, float]) -> tuple[list[list[str]], list[str]]:
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


def _frame_height_px(figure: Figure) -> float:
    """About how high its frame is in half a page."""
    lines: Sequence[str] = [f"{name} : {text}" for name, text in figure.caption]
    count = sum(1 + len(text) // _LETTERS_PER_LINE for text in lines) + len(figure.legend)
    return figure.height + _FRAME_HEIGHT_PX + _LINE_HEIGHT_PX * count
