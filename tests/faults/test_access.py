"""Strangers against a server for others: two processes behind the proxy that is shipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import import_cases as cases
import pytest
from browsing import Site, wait_for_page
from patience import PATIENCE_MS
from playwright.sync_api import Browser, BrowserContext, Page, expect
from reverse_proxy import BASE_PATH, ReverseProxy

from atlas.figures.common.context import FigureContext

pytestmark = [pytest.mark.browser, pytest.mark.long]
HOSTILE_SESSIONS = 10
UPLOADS = 12
FILE = cases.workbook(
    [[cases.ANNEX_TITLE], [], cases.ANNEX_HEADER, *cases.ANNEX],
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORGED = {
    "X-Forwarded-For": "127.0.0.1",
    "X-Real-Ip": "127.0.0.1",
    "Via": "1.1 localhost",
    "Forwarded": "for=127.0.0.1;host=localhost",
    "X-Forwarded-Email": "chef@agence.example",
}


@pytest.fixture(scope="module")
def proxy(
    tmp_path_factory: pytest.TempPathFactory, fictitious: FigureContext
) -> Iterator[tuple[ReverseProxy, Path]]:
    """Two processes on one project, as systemd starts them, and nginx before them."""
    folder = tmp_path_factory.mktemp("strangers")
    first = Site(folder / "project", base_path=BASE_PATH)
    second = first.another_process()
    nginx = ReverseProxy(folder / "proxy", [first.port, second.port])
    first.start()
    second.start()
    nginx.start()
    yield nginx, first.folder
    nginx.stop()
    second.stop()
    first.stop()


def visitor(browser: Browser) -> BrowserContext:
    return browser.new_context(ignore_https_errors=True, locale="fr-FR", extra_http_headers=FORGED)


def importer_page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address)
    wait_for_page(page)
    return page


def give_file(page: Page) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "annexe.xlsx", "mimeType": XLSX, "buffer": FILE}
    )


def files(folder: Path) -> dict[str, bytes]:
    every = [*(folder / "data").iterdir(), *(folder / "config").iterdir(), folder / "config.yaml"]
    return {path.name: path.read_bytes() for path in every if path.is_file()}


def test_every_upload_reaches_the_process_that_holds_its_session(proxy, browser) -> None:
    nginx, _ = proxy
    reached = 0
    used: set[str] = set()
    for _ in range(UPLOADS):
        context = visitor(browser)
        page = importer_page(context, nginx.url("/importer"))
        give_file(page)
        expect(page.get_by_role("combobox", name="Lecture", exact=True)).to_be_visible()
        reached += 1
        used |= {cookie["value"] for cookie in context.cookies() if "process" in cookie["name"]}
        context.close()
    assert (reached, len(used)) == (UPLOADS, UPLOADS)


def test_ten_hostile_sessions_write_nothing_while_an_eleventh_works(proxy, browser) -> None:
    nginx, folder = proxy
    before = files(folder)
    contexts = [visitor(browser) for _ in range(HOSTILE_SESSIONS)]
    pages = [importer_page(context, nginx.url("/importer?jeton=x")) for context in contexts]
    for page in pages:
        give_file(page)
    for page in pages:
        page.get_by_role("combobox", name="Lecture", exact=True).wait_for()
        expect(page.get_by_role("button", name=re.compile("Accepter et écrire"))).to_have_count(0)
    eleventh = visitor(browser)
    page = importer_page(eleventh, nginx.url("/carte"))
    expect(page.locator("h1")).to_have_text("Carte")
    for context in [*contexts, eleventh]:
        context.close()
    assert files(folder) == before


def test_what_is_too_large_too_much_or_elsewhere_is_refused_in_french(proxy, browser) -> None:
    nginx, _ = proxy
    context = visitor(browser)
    request = context.request
    elsewhere = request.get(f"https://localhost:{nginx.port}/")
    assert elsewhere.status == 404 and "Rien n’est à cette adresse" in elsewhere.text()
    assert request.get(nginx.url("/_stcore/metrics")).status == 404
    large = request.put(nginx.url("/_stcore/upload_file/a/b"), data=b"0" * 111_000_000)
    assert large.status == 413 and "100 Mo au plus" in large.text()
    elsewhere = request.post(nginx.url("/carte"), data=b"0" * 100_000)
    assert elsewhere.status == 413
    answers = [request.put(nginx.url("/_stcore/upload_file/a/b"), data=b"0") for _ in range(40)]
    assert {answer.status for answer in answers} >= {429}
    context.close()
