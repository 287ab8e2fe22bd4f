"""Carte: France or one région, coloured by class, with ranked bars sharing the selection."""

from __future__ import annotations

import streamlit as st

from atlas import periods, views
from atlas.settings import Level, Measure
from atlas.ui import frame
from atlas.ui.choices import choice, segments
from atlas.ui.session import current_desk

LEVELS: dict[Level, str] = {
    "departements": "Départements", "caisses": "Caisses", "regions": "Régions"}
MEASURES: dict[Measure, str] = {
    "value": "Niveau", "change": "Évolution en points", "gap": "Écart à la France"}
SELECTED = "selection"


def page() -> None:
    """Draw the page."""
    desk = current_desk(shapes=True)
    st.title("Carte")
    where, which = st.columns(2)
    cut, how = st.columns(2)
    with where:
        regions = desk.territories.sorted_by_name(desk.territories.of_kind("REG"))
        within = choice("Territoire", ["FR", *regions], "region",
                        named=lambda code: desk.territories[code].name)
    with cut:
        level = segments("Découpage", list(LEVELS), "decoupage", named=LEVELS.__getitem__)
    with how:
        measure = segments("Mesure", list(MEASURES), "mesure", named=MEASURES.__getitem__)
    with which:
        codes = desk.territories.sorted_by_name(views.map_codes(desk, level, within))
        selected = choice("Territoire mis en avant", ["", *codes], SELECTED,
                          named=lambda code: desk.territories[code].label if code else "aucun")
    indicators = desk.settings.figures.map_indicators
    indicator = indicators[0] if len(indicators) == 1 else choice(
        "Indicateur", indicators, "indicateur",
        named=lambda key: desk.settings.indicators[key].label)
    _at_one_period(desk, views.MapChoice(indicator, level, "", measure, within, selected))


@st.fragment
def _at_one_period(desk: views.Desk, asked: views.MapChoice) -> None:
    """A change of period draws this part again, and sends nothing of the rest of the page."""
    if st.session_state[SELECTED] != asked.selected:
        st.rerun()  # a click on a territory: the select box above follows it
    known = views.map_periods(desk, asked)
    if not known:
        st.info("Aucun taux n’est publié pour ce territoire et ce découpage. "
                "Choisissez la France, ou un autre découpage.", icon=":material/info:")
        return
    period = choice("Période", known, "periode", default=views.fullest_period(desk, asked),
                    named=periods.label)
    picked = asked.at(period)
    rows = views.map_values(desk, picked)
    said = (views.coverage_text(desk, picked, rows),
            views.concentration_warning(desk, picked, rows))
    if desk.shapes is None:
        st.warning("Les contours ne sont pas disponibles : le classement reste lisible.")
    made = [views.figure_of(desk, views.map_request(picked, drawing))
            for drawing in ("carte", "classement")]
    frame.show_pair(desk, made, "carte", on_pick=_select,
                    said=" ".join(text for text in said if text))


def _select(code: str) -> None:
    st.session_state[SELECTED] = code


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
