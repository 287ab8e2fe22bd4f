"""Pages for who enlarges them, spaces their letters or asks for less motion, in a real Chromium:
nothing is cut, and nothing scrolls in two directions but what has its own box."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from accessibility_audit import wait_until_drawn
from browsing import Site, open_page, wait_for_turns
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
# One of each kind: first page, map and ranking, several maps, corridors, curve, table of figures,
# dossier, kit, long tables, grid, declaration.
KINDS = [
    "/",
    "/carte?territoire=REG-75",
    "/carte?demo=1",
    "/deux-dates?demo=1",
    "/couloirs",
    "/comparaison-trajectoires",
    "/chiffres-cles",
    "/dossier-corse-2026",
    "/kit",
    "/donnees",
    "/couverture",
    "/accessibilite",
]
# 1280 pixels at 200 %, and what a window of 1280 pixels is at 400 %.
WIDTHS_PX = {"200 %": 640, "320 px": 320}
# As the success criterion 1.4.12 of the WCAG has it.
SPACING = """*{line-height:1.5!important;letter-spacing:.12em!important;
word-spacing:.16em!important}
p{margin-bottom:2em!important}"""
# Texts of which a part is hidden by their own box or by one around it, which does not scroll.
CUT = """() => {
  const cut = [];
  const texts = document.createTreeWalker(
    document.querySelector('[data-testid=stMain]'), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const own = node.parentElement;
    if (!node.nodeValue.trim()) continue;
    if (own.closest('svg, style, script, .lu, [aria-hidden=true]')) continue;
    if (!own.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    if (!text.width) continue;
    for (let box = own; box && box.dataset.testid !== 'stMain'; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.position === 'absolute' && style.clipPath !== 'none') break;
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) break;
      const edge = box.getBoundingClientRect();
      const beside = text.right > edge.right + 1.5 || text.left < edge.left - 1.5;
      if (style.overflowX !== 'visible' && beside
          || style.overflowY !== 'visible' && text.bottom > edge.bottom + 3) {
        cut.push(node.nodeValue.trim().slice(0, 60));
        break;
      }
    }
  }
  return cut;
}"""
CUT_IN_CHARTS = """() => [
  ...document.querySelectorAll('[data-testid=stVegaLiteChart] svg')
].flatMap(svg => {
  const box = svg.closest('[role=figure]').getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(text => text.textContent.trim()).filter(text => {
    const own = text.getBoundingClientRect();
    return own.width && (own.left < box.left - 2 || own.right > box.right + 2);
  }).map(text => text.textContent);
})"""
WIDTH = "document.querySelector('[data-testid=stMain]').scrollWidth"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    made = open_page(browser, viewport={"width": 1280, "height": 900}, locale="fr-FR")
    yield made
    made.close()


def opened(site: Site, page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site.url(path))
    wait_until_drawn(page)


@pytest.mark.parametrize("zoom", WIDTHS_PX)
@pytest.mark.parametrize("path", KINDS)
def test_nothing_is_cut_when_a_page_is_enlarged(
    site: Site, page: Page, path: str, zoom: str
) -> None:
    opened(site, page, path, WIDTHS_PX[zoom])
    assert page.evaluate(WIDTH) <= WIDTHS_PX[zoom]
    assert page.evaluate(CUT) == []
    assert page.evaluate(CUT_IN_CHARTS) == []


@pytest.mark.parametrize("path", KINDS)
def test_nothing_is_cut_when_letters_are_spaced(site: Site, page: Page, path: str) -> None:
    opened(site, page, path, 1280)
    page.add_style_tag(content=SPACING)
    wait_for_turns(page)
    assert page.evaluate(WIDTH) <= 1280
    assert page.evaluate(CUT) == []


def test_nothing_moves_for_who_asks_for_less_motion(site: Site, browser: Browser) -> None:
    page = open_page(browser, locale="fr-FR", reduced_motion="reduce")
    page.goto(site.url("/deux-dates?demo=1"))
    wait_until_drawn(page)
    expect(page.get_by_role("button", name="Lire")).to_be_hidden()
    longest = page.evaluate(
        """Math.max(...[...document.querySelectorAll('*')].map(one => getComputedStyle(one))
        .flatMap(style => [style.transitionDuration, style.animationDuration])
        .flatMap(times => times.split(',')).map(parseFloat))"""
    )
    assert longest < 0.1
    page.close()
