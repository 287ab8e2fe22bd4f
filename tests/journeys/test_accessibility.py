"""Every page for everybody, in a real Chromium: what axe-core finds, titles, headings, parts, the
console, what is asked of other machines."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from accessibility_audit import (
    DATA_SETS,
    SCHEMES,
    PageSeen,
    every_page,
    is_of_the_framework,
    look_at,
    nodes_of,
    visitor,
    wait_until_drawn,
)
from browsing import Site, open_below, wait_for_turns
from playwright.sync_api import Browser, Page, expect
from shipped import SETTINGS
from visits import PAGES

pytestmark = pytest.mark.browser
MODES = [(data_set, scheme) for data_set in DATA_SETS for scheme in SCHEMES]


@pytest.fixture(scope="module")
def seen(site: Site, browser: Browser) -> list[PageSeen]:
    """Every page once, the modes taking turns: `make accessibility` looks at each in all."""
    return list(every_page(site, browser, [[mode] for mode in MODES]))


def test_no_page_bars_anybody_from_what_it_shows(seen: list[PageSeen]) -> None:
    assert [node for page in seen for node in page.nodes] == []


@pytest.mark.long
def test_no_page_bars_anybody_in_any_mode(site: Site, browser: Browser) -> None:
    pages = list(every_page(site, browser, [MODES]))
    assert [node for page in pages for node in page.nodes] == []
    assert {text for page in pages for text in page.messages} == set()


def test_links_lead_to_every_page(seen: list[PageSeen]) -> None:
    assert {page.address for page in seen} >= set(PAGES)


def test_each_page_has_a_title_of_its_own_that_ends_with_the_brand(seen: list[PageSeen]) -> None:
    titles: dict[str, set[str]] = {}
    for page in seen:
        titles.setdefault(page.title, set()).add(page.address)
    assert [addresses for addresses in titles.values() if len(addresses) > 1] == []
    assert all(title.endswith(f" – {SETTINGS.brand.title}") for title in titles)


def test_headings_begin_with_one_title_and_skip_no_level(seen: list[PageSeen]) -> None:
    for page in seen:
        levels = page.headings
        assert levels.count(1) == 1 and levels[0] == 1, page.address
        steps = zip(levels, levels[1:], strict=False)
        assert all(after - before <= 1 for before, after in steps), page.address


def test_each_page_has_a_banner_a_menu_a_content_and_a_foot(seen: list[PageSeen]) -> None:
    for page in seen:
        banner, menus, content, foot = page.landmarks
        assert (banner, content, foot) == (1, 1, 1) and menus >= 1, page.address


def test_no_page_asks_anything_of_another_machine(seen: list[PageSeen]) -> None:
    assert {url for page in seen for url in page.outside} == set()


def test_the_console_says_nothing_that_is_ours(seen: list[PageSeen]) -> None:
    assert {text for page in seen for text in page.messages} == set()


def test_a_message_of_ours_is_none_of_the_framework() -> None:
    probe = "Failed to load resource: the server responded with a status of 404 (Not Found)"
    assert is_of_the_framework(f"{probe} http://127.0.0.1:8501/carte/_stcore/health")
    assert not is_of_the_framework(f"{probe} http://127.0.0.1:8501/app/static/geo/a.json")
    assert not is_of_the_framework('WARN Infinite extent for field "value": [Infinity, -Infinity]')


def test_the_log_of_the_server_has_no_exception(site: Site, seen: list[PageSeen]) -> None:
    lines = [
        json.loads(line) for line in site.log.read_text("utf-8").splitlines() if line[:1] == "{"
    ]
    assert seen and [line for line in lines if line["level"] in ("error", "critical")] == []


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    with visitor(browser, "light") as page:
        yield page


def opened(site: Site, page: Page, path: str) -> None:
    page.goto(site.url(path))
    wait_until_drawn(page)


@pytest.mark.parametrize("panel", ["Image", "Données", "Lien"])
def test_what_opens_under_a_figure_bars_nobody(site: Site, reader: Page, panel: str) -> None:
    opened(site, reader, "/carte?territoire=REG-75")
    open_below(reader, panel)
    expect(reader.get_by_role("radio", name=panel)).to_be_checked()
    wait_until_drawn(reader)
    assert nodes_of(reader, panel, "light") == []


def test_a_figure_that_covers_the_screen_bars_nobody(site: Site, reader: Page) -> None:
    reader.goto(site.url("/carte?territoire=REG-75&projection=1"))
    reader.locator(".projection svg").first.wait_for()
    wait_for_turns(reader)
    assert nodes_of(reader, "projection", "light") == []


def test_the_menu_of_a_phone_bars_nobody(site: Site, reader: Page) -> None:
    reader.set_viewport_size({"width": 390, "height": 844})
    opened(site, reader, "/carte")
    reader.get_by_test_id("stExpandSidebarButton").click()
    expect(reader.get_by_test_id("stSidebarNav")).to_be_visible()
    assert nodes_of(reader, "menu", "light") == []


def test_a_page_has_the_same_title_on_a_hard_load_and_after_navigation(
    site: Site, reader: Page
) -> None:
    loaded = look_at(site, reader, "couloirs", "", "light").title
    opened(site, reader, "/donnees")
    reader.get_by_role("link", name="Couloirs").first.click()
    expect(reader).to_have_title(loaded)
    assert loaded.startswith("Couloirs, documents déposés")


def test_the_title_of_a_map_says_what_it_shows_and_when(site: Site, reader: Page) -> None:
    opened(site, reader, "/carte?territoire=REG-75&periode=2025-12")
    expect(reader).to_have_title(
        "Carte, taux d’activation, Nouvelle-Aquitaine, décembre\u00a02025 – 4 ans de Mon espace "
        "santé"
    )
