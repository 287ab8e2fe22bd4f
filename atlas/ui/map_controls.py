"""What the pages of maps let choose alike; a choice follows from one to the other."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas.figures.common.context import FigureContext
from atlas.figures.options import map_codes
from atlas.settings import Level
from atlas.ui.url_widgets import url_segments, url_selectbox

LEVELS: dict[Level, str] = {
    "departements": "Départements",
    "caisses": "Caisses",
    "regions": "Régions",
}
SELECTION_KEY = "selection"


@dataclass(frozen=True)
class MapControls:
    """territory: FR or a région; highlighted: a territory of the level, or empty; slot: where a
    page puts a control of its own."""

    indicator: str
    level: Level
    territory: str
    highlighted: str
    slot: DeltaGenerator


def map_controls(context: FigureContext) -> MapControls:
    """Territory, level, territory outlined, and the indicator where there are several."""
    where, which = st.columns(2)
    cut, what = st.columns(2)
    with where:
        regions = context.territories.sorted_by_name(context.territories.of_kind("REG"))
        territory = url_selectbox(
            "Territoire",
            ["FR", *regions],
            "region",
            option_label=lambda code: context.territories[code].name,
        )
    with cut:
        level = url_segments(
            "Découpage", list(LEVELS), "decoupage", option_label=LEVELS.__getitem__
        )
    with which:
        codes = context.territories.sorted_by_name(map_codes(context, level, territory))
        highlighted = url_selectbox(
            "Territoire mis en avant",
            ["", *codes],
            SELECTION_KEY,
            option_label=lambda code: context.territories[code].label if code else "aucun",
        )
    indicators = context.settings.map_indicators
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


def select_territory(code: str) -> None:
    """Outline a territory that was clicked; the select box follows at the next run."""
    st.session_state[SELECTION_KEY] = code


def rerun_if_selection_changed(drawn: str) -> None:
    """In a fragment: draw the whole page again when another territory than this was selected."""
    if st.session_state[SELECTION_KEY] != drawn:
        st.rerun()
