"""What a reader takes away to cite a figure: its documents, and the address of the view."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from atlas.figures.common.citation import figure_citations
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.settings.server import TOKEN_PARAMETER
from atlas.ui import page_state
from atlas.ui.presentation import FIGURE_PARAMETER, PARAMETER
from atlas.ui.url_parameters import readable_parameters, whole_address

# Parameters that say how a view is looked at, and not what it shows.
_PASSING_PARAMETERS = (PARAMETER, FIGURE_PARAMETER, TOKEN_PARAMETER)


def show_citation(context: FigureContext, figure: Figure) -> None:
    """The lines that cite the figure, with a button that copies them: its title and address, then
    a line for each document."""
    lines = [f"{figure.title}. {permalink(page_state.current_page())}"]
    lines += figure_citations(context, figure)
    st.caption("Pour citer cette figure")
    st.code("\n".join(lines), language=None, wrap_lines=True)


def permalink(page: str) -> str:
    """The address of the view at hand, with the parameters that say what it shows.

    page: its path. Territory, period and indicator are in it by their codes, which stay.
    """
    query = urlencode(view_parameters())
    return whole_address(f"{page}?{query}" if query else page)


def view_parameters() -> dict[str, str]:
    """The parameters of the address that say what is shown."""
    return {
        key: value for key, value in readable_parameters().items() if key not in _PASSING_PARAMETERS
    }
