"""Images out of a figure's frame: format, kind, what goes around the drawing, copy."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from atlas import views
from atlas.charts import Figure
from atlas.export import (
    KINDS,
    MIME,
    ExportError,
    Kind,
    Options,
    caption_text,
    failure_image,
    image,
)

_COPY = st.components.v2.component(
    "copie", html="<button type=button>Copier l’image</button><p role=status></p>",
    css=Path(__file__).with_name("copy.css").read_text("utf-8"),
    js=Path(__file__).with_name("copy.js").read_text("utf-8"))


@st.fragment
def image_panel(desk: views.Desk, figures: list[Figure], key: str) -> None:
    """Choose a format and take the image away, or put it on the clipboard."""
    formats = desk.settings.formats
    which, what, how = st.columns([3, 2, 4])
    with which:
        size = st.selectbox("Format", formats, key=f"{key}_format",
                            format_func=lambda name: formats[name].label)
        figure = figures[0] if len(figures) == 1 else st.radio(
            "Dessin", figures, key=f"{key}_dessin", horizontal=True,
            format_func=lambda option: option.name)
    kind: Kind = what.radio("Fichier", KINDS, key=f"{key}_kind", horizontal=True,
                            format_func=str.upper)
    with how:
        options = Options(
            caption=st.checkbox("Lecture, champ et source sous le dessin", True,
                                key=f"{key}_caption"),
            transparent=st.checkbox("Fond transparent", key=f"{key}_transparent"),
            logo=desk.logo if st.checkbox("Logo", key=f"{key}_logo") else "")
    with st.container(horizontal=True):
        _download(desk, figure, kind, size, options, key)
        if not options.caption:
            st.download_button("Légende (TXT)", caption_text(figure), key=f"{key}_words",
                               file_name=f"{figure.file_stem}_legende.txt", on_click="ignore",
                               icon=":material/download:", type="tertiary")
        _copy(desk, figure, size, options, key)


def _download(desk: views.Desk, figure: Figure, kind: Kind, size: str, options: Options,
              key: str) -> None:
    st.download_button(
        f"Télécharger ({kind.upper()})", on_click="ignore", key=f"{key}_image",
        data=_maker(desk, figure, kind, size, options),
        file_name=f"{figure.file_stem}_{size}.{kind}", mime=MIME[kind],
        icon=":material/download:", type="primary")


def _maker(desk: views.Desk, figure: Figure, kind: Kind, size: str, options: Options
           ) -> Callable[[], bytes]:
    """Draws when clicked, outside the session: what it needs is in the closure.

    Streamlit answers a failure in English; the file itself says it in French instead.
    """
    def make() -> bytes:
        try:
            return printed(desk, figure, kind, size, options)
        except ExportError as error:
            logging.getLogger(__name__).exception("export of %s failed", figure.key)
            return failure_image(str(error), kind)

    return make


def printed(desk: views.Desk, figure: Figure, kind: Kind, size: str, options: Options) -> bytes:
    """The figure made again for paper, whatever the screen is; raises ExportError."""
    again = views.figure_of(desk.for_print(), views.FigureRequest.from_texts(figure.recipe))
    assert again is not None
    return image(again, kind, desk.shapes, desk.settings.formats[size], options=options,
                 data=desk.book.version, author=desk.settings.brand.name)


def _copy(desk: views.Desk, figure: Figure, size: str, options: Options, key: str) -> None:
    """The captioned PNG on the clipboard: the button asks, this answers with the image.

    The browser wants to be asked during the click, and takes the image when it is ready.
    """
    place = f"{key}_copie"
    asked = (st.session_state.get(place) or {}).get("asked")
    data: dict[str, object] = {"asked": asked}
    if asked:
        try:
            drawn = printed(desk, figure, "png", size, options)
            data["png"] = base64.b64encode(drawn).decode()
        except ExportError as error:
            data["refused"] = str(error)
    _COPY(data=data, key=place, on_asked_change=lambda: None)
