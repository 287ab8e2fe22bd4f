"""Deux dates: the same territories at two dates on one scale, and what changed between them."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas import french, periods
from atlas.figures.common.context import FigureContext
from atlas.figures.map.lonely import holds_several, single_territory_text
from atlas.figures.map.request import MapRequest
from atlas.figures.registry import figure_of
from atlas.figures.two_dates.figure import table_of_two_dates, two_dates_text
from atlas.figures.two_dates.options import (
    NO_CHANGE,
    first_maps,
    first_pair,
    no_pair_text,
    pair_periods,
)
from atlas.figures.two_dates.request import EvolutionRequest, TwoMapsRequest
from atlas.ui import figure_frame, time_slider
from atlas.ui.map_controls import (
    map_controls,
    rerun_if_selection_changed,
    select_territory,
    show_whole_france,
)
from atlas.ui.markdown import escape_markdown
from atlas.ui.page_controls import page_controls
from atlas.ui.session import current_context
from atlas.ui.tables import show_table
from atlas.ui.url_widgets import url_selectbox

AFTER_KEY = "apres"


def page() -> None:
    """Draw the page."""
    context = current_context(shapes=True)
    st.title("Deux dates")
    chosen = map_controls(context, first_maps)
    show_whole_france(context, chosen)
    request = TwoMapsRequest(
        indicator=chosen.indicator,
        level=chosen.level,
        territory=chosen.territory,
        highlighted=chosen.highlighted,
    )
    shown = MapRequest(indicator=chosen.indicator, level=chosen.level, territory=chosen.territory)
    if not holds_several(context, shown):
        text = french.capitalize_first(single_territory_text(context, shown))
        st.info(escape_markdown(f"{text}."), icon=":material/info:")
        return
    known = pair_periods(context, request)
    if len(known) < 2:
        st.info(escape_markdown(no_pair_text(known)), icon=":material/info:")
        return
    start, end = first_pair(context, request)
    with page_controls("dates"):
        first, second = st.columns([1, 2])
    with first:
        before = url_selectbox(
            "Avant", known[:-1], "avant", default=start, option_label=periods.label
        )
    seconds = time_slider.tick_seconds(AFTER_KEY)
    st.fragment(_show_pair, run_every=seconds)(
        context,
        request.with_fields(compared_to=before, period=end),
        known[known.index(before) + 1 :],
        second,
        ticking=seconds is not None,
    )


def _show_pair(
    context: FigureContext,
    request: TwoMapsRequest,
    later: list[str],
    slot: DeltaGenerator,
    *,
    ticking: bool,
) -> None:
    """A move of the second date draws this part again, and sends nothing of the rest."""
    rerun_if_selection_changed(request.highlighted)
    with slot:
        after = time_slider.animated_slider(
            "Après",
            later,
            AFTER_KEY,
            default=request.period,
            option_label=periods.label,
            ticking=ticking,
        )
    # Played or moved by hand, a colour means the same at every step.
    request = request.with_fields(period=after, classes_until=later[-1])
    if context.shapes is None:
        st.warning("Les contours ne sont pas disponibles : le tableau reste lisible.")
        show_table(table_of_two_dates(context, request))
        return
    of_maps = {"drawing", "classes", "classes_until"}
    changes = EvolutionRequest(**request.model_dump(exclude=of_maps))
    maps, evolution = (figure_of(context, one) for one in (request, changes))
    figure_frame.show_pair(
        context,
        [maps],
        "deux-dates",
        on_pick=select_territory,
        description=two_dates_text(context, request),
    )
    if evolution is not None:
        figure_frame.show_pair(context, [evolution], "evolution", on_pick=select_territory)
    else:
        st.info(NO_CHANGE, icon=":material/info:")
