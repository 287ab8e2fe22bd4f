"""The sections of a publication on screen."""

from __future__ import annotations

import streamlit as st

from atlas.figures.common.context import FigureContext
from atlas.publications.publication import Section
from atlas.ui import figure_frame, html, page_state


def show_section(context: FigureContext, section: Section, key: str) -> None:
    """Show one section; figures that are not in the data are named, never dropped in silence."""
    if section.title:
        st.header(section.title)
    if section.text:
        st.markdown(section.text)
    if section.cards:
        page_state.record_text(key, "\n".join(card.value + card.change for card in section.cards))
        st.html(html.key_figure_cards(section.cards, with_place=True))
    if section.milestones:
        st.html(html.timeline(section.milestones))
    if section.table is not None:
        page_state.record_text(key, section.table.to_csv(index=False))
        st.table(section.table, hide_index=True)
        st.caption(f"Source : {section.table_source}")
    figure_frame.show(context, section.figure, key)
    if section.absent:
        st.warning(
            "Chiffres demandés par config.yaml et absents des données : "
            f"{', '.join(section.absent)}."
        )
