"""Portrait: one région or département, or France: its figures in large, its place among others."""

from __future__ import annotations

import streamlit as st

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.options import nearest_period
from atlas.figures.profile.options import (
    portrait_indicators,
    portrait_periods,
    portrait_start,
    portrait_territories,
)
from atlas.figures.profile.profile import profile_of
from atlas.figures.profile.request import Peers, ProfileRequest, StripRequest
from atlas.territories import CODE_SEPARATOR
from atlas.ui.markdown import escape_markdown
from atlas.ui.missing_territory import show_missing_figures
from atlas.ui.page_controls import page_controls
from atlas.ui.page_title import show_title
from atlas.ui.profile import show_caisse, show_profile
from atlas.ui.session import current_context
from atlas.ui.url_widgets import url_multiselect, url_segments, url_selectbox

# Whom a territory is compared with, by the word of the address.
PEER_LABELS = {
    "france": "France",
    "voisins": "Voisins",
    "population": "Population proche",
    "choix": "Au choix",
}
PEERS: dict[str, Peers] = {"voisins": "voisins", "population": "population"}
# Chosen territories that a strip names without crowding.
MAX_CHOSEN_PEERS = 8


def page() -> None:
    """Draw the page."""
    context = current_context(shapes=True)
    if not portrait_indicators(context):
        st.title("Portrait")
        st.info("Aucun taux n’est publié par territoire.", icon=":material/info:")
        return
    head = st.container()
    with page_controls():
        request = _request(context)
    code = request.codes[0]
    with head:
        show_title(f"Portrait : {context.territories[code].name}", context)
    if context.territories[code].kind == "CPAM":
        show_caisse(context, code, request.indicator)
        return
    profile = profile_of(context, request)
    with head:
        st.caption(escape_markdown(profile.context))
        show_missing_figures(context, code)
    show_profile(context, profile)


def _request(context: FigureContext) -> ProfileRequest:
    """What the visitor chose."""
    places, indicators = context.territories, context.settings.indicators
    territory_column, indicator_column, period_column = st.columns(3)
    with territory_column:
        code = url_selectbox(
            "Territoire",
            [*portrait_territories(context), *places.sorted_by_name(places.of_kind("CPAM"))],
            "territoire",
            option_label=lambda c: places[c].label,
        )
    with indicator_column:
        indicator = url_selectbox(
            "Indicateur",
            portrait_indicators(context),
            "indicateur",
            option_label=lambda key: indicators[key].label,
        )
    with period_column:
        known = portrait_periods(context, code, indicator)
        period = url_selectbox(
            "Période",
            known,
            "periode",
            default=portrait_start(context, code, indicator),
            option_label=periods.label,
            nearest=nearest_period(known),
        )
    if code == "FR" or places[code].kind == "CPAM":
        return StripRequest(indicator=indicator, territory=code, period=period)
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
    return StripRequest(
        indicator=indicator,
        territory=CODE_SEPARATOR.join([code, *chosen[:MAX_CHOSEN_PEERS]]),
        period=period,
        peers=PEERS.get(rule, ""),
    )
