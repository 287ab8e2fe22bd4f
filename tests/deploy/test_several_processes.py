"""Two real processes as `make serve PROCESSES=2` has them, and visitors in a real Chromium: whoever
answers, and whichever process is killed or replaced, they get what they came for."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import import_cases as cases
import pytest
from browsing import PROCESSES_TOKEN, Site, open_below, pick, wait_for_map, wait_for_page
from patience import BACKSTOP_S, PATIENCE_MS
from playwright.sync_api import Browser, BrowserContext, Page, expect

from atlas.figures.common.context import FigureContext
from atlas.server.cache_headers import FONTS_CACHE, SHAPES_CACHE

pytestmark = [pytest.mark.browser, pytest.mark.long]
BASE_PATH = "mes"
COOKIE = "atlas_process"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE = cases.workbook(
    [["Nouvelle-Aquitaine, année 2026"], [], ["N° caisse", "Nom", "Taux d’activation (%)"]]
    + [row[:3] for row in cases.ANNEX],
    ("A1:C1",),
)
KIT = "grand-est-2024_dossier-de-presse.pdf"
VIEW = "/carte?territoire=REG-75"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, fictitious: FigureContext) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("processes"), base_path=BASE_PATH, processes=2)
    made.start()
    until_serving(made, 2)
    yield made
    made.stop()


@pytest.fixture
def visitors(site: Site, browser: Browser) -> Iterator[list[Page]]:
    """Two of them, one on each process."""
    contexts: dict[str, BrowserContext] = {}
    while len(contexts) < 2:
        context = browser.new_context(locale="fr-FR", accept_downloads=True)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(address(site, "/problemes"))
        wait_for_page(page)
        contexts.setdefault(process_of(page), context)
    yield [context.pages[0] for context in contexts.values()]
    for context in contexts.values():
        context.close()


def address(site: Site, path: str) -> str:
    return site.url(f"/{BASE_PATH}{path}")


def process_of(page: Page) -> str:
    """The port of the process that a browser is on."""
    (found,) = [c["value"] for c in page.context.cookies() if c["name"] == COOKIE]
    return str(found)


def number_of(port: str) -> int:
    """Of the process that listens to a port."""
    listed = subprocess.run(
        ["ps", "-ww", "-eo", "pid=,args="], capture_output=True, text=True, check=True
    )
    (line,) = re.findall(rf"(?m)^ *(\d+) .*--server\.port {port}\b", listed.stdout)
    return int(line)


def events(site: Site) -> list[str]:
    lines = site.log.read_text("utf-8").splitlines()
    return [json.loads(line)["event"] for line in lines if line.startswith("{")]


def until_serving(site: Site, count: int) -> None:
    until_said(site, "process serves", count)


def until_said(site: Site, event: str, count: int) -> None:
    end = time.monotonic() + BACKSTOP_S
    while events(site).count(event) < count:
        assert time.monotonic() < end, event
        time.sleep(0.1)


def opened(page: Page, site: Site, path: str) -> None:
    page.goto(address(site, path))
    wait_for_page(page)


def downloaded(page: Page, button: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).first.click()
    return Path(waiting.value.path()).read_bytes()


def take_image(page: Page) -> None:
    open_below(page, "Image")
    assert downloaded(page, "Télécharger (PNG)").startswith(b"\x89PNG")


def test_images_and_figures_are_taken_away_from_each_process(site, visitors) -> None:
    for page in visitors:
        before = process_of(page)
        opened(page, site, VIEW)
        take_image(page)
        assert process_of(page) == before


def test_files_are_given_to_each_process(site, visitors) -> None:
    for page in visitors:
        opened(page, site, "/importer")
        give_file(page)


def give_file(page: Page) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "taux 2026.xlsx", "mimeType": XLSX, "buffer": FILE}
    )
    box = page.get_by_role("combobox", name="Document d’où viennent les chiffres", exact=True)
    box.click()
    box.fill("amorce un nouveau virage")
    page.keyboard.press("Enter")
    page.get_by_text("Rapport du fichier").wait_for()


def test_an_import_in_one_process_is_seen_by_the_visitors_of_the_other(site, visitors) -> None:
    first, second = visitors
    opened(second, site, "/couverture")
    before = (site.folder / "data/2026.csv").read_bytes()
    first.goto(address(site, f"/importer?jeton={PROCESSES_TOKEN}"))
    wait_for_page(first)
    give_file(first)
    first.get_by_text("J’ai vérifié ce qui est douteux").click()
    first.get_by_role("button", name="Accepter et écrire dans data/").click()
    expect(first.get_by_text("13 lignes ajoutées").first).to_be_visible()
    assert (site.folder / "data/2026.csv").read_bytes() != before
    seen = first.get_by_role("link", name="Voir sur la carte").get_attribute("href")
    second.goto(urljoin(first.url, seen))
    wait_for_page(second)
    open_below(second, "Données")
    expect(second.get_by_role("row", name=re.compile("Charente .*32,8")).first).to_be_visible()
    assert process_of(first) != process_of(second)
    first.get_by_role("button", name="Annuler cet import").click()
    expect(first.get_by_text("comme avant").first).to_be_visible()
    assert (site.folder / "data/2026.csv").read_bytes() == before


def test_shapes_and_fonts_are_kept_and_sent_compressed(site, visitors) -> None:
    page = visitors[0]
    kept: dict[str, dict[str, str]] = {}
    page.on("response", lambda answer: kept.__setitem__(answer.url, answer.all_headers()))
    opened(page, site, VIEW)
    wait_for_map(page, 10)
    (shapes, *_) = [headers for url, headers in kept.items() if "/static/geo/" in url]
    (font, *_) = [headers for url, headers in kept.items() if "/static/fonts/" in url]
    assert (shapes["cache-control"], shapes["content-encoding"]) == (SHAPES_CACHE, "gzip")
    assert (font["cache-control"], font["content-encoding"]) == (FONTS_CACHE, "gzip")


def test_a_process_is_killed_and_its_visitors_are_back_with_their_view(site, visitors) -> None:
    page, other = visitors
    opened(page, site, VIEW)
    pick(page, "Territoire", "Corse")
    expect(page).to_have_url(re.compile("territoire=REG-94"))
    wait_for_page(page)
    served = events(site).count("process serves")
    os.kill(number_of(process_of(page)), signal.SIGKILL)
    end = time.monotonic() + BACKSTOP_S
    while process_of(page) != process_of(other):
        assert time.monotonic() < end
        page.wait_for_timeout(100)
    page.locator("[data-testid=stApp][data-test-connection-state=CONNECTED]").wait_for()
    wait_for_page(page)
    expect(page.get_by_role("combobox", name="Territoire", exact=True)).to_have_value("Corse")
    expect(page).to_have_url(re.compile("territoire=REG-94"))
    take_image(page)
    until_serving(site, served + 1)
    assert process_of(page) == process_of(other)


def test_a_press_kit_is_made_and_taken_away_while_its_process_is_replaced(site, visitors) -> None:
    for page in visitors:
        opened(page, site, "/dossier-grand-est-2024")
    replaced = events(site).count("process serves in the place of another")
    page = visitors[0]
    for visitor in visitors:
        visitor.get_by_role("button", name="Dossier de presse (PDF)", exact=True).click()
        visitor.get_by_role("button", name=re.compile("Arrêter|dossier-de-presse.pdf")).wait_for()
    os.kill(site.number, signal.SIGHUP)
    until_said(site, "process serves in the place of another", replaced + 1)
    for visitor in visitors:
        visitor.get_by_role("button", name=KIT).wait_for(timeout=BACKSTOP_S * 1000)
        assert downloaded(visitor, KIT).startswith(b"%PDF")
    context = page.context.browser.new_context(locale="fr-FR")
    late = context.new_page()
    late.set_default_timeout(PATIENCE_MS)
    opened(late, site, "/problemes")
    assert process_of(late) not in {process_of(visitor) for visitor in visitors}
    context.close()
