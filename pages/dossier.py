"""Dossiers: one page per entry of `dossiers` in config.yaml, read as a publication: a cover, what
to take away, figures block after block, who speaks, sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from atlas.figures.common.captions import source_text
from atlas.figures.key_figures.page import SourceLetters, key_figures_html
from atlas.publications.publication import Publication, dossier_publication
from atlas.settings import Quote, Source
from atlas.ui import html, presentation
from atlas.ui.doors import page_at
from atlas.ui.kit_progress import show_document_bar
from atlas.ui.markdown import escape_markdown
from atlas.ui.page_title import show_title
from atlas.ui.publication_section import show_sections
from atlas.ui.session import current_context, is_demo
from pages.dossier_cards import NOT_FICTITIOUS


def page(key: str) -> None:
    """Draw the dossier of one key."""
    if is_demo():
        context = current_context()
        show_title(context.settings.dossiers[key].title, context)
        st.info(NOT_FICTITIOUS, icon=":material/info:")
        return
    context = current_context(shapes=True)
    dossier = context.settings.dossiers[key]
    publication = dossier_publication(context, key)
    letters = SourceLetters()
    _show_cover(publication, letters)
    show_document_bar(publication.title, ["--dossier", key], context.settings.limits)
    if not presentation.is_active():
        st.page_link(page_at("composer"), label="Modifier dans Composer", icon=":material/edit:")
    show_sections(context, publication.sections, key, letters)
    if presentation.is_active():
        return
    _show_quotes(dossier.quotes)
    _show_sources(letters, context.dataset.sources[dossier.source])


def _show_cover(publication: Publication, letters: SourceLetters) -> None:
    """Title, introduction and main figure, beside the silhouette of the territory."""
    words, drawing = st.columns([3, 1], vertical_alignment="center")
    with words:
        st.title(escape_markdown(publication.title))
        place = f"{publication.place}, {publication.period}"
        st.html(
            html.render("dossier_cover.html", place=place, introduction=publication.introduction)
        )
        main = publication.main_figure
        if main is not None:
            st.html(key_figures_html([replace(main, size="hero")], letters, with_place=True))
    if publication.silhouette is not None:
        trace = publication.silhouette.address
        drawing.html(html.render("silhouette.html", trace=trace))


def _show_quotes(quotes: Sequence[Quote]) -> None:
    if quotes:
        st.html(html.render("quotes.html", quotes=quotes))


def _show_sources(letters: SourceLetters, source: Source) -> None:
    """Of the figures, by their letters, then the document that the dossier reproduces."""
    st.header("Sources")
    st.html(letters.html())
    st.caption(escape_markdown(f"Ce dossier reproduit « {source.title} » ({source_text(source)})."))
