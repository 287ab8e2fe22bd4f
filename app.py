"""The router: page set-up, navigation, run."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from atlas.settings import Settings
from atlas.ui import html, page_state, pinboard, presentation, url_widgets
from atlas.ui.links import show_frozen_notice, show_links
from atlas.ui.messages import problem_banner
from atlas.ui.session import data_version, demo_switch, project
from atlas.ui.session_data import show_session_data
from pages import (
    activation_map,
    comparison,
    consistency,
    corridors,
    coverage,
    data_sources,
    dossier,
    file_import,
    image_check,
    key_figures,
    meeting_notebook,
    press_kit,
    problems,
    relief_map,
    scales,
    territory_portrait,
    two_dates,
)

# A file: Streamlit fetches an icon named by ":material/…:" from a host outside.
ICON = Path(__file__).with_name("static") / "icon.png"
# Streamlit writes lang="en" in its page; readers of the screen aloud need the true language.
LANGUAGE = "<script>document.documentElement.lang = 'fr'</script>"
RELOAD = "<script>if (location.pathname !== '/') location.reload()</script>"


def main() -> None:
    """Set the page up, draw the menu, run the page of the address."""
    place = project()
    settings = place.settings
    title = settings.brand.title if settings else "Mon espace santé"
    st.set_page_config(page_title=title, page_icon=str(ICON), layout="wide")
    st.html(html.style_sheet())
    problem_page = st.Page(problems.page, title="Problèmes", url_path="problemes")
    current = st.navigation(_menu(settings, problem_page), expanded=True)
    url_widgets.on_page(current.url_path)
    _recover_first_address()
    pinboard.adopt()
    presentation.obey(current.url_path, lambda shown: pinboard.pin(shown, current.title))
    page_state.begin(current.url_path)
    with st.sidebar:
        demo_switch()
        show_session_data()
        presentation.show_keys()
        links_place = st.container()
        pinboard.show_pin_control(current.url_path, current.title)
        st.html(LANGUAGE, unsafe_allow_javascript=True)
    place.dataset()
    with st.spinner("Préparation des contours…"):
        place.shapes()
    problem_banner(place.problems(), problem_page)
    notice_place = st.container()
    current.run()
    page_state.end()
    with links_place:
        show_links(data_version())
    with notice_place:
        show_frozen_notice(data_version())
    pinboard.store()
    if presentation.active():
        presentation.show_projection()


def _menu(settings: Settings | None, problem_page: Page) -> dict[str, list[Page]]:
    """The pages by section; the settings name some of them."""
    menu = {
        "Explorer": [
            st.Page(
                key_figures.page, title="Chiffres clés", url_path="chiffres-cles", default=True
            ),
            st.Page(activation_map.page, title="Carte", url_path="carte"),
            st.Page(relief_map.page, title="Relief", url_path="relief"),
            st.Page(two_dates.page, title="Deux dates", url_path="deux-dates"),
            st.Page(scales.page, title="Échelles", url_path="echelles"),
            st.Page(corridors.page, title="Couloirs", url_path="couloirs"),
            st.Page(territory_portrait.page, title="Portrait", url_path="portrait"),
        ],
        "Comparaisons": [
            st.Page(partial(comparison.page, key), title=entry.nav, url_path=f"comparaison-{key}")
            for key, entry in (settings.comparisons if settings else {}).items()
        ],
        "Dossiers": [
            st.Page(partial(dossier.page, key), title=entry.nav, url_path=f"dossier-{key}")
            for key, entry in (settings.dossiers if settings else {}).items()
        ],
        "Emporter": [
            st.Page(meeting_notebook.page, title="Carnet de réunion", url_path="carnet"),
            st.Page(press_kit.page, title="Kit presse", url_path="kit"),
            st.Page(image_check.page, title="Vérifier une image", url_path="verifier"),
        ],
        "Données": [
            st.Page(data_sources.page, title="Données et sources", url_path="donnees"),
            st.Page(coverage.page, title="Couverture", url_path="couverture"),
            st.Page(consistency.page, title="Cohérence", url_path="coherence"),
            st.Page(file_import.page, title="Importer", url_path="importer"),
            problem_page,
        ],
    }
    return {name: found for name, found in menu.items() if found}


def _recover_first_address() -> None:
    """Load the page again when its address was the first of the process.

    Until st.navigation has run once, Streamlit takes pages/ for its old automatic pages and
    answers « Page not found » to the addresses above.
    """
    if not _addresses_known():
        _addresses_known().append(True)
        st.html(RELOAD, unsafe_allow_javascript=True)


@st.cache_resource(show_spinner=False)
def _addresses_known() -> list[bool]:
    return []


if __name__ == "__main__":  # not when a process of a pool starts from it
    main()
