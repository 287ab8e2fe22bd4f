"""What the pages of maps let choose alike; a choice follows from one to the other."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas import views
from atlas.settings import Level
from atlas.ui.choices import choice, segments

LEVELS: dict[Level, str] = {
    "departements": "Départements",
    "caisses": "Caisses",
    "regions": "Régions",
}
SELECTED = "selection"


@dataclass(frozen=True)
class MapControls:
    """within: FR or a région; selected: a territory of the level, or empty; slot: where a page
    puts a control of its own."""

    indicator: str
    level: Level
    within: str
    selected: str
    slot: DeltaGenerator


def map_controls(desk: views.Desk) -> MapControls:
    """Territory, level, territory outlined, and the indicator where there are several."""
    where, which = st.columns(2)
    cut, what = st.columns(2)
    with where:
        regions = desk.territories.sorted_by_name(desk.territories.of_kind("REG"))
        within = choice(
            "Territoire", ["FR", *regions], "region", named=lambda code: desk.territories[code].name
        )
    with cut:
        level = segments("Découpage", list(LEVELS), "decoupage", named=LEVELS.__getitem__)
    with which:
        codes = desk.territories.sorted_by_name(views.map_codes(desk, level, within))
        selected = choice(
            "Territoire mis en avant",
            ["", *codes],
            SELECTED,
            named=lambda code: desk.territories[code].label if code else "aucun",
        )
    indicators = desk.settings.figures.map_indicators
    with what:
        indicator = (
            indicators[0]
            if len(indicators) == 1
            else choice(
                "Indicateur",
                indicators,
                "indicateur",
                named=lambda key: desk.settings.indicators[key].label,
            )
        )
    return MapControls(indicator, level, within, selected, what)


def select(code: str) -> None:
    """Outline a territory that was clicked; the select box follows at the next run."""
    st.session_state[SELECTED] = code


def follow(drawn: str) -> None:
    """In a fragment: draw the whole page again when another territory than this was selected."""
    if st.session_state[SELECTED] != drawn:
        st.rerun()
