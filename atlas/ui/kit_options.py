"""What a press kit is to hold: contents, formats, kinds of files, embargo, logo."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from atlas.export.image import KINDS
from atlas.export.kit import PARTS
from atlas.views import Desk

NAMES = {"images": "Images", "diapositives": "Diapositives (PPTX)", "classeur": "Classeur (XLSX)",
         "textes": "Texte de presse (DOCX) et légendes (TXT)", "web": "Page web (HTML)"}


def kit_options(desk: Desk) -> list[str] | None:
    """The words of `atlas kit` on the command line; None when something is missing or wrong."""
    formats = desk.settings.formats
    parts = st.pills("Contenu du kit", PARTS, selection_mode="multi", default=PARTS,
                     format_func=NAMES.__getitem__)
    sizes = kinds = ["-"]
    if "images" in parts:
        sizes = st.pills("Formats des images", list(formats), selection_mode="multi",
                         default=list(formats), format_func=lambda key: formats[key].label)
        kinds = st.pills("Fichiers", KINDS, selection_mode="multi", default=KINDS,
                         format_func=str.upper)
    left, right = st.columns([1, 3], vertical_alignment="bottom")
    typed = left.text_input("Embargo (facultatif)", placeholder="jj/mm/aaaa").strip()
    logo = right.checkbox("Logo sur les images")
    embargo = _day(typed)
    if typed and embargo is None:
        st.error(f"« {typed} » n’est pas une date : écrivez le jour, le mois et l’année, par "
                 "exemple 30/01/2027.", icon=":material/error:")
    if not (parts and sizes and kinds):
        st.error("Choisissez au moins un contenu, et un format et un type d’image.",
                 icon=":material/error:")
    if (typed and embargo is None) or not (parts and sizes and kinds):
        return None
    chosen = [*(("--part", part) for part in parts), *(("--format", size) for size in sizes),
              *(("--kind", kind) for kind in kinds)]
    return [*(word for pair in chosen if pair[1] != "-" for word in pair),
            *(["--logo"] if logo else []), *(["--embargo", str(embargo)] if embargo else [])]


def _day(typed: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(typed, "%d/%m/%Y").date()
    except ValueError:
        return None
