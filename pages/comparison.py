"""Comparaisons: one page per entry of `comparisons` in config.yaml."""

from __future__ import annotations

import streamlit as st

from atlas import views
from atlas.ui import frame
from atlas.ui.session import current_desk


def page(key: str) -> None:
    """Draw the comparison of one key."""
    desk = current_desk()
    comparison = desk.settings.comparisons[key]
    st.title(comparison.title)
    st.markdown(comparison.introduction)
    figures = [views.figure_of(desk, views.FigureRequest("comparaison", indicator, page=key))
               for indicator in comparison.indicators]
    if not any(figures):
        said = "Aucun de ces territoires n’a de chiffre pour cette période."
        st.info(f"{frame.FICTITIOUS}. {said}" if desk.book.fictitious else said,
                icon=":material/info:")
    for place, figure in enumerate(figures):
        frame.show(desk, figure, f"comparaison_{key}_{place}")


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
