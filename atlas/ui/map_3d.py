"""The map in relief on screen, where the browser can draw it; its words and its table anyhow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from atlas.figures.common.context import FigureContext
from atlas.figures.map_3d.chart import PICKED
from atlas.figures.map_3d.figure import Map3D
from atlas.ui import figure_frame, html, page_state, presentation

# « 1 750 »: the browser has WebGL 2 and gives the drawing 750 pixels; empty until it has said so.
_BROWSER = "_screen"
_KEY, _PROBE_KEY = "relief", "webgl"
_DEFAULT_WIDTH_PX = 1000
_PROBE_COMPONENT = st.components.v2.component("webgl", js=html.asset("webgl.js"))
_USE = (
    "Le relief donne une vue d’ensemble : où sont les hauts et les bas, quels voisins "
    "diffèrent. Il ne sert pas à comparer au plus juste : un territoire en cache un autre, "
    "et une hauteur vue de biais se lit mal. "
)
# For a rate, which has a flat map, and for a count.
_WHICH_VIEW_COUNTS = {
    True: "La carte plane et le tableau ci-dessous font référence. ",
    False: "Le tableau ci-dessous fait référence. ",
}
_GESTURES = (
    "Glisser pour déplacer ; Ctrl et glisser, ou deux doigts, pour tourner et incliner ; "
    "molette ou pincement pour agrandir ; clic pour choisir un territoire."
)
_NO_WEBGL = (
    "Ce navigateur n’affiche pas le relief : il lui manque WebGL 2, absent ou désactivé "
    "(navigateur ancien, bureau à distance, réglage de sécurité). Le tableau ci-dessous "
    "donne les mêmes valeurs."
)
_NO_SHAPES = "Les contours ne sont pas disponibles : le tableau ci-dessous reste lisible."


def drawing_width_px() -> int:
    """Pixels that the browser gives to the drawing."""
    _, _, width = st.session_state.get(_BROWSER, "").partition(" ")
    return int(width or _DEFAULT_WIDTH_PX)


def show_map_3d(context: FigureContext, shown: Map3D, on_pick: Callable[[str], None]) -> bool:
    """The drawing between its words, or a sentence that says why there is none. Gives False then.

    on_pick: called with the code of a territory that is clicked, empty for a click elsewhere.
    """
    if shown.figure.request:
        page_state.record_figure(_KEY, shown.figure)
    else:
        page_state.record_digest(_KEY, shown.figure.digest)
    possible = shown.deck is not None and not st.session_state.get(_BROWSER, "").startswith("0")
    if not presentation.is_active():
        with figure_frame.frame(context, shown.figure):
            _show_drawing(shown, on_pick)
        _ask_the_browser()
    return possible


def _show_drawing(shown: Map3D, on_pick: Callable[[str], None]) -> None:
    said = st.session_state.get(_BROWSER, "")
    if shown.deck is None:
        st.warning(_NO_SHAPES, icon=":material/info:")
    elif said.startswith("0"):
        st.info(_NO_WEBGL, icon=":material/info:")
    elif not said:
        with st.container(height=shown.figure.height, border=False):
            st.caption("Préparation de la vue en relief…")
    else:
        st.pydeck_chart(
            shown.deck,
            height=shown.figure.height,
            key=_KEY,
            alt=shown.figure.alt,
            on_select=lambda: on_pick(_picked_code(st.session_state.get(_KEY))),
        )
        st.html(html.remarks([_USE + _WHICH_VIEW_COUNTS[bool(shown.figure.request)] + _GESTURES]))


def _picked_code(state: Any) -> str:
    """The browser sends back the whole row of what was clicked; it holds a code."""
    objects = state.selection.objects if state else {}  # gone when the page changes meanwhile
    rows = [row for layer in PICKED for row in objects.get(layer, [])]
    return str(rows[0]["c"]) if rows else ""


def _ask_the_browser() -> None:
    """After the first answer nothing is asked again until the width changes."""

    def store_answer() -> None:
        told = st.session_state.get(_PROBE_KEY)  # gone when the page changes meanwhile
        if told is not None:
            st.session_state[_BROWSER] = told.seen

    _PROBE_COMPONENT(
        key=_PROBE_KEY,
        data={"seen": st.session_state.get(_BROWSER, "")},
        on_seen_change=store_answer,
    )
