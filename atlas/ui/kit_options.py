"""What a press kit is to hold: contents, formats, kinds of files, embargo, logo."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from atlas import periods
from atlas.export.kit_parts.registry import KIT_PARTS
from atlas.figures.common.context import FigureContext
from atlas.figures.options import (
    nearest_period,
    nearest_territory,
    periods_of,
    territories_with_figures,
)
from atlas.publications.publication import dossier_publication, territory_publication
from atlas.rendering.image_kinds.registry import IMAGE_KINDS, USUAL_KINDS
from atlas.ui.markdown import escape_markdown
from atlas.ui.url_widgets import chosen, page_before, url_segments, url_selectbox

MODE_LABELS = {"dossier": "Un dossier", "territoire": "Un territoire"}


def kit_arguments(context: FigureContext) -> list[str]:
    """What is chosen, as the command line is told."""
    fictitious = context.dataset.fictitious
    mode = (
        "territoire"
        if fictitious
        else url_segments(
            "Contenu",
            list(MODE_LABELS),
            "kit",
            default=_start_mode(),
            option_label=MODE_LABELS.__getitem__,
            page_only=True,
        )
    )
    if mode == "dossier":
        return [
            "--dossier",
            url_selectbox(
                "Dossier",
                list(context.settings.dossiers),
                "dossier",
                default=page_before().removeprefix("dossier-"),
                page_only=True,
                option_label=lambda key: context.settings.dossiers[key].title,
            ),
        ]
    where, when = st.columns(2)
    with where:
        codes = territories_with_figures(context)
        code = url_selectbox(
            "Territoire",
            codes,
            "territoire",
            option_label=lambda c: context.territories[c].label,
            nearest=nearest_territory(context, codes),
        )
    with when:
        known = periods_of(context, code)
        period = url_selectbox(
            "Période", known, "periode", option_label=periods.label, nearest=nearest_period(known)
        )
    return ["--territory", code, "--period", period, *(["--demo"] if fictitious else [])]


def _start_mode() -> str:
    """A kit opens on what one comes from: a dossier, or the territory that was chosen."""
    from_dossier = page_before().startswith("dossier-")
    return "territoire" if chosen("territoire") and not from_dossier else "dossier"


@st.cache_data(max_entries=100, show_spinner=False)
def kit_contents(
    _context: FigureContext, arguments: tuple[str, ...], version: str
) -> tuple[str, list[str]]:
    """Title and contents of a kit; all its figures are made once, not at each choice below.

    version: of the data and settings; the context itself is not compared.
    """
    made = (
        dossier_publication(_context, arguments[1])
        if arguments[0] == "--dossier"
        else territory_publication(_context, arguments[1], arguments[3])
    )
    cards = sum(len(section.cards) for section in made.sections)
    return made.title, [
        *(
            f"{figure.title}{' (classement)' if figure.name == 'Classement' else ''}"
            for figure in made.images
        ),
        f"{cards} chiffres clés, leurs sources et leurs définitions",
    ]


def kit_options(context: FigureContext) -> list[str] | None:
    """The words of `atlas kit` on the command line; None when something is missing or wrong."""
    formats = context.settings.formats
    parts = st.pills(
        "Contenu du kit",
        list(KIT_PARTS),
        selection_mode="multi",
        default=list(KIT_PARTS),
        format_func=lambda name: escape_markdown(KIT_PARTS[name].label),
    )
    sizes = kinds = ["-"]
    if "images" in parts:
        sizes = st.pills(
            "Formats des images",
            list(formats),
            selection_mode="multi",
            default=list(formats),
            format_func=lambda key: escape_markdown(formats[key].label),
        )
        kinds = st.pills(
            "Fichiers",
            list(IMAGE_KINDS),
            selection_mode="multi",
            default=USUAL_KINDS,
            format_func=lambda name: escape_markdown(IMAGE_KINDS[name].label),
        )
    left, right = st.columns([1, 3], vertical_alignment="bottom")
    with left:
        embargo = embargo_field()
    logo = right.checkbox("Logo sur les images", True)
    if not (parts and sizes and kinds):
        st.error(
            "Choisissez au moins un contenu, et un format et un type d’image.",
            icon=":material/error:",
        )
    if embargo is None or not (parts and sizes and kinds):
        return None
    chosen = [
        *(("--part", part) for part in parts),
        *(("--format", size) for size in sizes),
        *(("--kind", kind) for kind in kinds),
    ]
    return [
        *(word for pair in chosen if pair[1] != "-" for word in pair),
        *([] if logo else ["--no-logo"]),
        *embargo,
    ]


def embargo_field() -> list[str] | None:
    """The words of `atlas kit` that say until when nothing is published, none without a day; None
    for what is no date, which is said."""
    typed = st.text_input("Embargo (facultatif)", placeholder="jj/mm/aaaa", max_chars=20).strip()
    day = _parse_day(typed)
    if typed and day is None:
        st.error(
            f"« {escape_markdown(typed)} » n’est pas une date : écrivez le jour, le mois et "
            "l’année, par exemple 30/01/2027.",
            icon=":material/error:",
        )
        return None
    return ["--embargo", str(day)] if day else []


def _parse_day(typed: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(typed, "%d/%m/%Y").date()
    except ValueError:
        return None
