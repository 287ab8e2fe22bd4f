"""Portrait: one région or département, or France: its figures in large, its place among others."""

from __future__ import annotations

import streamlit as st

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.profile.options import (
    portrait_indicators,
    portrait_periods,
    portrait_start,
    portrait_territories,
)
from atlas.figures.profile.peer_group import Peers
from atlas.figures.profile.profile import ProfileChoice, profile_of
from atlas.ui.page_title import show_title
from atlas.ui.portraits import show_portrait
from atlas.ui.session import current_context
from atlas.ui.url_widgets import url_multiselect, url_segments, url_selectbox

RULES = {
    "france": "France",
    "voisins": "Voisins",
    "population": "Population proche",
    "choix": "Au choix",
}
PEERS: dict[str, Peers] = {"voisins": "voisins", "population": "population"}
# Chosen territories that a strip names without crowding.
MOST = 8


def page() -> None:
    """Draw the page."""
    context = current_context(shapes=True)
    if not portrait_indicators(context):
        st.title("Portrait")
        st.info("Aucun taux n’est publié par territoire.", icon=":material/info:")
        return
    head = st.container()
    asked = _asked(context)
    shown = profile_of(context, asked)
    with head:
        show_title(f"Portrait : {context.territories[asked.code].name}", context)
        st.caption(shown.context)
    show_portrait(context, shown)


def _asked(context: FigureContext) -> ProfileChoice:
    places, kinds = context.territories, context.settings.indicators
    where, what, when = st.columns(3)
    with where:
        code = url_selectbox(
            "Territoire",
            portrait_territories(context),
            "territoire",
            named=lambda c: places[c].label,
        )
    with what:
        indicator = url_selectbox(
            "Indicateur",
            portrait_indicators(context),
            "indicateur",
            named=lambda key: kinds[key].label,
        )
    with when:
        period = url_selectbox(
            "Période",
            portrait_periods(context, code, indicator),
            "periode",
            default=portrait_start(context, code, indicator),
            named=periods.label,
        )
    if code == "FR":
        return ProfileChoice(code, indicator, period)
    rule = url_segments("Comparer à", list(RULES), "comparer", named=RULES.__getitem__)
    chosen = (
        url_multiselect(
            f"Territoires ({MOST} au plus)",
            portrait_territories(context, like=code),
            "avec",
            named=lambda c: places[c].name,
        )
        if rule == "choix"
        else []
    )
    return ProfileChoice(code, indicator, period, PEERS.get(rule, ""), tuple(chosen[:MOST]))


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
