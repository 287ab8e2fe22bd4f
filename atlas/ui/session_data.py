"""The rows of a file that a visitor uses for the session, beside the published figures."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from atlas.dataset import Dataset
from atlas.importing.records import ImportedRow
from atlas.project import Project
from atlas.settings import Source
from atlas.ui.markdown import escape_markdown
from atlas.ui.shared_contexts import SharedContexts

_ROWS, _DATASET, _CONTEXTS = "_session_rows", "_session_dataset", "_session_contexts"


@dataclass(frozen=True)
class Addition:
    """name: of the file; sources: the documents that its rows quote; reading: of its origin, by
    which the page of imports knows it."""

    name: str
    rows: tuple[ImportedRow, ...]
    sources: dict[str, Source]
    reading: str = ""


def use_rows(addition: Addition) -> None:
    """Draw the published figures with these rows, in this session alone."""
    drop_rows()
    st.session_state[_ROWS] = addition


def drop_rows() -> None:
    """Back to the published figures."""
    for key in (_ROWS, _DATASET, _CONTEXTS):
        st.session_state.pop(key, None)


def has_rows() -> bool:
    """Whether the session has such rows."""
    return _ROWS in st.session_state


def reading_in_use() -> str:
    """The reading of the file whose rows the session has; empty without one."""
    addition: Addition | None = st.session_state.get(_ROWS)
    return addition.reading if addition else ""


def session_dataset(project: Project) -> Dataset | None:
    """The published data set, with the rows of the session when there are."""
    published, addition = project.dataset(), st.session_state.get(_ROWS)
    if published is None or addition is None:
        return published
    added_to, made = st.session_state.get(_DATASET, (None, None))
    if added_to is not published:
        made = project.session_dataset(addition.rows, addition.sources)
        st.session_state[_DATASET] = (published, made)
    return made or published


def contexts() -> SharedContexts:
    """Those of what is drawn with the rows of the session, which no other session is shown."""
    found: SharedContexts = st.session_state.setdefault(_CONTEXTS, SharedContexts())
    return found


def show_session_data() -> None:
    """In the menu: which file is used, and how to leave it; nothing without one."""
    addition = st.session_state.get(_ROWS)
    if addition:
        name = escape_markdown(addition.name)
        st.info(
            f"« {name} » est utilisé pour cette session : vous seul le voyez.",
            icon=":material/person:",
        )
        st.button(
            "Retirer ce fichier", icon=":material/close:", on_click=drop_rows, key="session_drop"
        )
