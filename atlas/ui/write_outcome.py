"""What becomes of a change of the project that was refused, or that could not be finished."""

from __future__ import annotations

import streamlit as st

from atlas.store.write_result import WriteResult
from atlas.ui.problems import show_problems


def show_not_written(result: WriteResult) -> None:
    """Why nothing was written; or that something was, and waits to be undone."""
    st.error(
        "L’écriture a été interrompue." if result.is_interrupted else "Rien n’a été écrit.",
        icon=":material/block:",
    )
    show_problems(list(result.problems))
