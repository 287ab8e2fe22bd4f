"""Comparaisons: one page per entry of `comparisons` in config.yaml."""

from __future__ import annotations

import streamlit as st

from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import RequestError
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.registry import figure_of
from atlas.ui import comparison_controls as controls
from atlas.ui import figure_frame
from atlas.ui.markdown import escape_markdown, escape_paragraphs
from atlas.ui.session import current_context


def page(key: str) -> None:
    """Draw the comparison of one key."""
    context = current_context(shapes=True)
    comparison = context.settings.comparisons[key]
    st.title(escape_markdown(comparison.title))
    st.markdown(escape_paragraphs(comparison.introduction))
    requests = controls.requests_of(context, key)
    changed = controls.show_reset(requests)
    if not requests:
        st.info("Choisissez au moins un territoire qui ait des chiffres.", icon=":material/info:")
    drawn = [
        _show(context, request, f"comparaison_{key}_{place}")
        for place, request in enumerate(requests)
    ]
    if requests and not any(drawn):
        said = "Aucun de ces territoires n’a de chiffre pour cette période."
        st.info(
            f"{figure_frame.FICTITIOUS}. {said}" if context.dataset.fictitious else said,
            icon=":material/info:",
        )
    if comparison.conclusion and not changed and not context.dataset.fictitious:
        st.markdown(escape_paragraphs(comparison.conclusion))
    controls.show_saving(context, requests)


def _show(context: FigureContext, request: ComparisonRequest, key: str) -> bool:
    """Show one figure, or why it cannot be drawn so; False when there is nothing to show."""
    try:
        figure = figure_of(context, request)
    except RequestError as reason:
        st.info(escape_markdown(f"Cette vue ne se dessine pas : {reason}."), icon=":material/info:")
        return True
    figure_frame.show(context, figure, "_".join(filter(None, (key, request.layout))))
    return figure is not None
