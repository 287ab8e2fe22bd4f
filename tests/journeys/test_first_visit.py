"""The first visit, and the way back, in a real Chromium: what is seen before the page is drawn,
what a phone shows first, where Back leads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import Site, open_page, wait_for_map, wait_for_page
from playwright.sync_api import Browser, Page, expect

from atlas.server.french_answers import FIRST_WORDS

pytestmark = pytest.mark.browser
SCROLL = "() => document.querySelector('[data-testid=stMain]').scrollTop"
# Pages of territories: a chart or map, and what chooses it.
FIGURES_AND_CONTROLS = {
    "/carte?region=REG-75": "Territoire",
    "/carte?demo=1": "Période",
    "/deux-dates?demo=1": "Avant",
    "/portrait?territoire=REG-75": "Indicateur",
    "/couloirs?territoire=REG-94": "Vue",
}


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    page = open_page(browser, viewport={"width": 1280, "height": 800}, locale="fr-FR")
    yield page
    page.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    page = open_page(browser, viewport={"width": 390, "height": 844}, locale="fr-FR")
    yield page
    page.close()


def test_something_is_said_before_any_script_has_run(site: Site, visitor: Page) -> None:
    visitor.route("**/*.js", lambda route: route.abort())
    visitor.goto(site.url("/carte?demo=1"))
    expect(visitor.get_by_text(FIRST_WORDS).first).to_be_visible()
    assert visitor.locator("#attente i").first.bounding_box()["height"] > 20  # type: ignore[index]


def test_what_was_said_before_leaves_the_page_that_is_drawn(site: Site, visitor: Page) -> None:
    visitor.goto(site.url("/carte"))
    wait_for_page(visitor)
    expect(visitor.get_by_text(FIRST_WORDS)).to_be_hidden()
    expect(visitor.locator("#attente")).to_be_hidden()


@pytest.mark.parametrize("path", FIGURES_AND_CONTROLS)
def test_on_a_phone_the_figure_is_seen_before_what_chooses_it(
    site: Site, phone: Page, path: str
) -> None:
    phone.goto(site.url(path))
    wait_for_page(phone)
    chart = phone.locator("[data-testid=stVegaLiteChart]").first
    control = phone.get_by_role("combobox", name=FIGURES_AND_CONTROLS[path], exact=True).first
    chart.wait_for()
    expect(phone.get_by_test_id("stSkeleton")).to_have_count(0)  # a chart that is still to come
    above, below = chart.bounding_box(), control.bounding_box()
    assert above and below and above["y"] < below["y"]
    # Read aloud, and reached by the keyboard, before the figure that they change.
    assert control.evaluate(
        "(control, chart) => !!(control.compareDocumentPosition(chart) & 4)",
        chart.element_handle(),
    )


def test_back_returns_to_where_the_page_was_scrolled(site: Site, visitor: Page) -> None:
    page = visitor
    page.goto(site.url("/couloirs"))
    wait_for_page(page)
    last = page.get_by_role("heading", name="Un couloir, tous les territoires qui le publient")
    last.scroll_into_view_if_needed()
    page.mouse.move(640, 400)
    page.mouse.wheel(0, 300)
    page.wait_for_function(f"({SCROLL})() > 300")
    page.wait_for_timeout(300)  # the wheel of a mouse glides
    before = page.evaluate(SCROLL)
    page.get_by_role("link", name="Territoires").evaluate("link => link.click()")
    expect(page.locator("h1")).to_have_text("Carte")
    wait_for_map(page, 10)
    wait_for_page(page)
    page.wait_for_function(f"({SCROLL})() === 0")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Couloirs")
    page.wait_for_function(f"before => Math.abs(({SCROLL})() - before) < 3", arg=before)
