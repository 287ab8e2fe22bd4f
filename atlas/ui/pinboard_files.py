"""The pinboard as PPTX, PDF or DOCX, made when it is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

import streamlit as st

from atlas import periods
from atlas.export.image import image, logo_png
from atlas.export.kit_parts.press_texts import PICTURE_FORMAT
from atlas.export.notebook import OnProgress, notebook_pdf, notebook_slides
from atlas.export.page_layout import Options
from atlas.export.press_release import plain_document
from atlas.export.render_pool import OnWait
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.registry import request_from_texts
from atlas.publications.notebook import Note, notebook_publication, version_of
from atlas.ui.drawing_queue import place_shown
from atlas.ui.file_button import download_button
from atlas.ui.markdown import escape_markdown
from atlas.ui.pinboard import Pin
from atlas.ui.session import context_of
from atlas.ui.url_parameters import whole_address

FILE_KINDS = {"pptx": "Diapositives (PPTX)", "pdf": "PDF", "docx": "Texte (DOCX)"}


def link_of(pin: Pin) -> str:
    """The whole address of a pinned view on this server, under its base path when it has one."""
    return whole_address(pin.address)


@st.fragment
def show_pinboard_files(kept: list[Pin]) -> None:
    """The buttons that give the pinned views as documents."""

    def make(kind: str) -> bytes:
        bar = progress.progress(0.0, "Préparation des vues…")

        def show_progress(done: int, count: int) -> None:
            bar.progress(done / count, escape_markdown(f"Vue {done + 1} sur {count}…"))

        try:
            with place_shown(place) as on_wait:
                return _document(kind, notes_of(kept), dt.date.today(), on_wait, show_progress)
        finally:
            progress.empty()

    buttons, progress, place = st.container(horizontal=True), st.empty(), st.empty()
    with buttons:
        for kind, label in FILE_KINDS.items():
            name = f"carnet-de-reunion_{dt.date.today().isoformat()}.{kind}"
            download_button(label, partial(make, kind), name, f"carnet_{kind}", primary=True)


def notes_of(kept: Sequence[Pin]) -> list[Note]:
    """What the files and the page draw of the pinned views."""
    contexts = {
        demo: context_of(demo=demo, shapes=True).for_print()
        for demo in {pin.fictitious for pin in kept}
    }
    return [
        Note(
            pin.sentence,
            link_of(pin),
            pin.title,
            tuple(request_from_texts(texts) for texts in pin.requests),
            contexts[pin.fictitious],
        )
        for pin in kept
    ]


def _document(
    kind: str, notes: list[Note], day: dt.date, on_wait: OnWait, on_progress: OnProgress
) -> bytes:
    if kind == "pdf":
        return notebook_pdf(notes, on_wait=on_wait, on_progress=on_progress)
    context = notes[0].context
    logo = logo_png(context.logo, on_wait=on_wait) if context.logo else None
    if kind == "pptx":
        return notebook_slides(notes, day=day, logo=logo, on_wait=on_wait, on_progress=on_progress)
    return plain_document(
        notebook_publication(notes, periods.label(day.isoformat()), version_of(notes)),
        brand=context.settings.brand,
        picture=partial(_picture, context, on_wait),
        template=context.templates.text,
        logo=logo,
        date=day,
    )


def _picture(context: FigureContext, on_wait: OnWait, figure: Figure) -> bytes:
    return image(
        figure,
        "png",
        context.shapes,
        PICTURE_FORMAT,
        options=Options(title=False, caption=False),
        on_wait=on_wait,
    )
