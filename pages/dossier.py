"""Dossiers: one page per entry of `dossiers` in config.yaml, block after block."""

from __future__ import annotations

import streamlit as st

from atlas.figures.common.captions import source_text
from atlas.publications.publication import dossier_publication
from atlas.ui.markdown import escape_markdown, escape_paragraphs
from atlas.ui.page_title import show_title
from atlas.ui.publication_section import show_section
from atlas.ui.session import current_context, is_demo
from pages.dossier_cards import NOT_FICTITIOUS


def page(key: str) -> None:
    """Draw the dossier of one key."""
    if is_demo():
        show_title("Dossiers", current_context())
        st.info(NOT_FICTITIOUS, icon=":material/info:")
        return
    context = current_context(shapes=True)
    dossier = context.settings.dossiers[key]
    source = context.dataset.sources[dossier.source]
    st.title(escape_markdown(dossier.title))
    st.markdown(escape_paragraphs(dossier.introduction))
    st.caption(
        f"Source : {escape_markdown(source_text(source))}. "
        f"Titre du document : « {escape_markdown(source.title)} »."
    )
    for place, section in enumerate(dossier_publication(context, key).sections):
        show_section(context, section, f"{key}_{place}")


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
