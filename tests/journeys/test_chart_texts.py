"""Every type of figure on a screen, a phone and a projector, in a real Chromium: its letters come
from the font files of the repository, no text covers another and none is cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from browsing import Site, open_page, wait_for_page, wait_for_turns
from playwright.sync_api import Browser, CDPSession, Page

from atlas.rendering import text_metrics
from atlas.settings.base import CorridorView
from atlas.settings.comparisons import USES

pytestmark = pytest.mark.browser
READ_BOXES = Path(__file__).with_name("text_boxes.js").read_text("utf-8")
SCREEN, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PROJECTOR = {"width": 1920, "height": 1080}
CHARTS = "[data-testid=stVegaLiteChart]"
DRAWN = f"{CHARTS} svg.marks"  # a chart has icons too
PROJECTED = "main.projection svg"
FACES = {"SourceSansPro-Regular", "SourceSansPro-Semibold", "SourceSansPro-Bold"}
# Of each page, the addresses that are looked at, with the place of the figure that is projected
# where it is of a type that no other address projects.
FIGURES: dict[str, dict[str, int | None]] = {
    "key figures, timeline, curve": {"/?periode=2026-03": 0},
    "map, ranking": {"/carte?demo=1": 1, "/carte?demo=1&region=REG-75": 0},
    "corridors": {
        f"/couloirs?demo=1&affichage={view}": 0 if view == "evolution" else None
        for view in get_args(CorridorView)
    },
    "two dates": {"/deux-dates?demo=1": 0},
    "comparison": {
        f"/comparaison-trajectoires?demo=1&presentation={layout}": 0 if layout == "slope" else None
        for layout in USES
    },
    "profile": {"/portrait?demo=1&territoire=DEP-40": 1},
}


class Room:
    """A page whose drawings are looked at, at one width after another."""

    def __init__(self, site: Site, page: Page) -> None:
        self._site, self._page = site, page
        self._developer: CDPSession = page.context.new_cdp_session(page)
        self._developer.send("DOM.enable")
        self._developer.send("CSS.enable")

    def enter(self, address: str, drawing: str) -> None:
        """Load a page, until it has a drawing."""
        self._page.goto(self._site.url(address))
        self._page.locator(drawing).first.wait_for()
        if drawing == DRAWN:  # what is projected hides the rest of the page
            wait_for_page(self._page)

    def resize(self, size: Any) -> None:
        self._page.set_viewport_size(size)
        wait_for_turns(self._page)

    def charts(self) -> list[dict[str, Any]]:
        """The texts of all the charts of the page, once each is drawn."""
        self._page.wait_for_function(
            "charts => document.querySelector(charts)"
            " && [...document.querySelectorAll(charts)].every(chart => {"
            " const svg = chart.querySelector('svg.marks');"
            " return svg?.querySelector('text') && svg.clientWidth <= chart.clientWidth + 1; })",
            arg=CHARTS,
        )
        wait_for_turns(self._page)
        return self._read(DRAWN)

    def projected(self) -> list[dict[str, Any]]:
        return self._read(PROJECTED)

    def fonts(self) -> set[tuple[str, bool]]:
        """Of each style of text that was read: the name of the font that Chromium drew it with, and
        whether it came with the page."""
        developer = self._developer
        developer.send("DOM.getDocument", {"depth": 0})
        sampled = developer.send("Runtime.evaluate", {"expression": "window.sampledTexts"})
        listed = developer.send(
            "Runtime.getProperties",
            {"objectId": sampled["result"]["objectId"], "ownProperties": True},
        )
        found = set()
        for one in listed["result"]:
            if one["name"].isdigit():
                node = developer.send("DOM.requestNode", {"objectId": one["value"]["objectId"]})
                used = developer.send("CSS.getPlatformFontsForNode", {"nodeId": node["nodeId"]})
                found |= {(font["postScriptName"], font["isCustomFont"]) for font in used["fonts"]}
        return found

    def _read(self, drawings: str) -> list[dict[str, Any]]:
        read: list[dict[str, Any]] = self._page.locator(drawings).evaluate_all(READ_BOXES)
        return read


@pytest.fixture(scope="module")
def room(site: Site, browser: Browser) -> Iterator[Room]:
    page = open_page(browser, viewport=SCREEN, locale="fr-FR")
    yield Room(site, page)
    page.close()


def faults_of(drawings: list[dict[str, Any]], where: str) -> list[str]:
    assert drawings and all(drawing["texts"] for drawing in drawings), where
    return [
        f"{where}, drawing {place}: {fault}"
        for place, drawing in enumerate(drawings)
        for fault in (*drawing["covered"], *drawing["cut"])
    ]


@pytest.mark.parametrize("figures", FIGURES)
def test_texts_are_drawn_with_our_fonts_and_none_covers_another(room: Room, figures: str) -> None:
    faults: list[str] = []
    fonts: set[tuple[str, bool]] = set()
    for address, projected in FIGURES[figures].items():
        room.resize(SCREEN)
        room.enter(address, DRAWN)
        faults += faults_of(room.charts(), f"{address}, screen")
        fonts |= room.fonts()
        room.resize(PHONE)
        faults += faults_of(room.charts(), f"{address}, phone")
        if projected is not None:
            room.resize(PROJECTOR)
            room.enter(f"{address}&projection=1&vue={projected}", PROJECTED)
            faults += faults_of(room.projected(), f"{address}, projected")
            fonts |= room.fonts()
    assert faults == []
    assert {name for name, _ in fonts} <= FACES and all(ours for _, ours in fonts), fonts
    assert text_metrics.FAMILY.replace(" ", "") in min(FACES)
