"""The sections of a publication on screen."""

from __future__ import annotations

import streamlit as st

from atlas.ui import frame, markup, seen
from atlas.views import Desk, Section


def show_section(desk: Desk, section: Section, key: str) -> None:
    """Show one section; figures that are not in the data are named, never dropped in silence."""
    if section.title:
        st.header(section.title)
    if section.text:
        st.markdown(section.text)
    if section.cards:
        seen.text(key, "\n".join(card.value + card.change for card in section.cards))
        st.html(markup.cards(list(section.cards), with_place=True))
    if section.milestones:
        st.html(markup.timeline(section.milestones))
    if section.table is not None:
        seen.text(key, section.table.to_csv(index=False))
        st.table(section.table, hide_index=True)
        st.caption(f"Source : {section.table_source}")
    frame.show(desk, section.figure, key)
    if section.absent:
        st.warning(
            "Chiffres demandés par config.yaml et absents des données : "
            f"{', '.join(section.absent)}."
        )
