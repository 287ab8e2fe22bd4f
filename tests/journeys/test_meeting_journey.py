"""A whole meeting in a real Chromium, on a projector, with the keyboard alone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Site, open_page, wait_for_map, wait_for_page, wait_for_rest
from playwright.sync_api import Browser, Page, expect
from pptx import Presentation

pytestmark = pytest.mark.browser
# The height in pixels of each letter of the projected figure.
LETTERS = """texts => texts.map(
    text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().d)"""
FOCUSED = """() => {
    let found = document.activeElement;
    while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
    if (!found?.matches('a, button')) return []; // the whole page, before the first Tab
    return found.innerText.split('\\n').map(line => line.trim()); }"""


@pytest.fixture
def projector(browser: Browser) -> Iterator[Page]:
    page = open_page(
        browser,
        viewport={"width": 1920, "height": 1080},
        locale="fr-FR",
        accept_downloads=True,
    )
    yield page
    page.close()


def press(page: Page, key: str) -> None:
    """What comes of it is waited for after each key, as somebody looks at the screen."""
    page.keyboard.press(key)


def pin(page: Page, count: int) -> None:
    """Pin the view that is on the screen, which is then so many."""
    press(page, "e")
    expect(page.get_by_text(f"Vue épinglée : {count} dans le carnet.").first).to_be_visible()


def leave_projection(page: Page) -> None:
    press(page, "Escape")
    expect(page.locator(".projection")).to_have_count(0)


def expect_words(page: Page, words: str) -> None:
    """The figure on the screen says these words."""
    expect(page.locator(".projection")).to_contain_text(re.compile(words))


def walk_to(page: Page, name: str) -> None:
    """Press Tab until the link or button with this line has the focus, then Enter."""
    wait_for_rest(page)
    for _ in range(120):
        if name in page.evaluate(FOCUSED):
            press(page, "Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach « {name} »")


def test_a_director_leads_a_meeting_with_the_keyboard_alone(site: Site, projector: Page) -> None:
    page = projector
    page.goto(site.url("/carte?demo=1"))
    wait_for_page(page)
    wait_for_map(page, 100)  # and the keyboard listened to: what does is smaller, and comes before
    press(page, "p")
    expect_words(page, "le taux le plus élevé des 101.départements de France")
    expect_words(page, "Taux d’activation, France, juin.2026")
    sizes = page.locator(".projection svg text").evaluate_all(LETTERS)
    assert len(sizes) > 20 and min(sizes) >= 24
    press(page, "ArrowDown")
    expect_words(page, "Auvergne-Rhône-Alpes, juin.2026")
    press(page, "ArrowLeft")
    expect_words(page, "Auvergne-Rhône-Alpes, mai.2026")
    press(page, "?")
    expect(page.get_by_role("dialog", name="Touches")).to_be_visible()
    press(page, "Escape")
    expect(page.get_by_role("dialog", name="Touches")).to_be_hidden()
    pin(page, 1)
    press(page, "PageDown")
    expect(page).to_have_url(re.compile("vue=1"))
    expect_words(page, "Auvergne-Rhône-Alpes, mai.2026")
    leave_projection(page)
    expect(page).to_have_url(re.compile("territoire=REG-84"))


def test_a_presenter_s_remote_goes_through_a_dossier_whose_views_are_taken_away(
    site: Site, projector: Page
) -> None:
    page = projector
    page.goto(site.url("/"))
    wait_for_page(page)
    walk_to(page, "Corse")
    expect(page.get_by_role("heading", name="Mon espace santé en Corse")).to_be_visible()
    wait_for_page(page)
    expect(page.get_by_role("button", name="Projeter (P)")).to_be_visible()
    press(page, "p")
    expect_words(page, "Au national")
    for words in ("La dynamique", "Laboratoires", "Pharmacies", "à un tiers d’activations"):
        press(page, "PageDown")
        expect_words(page, words)
    pin(page, 1)
    press(page, "PageDown")
    expect_words(page, "Documents déposés par couloir")
    pin(page, 2)
    leave_projection(page)
    walk_to(page, "Carnet (2)")
    walk_to(page, "Ouvrir le carnet")
    expect(page.get_by_role("heading", name="Carnet de réunion")).to_be_visible()
    page.reload()
    wait_for_page(page)
    expect(page.get_by_text("épinglée le")).to_have_count(2)
    with page.expect_download() as waiting:
        walk_to(page, "Diapositives (PPTX)")
    deck = Presentation(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    said = [
        " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in deck.slides
    ]
    assert any("à un tiers d’activations" in text for text in said)
    assert any("Documents déposés par couloir" in text for text in said)
