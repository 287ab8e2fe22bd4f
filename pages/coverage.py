"""Couverture: which territories have which periods, from which source, and what is missing."""

from __future__ import annotations

import streamlit as st

from atlas import periods, views, wording
from atlas.ui import frame
from atlas.ui.choices import choice
from atlas.ui.coverage import show_grid, show_missing, show_overview, show_rows
from atlas.ui.session import current_desk

NONE = "Aucun chiffre n’est connu pour cet indicateur. Le tableau ci-dessus dit lesquels en ont."


def page() -> None:
    """Draw the page."""
    desk = current_desk()
    st.title("Couverture")
    if desk.book.fictitious:
        st.html(frame.BADGE)
    st.markdown("Territoires et périodes connus, leurs sources, et ce qui manque à une carte.")
    show_overview(desk)
    asked = _picked(desk)
    if not views.coverage_periods(desk, asked):
        st.info(NONE, icon=":material/info:")
        return
    if said := views.coverage_sentence(desk, asked):
        st.markdown(f"**{wording.no_break(said)}**")
    show_grid(desk, asked)
    show_missing(desk, asked)
    show_rows(desk, asked)


def _picked(desk: views.Desk) -> views.CoverageChoice:
    """The indicator, its level, its corridor where it has several, and the period of the map."""
    what, cut, when, which = st.columns([3, 2, 2, 2])
    with what:
        kinds = desk.settings.indicators
        indicator = choice(
            "Indicateur",
            list(kinds),
            "indicateur",
            default=desk.settings.figures.map_indicators[0],
            named=lambda key: kinds[key].label,
        )
    with cut:
        level = choice(
            "Niveau",
            views.coverage_levels(desk, indicator),
            "decoupage",
            named=views.COVERAGE_LEVELS.__getitem__,
        )
    corridors = views.coverage_corridors(desk, indicator, level) or [""]
    with which:
        corridor = (
            corridors[0]
            if len(corridors) == 1
            else choice(
                "Couloir",
                corridors,
                "couloir",
                named=lambda key: desk.settings.corridors[key].label if key else "Total",
            )
        )
    asked = views.CoverageChoice(indicator, level, corridor)
    if not (known := views.coverage_periods(desk, asked)):
        return asked
    with when:
        return asked.at(
            choice(
                "Période de la carte",
                known,
                "periode",
                named=periods.label,
                default=views.coverage_start(desk, asked),
            )
        )


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
