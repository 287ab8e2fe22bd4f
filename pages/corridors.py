"""Couloirs: a territory's documents by corridor, then one corridor across the territories."""

from __future__ import annotations

import streamlit as st

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.request import RequestError
from atlas.figures.corridors.request import CorridorRequest, CorridorsRequest
from atlas.figures.options import (
    corridor_indicators,
    corridor_periods,
    corridor_territories,
    indicators_of_corridor,
    nearest_period,
    nearest_territory,
)
from atlas.figures.registry import figure_of
from atlas.settings.base import CorridorView
from atlas.ui import figure_frame
from atlas.ui.missing_territory import show_what_is_shown_instead
from atlas.ui.page_controls import page_controls
from atlas.ui.session import current_context
from atlas.ui.url_widgets import url_selectbox

VIEW_LABELS: dict[CorridorView, str] = {
    "niveau": "Niveaux",
    "croissance": "Évolutions d’une année à l’autre",
    "evolution": "Au fil du temps",
    "contribution": "Contribution de chaque couloir",
    "parts": "Part de chaque couloir",
}
NOTHING_IN_THIS_VIEW = (
    "Cette vue demande deux périodes comparables, qui ne sont pas publiées ici : "
    "choisissez les niveaux, ou une autre année."
)


def page() -> None:
    """Draw the page."""
    context = current_context()
    st.title("Couloirs")
    codes = corridor_territories(context)
    if not codes:
        st.info("Aucun chiffre par couloir n’est publié.", icon=":material/info:")
        return
    with st.container():
        _show_territory(context, codes)
    with st.container():
        st.header("Un couloir, tous les territoires qui le publient")
        _show_across_territories(context)


def _show_territory(context: FigureContext, codes: list[str]) -> None:
    """The corridors of one of these territories."""
    with page_controls():
        territory_column, period_column = st.columns(2)
        below = st.container()
    with territory_column:
        code = url_selectbox(
            "Territoire",
            codes,
            "territoire",
            option_label=lambda c: context.territories[c].label,
            nearest=nearest_territory(context, codes),
        )
    with period_column:
        known = corridor_periods(context, code)
        period = url_selectbox(
            "Période",
            known,
            "periode",
            option_label=periods.label,
            nearest=nearest_period(known),
        )
    show_what_is_shown_instead(context, code)
    with below:
        view = url_selectbox(
            "Vue", list(VIEW_LABELS), "affichage", option_label=VIEW_LABELS.__getitem__
        )
    shown = False
    for indicator in corridor_indicators(context, code, period):
        request = CorridorsRequest(indicator=indicator, territory=code, period=period, view=view)
        figure = _figure_or_none(context, request)
        if figure is not None:
            figure_frame.show(context, figure, f"couloirs_{indicator}")
            shown = True
    if not shown:
        st.info(NOTHING_IN_THIS_VIEW, icon=":material/info:")


def _figure_or_none(context: FigureContext, request: CorridorsRequest) -> Figure | None:
    """The figure, or none for an indicator that this view cannot show: a share has no sum."""
    try:
        return figure_of(context, request)
    except RequestError:
        return None


def _show_across_territories(context: FigureContext) -> None:
    with page_controls("couloir"):
        corridor_column, indicator_column = st.columns(2)
    with corridor_column:
        corridor = url_selectbox(
            "Couloir",
            list(context.settings.corridors),
            "couloir",
            option_label=lambda key: context.settings.corridors[key].label,
        )
    indicators = indicators_of_corridor(context, corridor)
    if not indicators:
        st.info("Aucun territoire ne publie ce couloir.", icon=":material/info:")
        return
    with indicator_column:
        indicator = url_selectbox(
            "Indicateur",
            indicators,
            "indicateur",
            option_label=lambda key: context.settings.indicators[key].label,
        )
    request = CorridorRequest(indicator=indicator, corridor=corridor)
    figure_frame.show(context, figure_of(context, request), "territoires", level=3)
