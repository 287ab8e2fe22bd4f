"""The router: page set-up, navigation, run."""

from __future__ import annotations

import base64
import logging
import time
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from streamlit.navigation.page import Page, calc_hash
from streamlit.runtime.scriptrunner import get_script_run_ctx

# This file is two things: the script that is run for each visitor and, imported by the server, what
# is served. A component belongs to the runtime in which its module was loaded first, and there is
# none yet when the server imports this.
if __name__ != "app":
    from atlas.server.french_answers import BUSY
    from atlas.settings import Settings
    from atlas.ui import (
        html,
        page_state,
        permissions,
        pinboard,
        presentation,
        run_token,
        sign_in,
        upload_limits,
        url_widgets,
    )
    from atlas.ui.markdown import escape_markdown
    from atlas.ui.method import METHOD_ADDRESS
    from atlas.ui.problems import show_problem_banner, show_warning_banner
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
        method,
        no_place,
        press_kit,
        problems,
        profile,
        two_dates,
        unknown_address,
    )
    from pages import pinboard as pinboard_page

ICON = Path(__file__).with_name("static") / "icon.png"
# Streamlit writes lang="en" in its page; readers of the screen aloud need the true language.
SET_LANGUAGE = "<script>document.documentElement.lang = 'fr'</script>"
UNKNOWN_ADDRESS = "adresse-inconnue"
RELOAD = "<script>location.reload()</script>"
log = logging.getLogger("atlas.app")


def main() -> None:
    """Set the page up, draw the menu, run the page of the address."""
    started = time.perf_counter()
    if no_place.is_for_this_visitor():
        st.set_page_config(page_title=BUSY.title)
        no_place.page()
        return
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
    menu = _menu(settings, problem_page)
    _send_unknown_addresses(menu)
    current = st.navigation(menu, expanded=True)
    title_in_menu = _title_in_menu(current, settings)
    _leave_menu_out_of_runs()
    url_widgets.set_page(current.url_path)
    _recover_first_address()
    pinboard.load_from_browser()
    presentation.apply_key_presses(
        current.url_path, lambda shown: pinboard.pin_view(shown, title_in_menu)
    )
    page_state.begin_page(current.url_path)
    with st.sidebar:
        show_demo_switch()
        show_session_data()
        presentation.show_key_controls()
        links = st.container()
        pinboard.show_pin_control(current.url_path, title_in_menu)
        sign_in.show_account()
        run_token.keep_token()
        st.html(SET_LANGUAGE, unsafe_allow_javascript=True)
    inputs.dataset()
    with st.spinner("Préparation des contours…"):
        inputs.shapes()
    show_problem_banner(inputs.problems(), problem_page)
    show_warning_banner(inputs.warnings(), problem_page)
    frozen_notice = st.container()
    current.run()
    page_state.end_page()
    upload_limits.end_page()
    with links:
        show_links(data_version())
    with frozen_notice:
        show_frozen_notice(data_version())
    pinboard.send_to_browser()
    if presentation.is_active():
        presentation.show_on_screen()
    duration = round((time.perf_counter() - started) * 1000)
    log.info("page drawn", extra={"page": current.url_path, "duration_ms": duration})


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
            st.Page(
                partial(comparison.page, key),
                title=escape_markdown(entry.nav),
                url_path=f"comparaison-{key}",
            )
            for key, entry in (settings.comparisons if settings else {}).items()
        ],
        "Dossiers": [
            st.Page(
                partial(dossier.page, key),
                title=escape_markdown(entry.nav),
                url_path=f"dossier-{key}",
            )
            for key, entry in (settings.dossiers if settings else {}).items()
        ],
        "Emporter": [
            st.Page(pinboard_page.page, title="Carnet de réunion", url_path="carnet"),
            st.Page(press_kit.page, title="Kit presse", url_path="kit"),
            st.Page(image_verification.page, title="Vérifier une image", url_path="verifier"),
        ],
        "Données": [
            st.Page(data_sources.page, title="Données et sources", url_path="donnees"),
            st.Page(method.page, title="Méthode", url_path=METHOD_ADDRESS),
            st.Page(coverage.page, title="Couverture", url_path="couverture"),
            st.Page(consistency.page, title="Cohérence", url_path="coherence"),
            st.Page(file_import.page, title="Importer", url_path="importer"),
            problem_page,
            st.Page(
                unknown_address.page,
                title=unknown_address.TITLE,
                url_path=UNKNOWN_ADDRESS,
                visibility="hidden",
            ),
        ],
    }
    return {section: entries for section, entries in menu.items() if entries}


def _send_unknown_addresses(menu: dict[str, list[Page]]) -> None:
    """Take a visitor whose address is no page to the page that says so.

    Streamlit would say « Page not found » in English, over the home page.
    """
    context = get_script_run_ctx()
    if context is None or context.pages_manager.intended_page_script_hash:
        return
    asked = context.pages_manager.intended_page_name
    if asked and asked not in [page.url_path for pages in menu.values() for page in pages]:
        context.pages_manager.set_script_intent(calc_hash(UNKNOWN_ADDRESS), "")


def _title_in_menu(page: Page, settings: Settings | None) -> str:
    """The title as it is written, of which the menu reads the Markdown."""
    if settings is None:
        return page.title
    entries = [
        *(("comparaison", key, entry.nav) for key, entry in settings.comparisons.items()),
        *(("dossier", key, entry.nav) for key, entry in settings.dossiers.items()),
    ]
    written = {f"{kind}-{key}": nav for kind, key, nav in entries}
    return written.get(page.url_path, page.title)


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
elif __name__ == "app":  # `streamlit run app.py` finds here what it serves
    from atlas.server.application import Surroundings
    from atlas.ui.error_page import show_error_page

    surroundings = Surroundings()
    app = st.App(
        __file__,
        routes=surroundings.routes,
        middleware=surroundings.middleware,
        lifespan=surroundings.lifespan,
        on_script_error=show_error_page,
        exception_handlers=surroundings.exception_handlers,
    )
