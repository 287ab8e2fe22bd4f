"""Images out of a figure's frame: format, kind, what goes around the drawing, copy."""

from __future__ import annotations

from functools import partial

import streamlit as st

from atlas.export.image import caption_text, image
from atlas.export.page_layout import Options, signed_options
from atlas.export.render_pool import OnWait
from atlas.export.signing import signing_key
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.registry import figure_of
from atlas.rendering.image_kinds.registry import IMAGE_KINDS
from atlas.ui.drawing_queue import place_shown
from atlas.ui.file_button import copy_button, download_button
from atlas.ui.markdown import escape_markdown


@st.fragment
def show_image_panel(context: FigureContext, figures: list[Figure], key: str) -> None:
    """Choose a format and take the image away, or put it on the clipboard."""
    formats = context.settings.formats
    which, what, how = st.columns([3, 2, 4])
    with which:
        size = st.selectbox(
            "Format",
            formats,
            key=f"{key}_format",
            placeholder="Choisissez…",
            format_func=lambda name: formats[name].label,
        )
        figure = (
            figures[0]
            if len(figures) == 1
            else st.radio(
                "Dessin",
                figures,
                key=f"{key}_dessin",
                horizontal=True,
                format_func=lambda option: escape_markdown(option.name),
            )
        )
    kind = what.radio(
        "Fichier",
        list(IMAGE_KINDS),
        key=f"{key}_kind",
        horizontal=True,
        format_func=lambda name: escape_markdown(IMAGE_KINDS[name].label),
    )
    with how:
        caption = st.checkbox("Lecture, champ et source sous le dessin", True, key=f"{key}_caption")
        transparent = st.checkbox("Fond transparent", key=f"{key}_transparent")
        logo = st.checkbox("Logo", True, key=f"{key}_logo")
        options = signed_options(
            context.settings.brand,
            context.logo if logo else "",
            caption=caption,
            transparent=transparent,
        )

    def make(kind: str) -> bytes:
        with place_shown(place) as on_wait:
            return image_for_print(context, figure, kind, size, options, on_wait)

    buttons, place = st.container(horizontal=True), st.empty()
    with buttons:
        download_button(
            f"Télécharger ({IMAGE_KINDS[kind].label})",
            partial(make, kind),
            f"{figure.file_stem}_{size}{IMAGE_KINDS[kind].file_ending}",
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
    context: FigureContext,
    figure: Figure,
    kind: str,
    size: str,
    options: Options,
    on_wait: OnWait | None = None,
) -> bytes:
    """The figure made again for paper, whatever the screen is; raises ExportError.

    kind: a key of IMAGE_KINDS; size: a key of the formats of config.yaml; on_wait: told how many
    images are before this one while it waits.
    """
    assert figure.request is not None  # only figures of a request have this button
    again = figure_of(context.for_print(), figure.request)
    assert again is not None
    return image(
        again,
        kind,
        context.shapes,
        context.settings.formats[size],
        options=options,
        data=context.dataset.version,
        author=context.settings.brand.name,
        on_wait=on_wait,
        signing_key=signing_key(context.settings),
    )
