"""Deux dates: the same territories at two dates on one scale, and what changed between them."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.registry import figure_of
from atlas.figures.requests import pair_request
from atlas.figures.two_dates.figure import pair_table_of, pair_text
from atlas.figures.two_dates.options import NO_CHANGE, first_pair, no_pair_text, pair_periods
from atlas.figures.two_dates.texts import PairChoice
from atlas.ui import figure_frame, time_slider
from atlas.ui.map_controls import map_controls, rerun_if_selection_changed, select_territory
from atlas.ui.session import current_context
from atlas.ui.url_widgets import url_selectbox

AFTER_KEY = "apres"


def page() -> None:
    """Draw the page."""
    context = current_context(shapes=True)
    st.title("Deux dates")
    chosen = map_controls(context)
    asked = PairChoice(chosen.indicator, chosen.level, "", "", chosen.within, chosen.selected)
    known = pair_periods(context, asked)
    if len(known) < 2:
        st.info(no_pair_text(known), icon=":material/info:")
        return
    start, end = first_pair(context, asked)
    first, second = st.columns([1, 2])
    with first:
        before = url_selectbox(
            "Avant", known[:-1], "avant", default=start, option_label=periods.label
        )
    seconds = time_slider.tick_seconds(AFTER_KEY)
    st.fragment(_show_pair, run_every=seconds)(
        context,
        asked.between(before, end),
        known[known.index(before) + 1 :],
        second,
        ticking=seconds is not None,
    )


def _show_pair(
    context: FigureContext,
    asked: PairChoice,
    later: list[str],
    slot: DeltaGenerator,
    *,
    ticking: bool,
) -> None:
    """A move of the second date draws this part again, and sends nothing of the rest."""
    rerun_if_selection_changed(asked.selected)
    with slot:
        after = time_slider.animated_slider(
            "Après",
            later,
            AFTER_KEY,
            default=asked.after,
            option_label=periods.label,
            ticking=ticking,
        )
    pair = asked.between(asked.before, after)
    if context.shapes is None:
        st.warning("Les contours ne sont pas disponibles : le tableau reste lisible.")
        st.table(pair_table_of(context, pair), hide_index=True)
        return
    maps, evolution = (
        figure_of(context, pair_request(pair, drawing)) for drawing in ("deux-dates", "evolution")
    )
    figure_frame.show_pair(
        context,
        [maps],
        "deux-dates",
        on_pick=select_territory,
        description=pair_text(context, pair),
    )
    if evolution is not None:
        figure_frame.show_pair(context, [evolution], "evolution", on_pick=select_territory)
    else:
        st.info(NO_CHANGE, icon=":material/info:")


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
