"""Méthode: how the figures are collected, chosen, computed, compared and hidden."""

from __future__ import annotations

import streamlit as st

from atlas.publications.method.method import method_sections
from atlas.publications.method.revisions import closing_text
from atlas.ui.markdown import escape_markdown
from atlas.ui.method import show_contents, show_section
from atlas.ui.page_title import show_title
from atlas.ui.session import current_context


def page() -> None:
    """Draw the page."""
    context = current_context()
    show_title("Méthode", context)
    sections = method_sections(context)
    show_contents(sections)
    for section in sections:
        show_section(section)
    if closing := closing_text(context):
        st.caption(escape_markdown(closing))
