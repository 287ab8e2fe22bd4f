"""The pinboard as PPTX, PDF or DOCX, made when it is asked for."""

from __future__ import annotations

import datetime as dt
from functools import partial

import streamlit as st

from atlas import periods
from atlas.export.image import image, logo_png
from atlas.export.kit_parts.press_texts import PICTURE_FORMAT
from atlas.export.page_layout import Options
from atlas.export.pdf import merge
from atlas.export.press_release import plain_document
from atlas.export.render_pool import OnWait
from atlas.export.slides import slides
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.registry import request_from_texts
from atlas.publications.notebook import TITLE, Note, figures_of, notebook_publication, with_sentence
from atlas.settings import Format
from atlas.ui.drawing_queue import place_shown
from atlas.ui.file_button import download_button
from atlas.ui.pinboard import Pin
from atlas.ui.session import context_of
from atlas.ui.url_parameters import whole_address

FILE_KINDS = {"pptx": "Diapositives (PPTX)", "pdf": "PDF", "docx": "Texte (DOCX)"}
PDF_PAGE = Format(label="A4 paysage", width_mm=297, height_mm=210, text=10.0)


def link_of(pin: Pin) -> str:
    """The whole address of a pinned view on this server, under its base path when it has one."""
    return whole_address(pin.address)


@st.fragment
def show_pinboard_files(kept: list[Pin]) -> None:
    """The buttons that give the pinned views as documents."""

    def make(kind: str) -> bytes:
        with place_shown(place) as on_wait:
            return _file(kind, kept, on_wait)

    buttons, place = st.container(horizontal=True), st.empty()
    with buttons:
        for kind, label in FILE_KINDS.items():
            if kind == "pdf" and not any(pin.requests for pin in kept):
                continue  # a page of PDF is a figure
            name = f"carnet-de-reunion_{dt.date.today().isoformat()}.{kind}"
            download_button(label, partial(make, kind), name, f"carnet_{kind}", primary=True)


def _file(kind: str, kept: list[Pin], on_wait: OnWait) -> bytes:
    contexts = {
        demo: context_of(demo=demo, shapes=True).for_print()
        for demo in {pin.fictitious for pin in kept}
    }
    notes = [
        Note(
            pin.sentence,
            link_of(pin),
            pin.title,
            tuple(request_from_texts(texts) for texts in pin.requests),
            contexts[pin.fictitious],
        )
        for pin in kept
    ]
    return _document(kind, notes, dt.date.today(), on_wait)


def _document(kind: str, notes: list[Note], day: dt.date, on_wait: OnWait) -> bytes:
    context = notes[0].context
    brand = context.settings.brand
    publication = notebook_publication(
        notes, periods.label(day.isoformat()), context.dataset.version
    )
    if kind == "pdf":
        return merge(_pdf_pages(notes, publication.version, on_wait), TITLE, brand.name)
    logo = logo_png(context.logo, on_wait=on_wait) if context.logo else None
    if kind == "pptx":
        return slides(
            publication,
            brand,
            template=context.templates.slides,
            drawing=lambda figure, size: _picture(context, size, "svg", on_wait, figure),
            logo=logo,
            embargo="",
            date=day,
        )
    return plain_document(
        publication,
        brand=brand,
        picture=partial(_picture, context, PICTURE_FORMAT, "png", on_wait),
        template=context.templates.text,
        logo=logo,
        date=day,
    )


def _picture(
    context: FigureContext, size: Format, kind: str, on_wait: OnWait, figure: Figure
) -> bytes:
    return image(
        figure,
        kind,
        context.shapes,
        size,
        options=Options(title=False, caption=False),
        on_wait=on_wait,
    )


def _pdf_pages(notes: list[Note], version: str, on_wait: OnWait) -> list[bytes]:
    """One page per figure, under the sentence of its view."""
    return [
        image(
            with_sentence(figure, note.sentence, note.link),
            "pdf",
            note.context.shapes,
            PDF_PAGE,
            data=version,
            on_wait=on_wait,
        )
        for note in notes
        for figure in figures_of(note)
    ]
