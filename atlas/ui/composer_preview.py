"""What a draft shows: the open block as its figure, in the format of one's choice, or the whole."""

from __future__ import annotations

import base64
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from atlas.export.image import ExportError, image
from atlas.export.page_layout import signed_options
from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import FigureRequest, RequestError
from atlas.figures.key_figures.page import SourceLetters
from atlas.figures.registry import figure_of
from atlas.publications.draft_context import context_with_dossier
from atlas.publications.drafts import Draft, dossier_of
from atlas.publications.missing_data import missing_of_block
from atlas.publications.publication import Section, dossier_publication
from atlas.settings import Dossier, Format
from atlas.ui import html, presentation
from atlas.ui.composer_state import opened_block
from atlas.ui.markdown import escape_markdown
from atlas.ui.pinboard_thumbnails import THUMBNAIL_FORMAT
from atlas.ui.publication_section import show_section, show_sections

#: The key of a draft that has no name yet.
DRAFT_KEY = "projet"
_SCREEN = "ecran"
_SCOPES = {"bloc": "Le bloc ouvert", "tout": "Tout le dossier"}
_SCOPE, _FORMAT = "composer_scope", "composer_format"
# Of the session: what its last drafts were drawn from, the whole and a block alone.
_CONTEXTS = "_composer_contexts"
_MAX_CONTEXTS = 4


def show_dossier_preview(context: FigureContext, draft: Draft) -> None:
    """The figure of the open block, or every block; the draft has no problem."""
    dossier = dossier_of(draft)
    left, right = st.columns(2)
    with left:
        scope = st.segmented_control(
            "Aperçu",
            list(_SCOPES),
            default="bloc",
            key=_SCOPE,
            required=True,
            format_func=lambda name: escape_markdown(_SCOPES[name]),
        )
    letters = SourceLetters()
    if scope == "tout":
        whole = shown_context(context, dossier)
        publication = dossier_publication(whole, DRAFT_KEY)
        st.header(escape_markdown(publication.title))
        st.markdown(escape_markdown(publication.introduction))
        show_sections(whole, publication.sections, "composer_preview", letters, is_draft=True)
        _show_sources(letters)
        return
    formats = context.settings.formats
    with right:
        size = st.selectbox(
            "Format de l’aperçu",
            [_SCREEN, *formats],
            key=_FORMAT,
            format_func=lambda name: "Écran" if name == _SCREEN else formats[name].label,
        )
    identity = opened_block()
    if identity is None or identity not in draft.blocks:
        st.info("Ouvrez un bloc pour le voir et le changer.", icon=":material/info:")
        return
    block = dossier.blocks[draft.blocks.index(identity)]
    missing = missing_of_block(shown_context(context, dossier), dossier, block)
    if missing:
        st.info(escape_markdown(missing), icon=":material/info:")
    alone = dossier.model_copy(update={"blocks": [block]})
    shown = shown_context(context, alone)
    (section,) = dossier_publication(shown, DRAFT_KEY).sections
    if size == _SCREEN:
        show_section(shown, section, "composer_preview", letters, is_draft=True)
        _show_sources(letters)
    else:
        _show_images(shown, section, formats[size])


def shown_context(context: FigureContext, dossier: Dossier) -> FigureContext:
    """What a draft is drawn from; the same again while it says the same, with what was made of
    it."""
    made = context_with_dossier(context, DRAFT_KEY, dossier)
    kept: OrderedDict[object, FigureContext] = st.session_state.setdefault(_CONTEXTS, OrderedDict())
    key = (made.dataset.version, context.style, context.shapes is None)
    found = kept.setdefault(key, made)
    kept.move_to_end(key)
    while len(kept) > _MAX_CONTEXTS:
        kept.popitem(last=False)
    return found


def _show_sources(letters: SourceLetters) -> None:
    """Of the key figures, by their letters; nothing without any."""
    sources = letters.html()
    if sources:
        st.html(sources)


def _show_images(context: FigureContext, section: Section, size: Format) -> None:
    """The images of a section as they are exported; what has none says so."""
    figures = [*section.images, *([section.figure] if section.figure else [])]
    for figure in figures:
        if figure.request is None:
            continue
        try:
            address = _cached_png_address(context, figure.request, size)
        except (ExportError, RequestError) as reason:
            st.warning(escape_markdown(str(reason)), icon=":material/warning:")
            continue
        st.html(html.render("draft_image.html", address=address, alt=figure.alt))
    if not figures:
        st.info("Ce bloc n’a pas d’image : il se lit à l’écran.", icon=":material/info:")


def _cached_png_address(context: FigureContext, request: FigureRequest, size: Format) -> str:
    key = ("draft", size.label, *presentation.drawing_key(context, request))
    return presentation.shared_drawings().get(key, lambda: _png_address(context, request, size))


def _png_address(context: FigureContext, request: FigureRequest, size: Format) -> str:
    figure = figure_of(context.for_print(), request)
    if figure is None:
        raise ExportError("Cette figure n’est plus dans les données.")
    options = replace(signed_options(context.settings.brand, context.logo), is_draft=True)
    drawn = image(figure, "png", context.shapes, size, options=options)
    return f"data:image/png;base64,{base64.b64encode(drawn).decode()}"


def block_thumbnail(context: FigureContext, dossier: Dossier, block: Mapping[str, Any]) -> str:
    """The picture of a block in a dossier, as the address of an image; empty for one that has
    none. Raises ExportError, RequestError."""
    alone = Dossier.model_validate({**dossier.model_dump(exclude={"blocks"}), "blocks": [block]})
    shown = context_with_dossier(context, DRAFT_KEY, alone)
    (section,) = dossier_publication(shown, DRAFT_KEY).sections
    figures = [*section.images, *([section.figure] if section.figure else [])]
    request = figures[0].request if figures else None
    if request is None:
        return ""
    key = ("thumbnail", *presentation.drawing_key(shown, request))

    def draw() -> str:
        drawn = presentation.screen_image(shown, request, "png", THUMBNAIL_FORMAT)
        return f"data:image/png;base64,{base64.b64encode(drawn).decode()}"

    return presentation.shared_drawings().get(key, draw)
