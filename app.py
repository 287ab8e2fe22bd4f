"""The router: page set-up, navigation, run."""

from __future__ import annotations

import base64
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from streamlit.navigation.page import Page
from streamlit.runtime.scriptrunner import get_script_run_ctx

from atlas.settings import Settings
from atlas.ui import (
    html,
    page_state,
    permissions,
    pinboard,
    presentation,
    run_token,
    sign_in,
    url_widgets,
)
from atlas.ui.problems import show_problem_banner
from atlas.ui.session import data_version, project, show_demo_switch
from atlas.ui.session_data import show_session_data
from atlas.ui.view_links import show_frozen_notice, show_links
from pages import (
    choropleth,
    classifications,
    comparison,
    consistency,
    corridors,
    coverage,
    data_sources,
    dossier,
    file_import,
    image_verification,
    key_figures,
    map_3d,
    press_kit,
    problems,
    profile,
    two_dates,
)
from pages import pinboard as pinboard_page

ICON = Path(__file__).with_name("static") / "icon.png"
# Streamlit writes lang="en" in its page; readers of the screen aloud need the true language.
SET_LANGUAGE = "<script>document.documentElement.lang = 'fr'</script>"
RELOAD = "<script>location.reload()</script>"


def main() -> None:
    """Set the page up, draw the menu, run the page of the address."""
    inputs = project()
    settings = inputs.settings
    title = settings.brand.title if settings else "Mon espace santé"
    st.set_page_config(page_title=title, page_icon=_icon_url(), layout="wide")
    st.html(html.style_sheet())
    run_token.accept_token()
    if not permissions.may("read"):
        _show_reserved_page()
        return
    problem_page = st.Page(problems.page, title="Problèmes", url_path="problemes")
    current = st.navigation(_menu(settings, problem_page), expanded=True)
    _leave_menu_out_of_runs()
    url_widgets.set_page(current.url_path)
    _recover_first_address()
    pinboard.load_from_browser()
    presentation.apply_key_presses(
        current.url_path, lambda shown: pinboard.pin_view(shown, current.title)
    )
    page_state.begin_page(current.url_path)
    with st.sidebar:
        show_demo_switch()
        show_session_data()
        presentation.show_key_controls()
        links = st.container()
        pinboard.show_pin_control(current.url_path, current.title)
        sign_in.show_account()
        run_token.keep_token()
        st.html(SET_LANGUAGE, unsafe_allow_javascript=True)
    inputs.dataset()
    with st.spinner("Préparation des contours…"):
        inputs.shapes()
    show_problem_banner(inputs.problems(), problem_page)
    frozen_notice = st.container()
    current.run()
    page_state.end_page()
    with links:
        show_links(data_version())
    with frozen_notice:
        show_frozen_notice(data_version())
    pinboard.send_to_browser()
    if presentation.is_active():
        presentation.show_on_screen()


def _show_reserved_page() -> None:
    """What who may not read sees, at every address: the way in, and nothing of the project."""
    context = get_script_run_ctx()
    asked = context.pages_manager.intended_page_name if context else None
    reserved = st.navigation(sign_in.reserved_pages(asked), position="hidden")
    _leave_menu_out_of_runs()
    _recover_first_address()
    reserved.run()
    run_token.keep_token()
    st.html(SET_LANGUAGE, unsafe_allow_javascript=True)


@cache
def _icon_url() -> str:
    """The icon inside its address: the browser would ask for a file again at each new address.

    Never a « :material/…: », which Streamlit fetches from a host outside.
    """
    return f"data:image/png;base64,{base64.b64encode(ICON.read_bytes()).decode()}"


def _leave_menu_out_of_runs() -> None:
    """Forget the pages once the menu is drawn and the page is found.

    Streamlit would say each of them, about 50 bytes, at the start of every run that follows, also
    of a fragment; the browser reads the menu from st.navigation alone.
    """
    context = get_script_run_ctx()
    if context is not None:
        context.pages_manager.set_pages_and_resolve({})


def _menu(settings: Settings | None, problem_page: Page) -> dict[str, list[Page]]:
    """The pages by section; the settings name some of them."""
    menu = {
        "Explorer": [
            st.Page(
                key_figures.page, title="Chiffres clés", url_path="chiffres-cles", default=True
            ),
            st.Page(choropleth.page, title="Carte", url_path="carte"),
            st.Page(map_3d.page, title="Relief", url_path="relief"),
            st.Page(two_dates.page, title="Deux dates", url_path="deux-dates"),
            st.Page(classifications.page, title="Échelles", url_path="echelles"),
            st.Page(corridors.page, title="Couloirs", url_path="couloirs"),
            st.Page(profile.page, title="Portrait", url_path="portrait"),
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
            st.Page(pinboard_page.page, title="Carnet de réunion", url_path="carnet"),
            st.Page(press_kit.page, title="Kit presse", url_path="kit"),
            st.Page(image_verification.page, title="Vérifier une image", url_path="verifier"),
        ],
        "Données": [
            st.Page(data_sources.page, title="Données et sources", url_path="donnees"),
            st.Page(coverage.page, title="Couverture", url_path="couverture"),
            st.Page(consistency.page, title="Cohérence", url_path="coherence"),
            st.Page(file_import.page, title="Importer", url_path="importer"),
            problem_page,
        ],
    }
    return {section: entries for section, entries in menu.items() if entries}


def _recover_first_address() -> None:
    """Load the page again when its address was the first of the process.

    Until st.navigation has run once, Streamlit takes pages/ for its old automatic pages and
    answers « Page not found » to the addresses above.
    """
    if not _addresses_known():
        _addresses_known().append(True)
        home = st.get_option("server.baseUrlPath").strip("/")
        if urlsplit(st.context.url or "").path.strip("/") != home:
            st.html(RELOAD, unsafe_allow_javascript=True)


@st.cache_resource(show_spinner=False)
def _addresses_known() -> list[bool]:
    return []


if __name__ == "__main__":  # not when a process of a pool starts from it
    main()
