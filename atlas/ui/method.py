"""The page Méthode, and the link that leads to it from a figure."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from atlas import french
from atlas.publications.method.section import MethodSection
from atlas.ui import html
from atlas.ui.figure_citation import view_parameters
from atlas.ui.markdown import escape_markdown
from atlas.ui.tables import show_table

METHOD_ADDRESS = "methode"


def show_method_link() -> None:
    """From a figure to the page Méthode, with the parameters of the view: those who come back find
    it as it was."""
    st.page_link(
        st.Page(_drawn_by_the_router, url_path=METHOD_ADDRESS),
        label="Méthode",
        icon=":material/menu_book:",
        query_params=view_parameters(),
    )


def _drawn_by_the_router() -> None:
    """A link needs the address of a page alone; the menu of app.py knows what draws it."""


def show_contents(sections: Sequence[MethodSection]) -> None:
    """A link to each section of the page."""
    st.html(html.render("contents.html", sections=[(one.title, one.key) for one in sections]))


def show_section(section: MethodSection) -> None:
    """Its title, what a press kit keeps of it, the rest, and its tables."""
    st.header(escape_markdown(section.title), anchor=section.key)
    for text in (section.summary, *section.paragraphs):
        st.markdown(escape_markdown(french.keep_with_punctuation(text)))
    for table in section.tables:
        show_table(table)
