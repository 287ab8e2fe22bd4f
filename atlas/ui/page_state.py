"""What the page being drawn shows, and what it lets choose: for links, presentation and pinboard.

A fragment that draws itself again replaces what it said; a whole run starts anew. A key pressed
while a page is drawn is about the last page that was drawn whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from atlas.figures.common.figure import Figure

_CURRENT, _COMPLETE, _WHOLE = "_page_state", "_page_state_complete", "_whole_page_asked"


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
    digests: dict[str, str] = field(default_factory=dict)
    controls: dict[str, SteppedControl] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """A hash of all values shown: the same as long as the page says the same."""
        said = [*(figure.digest for figure in self.figures.values()), *self.digests.values()]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:8]


def begin_page(page: str) -> None:
    """A page is about to be drawn; the router says so, once a run."""
    st.session_state[_CURRENT] = PageState(page)
    st.session_state.pop(_WHOLE, None)


def ask_whole_page() -> None:
    """A click in a part of the page is about all of it: `draw_whole_page` then draws it again."""
    st.session_state[_WHOLE] = True


def draw_whole_page() -> None:
    """Draw the page again when a click in this part asked for it; a whole run already does."""
    if st.session_state.get(_WHOLE):
        st.rerun()


def current_page() -> str:
    """The address of the page being drawn."""
    return _current().page


def end_page() -> None:
    """The page is whole."""
    st.session_state[_COMPLETE] = _current()


def last_complete(page: str) -> PageState:
    """What this page showed when it was last drawn to its end."""
    found: PageState | None = st.session_state.get(_COMPLETE)
    return found if found is not None and found.page == page else PageState(page)


def record_figure(key: str, shown: Figure) -> None:
    """A figure is shown in the frame `key`."""
    _current().figures[key] = shown


def record_digest(key: str, digest_of_part: str) -> None:
    """Values are shown otherwise, in cards or tables, which this hash tells apart."""
    _current().digests[key] = digest_of_part


def register_control(key: str, options: Sequence[str], picked: str, label: str) -> None:
    """A control lets choose one of the options; label: the words of the one picked."""
    _current().controls[key] = SteppedControl(list(options), picked, label)


def figures() -> list[Figure]:
    """The figures of the page, in its order."""
    return list(_current().figures.values())


def controls() -> dict[str, SteppedControl]:
    """What the page lets choose, by the key of each control."""
    return dict(_current().controls)


def labels() -> list[str]:
    """The words of what is picked on the page."""
    return [control.label for control in _current().controls.values()]


def digest() -> str:
    """Of the page at hand."""
    return _current().digest


def _current() -> PageState:
    found: PageState = st.session_state.setdefault(_CURRENT, PageState(""))
    return found
