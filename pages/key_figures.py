"""Chiffres clés: one territory at one period, beside the nation; milestones; the national curve."""

from __future__ import annotations

import streamlit as st

from atlas import periods, views
from atlas.ui import frame, markup, seen
from atlas.ui.choices import choice
from atlas.ui.session import current_desk

FIRST = 8


def page() -> None:
    """Draw the page."""
    desk = current_desk()
    st.title(desk.settings.brand.title)
    if desk.book.fictitious:
        st.html(frame.BADGE)
    pick_territory, pick_period = st.columns(2)
    with pick_territory:
        codes = views.territories_with_figures(desk)
        code = choice(
            "Territoire",
            codes,
            "territoire",
            default="FR",
            named=lambda c: desk.territories[c].label,
        )
    with pick_period:
        known = views.periods_of(desk, code)
        period = choice("Situation à la fin de", known, "periode", named=periods.label)
    st.caption(
        "Chaque carte montre le dernier chiffre publié à cette date, avec sa propre "
        "période et sa source."
    )
    for theme, name in views.THEMES.items():
        _theme(desk, theme, name, code, period)
    st.header("Quatre ans d’avancées")
    st.html(markup.timeline(desk.milestones))
    st.header("La France depuis 2022")
    curve = views.FigureRequest("courbe", desk.settings.figures.national_curve)
    frame.show(desk, views.figure_of(desk, curve), "courbe")


def _theme(desk: views.Desk, theme: str, name: str, code: str, period: str) -> None:
    cards = views.cards_of_theme(desk, theme, territory=code, period=period)
    if not cards:
        return
    seen.text(theme, "\n".join(card.value + card.change for card in cards))
    st.header(f"{name}, {desk.territories[code].name}")
    st.html(markup.cards(cards[:FIRST]))
    if len(cards) > FIRST:
        with st.expander(f"{len(cards) - FIRST} autres chiffres"):
            st.html(markup.cards(cards[FIRST:]))


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
