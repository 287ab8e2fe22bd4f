"""Images out of a figure's frame: format, kind, what goes around the drawing, copy."""

from __future__ import annotations

from functools import partial

import streamlit as st

from atlas.export import KINDS, Kind, Options, caption_text, image
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.registry import figure_of
from atlas.figures.requests import FigureRequest
from atlas.ui.file_button import copy_button, download_button


@st.fragment
def show_image_panel(context: FigureContext, figures: list[Figure], key: str) -> None:
    """Choose a format and take the image away, or put it on the clipboard."""
    formats = context.settings.formats
    which, what, how = st.columns([3, 2, 4])
    with which:
        size = st.selectbox(
            "Format", formats, key=f"{key}_format", format_func=lambda name: formats[name].label
        )
        figure = (
            figures[0]
            if len(figures) == 1
            else st.radio(
                "Dessin",
                figures,
                key=f"{key}_dessin",
                horizontal=True,
                format_func=lambda option: option.name,
            )
        )
    kind: Kind = what.radio(
        "Fichier", KINDS, key=f"{key}_kind", horizontal=True, format_func=str.upper
    )
    with how:
        options = Options(
            caption=st.checkbox(
                "Lecture, champ et source sous le dessin", True, key=f"{key}_caption"
            ),
            transparent=st.checkbox("Fond transparent", key=f"{key}_transparent"),
            logo=context.logo if st.checkbox("Logo", key=f"{key}_logo") else "",
        )
    with st.container(horizontal=True):
        make = partial(image_for_print, context, figure, size=size, options=options)
        download_button(
            f"Télécharger ({kind.upper()})",
            partial(make, kind),
            f"{figure.file_stem}_{size}.{kind}",
            f"{key}_image",
            primary=True,
        )
        if not options.caption:
            st.download_button(
                "Légende (TXT)",
                caption_text(figure),
                key=f"{key}_words",
                file_name=f"{figure.file_stem}_legende.txt",
                on_click="ignore",
                icon=":material/download:",
                type="tertiary",
            )
        copy_button(partial(make, "png"), f"{key}_copie")


def image_for_print(
    context: FigureContext, figure: Figure, kind: Kind, size: str, options: Options
) -> bytes:
    """The figure made again for paper, whatever the screen is; raises ExportError."""
    again = figure_of(context.for_print(), FigureRequest.from_texts(figure.recipe))
    assert again is not None
    return image(
        again,
        kind,
        context.shapes,
        context.settings.formats[size],
        options=options,
        data=context.dataset.version,
        author=context.settings.brand.name,
    )
