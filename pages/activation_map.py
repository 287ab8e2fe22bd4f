"""Carte: France or one région, coloured by class, with ranked bars sharing the selection."""

from __future__ import annotations

import streamlit as st

from atlas import periods, views
from atlas.settings import Measure
from atlas.ui import frame
from atlas.ui.choices import choice, segments
from atlas.ui.map_controls import follow, map_controls, select
from atlas.ui.session import current_desk

MEASURES: dict[Measure, str] = {
    "value": "Niveau",
    "change": "Évolution en points",
    "gap": "Écart à la France",
}


def page() -> None:
    """Draw the page."""
    desk = current_desk(shapes=True)
    st.title("Carte")
    chosen = map_controls(desk)
    with chosen.slot:
        measure = segments("Mesure", list(MEASURES), "mesure", named=MEASURES.__getitem__)
    _at_one_period(
        desk,
        views.MapChoice(
            chosen.indicator, chosen.level, "", measure, chosen.within, chosen.selected
        ),
    )


@st.fragment
def _at_one_period(desk: views.Desk, asked: views.MapChoice) -> None:
    """A change of period draws this part again, and sends nothing of the rest of the page."""
    follow(asked.selected)
    known = views.map_periods(desk, asked)
    if not known:
        st.info(
            "Aucun taux n’est publié pour ce territoire et ce découpage. "
            "Choisissez la France, ou un autre découpage.",
            icon=":material/info:",
        )
        return
    period = choice(
        "Période", known, "periode", default=views.fullest_period(desk, asked), named=periods.label
    )
    picked = asked.at(period)
    rows = views.map_values(desk, picked)
    said = (
        views.coverage_text(desk, picked, rows),
        views.concentration_warning(desk, picked, rows),
    )
    if desk.shapes is None:
        st.warning("Les contours ne sont pas disponibles : le classement reste lisible.")
    made = [
        views.figure_of(desk, views.map_request(picked, drawing))
        for drawing in ("carte", "classement")
    ]
    frame.show_pair(
        desk, made, "carte", on_pick=select, said=" ".join(text for text in said if text)
    )


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
