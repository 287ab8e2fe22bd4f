"""Images out of a figure's frame: format, kind, what goes around the drawing, copy."""

from __future__ import annotations

from functools import partial

import streamlit as st

from atlas import views
from atlas.charts import Figure
from atlas.export import KINDS, Kind, Options, caption_text, image
from atlas.ui.file_button import copy_button, download_button


@st.fragment
def image_panel(desk: views.Desk, figures: list[Figure], key: str) -> None:
    """Choose a format and take the image away, or put it on the clipboard."""
    formats = desk.settings.formats
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
            logo=desk.logo if st.checkbox("Logo", key=f"{key}_logo") else "",
        )
    with st.container(horizontal=True):
        make = partial(printed, desk, figure, size=size, options=options)
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


def printed(desk: views.Desk, figure: Figure, kind: Kind, size: str, options: Options) -> bytes:
    """The figure made again for paper, whatever the screen is; raises ExportError."""
    again = views.figure_of(desk.for_print(), views.FigureRequest.from_texts(figure.recipe))
    assert again is not None
    return image(
        again,
        kind,
        desk.shapes,
        desk.settings.formats[size],
        options=options,
        data=desk.book.version,
        author=desk.settings.brand.name,
    )
