"""Small pictures of the pinned views, drawn one after the other under the eyes of the visitor."""

from __future__ import annotations

import base64
from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from atlas.export.image import ExportError
from atlas.figures.common.request import FigureRequest, RequestError
from atlas.publications.notebook import Note
from atlas.settings import Format
from atlas.ui import html, presentation
from atlas.ui.markdown import escape_markdown

# The figure as it is projected, half as large.
THUMBNAIL_FORMAT = Format(label="vignette", width_px=960, height_px=540, dpi=72, text=12.75)


def empty_thumbnail() -> DeltaGenerator:
    """The place of a picture, in its shape before there is any."""
    place = st.empty()
    _show_words(place, "Aperçu en préparation…")
    return place


def show_thumbnails(notes: Sequence[Note], places: Sequence[DeltaGenerator]) -> None:
    """Fill the empty place of each view; a bar says how many are drawn. Those already drawn for
    somebody come at once."""
    progress = st.empty()
    for done, (note, place) in enumerate(zip(notes, places, strict=True)):
        said = escape_markdown(f"Aperçu {done + 1} sur {len(notes)}…")
        progress.progress(done / len(notes), said)
        _show_thumbnail(note, place)
    progress.empty()


def _show_thumbnail(note: Note, place: DeltaGenerator) -> None:
    if not note.requests:
        _show_words(place, "Vue sans figure")
        return
    request = note.requests[0]
    key = ("thumbnail", *presentation.drawing_key(note.context, request))
    try:
        drawing = presentation.shared_drawings().get(key, lambda: _png_address(note, request))
    except (ExportError, RequestError):
        _show_words(place, "Cette figure n’est plus dans les données.")
        return
    alt = note.sentence or note.title
    place.html(html.render("thumbnail.html", drawing=drawing, alt=alt, words=""))


def _png_address(note: Note, request: FigureRequest) -> str:
    drawn = presentation.screen_image(note.context, request, "png", THUMBNAIL_FORMAT)
    return f"data:image/png;base64,{base64.b64encode(drawn).decode()}"


def _show_words(place: DeltaGenerator, words: str) -> None:
    place.html(html.render("thumbnail.html", drawing="", alt="", words=words))
