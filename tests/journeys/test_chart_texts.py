"""Every type of figure on a screen, a phone and a projector, in a real Chromium: its letters come
from the font files of the repository, no text covers another and none is cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import pytest
from browsing import Site, open_page, pick, wait_for_page, wait_for_turns
from drawn_texts import (
    CHARTS,
    FACES,
    chart_faults,
    chart_texts,
    fonts_of_sampled_texts,
    wait_for_charts,
)
from playwright.sync_api import Browser, Page, ViewportSize, expect

from atlas.settings import Layout
from atlas.settings.base import CorridorView
from atlas.ui.comparison_controls import LAYOUTS
from pages.corridors import VIEW_LABELS

pytestmark = pytest.mark.browser
PROJECTED = ".projection svg:not(svg svg)"
# What each chart says when its drawing is there: its next drawing says something else.
REMEMBER_DRAWN = """selector => { window.drawnBefore = new WeakMap(
    [...document.querySelectorAll(`${selector} svg.marks`)].map(
        svg => [svg, svg.closest(selector).ariaLabel])); }"""
SCREEN: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
PROJECTOR: ViewportSize = {"width": 1920, "height": 1080}


@dataclass(frozen=True)
class View:
    """What is looked at of a page. choice: a control and what is chosen there; without one, the
    address is opened. charted: it has charts on the page. projected: one of its figures is, the one
    that the address names or the first, and no choice comes after it."""

    address: str = ""
    choice: tuple[str, str] | None = None
    charted: bool = True
    projected: bool = False


def corridor_view(view: CorridorView, *, projected: bool = False) -> View:
    return View(choice=("Vue", VIEW_LABELS[view]), projected=projected)


def layout(name: Layout, *, projected: bool = False) -> View:
    return View(choice=("Présentation", LAYOUTS[name]), projected=projected)


FIGURES: dict[str, Sequence[View]] = {
    "key figures, timeline, curve": [View("/?periode=2026-03", projected=True)],
    "ranking": [View("/carte?demo=1&vue=1", projected=True)],
    "map": [View("/carte?demo=1&region=REG-75", projected=True)],
    "corridors": [
        View("/couloirs?demo=1&affichage=contribution"),
        corridor_view("niveau"),
        corridor_view("croissance"),
        corridor_view("parts"),
        corridor_view("evolution", projected=True),
    ],
    "two dates": [View("/deux-dates?demo=1", projected=True)],
    "comparison": [
        View("/comparaison-trajectoires?demo=1&presentation=bars"),
        layout("curve"),
        layout("dots"),
        layout("maps"),
        layout("slope", projected=True),
        View("/comparaison-trajectoires?demo=1&presentation=table", charted=False, projected=True),
    ],
    "comparison of corridors": [
        View("/comparaison-croissance-par-couloir?demo=1&presentation=corridors"),
        layout("multiples"),
    ],
    "profile": [View("/portrait?demo=1&territoire=DEP-40&vue=1", projected=True)],
}


class Room:
    """A page whose drawings are looked at, at one width after another."""

    def __init__(self, site: Site, page: Page) -> None:
        self._site, self._page = site, page
        self._developer = page.context.new_cdp_session(page)

    def show(self, view: View) -> None:
        """Open the view, on the screen."""
        page = self._page
        page.set_viewport_size(SCREEN)
        if view.choice:
            page.evaluate(REMEMBER_DRAWN, CHARTS)
            pick(page, *view.choice)
            expect(page.get_by_role("combobox", name=view.choice[0], exact=True)).to_have_value(
                view.choice[1]
            )
        else:
            page.goto(self._site.url(view.address))
            wait_for_page(page)
        wait_for_turns(page)

    def carry_to(self, size: ViewportSize) -> None:
        """Show the same page on something else; a page is not loaded anew when a phone is turned or
        a window made narrower."""
        self._page.set_viewport_size(size)

    def charts(self) -> list[dict[str, Any]]:
        """The texts of all the charts of the page, once each is drawn."""
        wait_for_charts(self._page)
        wait_for_turns(self._page)
        return chart_texts(self._page)

    def projected(self, view: View) -> list[dict[str, Any]]:
        """The texts of the figure of a view, on the projector."""
        page = self._page
        shown = page.url if view.charted else self._site.url(view.address)
        page.set_viewport_size(PROJECTOR)
        page.goto(f"{shown}{'&' if '?' in shown else '?'}projection=1")
        page.locator(".projection > *").first.wait_for()
        assert page.locator(PROJECTED).count() == 1, page.locator(".projection").inner_text()
        return chart_texts(page, PROJECTED)

    def fonts(self) -> set[tuple[str, bool]]:
        """Of all the letters that were read last: the names of the fonts that Chromium drew them
        with, and whether each came with the page."""
        return fonts_of_sampled_texts(self._developer)


@pytest.fixture(scope="module")
def room(site: Site, browser: Browser) -> Iterator[Room]:
    page = open_page(browser, viewport=SCREEN, locale="fr-FR")
    yield Room(site, page)
    page.close()


def faults_of(drawings: list[dict[str, Any]], where: str) -> list[str]:
    assert drawings and all(drawing["texts"] for drawing in drawings), where
    return chart_faults(drawings, where)


def test_every_view_of_corridors_and_every_layout_is_looked_at() -> None:
    chosen = {view.choice for views in FIGURES.values() for view in views if view.choice}
    opened = {view.address.rpartition("=")[2] for views in FIGURES.values() for view in views}
    missing = {
        name
        for control, labels, names in (
            ("Vue", VIEW_LABELS, get_args(CorridorView)),
            ("Présentation", LAYOUTS, get_args(Layout)),
        )
        for name in names
        if name not in opened and (control, labels[name]) not in chosen
    }
    assert missing == set()


@pytest.mark.parametrize("figures", FIGURES)
def test_texts_are_drawn_with_our_fonts_and_none_covers_another(room: Room, figures: str) -> None:
    faults: list[str] = []
    fonts: set[tuple[str, bool]] = set()
    for view in FIGURES[figures]:
        name = f"{view.choice or view.address}"
        if view.charted:
            room.show(view)
            faults += faults_of(room.charts(), f"{name}, screen")
            fonts |= room.fonts()
            room.carry_to(PHONE)
            faults += faults_of(room.charts(), f"{name}, phone")
        if view.projected:
            faults += faults_of(room.projected(view), f"{name}, projected")
            fonts |= room.fonts()
    assert faults == []
    assert {face for face, _ in fonts} <= FACES and all(ours for _, ours in fonts), fonts
