"""What one change of period on the map costs a visitor: the bytes that cross the network."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from browsing import Site, pick, wait_for_map, wait_for_page
from counting_relay import counting_relay
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
MAX_BYTES_PER_PERIOD = 6_000
# After a change the browser still tells what it has drawn.
QUIET_MS = 1_500
SHAPES_OR_ICON = re.compile(r"/geo/|//[^/]+/media/")
ADDED_PAGES = 5
PAGE_ENTRY = """
  ajout-{number}:
    nav: "Une comparaison de plus, {number}"
    title: "Une comparaison de plus, {number}"
    introduction: "Pour allonger le menu."
    territories: [FR, REG-93]
    indicators: [activation_rate]
    layout: curve
"""
# Data set, marks that the map must have, then the two periods chosen one after the other.
DATA_SETS = {
    "published": ("/carte", 10, ("décembre 2024", "décembre 2025")),
    "fictitious": ("/carte?demo=1", 100, ("mai 2026", "avril 2026")),
}
every_data_set = pytest.mark.parametrize("name", DATA_SETS)


def bytes_of_each_change(site: Site, page: Page, name: str) -> list[int]:
    """Bytes of both directions, compressed as they cross, for each change; no shape is fetched."""
    path, marks, periods = DATA_SETS[name]
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    counts = []
    with counting_relay(site.port) as relay:
        page.goto(f"http://127.0.0.1:{relay.port}{path}")
        page.locator("h1").first.wait_for()
        wait_for_page(page)
        wait_for_map(page, marks)
        for period in periods:
            page.wait_for_timeout(QUIET_MS)
            requests.clear()
            before = relay.bytes_seen
            pick(page, "Période", period)
            title = re.compile(period.replace(" ", "."))
            expect(page.get_by_role("heading", name=title)).to_be_visible()
            wait_for_page(page)
            page.wait_for_timeout(QUIET_MS)
            counts.append(relay.bytes_seen - before)
            assert [url for url in requests if SHAPES_OR_ICON.search(url)] == []
    print(name, counts)  # shown when a test fails, and with `pytest -s`
    return counts


@every_data_set
def test_a_change_of_period_costs_six_kilobytes_and_no_shape(
    site: Site, page: Page, name: str
) -> None:
    assert max(bytes_of_each_change(site, page, name)) <= MAX_BYTES_PER_PERIOD


@pytest.fixture(scope="module")
def longer_menu(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    """A server whose menu has more comparison pages."""
    site = Site(tmp_path_factory.mktemp("longer-menu"))
    config = site.folder / "config.yaml"
    entries = "".join(PAGE_ENTRY.format(number=number + 1) for number in range(ADDED_PAGES))
    text = config.read_text("utf-8").replace(
        "\ncomparisons:\n", "\ncomparisons:" + entries.rstrip() + "\n", 1
    )
    config.write_text(text, "utf-8")
    site.start()
    first = browser.new_page()  # the first address of a process is loaded twice
    first.goto(site.url("/"))
    wait_for_page(first)
    expect(first.get_by_role("link", name="Une comparaison de plus")).to_have_count(ADDED_PAGES)
    first.close()
    yield site
    site.stop()


@every_data_set
def test_a_longer_menu_costs_nothing_more(longer_menu: Site, page: Page, name: str) -> None:
    assert max(bytes_of_each_change(longer_menu, page, name)) <= MAX_BYTES_PER_PERIOD
