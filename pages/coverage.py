"""Couverture: which territories have which periods, from which source, and what is missing."""

from __future__ import annotations

import streamlit as st

from atlas import french, periods
from atlas.figures.common.context import FigureContext
from atlas.tables.coverage import (
    COVERAGE_LEVELS,
    CoverageChoice,
    coverage_corridors,
    coverage_levels,
    coverage_periods,
    coverage_start,
)
from atlas.tables.coverage_missing import coverage_sentence
from atlas.ui.coverage import show_grid, show_missing, show_overview, show_rows
from atlas.ui.markdown import escape_markdown
from atlas.ui.page_title import show_title
from atlas.ui.session import current_context
from atlas.ui.url_widgets import url_selectbox

NO_FIGURE = (
    "Aucun chiffre n’est connu pour cet indicateur. Le tableau ci-dessus dit lesquels en ont."
)


def page() -> None:
    """Draw the page."""
    context = current_context()
    show_title("Couverture", context)
    st.markdown("Territoires et périodes connus, leurs sources, et ce qui manque à une carte.")
    show_overview(context)
    choice = _choose(context)
    if not coverage_periods(context, choice):
        st.info(NO_FIGURE, icon=":material/info:")
        return
    if said := coverage_sentence(context, choice):
        st.markdown(f"**{escape_markdown(french.keep_with_punctuation(said))}**")
    show_grid(context, choice)
    show_missing(context, choice)
    show_rows(context, choice)


def _choose(context: FigureContext) -> CoverageChoice:
    """The indicator, its level, its corridor where it has several, and the period of the map."""
    what, cut, when, which = st.columns([3, 2, 2, 2])
    with what:
        kinds = context.settings.indicators
        indicator = url_selectbox(
            "Indicateur",
            list(kinds),
            "indicateur",
            default=context.settings.map_indicators[0],
            option_label=lambda key: kinds[key].label,
        )
    with cut:
        level = url_selectbox(
            "Niveau",
            coverage_levels(context, indicator),
            "decoupage",
            option_label=COVERAGE_LEVELS.__getitem__,
        )
    corridors = coverage_corridors(context, indicator, level) or [""]
    with which:
        corridor = (
            corridors[0]
            if len(corridors) == 1
            else url_selectbox(
                "Couloir",
                corridors,
                "couloir",
                option_label=lambda key: context.settings.corridors[key].label if key else "Total",
            )
        )
    choice = CoverageChoice(indicator, level, corridor)
    if not (known := coverage_periods(context, choice)):
        return choice
    with when:
        return choice.at(
            url_selectbox(
                "Période de la carte",
                known,
                "periode",
                option_label=periods.label,
                default=coverage_start(context, choice),
            )
        )
