"""The title of a page, with the badge of the fictitious data set where it is made from it."""

from __future__ import annotations

import streamlit as st

from atlas.figures.common.context import FigureContext
from atlas.ui import html
from atlas.ui.markdown import escape_markdown


def show_title(title: str, context: FigureContext) -> None:
    """The title, and under it the badge when the page shows fictitious figures."""
    st.title(escape_markdown(title))
    if context.dataset.fictitious:
        st.html(html.render("badge.html", fictitious=True))


def show_cover(title: str, finding: str, context: FigureContext) -> None:
    """The same for the first page, with the sentence that says the essential."""
    show_title(title, context)
    if finding:
        st.html(html.render("cover.html", finding=finding))
