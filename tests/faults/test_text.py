"""Every page of a hostile project in a real Chromium: nothing of its texts is called nor obeyed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Site, wait_for_page
from listener import Listener
from planted import plant, planted_mark
from playwright.sync_api import Browser, Page
from visits import COMPARISONS, DOSSIERS

from atlas.project import Project

PAGES = [
    "",
    "carte",
    "relief",
    "deux-dates",
    "echelles",
    "couloirs",
    "portrait",
    "donnees",
    "couverture",
    "coherence",
    "kit",
    "carnet",
    "verifier",
    "importer",
    "problemes",
    *COMPARISONS,
    *DOSSIERS,
]


@pytest.fixture(scope="module")
def hostile(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[tuple[Site, Listener]]:
    with Listener() as listener:
        made = Site(tmp_path_factory.mktemp("hostile"))
        plant(made.folder, planted_mark(listener.address))
        made.start()
        yield made, listener
        made.stop()


@pytest.mark.browser
@pytest.mark.long
def test_no_page_of_a_hostile_project_calls_outside(hostile, page: Page):
    site, listener = hostile
    sources = Project(site.folder).dataset().sources.values()
    allowed = {source.address for source in sources if source.address}
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(f"a program ran: {dialog.message}"))
    told = 0
    for address in PAGES:
        page.goto(site.url(f"/{address}"))
        wait_for_page(page)
        told += page.get_by_text(":red[rouge]").count()
        links = page.evaluate("[...document.querySelectorAll('a')].map((link) => link.href)")
        foreign = {link for link in links if link.startswith("http") and site.url("") not in link}
        assert foreign <= {*allowed, *(f"{address}/" for address in allowed)}, address
        assert page.locator("b[onclick], [class*=stMarkdownColored]").count() == 0, address
    assert told > 50 and listener.heard == []
    outside = [url for url in asked if url.startswith("http") and not url.startswith(site.url(""))]
    assert outside == []


@pytest.mark.browser
@pytest.mark.long
def test_a_hostile_file_that_is_imported_calls_nobody(hostile, page: Page, tmp_path: Path):
    site, listener = hostile
    mark = planted_mark(listener.address).replace('"', "")
    rows = [f"Département{mark};Taux d’activation 2026{mark};Note{mark}"]
    rows += [f"{name};42,{place};Arrêtées{mark}" for place, name in enumerate(["Gironde", "Lot"])]
    path = tmp_path / f"envoi{mark.replace('/', '')}.csv"
    path.write_text("\n".join([*rows, f"Source : Cnam{mark}"]), "utf-8")
    page.goto(site.url("/importer"))
    wait_for_page(page)
    page.locator("input[type=file]").set_input_files(str(path))
    page.get_by_text("Ce que contient chaque colonne").wait_for()
    wait_for_page(page)
    assert page.get_by_text(":red[rouge]").count() > 3
    assert page.locator("[data-testid=stMain] a[href*='127.0.0.1'][href$='/l']").count() == 0
    assert listener.heard == []


@pytest.mark.browser
@pytest.mark.long
def test_pins_that_the_browser_kept_for_somebody_else_lead_nowhere(hostile, page: Page):
    site, listener = hostile
    mark = planted_mark(listener.address)
    pin = {
        "sentence": f"Phrase\u202e{mark}",
        "address": "carte",
        "title": f"Titre{mark}",
        "requests": [],
        "fictitious": False,
        "digest": "0" * 8,
        "day": "2026-03-18",
    }
    foreign = {**pin, "address": f"/{listener.address.removeprefix('http://')}/l"}
    page.goto(site.url("/carnet"))
    wait_for_page(page)
    page.evaluate(
        "kept => localStorage.setItem('mon-espace-sante-carnet', kept)", json.dumps([pin, foreign])
    )
    page.reload()
    wait_for_page(page)
    page.get_by_text("Titre ![x]").wait_for()
    leading_elsewhere = page.locator("[data-testid=stMain] a:not([href^='#'])")
    links = leading_elsewhere.evaluate_all("all => all.map((a) => a.href)")
    assert links == [site.url("/carte")]
    assert page.get_by_label("Phrase 1").input_value().startswith("Phrase ![x]")
    assert page.get_by_label("Phrase 2").count() == 0
    assert listener.heard == []
