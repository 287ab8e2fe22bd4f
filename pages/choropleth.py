"""Carte: France or one région, coloured by class, with ranked bars sharing the selection."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from atlas import french, periods
from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import RequestError
from atlas.figures.map.description import map_description
from atlas.figures.map.ends import is_cut
from atlas.figures.map.request import MapRequest, ranking_of
from atlas.figures.options import NO_RATE_TEXT, fullest_period, map_periods, nearest_period
from atlas.figures.registry import figure_of
from atlas.settings import Measure
from atlas.ui import figure_frame, presentation
from atlas.ui.map_controls import (
    map_controls,
    rerun_if_selection_changed,
    select_territory,
    show_portrait_beside,
    show_whole_france,
)
from atlas.ui.markdown import escape_markdown
from atlas.ui.session import current_context
from atlas.ui.url_widgets import url_segments, url_selectbox

MEASURE_LABELS: dict[Measure, str] = {
    "value": "Niveau",
    "change": "Évolution en points",
    "gap": "Écart à la France",
}


EXTENT_LABELS: dict[Literal["ends", "all"], str] = {
    "ends": "Dix premiers et dix derniers",
    "all": "Tous les territoires",
}


def page() -> None:
    """Draw the page."""
    context = current_context(shapes=True)
    st.title("Carte")
    chosen = map_controls(context)
    with chosen.slot:
        measure = url_segments(
            "Mesure", list(MEASURE_LABELS), "mesure", option_label=MEASURE_LABELS.__getitem__
        )
    show_whole_france(context, chosen)
    _show_period(
        context,
        MapRequest(
            indicator=chosen.indicator,
            level=chosen.level,
            measure=measure,
            territory=chosen.territory,
            highlighted=chosen.highlighted,
        ),
    )


@st.fragment
def _show_period(context: FigureContext, request: MapRequest) -> None:
    """A change of period draws this part again, and sends nothing of the rest of the page."""
    rerun_if_selection_changed(request.highlighted)
    known = map_periods(context, request)
    if not known:
        st.info(NO_RATE_TEXT, icon=":material/info:")
        return
    period = url_selectbox(
        "Période",
        known,
        "periode",
        default=fullest_period(context, request),
        option_label=periods.label,
        nearest=nearest_period(known),
    )
    picked = request.with_fields(period=period)
    described = map_description(context, picked)
    if context.shapes is None:
        st.warning("Les contours ne sont pas disponibles : le classement reste lisible.")
    figures, refused = [], ""
    ranking = ranking_of(picked)
    if is_cut(ranking, described.known):
        extent = url_segments(
            "Barres", list(EXTENT_LABELS), "barres", option_label=EXTENT_LABELS.__getitem__
        )
        ranking = ranking.with_fields(extent=extent)
    for one in (picked, ranking):
        try:
            figures.append(figure_of(context, one))
        except RequestError as reason:
            refused = f"{french.capitalize_first(str(reason))}."
    if refused:
        st.info(escape_markdown(refused), icon=":material/info:")
    if not any(figures):
        return
    figure_frame.show_pair(
        context, figures, "carte", on_pick=select_territory, description=described.text
    )
    if not presentation.is_active():
        show_portrait_beside(context, picked)
