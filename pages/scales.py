"""Trois échelles: the same map under the fixed bounds, quantiles, and natural or equal classes."""

from __future__ import annotations

import streamlit as st

from atlas import periods, views
from atlas.indicators.classes import Scale
from atlas.ui import frame
from atlas.ui.choices import choice, segments
from atlas.ui.map_controls import follow, map_controls, select
from atlas.ui.session import current_desk

THIRDS: list[Scale] = ["natural", "equal"]


def page() -> None:
    """Draw the page."""
    desk = current_desk(shapes=True)
    st.title("Trois échelles")
    st.markdown(
        "Les mêmes valeurs, d’autres classes : ce que la carte montre par ses bornes, et "
        "ce que les chiffres disent sans elles."
    )
    chosen = map_controls(desk)
    asked = views.MapChoice(
        chosen.indicator, chosen.level, "", "value", chosen.within, chosen.selected
    )
    known = views.map_periods(desk, asked)
    if not known:
        st.info(
            "Aucun taux n’est publié pour ce territoire et ce découpage. "
            "Choisissez la France, ou un autre découpage.",
            icon=":material/info:",
        )
        return
    when, what = st.columns(2)
    with when:
        period = choice(
            "Période",
            known,
            "periode",
            default=views.fullest_period(desk, asked),
            named=periods.label,
        )
    with what:
        third = segments("Troisième carte", THIRDS, "echelle", named=views.SCALES.__getitem__)
    _maps(desk, asked.at(period), third)


@st.fragment
def _maps(desk: views.Desk, asked: views.MapChoice, third: Scale) -> None:
    """The three maps, then the class of each territory under each scale."""
    follow(asked.selected)
    st.markdown(f"**Lecture :** {views.scale_lecture(desk, asked)}")
    if desk.shapes is None:
        st.warning(
            "Les contours ne sont pas disponibles : les phrases et le tableau restent lisibles."
        )
    shown = [
        one
        for one in views.scale_readings(desk, asked)
        if one.choice.scale in ("fixed", "quantiles", third)
    ]
    for place, one in zip(st.columns(3), shown, strict=False):
        with place:
            frame.show_small(
                desk,
                views.figure_of(desk, views.map_request(one.choice)),
                f"echelle_{one.choice.scale}",
                title=one.name,
                said=one.how,
                notes=one.notes,
                on_pick=select,
            )
    frame.on_demand(
        "La classe de chaque territoire",
        "classes",
        lambda: st.table(views.scale_table(desk, asked), hide_index=True),
        opened=desk.shapes is None,
    )


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
