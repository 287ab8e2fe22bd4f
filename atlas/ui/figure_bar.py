"""The bar under a figure: its image, its values, its link, its projection, its pin."""

from __future__ import annotations

import streamlit as st

from atlas.ui import page_state, pinboard, presentation
from atlas.ui.markdown import escape_markdown

_PANELS = {
    "image": "Image",
    "donnees": "Données",
    "lien": "Lien",
}
_ACTIONS = {
    "projeter": "Projeter",
    "epingler": "Épingler",
}
_LABELS = _PANELS | _ACTIONS


def show_bar(key: str) -> str:
    """The five entries; returns the panel that is open under them: image, donnees or lien, an empty
    text for none. key: of the frame."""
    address = page_state.current_page()
    st.pills(
        "Cette figure",
        list(_LABELS),
        key=_bar_key(key),
        format_func=lambda name: escape_markdown(_LABELS[name]),
        label_visibility="collapsed",
        on_change=_obey,
        args=(key, address),
    )
    page_state.draw_whole_page()
    return str(st.session_state.get(_bar_key(key)) or "")


def _obey(key: str, address: str) -> None:
    """Project or pin at once; what else is picked opens its panel."""
    picked = st.session_state[_bar_key(key)]
    if picked not in _ACTIONS:
        return
    st.session_state[_bar_key(key)] = None
    figure = first_figure_of(address, key)
    if picked == "projeter":
        presentation.project_figure(address, figure)
    else:
        pinboard.pin_figure(address, figure)
    page_state.ask_whole_page()


def first_figure_of(address: str, key: str) -> str:
    """The name under which the page keeps the first figure of a frame: that of the frame, or, of
    several drawings in it, followed by their number."""
    names = page_state.last_complete(address).figures
    return next((name for name in (key, f"{key}0") if name in names), key)


def _bar_key(key: str) -> str:
    return f"{key}_barre"
