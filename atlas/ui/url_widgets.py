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
# Keys of the session: the page drawn now, whether the run before drew it too; by key of control,
# the value last written in the URL, the page that it was last drawn on, and what it opened with.
_PAGE, _SAME_PAGE, _WRITTEN, _DRAWN = "_page", "_stayed", "_written_in_url", "_drawn_on"
_OPENED = "_opened_with"


def set_page(address: str) -> None:
    """Say which page the controls that follow belong to; the router does, once a run."""
    st.session_state[_SAME_PAGE] = st.session_state.get(_PAGE) == address
    st.session_state[_PAGE] = address


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
) -> Option:
    """A select box; returns the code chosen. A value that the URL should not hold is ignored.

    page_only: what is chosen is for this page alone: it neither comes from another nor goes to one.
    """
    start = next((option for option in options if option == default), options[0])
    shown = _adopt(key, {option: option for option in options}, start, page_only=page_only)
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
    _publish(key, picked, str(picked), start, page_only=page_only)
    page_state.register_control(key, options, picked, option_label(picked))
    return picked


def url_segments(
    label: str,
    options: Sequence[Option],
    key: str,
    *,
    option_label: Callable[[Option], str] = str,
    page_only: bool = False,
) -> Option:
    """The same for a few options shown side by side; the first is the default."""
    shown = _adopt(key, {option: option for option in options}, options[0], page_only=page_only)
    picked = st.radio(
        escape_markdown(label),
        options,
        options.index(shown),
        key=key,
        format_func=lambda option: escape_markdown(option_label(option)),
        horizontal=True,
    )
    _publish(key, picked, str(picked), options[0], page_only=page_only)
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
    if not quiet:
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
    kept = st.session_state.get(key, st.session_state.get(f"kept_{key}", []))
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
    _publish(
        key, picked, CODE_SEPARATOR.join(picked), CODE_SEPARATOR.join(default), page_only=page_only
    )
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


def _adopt(
    key: str, allowed: Mapping[str, Value], start: Value, *, page_only: bool = False
) -> Value:
    """Take the URL's value when it came from outside: a link opened, or the Back button.

    What this session wrote itself is older than the widget's state, and is not read back. A
    widget at its start is left alone: its message is then the same at each run, and is not sent.
    On another page the same key is another widget, which would start anew.

    Returns what the widget showed when its page was opened, to be given as its default: a value
    set once would be lost if a component asked for another run before the browser had drawn it.
    """
    moved = st.session_state.setdefault(_DRAWN, {}).get(key) != st.session_state.get(_PAGE)
    written = st.session_state.setdefault(_WRITTEN, {}).get(key)
    value = parameter(key)
    wanted = st.session_state.get(key, st.session_state.get(f"kept_{key}", start))
    if page_only and moved:
        wanted = start
    if value is not None and value != written:
        wanted = allowed.get(value, start)
    elif value is None and written is not None and st.session_state.get(_SAME_PAGE):
        wanted = start  # gone from the address of the same page: Back, to where it was not yet
    if wanted not in allowed.values():
        wanted = start
    opened = st.session_state.setdefault(_OPENED, {})
    if moved:
        opened[key] = wanted
    shown = cast(Value, opened[key]) if opened.get(key) in allowed.values() else start
    if wanted != st.session_state.get(key, shown) or (moved and wanted != start):
        st.session_state[key] = wanted
    return shown


def _publish(key: str, picked: object, value: str, start: str, *, page_only: bool = False) -> None:
    """Write the choice in the URL, defaults left out, and keep it for the next page."""
    if not page_only:
        st.session_state[f"kept_{key}"] = picked
    moved = st.session_state[_DRAWN].get(key) != st.session_state.get(_PAGE)
    st.session_state[_DRAWN][key] = st.session_state.get(_PAGE)
    if value == start:
        remove_parameter(key)
        st.session_state[_WRITTEN].pop(key, None)
    else:
        st.session_state[_WRITTEN][key] = value
        if moved or parameter(key) != value:  # the menu may drop it after this run
            write_parameter(key, value)
