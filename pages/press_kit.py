"""Kit presse: choose a dossier or a territory, see what it will hold, take the ZIP away."""

from __future__ import annotations

import streamlit as st

from atlas import periods, views
from atlas.ui import frame
from atlas.ui.choices import choice, segments
from atlas.ui.kit_options import kit_options
from atlas.ui.kit_progress import show_progress, start
from atlas.ui.session import current_desk, project_folder

MODES = {"dossier": "Un dossier", "territoire": "Un territoire"}


def page() -> None:
    """Draw the page."""
    desk = current_desk(shapes=True)
    st.title("Kit presse")
    if desk.book.fictitious:
        st.html(frame.BADGE)
    if desk.book.session:
        st.info("Le kit est fait des chiffres de data/, sans ceux de votre session.",
                icon=":material/person:")
    st.markdown("Toutes les figures d’un dossier ou d’un territoire, en images, diapositives, "
                "classeur, texte et page web, dans un seul fichier.")
    arguments = _asked(desk)
    title, lines = _contents(desk.for_print(), tuple(arguments), desk.book.version)
    st.subheader(title)
    st.markdown("\n".join(lines))
    options = kit_options(desk)
    if st.button("Produire le kit", type="primary", icon=":material/folder_zip:",
                 disabled=options is None):
        assert options is not None
        start(title, [*arguments, *options, "--project", str(project_folder())])
    show_progress()


def _asked(desk: views.Desk) -> list[str]:
    """What is chosen, as the command line is told."""
    fictitious = desk.book.fictitious
    mode = "territoire" if fictitious else segments("Contenu", list(MODES), "kit",
                                                    named=MODES.__getitem__)
    if mode == "dossier":
        return ["--dossier", choice("Dossier", list(desk.settings.dossiers), "dossier",
                                    named=lambda key: desk.settings.dossiers[key].title)]
    where, when = st.columns(2)
    with where:
        code = choice("Territoire", views.territories_with_figures(desk), "territoire",
                      named=lambda c: desk.territories[c].label)
    with when:
        period = choice("Situation à la fin de", views.periods_of(desk, code), "periode",
                        named=periods.label)
    return ["--territory", code, "--period", period, *(["--demo"] if fictitious else [])]


@st.cache_data(max_entries=100, show_spinner=False)
def _contents(_desk: views.Desk, asked: tuple[str, ...], version: str) -> tuple[str, list[str]]:
    """Title and contents of a kit; all its figures are made once, not at each choice below.

    version: of the data and settings; the desk itself is not compared.
    """
    made = (views.dossier_publication(_desk, asked[1]) if asked[0] == "--dossier"
            else views.territory_publication(_desk, asked[1], asked[3]))
    cards = sum(len(section.cards) for section in made.sections)
    return made.title, [
        *(f"- {figure.title}{' (classement)' if figure.name == 'Classement' else ''}"
          for figure in made.figures),
        f"- {cards} chiffres clés, leurs sources et leurs définitions"]


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
