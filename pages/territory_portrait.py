"""Portrait: one région or département, or France: its figures in large, its place among others."""

from __future__ import annotations

import streamlit as st

from atlas import periods, views
from atlas.ui import frame
from atlas.ui.choices import choice, segments, several
from atlas.ui.portraits import show_portrait
from atlas.ui.session import current_desk

RULES = {
    "france": "France",
    "voisins": "Voisins",
    "population": "Population proche",
    "choix": "Au choix",
}
PEERS: dict[str, views.Peers] = {"voisins": "voisins", "population": "population"}
# Chosen territories that a strip names without crowding.
MOST = 8


def page() -> None:
    """Draw the page."""
    desk = current_desk(shapes=True)
    if not views.portrait_indicators(desk):
        st.title("Portrait")
        st.info("Aucun taux n’est publié par territoire.", icon=":material/info:")
        return
    head = st.container()
    asked = _asked(desk)
    shown = views.portrait_of(desk, asked)
    with head:
        st.title(f"Portrait : {desk.territories[asked.code].name}")
        if desk.book.fictitious:
            st.html(frame.BADGE)
        st.caption(shown.context)
    show_portrait(desk, shown)


def _asked(desk: views.Desk) -> views.PortraitChoice:
    places, kinds = desk.territories, desk.settings.indicators
    where, what, when = st.columns(3)
    with where:
        code = choice(
            "Territoire",
            views.portrait_territories(desk),
            "territoire",
            named=lambda c: places[c].label,
        )
    with what:
        indicator = choice(
            "Indicateur",
            views.portrait_indicators(desk),
            "indicateur",
            named=lambda key: kinds[key].label,
        )
    with when:
        period = choice(
            "Période",
            views.portrait_periods(desk, code, indicator),
            "periode",
            default=views.portrait_start(desk, code, indicator),
            named=periods.label,
        )
    if code == "FR":
        return views.PortraitChoice(code, indicator, period)
    rule = segments("Comparer à", list(RULES), "comparer", named=RULES.__getitem__)
    chosen = (
        several(
            f"Territoires ({MOST} au plus)",
            views.portrait_territories(desk, like=code),
            "avec",
            named=lambda c: places[c].name,
        )
        if rule == "choix"
        else []
    )
    return views.PortraitChoice(code, indicator, period, PEERS.get(rule, ""), tuple(chosen[:MOST]))


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
