"""Comparaisons: one page per entry of `comparisons` in config.yaml."""

from __future__ import annotations

import streamlit as st

from atlas import views
from atlas.ui import comparison_controls as controls
from atlas.ui import frame
from atlas.ui.session import current_desk


def page(key: str) -> None:
    """Draw the comparison of one key."""
    desk = current_desk(shapes=True)
    comparison = desk.settings.comparisons[key]
    st.title(comparison.title)
    st.markdown(comparison.introduction)
    requests = controls.requests_of(desk, key)
    changed = controls.show_reset(requests)
    if not requests:
        st.info("Choisissez au moins un territoire qui ait des chiffres.", icon=":material/info:")
    drawn = [
        _show(desk, asked, f"comparaison_{key}_{place}") for place, asked in enumerate(requests)
    ]
    if requests and not any(drawn):
        said = "Aucun de ces territoires n’a de chiffre pour cette période."
        st.info(
            f"{frame.FICTITIOUS}. {said}" if desk.book.fictitious else said, icon=":material/info:"
        )
    if comparison.conclusion and not changed and not desk.book.fictitious:
        st.markdown(comparison.conclusion)
    controls.show_saving(desk, requests)


def _show(desk: views.Desk, asked: views.FigureRequest, key: str) -> bool:
    """Show one figure, or why it cannot be drawn so; False when there is nothing to show."""
    try:
        figure = views.figure_of(desk, asked)
    except views.RequestError as reason:
        st.info(f"Cette vue ne se dessine pas : {reason}.", icon=":material/info:")
        return True
    frame.show(desk, figure, "_".join(filter(None, (key, asked.layout))))
    return figure is not None


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
