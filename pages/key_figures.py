"""Chiffres clés: one territory at one period, beside the nation; milestones; the national curve."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.curve.request import CurveRequest
from atlas.figures.key_figures.key_figure import KeyFigure, key_figures_of_theme
from atlas.figures.key_figures.page import SourceLetters, key_figures_html
from atlas.figures.key_figures.request import KeyFiguresRequest
from atlas.figures.options import (
    nearest_period,
    nearest_territory,
    periods_of,
    territories_with_figures,
)
from atlas.figures.registry import figure_of
from atlas.figures.timeline.request import TimelineRequest
from atlas.ui import figure_frame, html, page_semantics, page_state
from atlas.ui.markdown import escape_markdown
from atlas.ui.missing_territory import show_what_is_shown_instead
from atlas.ui.page_title import show_title
from atlas.ui.session import current_context
from atlas.ui.url_widgets import url_selectbox, url_toggle
from atlas.values import digest_of_values

MAX_CARDS_UNFOLDED = 8


def page() -> None:
    """Draw the page."""
    context = current_context()
    show_title("Chiffres clés", context)
    pick_territory, pick_period = st.columns(2)
    with pick_territory:
        codes = territories_with_figures(context)
        code = url_selectbox(
            "Territoire",
            codes,
            "territoire",
            default="FR",
            option_label=lambda c: context.territories[c].label,
            nearest=nearest_territory(context, codes),
        )
    with pick_period:
        known = periods_of(context, code)
        period = url_selectbox(
            "Période", known, "periode", option_label=periods.label, nearest=nearest_period(known)
        )
    show_what_is_shown_instead(context, code)
    page_semantics.tell_subject(f"{context.territories[code].name}, {periods.label(period)}")
    st.caption(
        "Le dernier chiffre publié à la fin de cette période, avec sa propre période ; la lettre "
        "renvoie à sa source."
    )
    letters = SourceLetters()
    for key, theme in context.settings.themes.items():
        _show_theme(context, key, theme.label, code, period, letters)
    st.html(letters.html())
    st.header("Quatre ans d’avancées")
    timeline = figure_of(context, TimelineRequest())
    figure_frame.show_as_html(
        context, [timeline] if timeline else [], "frise", html.timeline(context.milestones)
    )
    st.header("La France depuis 2022")
    with_milestones = url_toggle("Avec les jalons du service", "jalons")
    curve = CurveRequest(
        indicator=context.settings.display.national_curve,
        milestones="oui" if with_milestones else "",
    )
    figure_frame.show(context, figure_of(context, curve), "courbe", level=3)


def _show_theme(
    context: FigureContext,
    theme: str,
    name: str,
    code: str,
    period: str,
    letters: SourceLetters,
) -> None:
    cards = key_figures_of_theme(context, theme, territory=code, period=period)
    if not cards:
        return
    shown = [value for card in cards for value in card.values]
    page_state.record_digest(theme, digest_of_values(shown))
    st.header(escape_markdown(f"{name}, {context.territories[code].name}"))
    drawn = figure_of(context, KeyFiguresRequest(territory=code, period=period, theme=theme))
    figure_frame.show_as_html(
        context,
        [drawn] if drawn else [],
        f"cartes_{theme}",
        key_figures_html(_first_larger(cards[:MAX_CARDS_UNFOLDED]), letters),
    )
    if len(cards) > MAX_CARDS_UNFOLDED:
        with st.expander(f"{len(cards) - MAX_CARDS_UNFOLDED} autres chiffres"):
            st.html(key_figures_html(cards[MAX_CARDS_UNFOLDED:], letters))


def _first_larger(cards: list[KeyFigure]) -> list[KeyFigure]:
    """One thing first: the first whose level is known is in large, among others."""
    levels = [card for card in cards if card.values[0].is_known]
    if len(cards) < 2 or not levels:
        return cards
    return [
        replace(levels[0], size="hero"),
        *(card for card in cards if card is not levels[0]),
    ]
