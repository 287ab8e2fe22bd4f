"""The rows of a file that a visitor uses for the session, beside the published figures."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from atlas.dataset import Dataset
from atlas.importing.records import ImportedRow
from atlas.project import Project
from atlas.settings import Source

_ADDED, _BOOK = "_session_rows", "_session_book"


@dataclass(frozen=True)
class Addition:
    """name: of the file; sources: the documents that its rows quote."""

    name: str
    rows: tuple[ImportedRow, ...]
    sources: dict[str, Source]


def use(addition: Addition) -> None:
    """Draw the published figures with these rows, in this session alone."""
    st.session_state[_ADDED] = addition
    st.session_state.pop(_BOOK, None)


def drop() -> None:
    """Back to the published figures."""
    st.session_state.pop(_ADDED, None)
    st.session_state.pop(_BOOK, None)


def in_use() -> bool:
    """Whether the session has such rows."""
    return _ADDED in st.session_state


def book_of(place: Project) -> Dataset | None:
    """The published book, with the rows of the session when there are."""
    book, addition = place.dataset(), st.session_state.get(_ADDED)
    if book is None or addition is None:
        return book
    version, made = st.session_state.get(_BOOK, ("", None))
    if version != book.version:
        made = place.session_dataset(addition.rows, addition.sources)
        st.session_state[_BOOK] = (book.version, made)
    return made or book


def show_session_data() -> None:
    """In the menu: which file is used, and how to leave it; nothing without one."""
    addition = st.session_state.get(_ADDED)
    if addition:
        st.info(
            f"« {addition.name} » est utilisé pour cette session : vous seul le voyez.",
            icon=":material/person:",
        )
        st.button("Retirer ce fichier", icon=":material/close:", on_click=drop, key="session_drop")
