"""Trois échelles: the same map under the fixed bounds, quantiles, and natural or equal classes."""

from __future__ import annotations

import streamlit as st

from atlas import french, periods
from atlas.figures.common.context import FigureContext
from atlas.figures.map.classes import CLASS_METHODS
from atlas.figures.map.classifications import (
    classification_lecture,
    classification_readings,
    classification_table,
)
from atlas.figures.map.lonely import holds_several, single_territory_text
from atlas.figures.map.request import MapRequest
from atlas.figures.options import NO_RATE_TEXT, fullest_period, map_periods, nearest_period
from atlas.figures.registry import figure_of
from atlas.indicators.classes import ClassMethod
from atlas.ui import figure_frame
from atlas.ui.map_controls import (
    map_controls,
    rerun_if_selection_changed,
    select_territory,
    show_whole_france,
)
from atlas.ui.markdown import escape_markdown
from atlas.ui.session import current_context
from atlas.ui.tables import show_table
from atlas.ui.url_widgets import url_segments, url_selectbox

THIRD_SCALES: list[ClassMethod] = ["natural", "equal"]


def page() -> None:
    """Draw the page."""
    context = current_context(shapes=True)
    st.title("Trois échelles")
    st.markdown(
        "Les mêmes valeurs, d’autres classes : ce que la carte montre par ses bornes, et "
        "ce que les chiffres disent sans elles."
    )
    chosen = map_controls(context)
    show_whole_france(context, chosen)
    request = MapRequest(
        indicator=chosen.indicator,
        level=chosen.level,
        territory=chosen.territory,
        highlighted=chosen.highlighted,
    )
    if not holds_several(context, request):
        text = french.capitalize_first(single_territory_text(context, request))
        st.info(escape_markdown(f"{text}."), icon=":material/info:")
        return
    known = map_periods(context, request)
    if not known:
        st.info(NO_RATE_TEXT, icon=":material/info:")
        return
    when, what = st.columns(2)
    with when:
        period = url_selectbox(
            "Période",
            known,
            "periode",
            default=fullest_period(context, request),
            option_label=periods.label,
            nearest=nearest_period(known),
        )
    with what:
        third = url_segments(
            "Troisième carte", THIRD_SCALES, "echelle", option_label=CLASS_METHODS.__getitem__
        )
    _show_maps(context, request.with_fields(period=period), third)


@st.fragment
def _show_maps(context: FigureContext, request: MapRequest, third: ClassMethod) -> None:
    """The three maps, then the class of each territory under each method."""
    rerun_if_selection_changed(request.highlighted)
    st.markdown(f"**Lecture :** {escape_markdown(classification_lecture(context, request))}")
    if context.shapes is None:
        st.warning(
            "Les contours ne sont pas disponibles : les phrases et le tableau restent lisibles."
        )
    shown = [
        one
        for one in classification_readings(context, request)
        if one.request.classes in ("fixed", "quantiles", third)
    ]
    for place, one in zip(st.columns(3), shown, strict=False):
        with place:
            figure_frame.show_small(
                context,
                figure_of(context, one.request),
                f"echelle_{one.request.classes}",
                title=one.name,
                description=one.how,
                notes=one.notes,
                on_pick=select_territory,
            )
    figure_frame.show_on_demand(
        "La classe de chaque territoire",
        "classes",
        lambda: show_table(classification_table(context, request)),
        opened=context.shapes is None,
    )
