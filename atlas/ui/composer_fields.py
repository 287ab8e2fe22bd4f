"""Fields of the page Composer: each shows what the draft says, and changes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from atlas.incoming_text import MAX_LETTERS, TextKind, clean_typed_text
from atlas.ui.markdown import escape_markdown

#: Of what is left to the dossier, in a list of choices.
NONE_CHOSEN = ""


def text_field(
    label: str,
    value: str,
    key: str,
    change: Callable[[str], None],
    *,
    kind: TextKind = "title",
    placeholder: str = "",
    help: str | None = None,
) -> None:
    """A line, or several for a text of paragraphs (kind « text » or « note »)."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    field = st.text_area if kind in ("text", "note") else st.text_input
    field(
        escape_markdown(label),
        key=key,
        max_chars=MAX_LETTERS[kind],
        placeholder=placeholder,
        help=help and escape_markdown(help),
        on_change=lambda: change(clean_typed_text(st.session_state[key], kind).strip()),
    )


def choice_field(
    label: str,
    options: Sequence[str],
    value: str,
    key: str,
    change: Callable[[str], None],
    option_label: Callable[[str], str] = str,
) -> None:
    """One of several. A value that is no option stays, as it would be lost in silence."""
    known = list(dict.fromkeys([*options, value]))
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    st.selectbox(
        escape_markdown(label),
        known,
        key=key,
        format_func=option_label,
        on_change=lambda: change(st.session_state[key]),
    )


def choices_field(
    label: str,
    options: Sequence[str],
    values: Sequence[str],
    key: str,
    change: Callable[[list[str]], None],
    option_label: Callable[[str], str] = str,
) -> None:
    """Some of several, in the order of choosing."""
    known = list(dict.fromkeys([*options, *values]))
    if st.session_state.get(key) != list(values):
        st.session_state[key] = list(values)
    st.multiselect(
        escape_markdown(label),
        known,
        key=key,
        format_func=option_label,
        placeholder="Choisissez…",
        on_change=lambda: change(list(st.session_state[key])),
    )


def switch_field(label: str, value: bool, key: str, change: Callable[[bool], None]) -> None:
    """Yes or no."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    st.checkbox(
        escape_markdown(label), key=key, on_change=lambda: change(bool(st.session_state[key]))
    )
