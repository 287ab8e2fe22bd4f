"""The page of a visitor who comes when all places are taken."""

from __future__ import annotations

import streamlit as st

from atlas.server.capacity import REFUSED_HEADER
from atlas.server.french_answers import BUSY, SECONDS_BEFORE_NEXT_TRY
from atlas.ui.markdown import escape_markdown

_TRY_AGAIN = f"<script>setTimeout(() => location.reload(), {SECONDS_BEFORE_NEXT_TRY}000)</script>"


def is_for_this_visitor() -> bool:
    """True when the server has no place for this session."""
    return REFUSED_HEADER in st.context.headers


def page() -> None:
    """Draw the page, which loads itself again after a while."""
    st.title(escape_markdown(BUSY.title))
    st.markdown(escape_markdown(BUSY.message))
    st.html(_TRY_AGAIN, unsafe_allow_javascript=True)
