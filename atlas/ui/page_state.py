"""What the page being drawn shows, and what it lets choose: for links, projection and notebook.

A fragment that draws itself again replaces what it said; a whole run starts anew. A key pressed
while a page is drawn is about the last page that was drawn whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from atlas.figures.common.figure import Figure

_NOW, _WHOLE = "_seen", "_seen_whole"


@dataclass
class SteppedControl:
    """What a control lets choose; label: the words of the one picked."""

    options: list[str]
    picked: str
    label: str


@dataclass
class PageState:
    """What one page shows, by the key of each frame and control. page: its address."""

    page: str
    figures: dict[str, Figure] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    axes: dict[str, SteppedControl] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """A hash of all values shown: the same as long as the page says the same."""
        said = [*(figure.digest for figure in self.figures.values()), *self.texts.values()]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:8]


def begin(page: str) -> None:
    """A page is about to be drawn; the router says so, once a run."""
    st.session_state[_NOW] = PageState(page)


def end() -> None:
    """The page is whole."""
    st.session_state[_WHOLE] = _now()


def whole(page: str) -> PageState:
    """What this page showed when it was last drawn to its end."""
    found: PageState | None = st.session_state.get(_WHOLE)
    return found if found is not None and found.page == page else PageState(page)


def figure(key: str, shown: Figure) -> None:
    """A figure is shown in the frame `key`."""
    _now().figures[key] = shown


def text(key: str, shown: str) -> None:
    """Values are shown otherwise: cards, tables."""
    _now().texts[key] = shown


def register_control(key: str, options: Sequence[str], picked: str, label: str) -> None:
    """A control lets choose one of the options; label: the words of the one picked."""
    _now().axes[key] = SteppedControl(list(options), picked, label)


def figures() -> list[Figure]:
    """The figures of the page, in its order."""
    return list(_now().figures.values())


def labels() -> list[str]:
    """The words of what is picked on the page."""
    return [axis.label for axis in _now().axes.values()]


def digest() -> str:
    """Of the page at hand."""
    return _now().digest


def _now() -> PageState:
    found: PageState = st.session_state.setdefault(_NOW, PageState(""))
    return found
