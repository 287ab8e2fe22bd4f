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
from atlas.ui.profile import show_profile
from atlas.ui.session import current_context
from atlas.ui.url_widgets import url_multiselect, url_segments, url_selectbox

PEER_LABELS = {
    "france": "France",
    "voisins": "Voisins",
    "population": "Population proche",
    "choix": "Au choix",
}
PEERS: dict[str, Peers] = {"voisins": "voisins", "population": "population"}
# Territories that a strip names without crowding.
MAX_CHOSEN_PEERS = 8


def page() -> None:
    """Draw the page."""
    context = current_context(shapes=True)
    if not portrait_indicators(context):
        st.title("Portrait")
        st.info("Aucun taux n’est publié par territoire.", icon=":material/info:")
        return
    head = st.container()
    asked = _choose_profile(context)
    shown = profile_of(context, asked)
    with head:
        show_title(f"Portrait : {context.territories[asked.code].name}", context)
        st.caption(shown.context)
    show_profile(context, shown)


def _choose_profile(context: FigureContext) -> ProfileChoice:
    places, kinds = context.territories, context.settings.indicators
    where, what, when = st.columns(3)
    with where:
        code = url_selectbox(
            "Territoire",
            portrait_territories(context),
            "territoire",
            option_label=lambda c: places[c].label,
        )
    with what:
        indicator = url_selectbox(
            "Indicateur",
            portrait_indicators(context),
            "indicateur",
            option_label=lambda key: kinds[key].label,
        )
    with when:
        period = url_selectbox(
            "Période",
            portrait_periods(context, code, indicator),
            "periode",
            default=portrait_start(context, code, indicator),
            option_label=periods.label,
        )
    if code == "FR":
        return ProfileChoice(code, indicator, period)
    rule = url_segments(
        "Comparer à", list(PEER_LABELS), "comparer", option_label=PEER_LABELS.__getitem__
    )
    chosen = (
        url_multiselect(
            f"Territoires ({MAX_CHOSEN_PEERS} au plus)",
            portrait_territories(context, like=code),
            "avec",
            option_label=lambda c: places[c].name,
        )
        if rule == "choix"
        else []
    )
    return ProfileChoice(
        code, indicator, period, PEERS.get(rule, ""), tuple(chosen[:MAX_CHOSEN_PEERS])
    )


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
