"""Controls whose value lives in the URL as a code.

Streamlit's own binding (``bind="query-params"``) writes the label: « Provence-Alpes-C%C3%B4te… »,
and two territories are called La Réunion. A code is short, stays the same when a label is
reworded, and can be typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar, cast

import streamlit as st

from atlas.territories import CODE_SEPARATOR
from atlas.ui import page_state
from atlas.ui.markdown import escape_markdown
from atlas.ui.url_parameters import parameter, remove_parameter, write_parameter

Option = TypeVar("Option", bound=str)
Value = TypeVar("Value")
# What parameters were called before, by the present name; old links still answer.
FORMER_NAMES = {"territoire": "region"}
# Keys of the session: the page drawn now and the one before it, whether the run before drew it too;
# by key of control, the value last written in the URL, the page that it was last drawn on, what it
# opened with, and what it showed at the end of the run before.
_PAGE, _SAME_PAGE, _WRITTEN, _DRAWN = "_page", "_stayed", "_written_in_url", "_drawn_on"
_CAME_FROM, _OPENED, _SHOWN = "_came_from", "_opened_with", "_shown"
# Whether the session has just begun. A browser that was cut off goes on with another one, and says
# at once what its visitor has chosen since.
_FIRST_RUN = "_first_run"


def set_page(address: str) -> None:
    """Say which page the controls that follow belong to; the router does, once a run."""
    st.session_state[_FIRST_RUN] = _PAGE not in st.session_state
    st.session_state[_SAME_PAGE] = st.session_state.get(_PAGE) == address
    if not st.session_state[_SAME_PAGE]:
        st.session_state[_CAME_FROM] = st.session_state.get(_PAGE, "")
    st.session_state[_PAGE] = address
    for present, former in FORMER_NAMES.items():
        if (value := parameter(former)) is not None:
            remove_parameter(former)
            write_parameter(present, value)


def page_before() -> str:
    """The address of the page that the visitor came from, empty for the home page and for none."""
    return str(st.session_state.get(_CAME_FROM, ""))


def chosen(key: str) -> str:
    """What the visitor chose under this name, on whatever page; empty when nobody did."""
    return str(st.session_state.get(_kept_key(key, page_only=False), ""))


def choose(key: str, value: str) -> None:
    """Choose for the visitor, who asked for it elsewhere: the control follows when it is drawn."""
    st.session_state[_kept_key(key, page_only=False)] = value
    st.session_state.get(_SHOWN, {}).pop(key, None)


def current_page() -> str:
    """The address of the page that is drawn, empty before the first one and for the home page."""
    return str(st.session_state.get(_PAGE, ""))


def url_selectbox(
    label: str,
    options: Sequence[Option],
    key: str,
    *,
    default: str = "",
    option_label: Callable[[Option], str] = str,
    help: str | None = None,
    page_only: bool = False,
    nearest: Callable[[str], str] | None = None,
    says_default: bool = False,
) -> Option:
    """A select box; returns the code chosen. A value that the URL should not hold is ignored.

    nearest: what to show for a choice made elsewhere that is not among the options, an empty text
    for nothing near; the choice is kept for the pages that have it. page_only: what is chosen is
    for this page alone: it neither comes from another nor goes to one. says_default: a choice that
    is the default is written too, for a default that changes with the data.
    """
    start = next((option for option in options if option == default), options[0])
    shown = _adopt(
        key, {option: option for option in options}, start, page_only=page_only, nearest=nearest
    )
    # Plain spaces: a visitor who types « mai 2026 » in the box types no other.
    picked = st.selectbox(
        escape_markdown(label),
        options,
        options.index(shown),
        key=key,
        help=help and escape_markdown(help),
        placeholder="Choisissez…",
        format_func=lambda option: option_label(option).replace("\u00a0", " "),
    )
    silent = "" if says_default and chosen(key) else start
    _publish(key, picked, str(picked), silent, page_only=page_only)
    page_state.register_control(key, options, picked, option_label(picked))
    return picked


def url_segments(
    label: str,
    options: Sequence[Option],
    key: str,
    *,
    option_label: Callable[[Option], str] = str,
    default: str = "",
    page_only: bool = False,
) -> Option:
    """The same for a few options shown side by side; the first is the default without another."""
    start = next((option for option in options if option == default), options[0])
    shown = _adopt(key, {option: option for option in options}, start, page_only=page_only)
    picked = st.radio(
        escape_markdown(label),
        options,
        options.index(shown),
        key=key,
        format_func=lambda option: escape_markdown(option_label(option)),
        horizontal=True,
    )
    _publish(key, picked, str(picked), start, page_only=page_only)
    return picked


def url_slider(
    label: str,
    options: Sequence[Option],
    key: str,
    *,
    default: str,
    option_label: Callable[[Option], str],
    on_change: Callable[[], None],
    quiet: bool,
) -> Option:
    """A slider along several options, in their order.

    on_change: called when the visitor moves it. quiet: the URL stays as it is, while the slider
    moves by itself: each change would be a step of the Back button.
    """
    start = next((option for option in options if option == default), options[0])
    shown = _adopt(key, {option: option for option in options}, start)
    picked = st.select_slider(
        escape_markdown(label),
        options,
        shown,
        key=key,
        on_change=on_change,
        format_func=lambda option: escape_markdown(option_label(option)),
    )
    if quiet:
        st.session_state[_SHOWN][key] = picked
    else:
        _publish(key, picked, str(picked), start)
    page_state.register_control(key, options, picked, option_label(picked))
    return picked


def is_same_page() -> bool:
    """True when the run before drew the same page."""
    return bool(st.session_state.get(_SAME_PAGE))


def url_multiselect(
    label: str,
    options: Sequence[str],
    key: str,
    *,
    option_label: Callable[[str], str] = str,
    help: str | None = None,
    default: Sequence[str] = (),
    page_only: bool = False,
) -> list[str]:
    """A box that holds several codes, the default ones at first; joined by « + » in the URL.

    Codes that are not among the options, of a link or of the page before, are left out.
    """
    asked = parameter(key) or ""
    kept = st.session_state.get(key, st.session_state.get(_kept_key(key, page_only=page_only), []))
    known = [code for code in re.split("[+ ]", asked) if code in options]
    shown = _adopt(
        key,
        {asked: known, CODE_SEPARATOR.join(kept): [c for c in kept if c in options]},
        list(default),
        page_only=page_only,
    )
    picked = st.multiselect(
        escape_markdown(label),
        options,
        shown or None,
        key=key,
        help=help and escape_markdown(help),
        placeholder="Choisissez…",
        select_all=False,
        format_func=lambda code: option_label(code).replace("\u00a0", " "),
    )
    text, silent = CODE_SEPARATOR.join(picked), CODE_SEPARATOR.join(default)
    _publish(key, picked, text, silent, page_only=page_only)
    return picked


def url_toggle(label: str, key: str, *, default: bool = False, help: str | None = None) -> bool:
    """A toggle, 1 or 0 in the URL when it is not as by default."""
    shown = _adopt(key, {"1": True, "0": False}, default)
    picked = st.toggle(escape_markdown(label), shown, key=key, help=help and escape_markdown(help))
    _publish(key, picked, str(int(picked)), str(int(default)))
    return picked


def reset_controls(keys: Sequence[str]) -> None:
    """Take the controls of one page back to where they start, at the next run."""
    for key in keys:
        remove_parameter(key)
        st.session_state[_DRAWN].pop(key, None)
        for page_only in (True, False):
            st.session_state.pop(_kept_key(key, page_only=page_only), None)


def _kept_key(key: str, *, page_only: bool) -> str:
    """Where the session keeps what the visitor chose: for all pages, or for the one at hand."""
    return f"kept_{key}@{st.session_state.get(_PAGE, '')}" if page_only else f"kept_{key}"


def _adopt(
    key: str,
    allowed: Mapping[str, Value],
    start: Value,
    *,
    page_only: bool = False,
    nearest: Callable[[str], str] | None = None,
) -> Value:
    """Make the control show what the visitor chose: here, in a link, or on another page.

    Only what somebody chose is kept: a default is that of each page. What this session wrote itself
    in the URL is older than the widget's state, and is not read back. A widget at its start is left
    alone: its message is then the same at each run, and is not sent. On another page the same key
    is another widget, which would start anew.

    Returns what the widget showed when its page was opened, to be given as its default: a value
    set once would be lost if a component asked for another run before the browser had drawn it.
    """
    moved = st.session_state.setdefault(_DRAWN, {}).get(key) != st.session_state.get(_PAGE)
    written = st.session_state.setdefault(_WRITTEN, {}).get(key)
    before = st.session_state.setdefault(_SHOWN, {})
    kept, value = _kept_key(key, page_only=page_only), parameter(key)
    if page_only and moved:
        st.session_state.pop(kept, None)
    if not moved and key in st.session_state and st.session_state[key] != before.get(key, start):
        st.session_state[kept] = st.session_state[key]  # moved by the visitor, or by a key pressed
    elif value is not None and value != written:
        if value in allowed:
            st.session_state[kept] = allowed[value]
        elif nearest is not None and nearest(value):
            st.session_state[kept] = value
        else:
            st.session_state.pop(kept, None)
    elif value is None and written is not None and st.session_state.get(_SAME_PAGE):
        # Gone from the address of the same page: Back, to where it was not yet.
        st.session_state.pop(kept, None)
    wanted = st.session_state.get(kept, start)
    if wanted not in allowed.values():
        near = nearest(wanted) if nearest is not None and isinstance(wanted, str) else ""
        wanted = allowed.get(near, start) if near else start
    opened = st.session_state.setdefault(_OPENED, {})
    if moved:
        opened[key] = wanted
    shown = cast(Value, opened[key]) if opened.get(key) in allowed.values() else start
    # In the first run of a session the default says it, over which the choice of a browser that
    # was cut off counts.
    if not st.session_state.get(_FIRST_RUN) and (
        wanted != st.session_state.get(key, shown) or (moved and wanted != start)
    ):
        st.session_state[key] = wanted
    return shown


def _publish(key: str, picked: object, value: str, start: str, *, page_only: bool = False) -> None:
    """Write what is shown in the URL, defaults left out."""
    if st.session_state.get(_FIRST_RUN) and picked != st.session_state[_OPENED].get(key):
        st.session_state[_kept_key(key, page_only=page_only)] = picked
    moved = st.session_state[_DRAWN].get(key) != st.session_state.get(_PAGE)
    st.session_state[_DRAWN][key] = st.session_state.get(_PAGE)
    st.session_state[_SHOWN][key] = picked
    if value == start:
        remove_parameter(key)
        st.session_state[_WRITTEN].pop(key, None)
    else:
        st.session_state[_WRITTEN][key] = value
        if moved or parameter(key) != value:  # the menu may drop it after this run
            write_parameter(key, value)
