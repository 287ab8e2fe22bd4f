"""What the pages of maps let choose alike; a choice follows from one to the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas.figures.common.context import FigureContext
from atlas.figures.key_figures.page import SourceLetters
from atlas.figures.map.first_view import first_view, part_shown_text
from atlas.figures.map.request import MapRequest
from atlas.figures.options import map_codes, map_periods, nearest_territory
from atlas.figures.profile.profile import profile_of
from atlas.figures.profile.request import StripRequest
from atlas.settings import Level
from atlas.ui import html, url_widgets
from atlas.ui.doors import page_at
from atlas.ui.markdown import escape_markdown
from atlas.ui.page_controls import page_controls
from atlas.ui.url_parameters import parameter
from atlas.ui.url_widgets import url_segments, url_selectbox

LEVELS: dict[Level, str] = {
    "departements": "Départements",
    "caisses": "Caisses",
    "regions": "Régions",
}
SELECTION_KEY = "selection"
#: One territory for all pages.
TERRITORY_KEY = "territoire"
LEVEL_KEY = "decoupage"
# Of an indicator, the map that a page opens on.
OpeningFinder = Callable[[FigureContext, str], MapRequest]


@dataclass(frozen=True)
class MapControls:
    """territory: FR or a région; highlighted: a territory of the level, or empty; slot: where a
    page puts a control of its own."""

    indicator: str
    level: Level
    territory: str
    highlighted: str
    slot: DeltaGenerator


def map_controls(context: FigureContext, opening: OpeningFinder | None = None) -> MapControls:
    """Territory, level, territory outlined, and the indicator where there are several.

    opening: the map that the page opens on for an indicator, when nothing is chosen; without one,
    the map that is known best.
    """
    with page_controls():
        where, which = st.columns(2)
        cut, what = st.columns(2)
    indicators = context.settings.map_indicators
    asked = url_widgets.chosen("indicateur")
    asked = asked if asked in indicators else indicators[0]
    first = opening_map(context, asked, opening) if opening else _known_best(context, asked)
    with where:
        regions = context.territories.sorted_by_name(context.territories.of_kind("REG"))
        options = ["FR", *regions]
        territory = url_selectbox(
            "Territoire",
            options,
            TERRITORY_KEY,
            default="FR" if _level_asked() == "regions" else first.territory,
            option_label=lambda code: context.territories[code].name,
            nearest=nearest_territory(context, options),
            says_default=True,
        )
    with cut:
        level = url_segments(
            "Découpage",
            list(LEVELS),
            LEVEL_KEY,
            default=first.level if territory == first.territory else "departements",
            option_label=LEVELS.__getitem__,
        )
    with which:
        codes = context.territories.sorted_by_name(map_codes(context, level, territory))
        highlighted = url_selectbox(
            "Territoire mis en avant",
            ["", *codes],
            SELECTION_KEY,
            default=url_widgets.chosen(TERRITORY_KEY),
            option_label=lambda code: context.territories[code].label if code else "aucun",
        )
    with what:
        indicator = (
            indicators[0]
            if len(indicators) == 1
            else url_selectbox(
                "Indicateur",
                indicators,
                "indicateur",
                option_label=lambda key: context.settings.indicators[key].label,
            )
        )
    return MapControls(indicator, level, territory, highlighted, what)


def _level_asked() -> str:
    """What the visitor chose as the level, here or in a link; empty when nobody did."""
    return str(st.session_state.get(LEVEL_KEY) or parameter(LEVEL_KEY) or "")


def opening_map(context: FigureContext, indicator: str, find: OpeningFinder) -> MapRequest:
    """What `find` gives, found once for a context: every run of a page asks for it."""
    found: MapRequest = context.once(
        ("opening map", find, indicator), lambda: find(context, indicator)
    )
    return found


def _known_best(context: FigureContext, indicator: str) -> MapRequest:
    """The map that is known best; all of France where the period that was asked for is known there
    alone."""
    first = opening_map(context, indicator, first_view)
    asked = parameter("periode") or url_widgets.chosen("periode")
    whole = MapRequest(indicator=indicator)
    if asked in map_periods(context, whole) and asked not in map_periods(context, first):
        return whole
    return first


def show_whole_france(context: FigureContext, shown: MapControls) -> None:
    """Where a map opened on a part of France: why, and the way to see it all."""
    if shown.territory == "FR" or url_widgets.chosen(TERRITORY_KEY):
        return
    request = MapRequest(indicator=shown.indicator, level=shown.level, territory=shown.territory)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(escape_markdown(part_shown_text(context, request)), width="content")
        st.button(
            "Voir toute la France",
            key="toute_la_france",
            type="tertiary",
            icon=":material/zoom_out_map:",
            on_click=url_widgets.choose,
            args=(TERRITORY_KEY, "FR"),
        )


def show_portrait_beside(context: FigureContext, request: MapRequest) -> None:
    """The figures in large of the territory that was clicked, and the way to its portrait."""
    code = request.highlighted
    if not code:
        return
    place = context.territories[code]
    with st.container(key="portrait_a_cote"):
        st.header(escape_markdown(place.name), anchor=False)
        if place.kind != "CPAM":
            strip = StripRequest(indicator=request.indicator, territory=code, period=request.period)
            letters = SourceLetters()
            cards = html.fact_cards(profile_of(context, strip).facts, letters)
            st.html(cards + letters.html())
        st.page_link(
            page_at("portrait"),
            label=escape_markdown(f"Ouvrir le portrait : {place.label}"),
            icon=":material/arrow_forward:",
            query_params={TERRITORY_KEY: code},
        )


def select_territory(code: str) -> None:
    """Outline a territory that was clicked; the select box follows at the next run."""
    st.session_state[SELECTION_KEY] = code


def rerun_if_selection_changed(drawn: str) -> None:
    """In a fragment: draw the whole page again when another territory than this was selected."""
    if st.session_state[SELECTION_KEY] != drawn:
        st.rerun()
