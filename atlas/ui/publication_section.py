"""The sections of a publication on screen."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from atlas.figures.common.context import FigureContext
from atlas.figures.key_figures.page import SourceLetters, key_figures_html
from atlas.publications.publication import Section
from atlas.publications.section_rows import section_rows
from atlas.ui import figure_frame, html, page_state
from atlas.ui.markdown import escape_markdown, escape_paragraphs
from atlas.ui.tables import show_table
from atlas.values import digest_of_values


def show_sections(
    context: FigureContext,
    sections: Sequence[Section],
    key: str,
    letters: SourceLetters,
    *,
    is_draft: bool = False,
) -> None:
    """Show them in order, two figures that follow each other side by side.

    key: begins those of their frames; letters: of the sources of the page; is_draft: nothing can be
    taken away, as it would go without the mark of a draft.
    """
    for row in section_rows(sections):
        columns = st.columns(2, gap="medium") if len(row) == 2 else [st.container()]
        for column, (place, section) in zip(columns, row, strict=True):
            with column:
                show_section(context, section, f"{key}_{place}", letters, is_draft=is_draft)


def show_section(
    context: FigureContext,
    section: Section,
    key: str,
    letters: SourceLetters,
    *,
    is_draft: bool = False,
) -> None:
    """Show one section; figures that are not in the data are named, never dropped in silence.

    letters, is_draft: as for `show_sections`; of a draft, its page says what is missing.
    """
    if section.title:
        st.header(escape_markdown(section.title))
    if section.text:
        st.markdown(escape_paragraphs(section.text))
    if section.cards:
        shown = [value for card in section.cards for value in card.values]
        page_state.record_digest(f"{key}_cards", digest_of_values(shown))
        cards = key_figures_html(section.cards, letters, with_place=True)
        figure_frame.show_as_html(
            context, section.images, f"{key}_cartes", cards, is_draft=is_draft
        )
    if section.milestones:
        milestones = html.timeline(section.milestones)
        figure_frame.show_as_html(
            context, section.images, f"{key}_frise", milestones, is_draft=is_draft
        )
    if section.table is not None:
        page_state.record_digest(key, section.table.digest)
        show_table(section.table)
        st.caption(f"Source : {escape_markdown(section.table_source)}")
    level: figure_frame.HeadingLevel = 3 if section.title else 2
    figure_frame.show(context, section.figure, key, level=level, is_draft=is_draft)
    if section.absent and not is_draft:
        st.warning(
            "Chiffres demandés par le dossier et absents des données : "
            f"{escape_markdown(', '.join(section.absent))}."
        )
