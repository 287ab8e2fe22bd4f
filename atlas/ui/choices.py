"""Controls whose value lives in the URL as a code.

Streamlit's own binding (``bind="query-params"``) writes the label: « Provence-Alpes-C%C3%B4te… »,
and two territories are called La Réunion. A code is short, stays the same when a label is
reworded, and can be typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, cast

import streamlit as st

Option = TypeVar("Option", bound=str)
_PAGE, _STAYED, _WRITTEN, _DRAWN = "_page", "_stayed", "_written_in_url", "_drawn_on"


def on_page(address: str) -> None:
    """Say which page the controls that follow belong to; the router does, once a run."""
    st.session_state[_STAYED] = st.session_state.get(_PAGE) == address
    st.session_state[_PAGE] = address


def choice(label: str, options: Sequence[Option], key: str, *, default: str = "",
           named: Callable[[Option], str] = str, help: str | None = None) -> Option:
    """A select box; returns the code chosen. A value that the URL should not hold is ignored."""
    start = next((option for option in options if option == default), options[0])
    _adopt(key, {option: option for option in options}, start)
    # Plain spaces: a visitor who types « mai 2026 » in the box types no other.
    picked = st.selectbox(label, options, options.index(start), key=key, help=help,
                          format_func=lambda option: named(option).replace("\u00a0", " "))
    _publish(key, picked, str(picked), start)
    return cast(Option, picked)


def segments(label: str, options: Sequence[Option], key: str, *,
             named: Callable[[Option], str] = str) -> Option:
    """The same for a few options shown side by side; the first is the default."""
    _adopt(key, {option: option for option in options}, options[0])
    picked = st.radio(label, options, key=key, format_func=named, horizontal=True)
    _publish(key, picked, str(picked), options[0])
    return cast(Option, picked)


def switch(label: str, key: str, *, default: bool = False, help: str | None = None) -> bool:
    """A toggle, 1 or 0 in the URL when it is not as by default."""
    _adopt(key, {"1": True, "0": False}, default)
    picked = st.toggle(label, default, key=key, help=help)
    _publish(key, picked, str(int(picked)), str(int(default)))
    return picked


def _adopt(key: str, allowed: Mapping[str, object], start: object) -> None:
    """Take the URL's value when it came from outside: a link opened, or the Back button.

    What this session wrote itself is older than the widget's state, and is not read back. A
    widget at its start is left alone: its message is then the same at each run, and is not sent.
    On another page the same key is another widget, which would start anew.
    """
    moved = st.session_state.setdefault(_DRAWN, {}).get(key) != st.session_state.get(_PAGE)
    written = st.session_state.setdefault(_WRITTEN, {}).get(key)
    value = st.query_params.get(key)
    wanted = st.session_state.get(key, st.session_state.get(f"kept_{key}", start))
    if value is not None and value != written:
        wanted = allowed.get(value, start)
    elif value is None and written is not None and st.session_state.get(_STAYED):
        wanted = start  # gone from the address of the same page: Back, to where it was not yet
    if wanted not in allowed.values():
        wanted = start
    if wanted != st.session_state.get(key, start) or (moved and wanted != start):
        st.session_state[key] = wanted


def _publish(key: str, picked: object, value: str, start: str) -> None:
    """Write the choice in the URL, defaults left out, and keep it for the next page."""
    st.session_state[f"kept_{key}"] = picked
    moved = st.session_state[_DRAWN].get(key) != st.session_state.get(_PAGE)
    st.session_state[_DRAWN][key] = st.session_state.get(_PAGE)
    if value == start:
        st.query_params.pop(key, None)
        st.session_state[_WRITTEN].pop(key, None)
    else:
        st.session_state[_WRITTEN][key] = value
        if moved or st.query_params.get(key) != value:  # the menu may drop it after this run
            st.query_params[key] = value
