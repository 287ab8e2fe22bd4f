"""What one change of period on the map costs a visitor: the bytes that cross the network."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from browsing import Site, open_page, pick, wait_for_map, wait_for_page, wait_for_turns
from counting_relay import CountingRelay, counting_relay
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
MAX_BYTES_PER_PERIOD = 7_000
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
    "published": ("/carte?decoupage=regions", 10, ("décembre 2024", "décembre 2025")),
    "fictitious": ("/carte?demo=1", 100, ("mai 2026", "avril 2026")),
}


def wait_for_quiet(page: Page, relay: CountingRelay) -> None:
    """Wait until nothing crosses the wire any more, though both ends had their turn to send."""
    seen = -1
    while seen != relay.bytes_seen:
        seen = relay.bytes_seen
        page.wait_for_timeout(QUIET_MS)
        wait_for_turns(page)


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
            wait_for_quiet(page, relay)
            requests.clear()
            before = relay.bytes_seen
            pick(page, "Période", period)
            title = re.compile(period.replace(" ", "."))
            expect(page.locator("main p", has_text=title).first).to_be_visible()
            wait_for_page(page)
            wait_for_quiet(page, relay)
            counts.append(relay.bytes_seen - before)
            assert [url for url in requests if SHAPES_OR_ICON.search(url)] == []
    print(name, counts)  # shown when a test fails, and with `pytest -s`
    return counts


def test_a_change_of_period_costs_seven_kilobytes_and_no_shape(site: Site, page: Page) -> None:
    assert max(bytes_of_each_change(site, page, "published")) <= MAX_BYTES_PER_PERIOD


@pytest.fixture
def longer_menu(site: Site, browser: Browser) -> Iterator[Site]:
    """The server while its menu has more comparison pages."""
    config = site.folder / "config.yaml"
    before = config.read_text("utf-8")
    entries = "".join(PAGE_ENTRY.format(number=number + 1) for number in range(ADDED_PAGES))
    config.write_text(
        before.replace("\ncomparisons:\n", "\ncomparisons:" + entries.rstrip() + "\n", 1), "utf-8"
    )
    first = open_page(browser)
    first.goto(site.url("/comparaison-trajectoires"))
    wait_for_page(first)
    expect(first.get_by_role("link", name="Une comparaison de plus")).to_have_count(ADDED_PAGES)
    first.close()
    yield site
    config.write_text(before, "utf-8")


def test_a_longer_menu_costs_nothing_more_nor_does_the_map_of_the_whole_of_france(
    longer_menu: Site, page: Page
) -> None:
    """On the invented data, which colour each département: a menu costs the same with either."""
    assert max(bytes_of_each_change(longer_menu, page, "fictitious")) <= MAX_BYTES_PER_PERIOD
