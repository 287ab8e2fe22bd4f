"""Deux dates: the same territories at two dates on one scale, and what changed between them."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas import periods, views
from atlas.ui import frame, player
from atlas.ui.choices import choice
from atlas.ui.map_controls import follow, map_controls, select
from atlas.ui.session import current_desk

AFTER = "apres"


def page() -> None:
    """Draw the page."""
    desk = current_desk(shapes=True)
    st.title("Deux dates")
    chosen = map_controls(desk)
    asked = views.PairChoice(chosen.indicator, chosen.level, "", "", chosen.within, chosen.selected)
    known = views.pair_periods(desk, asked)
    if len(known) < 2:
        st.info(views.no_pair_text(known), icon=":material/info:")
        return
    start, end = views.first_pair(desk, asked)
    first, second = st.columns([1, 2])
    with first:
        before = choice("Avant", known[:-1], "avant", default=start, named=periods.label)
    clock = player.clock(AFTER)
    st.fragment(_drawn, run_every=clock)(
        desk,
        asked.between(before, end),
        known[known.index(before) + 1 :],
        second,
        ticking=clock is not None,
    )


def _drawn(
    desk: views.Desk,
    asked: views.PairChoice,
    later: list[str],
    slot: DeltaGenerator,
    *,
    ticking: bool,
) -> None:
    """A move of the second date draws this part again, and sends nothing of the rest."""
    follow(asked.selected)
    with slot:
        after = player.played(
            "Après", later, AFTER, default=asked.after, named=periods.label, ticking=ticking
        )
    pair = asked.between(asked.before, after)
    if desk.shapes is None:
        st.warning("Les contours ne sont pas disponibles : le tableau reste lisible.")
        st.table(views.pair_table_of(desk, pair), hide_index=True)
        return
    maps, evolution = (
        views.figure_of(desk, views.pair_request(pair, drawing))
        for drawing in ("deux-dates", "evolution")
    )
    frame.show_pair(desk, [maps], "deux-dates", on_pick=select, said=views.pair_text(desk, pair))
    if evolution is not None:
        frame.show_pair(desk, [evolution], "evolution", on_pick=select)
    else:
        st.info(views.NO_CHANGE, icon=":material/info:")


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
