"""Accueil: the essential of four years at a glance, and a door to each territory and dossier."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from atlas.figures.common.context import FigureContext
from atlas.figures.corridors.first_view import first_growth
from atlas.figures.curve.request import CurveRequest
from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.figures.key_figures.latest import latest_key_figure
from atlas.figures.key_figures.page import SourceLetters, key_figures_html
from atlas.figures.map.first_view import first_view, part_shown_text
from atlas.figures.registry import figure_of
from atlas.publications.method.revisions import closing_text
from atlas.ui import figure_frame, home, html, page_state
from atlas.ui.doors import page_at
from atlas.ui.map_controls import opening_map
from atlas.ui.markdown import escape_markdown
from atlas.ui.page_title import show_cover
from atlas.ui.session import current_context
from atlas.ui.territory_search import search_territory
from atlas.ui.url_parameters import has_parameter, readable_parameters
from atlas.values import digest_of_values
from pages import dossier_cards

# Of the session: the territory that was clicked on the map.
_ASKED = "_portrait_asked"


def page() -> None:
    """Draw the page."""
    if has_parameter(("territoire", "periode")):  # as the first page was until version 0.4.0
        st.switch_page(page_at("chiffres-cles"), query_params=readable_parameters())
    context = current_context(shapes=True)
    figures = _national_figures(context)
    show_cover(context.settings.brand.title, home.finding(figures), context)
    if found := search_territory(context):
        _open_portrait(found)
    _show_national_figures(figures)
    curve = CurveRequest(indicator=context.settings.display.national_curve, milestones="oui")
    with st.container(key="figures_nationales"):
        figure_frame.show(context, figure_of(context, curve), "courbe")
        left, right = st.columns([3, 2])
        with left:
            _show_map(context)
        with right:
            figure_frame.show(context, first_growth(context), "couloirs")
    _show_dossiers(context)
    _show_origin(context)


def _national_figures(context: FigureContext) -> list[KeyFigure]:
    refs = context.settings.display.home_figures
    found = (latest_key_figure(context, ref) for ref in refs)
    return [one for one in found if one is not None]


def _show_national_figures(figures: list[KeyFigure]) -> None:
    shown = [value for one in figures for value in one.values]
    page_state.record_digest("national", digest_of_values(shown))
    letters = SourceLetters()
    first = [replace(one, size="hero") for one in figures[:1]]
    cards = key_figures_html([*first, *figures[1:]], letters)
    st.html(f'<div class="national">{cards}</div>' + letters.html())


def _show_map(context: FigureContext) -> None:
    request = opening_map(context, context.settings.map_indicators[0], first_view)
    figure_frame.show_pair(
        context,
        [figure_of(context, request)],
        "carte",
        on_pick=_ask_portrait,
        description=part_shown_text(context, request),
    )
    if asked := st.session_state.pop(_ASKED, ""):
        _open_portrait(asked)
    st.page_link(
        page_at("carte"), label="Toutes les cartes, tous les territoires", icon=":material/map:"
    )


def _ask_portrait(code: str) -> None:
    """A click on a territory opens its portrait, at the run that follows the click."""
    st.session_state[_ASKED] = code


def _open_portrait(code: str) -> None:
    st.switch_page(page_at("portrait"), query_params={"territoire": code})


def _show_dossiers(context: FigureContext) -> None:
    """A dossier reproduces a publication, and has no invented figures."""
    if context.dataset.fictitious or not context.settings.dossiers:
        return
    st.header("Les dossiers des régions")
    dossier_cards.show_cards(context)


def _show_origin(context: FigureContext) -> None:
    """When the data were closed, where they come from, how they are worked out."""
    closing = closing_text(context)
    count = len(context.dataset.sources)
    st.html(html.render("origin.html", closing=closing))
    with st.container(horizontal=True):
        st.page_link(page_at("donnees"), label=f"{count} sources", icon=":material/source:")
        st.page_link(page_at("methode"), label="Méthode", icon=":material/menu_book:")
        st.page_link(
            page_at("couverture"), label="Ce qui est publié, et où", icon=":material/grid_on:"
        )
        if contact := context.settings.brand.contact:
            st.caption(escape_markdown(f"Une erreur ? {contact}"))
