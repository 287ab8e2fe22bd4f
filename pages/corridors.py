"""Couloirs: a territory's documents by corridor, then one corridor across the territories."""

from __future__ import annotations

import streamlit as st

from atlas import periods, views
from atlas.ui import frame
from atlas.ui.choices import choice
from atlas.ui.session import current_desk


def page() -> None:
    """Draw the page."""
    desk = current_desk()
    st.title("Couloirs")
    codes = views.corridor_territories(desk)
    if not codes:
        st.info("Aucun chiffre par couloir n’est publié.", icon=":material/info:")
        return
    where, when = st.columns(2)
    with where:
        code = choice("Territoire", codes, "territoire", named=lambda c: desk.territories[c].label)
    with when:
        period = choice(
            "Année ou mois", views.corridor_periods(desk, code), "periode", named=periods.label
        )
    for indicator in views.corridor_indicators(desk, code, period):
        request = views.FigureRequest("couloirs", indicator, code, period)
        frame.show(desk, views.figure_of(desk, request), f"couloirs_{indicator}")
    st.header("Un couloir, tous les territoires qui le publient")
    _across(desk)


def _across(desk: views.Desk) -> None:
    which, what = st.columns(2)
    with which:
        corridor = choice(
            "Couloir",
            list(desk.settings.corridors),
            "couloir",
            named=lambda key: desk.settings.corridors[key].label,
        )
    indicators = views.indicators_of_corridor(desk, corridor)
    if not indicators:
        st.info("Aucun territoire ne publie ce couloir.", icon=":material/info:")
        return
    with what:
        indicator = choice(
            "Indicateur",
            indicators,
            "indicateur",
            named=lambda key: desk.settings.indicators[key].label,
        )
    request = views.FigureRequest("couloir", indicator, corridor=corridor)
    frame.show(desk, views.figure_of(desk, request), "territoires")


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
