"""Carte en relief: rates as pillars, counts as columns; a click leads to a territory's portrait."""

from __future__ import annotations

import streamlit as st

from atlas import periods, views
from atlas.settings import Level
from atlas.ui import frame
from atlas.ui.choices import choice, segments
from atlas.ui.map_controls import SELECTED, select
from atlas.ui.relief import drawing_width, show_relief
from atlas.ui.session import current_desk
from pages import activation_map, territory_portrait

LEVELS: dict[Level, str] = {"departements": "Départements", "regions": "Régions"}


def page() -> None:
    """Draw the page."""
    desk = current_desk(shapes=True)
    st.title("Carte en relief")
    what, cut = st.columns(2)
    with cut:
        level = segments("Découpage", list(LEVELS), "decoupage", named=LEVELS.__getitem__)
    indicators = views.relief_indicators(desk, level)
    if not indicators:
        st.info(
            "Aucun chiffre n’est publié pour plusieurs de ces territoires.", icon=":material/info:"
        )
        return
    with what:
        indicator = choice(
            "Indicateur",
            indicators,
            "indicateur",
            named=lambda key: desk.settings.indicators[key].label,
        )
    when, where = st.columns(2)
    with when:
        period = choice(
            "Période",
            views.relief_periods(desk, indicator, level),
            "periode",
            default=views.relief_start(desk, indicator, level),
            named=periods.label,
        )
    with where:
        codes = desk.territories.sorted_by_name(views.map_codes(desk, level, "FR"))
        selected = choice(
            "Aller à",
            ["", *codes],
            SELECTED,
            named=lambda code: desk.territories[code].label if code else "France métropolitaine",
        )
    _overseas(desk, level)
    asked = views.MapChoice(indicator, level, period, selected=selected)
    shown = views.relief_of(desk, asked, drawing_width())
    drawn = show_relief(shown, select)
    _links(desk, asked)
    frame.on_demand(
        "Tableau des valeurs",
        "relief_table",
        lambda: st.table(shown.words.table, hide_index=True, alt=shown.words.alt),
        opened=not drawn,
    )


def _overseas(desk: views.Desk, level: Level) -> None:
    """Far from the mainland, and not on its view: one button each."""
    with st.container(horizontal=True, vertical_alignment="center"):
        for code in views.overseas(desk, level):
            st.button(
                desk.territories[code].name,
                key=f"relief_{code}",
                on_click=select,
                args=[code],
                type="tertiary",
                icon=":material/flight:",
            )


def _links(desk: views.Desk, asked: views.MapChoice) -> None:
    """To the portrait of what is picked, and to the flat map of the same values."""
    with st.container(horizontal=True):
        if asked.selected:
            st.page_link(
                st.Page(territory_portrait.page, url_path="portrait"),
                label=f"Portrait : {desk.territories[asked.selected].label}",
                query_params={"territoire": asked.selected},
                icon=":material/arrow_forward:",
            )
        if desk.settings.indicators[asked.indicator].in_percent:
            st.page_link(
                st.Page(activation_map.page, url_path="carte"),
                label="Carte plane, à emporter en image",
                icon=":material/map:",
                query_params={
                    "decoupage": asked.level,
                    "periode": asked.when,
                    SELECTED: asked.selected,
                },
            )


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
