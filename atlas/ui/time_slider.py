"""A slider along periods that can move by itself, one step after the other, to its end.

It starts only when asked to, and offers no start to a visitor whose system asks for less motion.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from atlas.ui import html, url_widgets
from atlas.ui.url_widgets import Option

STEP_SECONDS = 1.5


def tick_seconds(key: str) -> float | None:
    """How often the fragment that holds the slider draws itself: only while it plays.

    Called once a whole run; on a page that is just opened nothing plays.
    """
    if not url_widgets.is_same_page():
        _set_playing(key, False)
        st.session_state.pop(_step_key(key), None)
    return STEP_SECONDS if is_playing(key) else None


def is_playing(key: str) -> bool:
    """True while the slider moves by itself."""
    return bool(st.session_state.get(f"{key}_lecture"))


def animated_slider(
    label: str,
    options: Sequence[Option],
    key: str,
    *,
    default: str,
    option_label: Callable[[Option], str],
    ticking: bool,
) -> Option:
    """The slider and its buttons, in a fragment; returns the option it is at.

    ticking: whether the fragment was given a clock, which a whole run starts and stops.
    """
    if is_playing(key) != ticking:
        st.rerun()
    if ticking:
        _advance(options, key)
    else:
        _settle(options, key)
    if len(options) == 1:
        return url_widgets.url_selectbox(label, options, key, option_label=option_label)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picked = url_widgets.url_slider(
            label,
            options,
            key,
            default=default,
            option_label=option_label,
            on_change=lambda: _stop_where_moved(key),
            quiet=ticking,
        )
        if ticking:
            st.button(
                "Arrêter (Échap)",
                key="lecture_arreter",
                icon=":material/stop:",
                shortcut="Escape",
                on_click=_set_playing,
                args=(key, False),
            )
        else:
            st.button(
                "Lire",
                key="lecture_lire",
                icon=":material/play_arrow:",
                on_click=_start,
                args=(options, key),
            )
    st.html(html.render("less_motion.html"))
    return picked


def _advance(options: Sequence[str], key: str) -> None:
    """One step further; at the end it stops.

    The browser asks for each step with the place of its slider: one that has not drawn the last
    step yet would take it back. The step is kept apart until the slider is at rest.
    """
    _, now = st.session_state.get(_step_key(key), ("", st.session_state[key]))
    place = options.index(now) + 1 if now in options else 0
    reached = options[min(place, len(options) - 1)]
    st.session_state[_step_key(key)] = (now, reached)
    st.session_state[key] = reached
    if place >= len(options) - 1:
        _set_playing(key, False)


def _settle(options: Sequence[str], key: str) -> None:
    """Leave the slider where the last step brought it."""
    _, reached = st.session_state.pop(_step_key(key), ("", ""))
    if reached in options:
        st.session_state[key] = reached


def _stop_where_moved(key: str) -> None:
    """A visitor who moves the slider stops it; a browser that is one step behind does not."""
    before, _ = st.session_state.get(_step_key(key), ("", ""))
    if st.session_state[key] != before:
        st.session_state.pop(_step_key(key), None)
        _set_playing(key, False)


def _start(options: Sequence[str], key: str) -> None:
    """Play from where the slider is, or again from its first option."""
    _set_playing(key, True)
    if st.session_state.get(key) == options[-1]:
        st.session_state[key] = options[0]


def _step_key(key: str) -> str:
    """Of the last step: from which option to which."""
    return f"{key}_etape"


def _set_playing(key: str, on: bool) -> None:
    st.session_state[f"{key}_lecture"] = on
