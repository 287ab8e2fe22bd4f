"""What the page being drawn shows, and what it lets choose: for links, projection and notebook.

A fragment that draws itself again replaces what it said; a whole run starts anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import streamlit as st

from atlas.charts import Figure

_FIGURES, _TEXTS, _AXES = "_figures_seen", "_texts_seen", "_axes_seen"


def begin() -> None:
    """Forget the page before; the router does, once a run."""
    for place in (_FIGURES, _TEXTS, _AXES):
        st.session_state[place] = {}


def figure(key: str, shown: Figure) -> None:
    """A figure is shown in the frame `key`."""
    st.session_state.setdefault(_FIGURES, {})[key] = shown


def text(key: str, shown: str) -> None:
    """Values are shown otherwise: cards, tables."""
    st.session_state.setdefault(_TEXTS, {})[key] = shown


def axis(key: str, options: Sequence[str], picked: str, label: str) -> None:
    """A control lets choose one of the options; label: the words of the one picked."""
    st.session_state.setdefault(_AXES, {})[key] = (list(options), picked, label)


def figures() -> list[Figure]:
    """The figures of the page, in its order."""
    return list(st.session_state.get(_FIGURES, {}).values())


def axes() -> dict[str, tuple[list[str], str, str]]:
    """The options, the choice and its words, by the key of each control."""
    return dict(st.session_state.get(_AXES, {}))


def digest() -> str:
    """A hash of all values shown: the same as long as the page says the same."""
    said = [shown.digest for shown in figures()]
    said += list(st.session_state.get(_TEXTS, {}).values())
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:8]
