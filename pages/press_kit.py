"""Kit presse: choose a dossier or a territory, see what it will hold, take the ZIP away."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from atlas import periods, views
from atlas.export.image import KINDS
from atlas.export.kit import PARTS
from atlas.ui import frame
from atlas.ui.choices import choice, segments
from atlas.ui.kit_progress import show_progress, start
from atlas.ui.session import current_desk, project_folder

MODES = {"dossier": "Un dossier", "territoire": "Un territoire"}
NAMES = {"images": "Images", "diapositives": "Diapositives (PPTX)", "classeur": "Classeur (XLSX)",
         "textes": "Texte de presse (DOCX) et légendes (TXT)", "web": "Page web (HTML)"}


def page() -> None:
    """Draw the page."""
    desk = current_desk(shapes=True)
    st.title("Kit presse")
    if desk.book.fictitious:
        st.html(frame.BADGE)
    st.markdown("Toutes les figures d’un dossier ou d’un territoire, en images, diapositives, "
                "classeur, texte et page web, dans un seul fichier.")
    publication, arguments = _asked(desk)
    _contents(publication)
    options = _options(desk)
    if st.button("Produire le kit", type="primary", icon=":material/folder_zip:",
                 disabled=options is None):
        assert options is not None
        start(publication.title, [*arguments, *options, "--project", str(project_folder())])
    show_progress()


def _asked(desk: views.Desk) -> tuple[views.Publication, list[str]]:
    """What is chosen, and how the command line is told."""
    fictitious = desk.book.fictitious
    mode = "territoire" if fictitious else segments("Contenu", list(MODES), "kit",
                                                    named=MODES.__getitem__)
    if mode == "dossier":
        key = choice("Dossier", list(desk.settings.dossiers), "dossier",
                     named=lambda k: desk.settings.dossiers[k].title)
        return views.dossier_publication(desk.for_print(), key), ["--dossier", key]
    where, when = st.columns(2)
    with where:
        code = choice("Territoire", views.territories_with_figures(desk), "territoire",
                      named=lambda c: desk.territories[c].label)
    with when:
        period = choice("Situation à la fin de", views.periods_of(desk, code), "periode",
                        named=periods.label)
    return views.territory_publication(desk.for_print(), code, period), [
        "--territory", code, "--period", period, *(["--demo"] if fictitious else [])]


def _contents(publication: views.Publication) -> None:
    cards = sum(len(section.cards) for section in publication.sections)
    st.subheader(publication.title)
    lines = [f"- {figure.title}{' (classement)' if figure.name == 'Classement' else ''}"
             for figure in publication.figures]
    st.markdown("\n".join([*lines, f"- {cards} chiffres clés, leurs sources et leurs "
                                   "définitions"]))


def _options(desk: views.Desk) -> list[str] | None:
    """The words of the command line; None when something is missing or wrong."""
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


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
