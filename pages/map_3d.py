"""Carte en relief: rates as pillars, counts as columns; a click leads to a territory's portrait."""

from __future__ import annotations

import streamlit as st

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.map.request import MapRequest
from atlas.figures.map_3d.figure import (
    map_3d_indicators,
    map_3d_of,
    map_3d_periods,
    map_3d_start_period,
    overseas,
)
from atlas.figures.options import map_codes
from atlas.settings import Level
from atlas.ui import figure_frame
from atlas.ui.map_3d import drawing_width_px, show_map_3d
from atlas.ui.map_controls import SELECTION_KEY, select_territory
from atlas.ui.markdown import escape_markdown
from atlas.ui.session import current_context
from atlas.ui.tables import show_table
from atlas.ui.url_widgets import url_segments, url_selectbox
from pages import choropleth, profile

LEVEL_LABELS: dict[Level, str] = {"departements": "Départements", "regions": "Régions"}


def page() -> None:
    """Draw the page."""
    context = current_context(shapes=True)
    st.title("Carte en relief")
    what, cut = st.columns(2)
    with cut:
        level = url_segments(
            "Découpage", list(LEVEL_LABELS), "decoupage", option_label=LEVEL_LABELS.__getitem__
        )
    indicators = map_3d_indicators(context, level)
    if not indicators:
        st.info(
            "Aucun chiffre n’est publié pour plusieurs de ces territoires.", icon=":material/info:"
        )
        return
    with what:
        indicator = url_selectbox(
            "Indicateur",
            indicators,
            "indicateur",
            option_label=lambda key: context.settings.indicators[key].label,
        )
    when, where = st.columns(2)
    with when:
        period = url_selectbox(
            "Période",
            map_3d_periods(context, indicator, level),
            "periode",
            default=map_3d_start_period(context, indicator, level),
            option_label=periods.label,
        )
    with where:
        codes = context.territories.sorted_by_name(map_codes(context, level, "FR"))
        selected = url_selectbox(
            "Aller à",
            ["", *codes],
            SELECTION_KEY,
            option_label=lambda code: (
                context.territories[code].label if code else "France métropolitaine"
            ),
        )
    _show_overseas_buttons(context, level)
    request = MapRequest(indicator=indicator, level=level, period=period, highlighted=selected)
    shown = map_3d_of(context, request, drawing_width_px())
    drawn = show_map_3d(context, shown, select_territory)
    _show_links(context, request)
    figure_frame.show_on_demand(
        "Tableau des valeurs",
        "relief_table",
        lambda: show_table(shown.figure.table, alt=shown.figure.alt),
        opened=not drawn,
    )


def _show_overseas_buttons(context: FigureContext, level: Level) -> None:
    """Far from the mainland, and not on its view: one button each."""
    with st.container(horizontal=True, vertical_alignment="center"):
        for code in overseas(context, level):
            st.button(
                escape_markdown(context.territories[code].name),
                key=f"relief_{code}",
                on_click=select_territory,
                args=[code],
                type="tertiary",
                icon=":material/flight:",
            )


def _show_links(context: FigureContext, request: MapRequest) -> None:
    """To the portrait of what is picked, and to the flat map of the same values."""
    with st.container(horizontal=True):
        if request.highlighted:
            st.page_link(
                st.Page(profile.page, url_path="portrait"),
                label=escape_markdown(
                    f"Portrait : {context.territories[request.highlighted].label}"
                ),
                query_params={"territoire": request.highlighted},
                icon=":material/arrow_forward:",
            )
        if context.settings.indicators[request.indicator].in_percent:
            st.page_link(
                st.Page(choropleth.page, url_path="carte"),
                label="Carte plane, à emporter en image",
                icon=":material/map:",
                query_params={
                    "decoupage": request.level,
                    "periode": request.period,
                    SELECTION_KEY: request.highlighted,
                },
            )
