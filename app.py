"""The router: page set-up, navigation, run."""

from __future__ import annotations

import base64
import logging
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page, calc_hash
from streamlit.runtime.scriptrunner import get_script_run_ctx

# This file is two things: the script that is run for each visitor and, imported by the server, what
# is served. A component belongs to the runtime in which its module was loaded first, and there is
# none yet when the server imports this.
if __name__ != "app":
    from atlas.problems import Problem
    from atlas.project import Project
    from atlas.server.french_answers import BUSY
    from atlas.settings import Settings
    from atlas.settings.accessibility import accessibility_statement
    from atlas.ui import (
        html,
        page_semantics,
        page_state,
        permissions,
        pinboard,
        presentation,
        run_token,
        scroll,
        sign_in,
        upload_limits,
        url_widgets,
    )
    from atlas.ui.activity import PAGES
    from atlas.ui.doors import Door, mark_door, show_views
    from atlas.ui.markdown import escape_markdown
    from atlas.ui.method import METHOD_ADDRESS
    from atlas.ui.problems import show_problem_banner, show_warning_banner
    from atlas.ui.session import data_version, is_demo, project, show_demo_switch
    from atlas.ui.session_data import show_session_data
    from atlas.ui.view_links import show_frozen_notice, show_links
    from pages import (
        accessibility,
        choropleth,
        classifications,
        comparison,
        consistency,
        corridors,
        coverage,
        data_sources,
        dossier,
        dossier_cards,
        dossier_composer,
        file_import,
        home,
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
UNKNOWN_ADDRESS = "adresse-inconnue"
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
    problem_page = st.Page(
        problems.page, title="Problèmes", url_path="problemes", visibility="hidden"
    )
    doors = _doors(settings)
    menu = _pages(settings, problem_page, doors)
    _send_unknown_addresses(menu)
    current = st.navigation(menu, position="top")
    title_in_menu = _title_in_menu(current, settings)
    _leave_menu_out_of_runs()
    url_widgets.set_page(current.url_path)
    pinboard.load_from_browser()
    presentation.apply_key_presses(
        current.url_path, lambda shown: pinboard.pin_view(shown, title_in_menu)
    )
    page_state.begin_page(current.url_path)
    _show_logo(inputs.logo)
    door = next((door for door in doors if current.url_path in door.views), None)
    mark_door(door)
    links = _show_tools(current.url_path, title_in_menu)
    if door:
        show_views(door, current.url_path)
    # A page that stops has its foot and its title too.
    content = page_semantics.content()
    page_semantics.show_footer(accessibility_statement().conformity)
    page_semantics.mend_page(title, "" if current.url_path else "Accueil")
    # After the content: it is gone once the token has left the address, and what stands after it in
    # a page is drawn anew then, with the file that somebody was giving.
    run_token.keep_token()
    with content:
        _prepare(inputs)
        found, remarked = inputs.read_whole(lambda: _read_problems(inputs))
        show_problem_banner(found, problem_page)
        show_warning_banner(remarked, problem_page)
        frozen_notice = st.container()
        cover = presentation.begin_on_screen()
        current.run()
    page_state.end_page()
    upload_limits.end_page()
    with links:
        show_links(data_version())
    with frozen_notice:
        show_frozen_notice(data_version())
    pinboard.send_to_browser()
    if presentation.is_active():
        presentation.show_on_screen(cover)
    duration = round((time.perf_counter() - started) * 1000)
    log.info("page drawn", extra={"page": current.url_path, "duration_ms": duration})


def _prepare(inputs: Project) -> None:
    """Read what every page is drawn from, the first time; a step that takes a moment says which it
    is."""
    if inputs.has_read(demo=is_demo()):
        return
    steps: list[tuple[str, Callable[[], object]]] = [
        ("lecture des chiffres publiés", inputs.dataset),
        ("préparation des contours", inputs.shapes),
    ]
    if is_demo():
        steps.append(("préparation du jeu fictif", lambda: inputs.dataset(demo=True)))
    for number, (words, read) in enumerate(steps, start=1):
        with st.spinner(escape_markdown(f"Étape {number} sur {len(steps)} : {words}…")):
            read()


def _read_problems(inputs: Project) -> tuple[list[Problem], list[Problem]]:
    """Problems and warnings of the files as they are now, those of the figures and of the outlines
    among them."""
    inputs.dataset()
    inputs.shapes()
    if is_demo():
        inputs.dataset(demo=True)
    return inputs.problems(), inputs.warnings()


def _show_reserved_page() -> None:
    """What who may not read sees, at every address: the way in, and nothing of the project."""
    context = get_script_run_ctx()
    asked = context.pages_manager.intended_page_name if context else None
    reserved = st.navigation(sign_in.reserved_pages(asked), position="hidden")
    _leave_menu_out_of_runs()
    reserved.run()
    run_token.keep_token()


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


def _show_logo(logo: str) -> None:
    """The brand's, before the menu; it leads to the first page."""
    if logo:
        st.logo(logo, size="large")


def _show_tools(address: str, title: str) -> DeltaGenerator:
    """One discreet bar: the data set, what keys do, links, the notebook, the account. Returns where
    links go once the page is drawn."""
    with st.container(horizontal=True, key="outils", vertical_alignment="center", gap="small"):
        show_demo_switch()
        presentation.show_key_controls()
        links = st.container(width="content")
        pinboard.show_pin_control(address, title)
        sign_in.show_account()
    scroll.keep_scroll()
    show_session_data()
    return links


def _doors(settings: Settings | None) -> list[Door]:
    """The entries of the menu; the settings name some of the views behind them."""
    comparisons = {
        f"comparaison-{key}": entry.nav
        for key, entry in (settings.comparisons if settings else {}).items()
    }
    dossier_views = {
        f"dossier-{key}": entry.nav
        for key, entry in (settings.dossiers if settings else {}).items()
    }
    doors = [
        Door("Accueil", "", {"": "Accueil"}),
        Door(
            "Territoires",
            "carte",
            {
                "carte": "Carte",
                "deux-dates": "Deux dates",
                "relief": "Relief",
                "echelles": "Échelles",
                "portrait": "Portrait",
                "chiffres-cles": "Chiffres clés",
            },
        ),
        Door("Couloirs", "couloirs", {"couloirs": "Couloirs"}),
        Door("Comparer", next(iter(comparisons), ""), comparisons),
        Door("Dossiers", "dossiers", {"dossiers": "Tous", **dossier_views, "composer": "Composer"}),
        Door("Kit presse", "kit", {"kit": "Kit presse"}),
        Door(
            "Données",
            "donnees",
            {
                "donnees": "Chiffres et sources",
                METHOD_ADDRESS: "Méthode",
                "couverture": "Couverture",
                "coherence": "Cohérence",
                "importer": "Importer",
                "verifier": "Vérifier une image",
                "problemes": "Problèmes",
                page_semantics.ACCESSIBILITY_ADDRESS: "Accessibilité",
            },
        ),
    ]
    return [door for door in doors if door.views]


def _pages(settings: Settings | None, problem_page: Page, doors: list[Door]) -> list[Page]:
    """Every page; those of the doors are seen in the menu, in the order of the doors."""
    comparisons = settings.comparisons if settings else {}
    dossier_entries = settings.dossiers if settings else {}
    drawn: dict[str, tuple[str, Callable[[], None]]] = {
        "": ("Accueil", home.page),
        "carte": ("Carte", choropleth.page),
        "deux-dates": ("Deux dates", two_dates.page),
        "relief": ("Relief", map_3d.page),
        "echelles": ("Échelles", classifications.page),
        "portrait": ("Portrait", profile.page),
        "chiffres-cles": ("Chiffres clés", key_figures.page),
        "couloirs": ("Couloirs", corridors.page),
        **{
            f"comparaison-{key}": (entry.nav, partial(comparison.page, key))
            for key, entry in comparisons.items()
        },
        "dossiers": ("Dossiers", dossier_cards.page),
        **{
            f"dossier-{key}": (entry.nav, partial(dossier.page, key))
            for key, entry in dossier_entries.items()
        },
        "composer": ("Composer", dossier_composer.page),
        "kit": ("Kit presse", press_kit.page),
        "carnet": ("Carnet de réunion", pinboard_page.page),
        "donnees": ("Données et sources", data_sources.page),
        METHOD_ADDRESS: ("Méthode", method.page),
        "couverture": ("Couverture", coverage.page),
        "coherence": ("Cohérence", consistency.page),
        "importer": ("Importer", file_import.page),
        "verifier": ("Vérifier une image", image_verification.page),
        page_semantics.ACCESSIBILITY_ADDRESS: ("Accessibilité", accessibility.page),
        UNKNOWN_ADDRESS: (unknown_address.TITLE, unknown_address.page),
    }
    titles = {door.address: door.title for door in doors}
    pages = {
        address: st.Page(
            draw,
            title=escape_markdown(titles.get(address, title)),
            url_path=address or None,
            default=not address,
            visibility="visible" if address in titles else "hidden",
        )
        for address, (title, draw) in drawn.items()
    }
    return [pages[address] for address in titles] + [
        *(page for address, page in pages.items() if address not in titles),
        problem_page,
    ]


def _send_unknown_addresses(pages: list[Page]) -> None:
    """Take a visitor whose address is no page to the page that says so.

    Streamlit would say « Page not found » in English, over the home page.
    """
    context = get_script_run_ctx()
    if context is None or context.pages_manager.intended_page_script_hash:
        return
    asked = context.pages_manager.intended_page_name
    if asked and asked not in [page.url_path for page in pages]:
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


if __name__ == "__main__":  # not when a process of a pool starts from it
    with PAGES.drawing():
        main()
elif __name__ == "app":  # `streamlit run app.py` finds here what it serves
    from streamlit.runtime.pages_manager import PagesManager

    from atlas.server.application import Surroundings
    from atlas.ui.error_page import show_error_page

    # Until st.navigation has run once, Streamlit would take pages/ for its old automatic pages, and
    # answer « Page not found » to the first address that a new process is asked for.
    PagesManager.uses_pages_directory = False
    surroundings = Surroundings()
    app = st.App(
        __file__,
        routes=surroundings.routes,
        middleware=surroundings.middleware,
        lifespan=surroundings.lifespan,
        on_script_error=show_error_page,
        exception_handlers=surroundings.exception_handlers,
    )
