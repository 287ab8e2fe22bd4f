"""What a real Chromium has drawn: the texts of charts, and the fonts of what was read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page
from playwright.sync_api import TimeoutError as WaitedInVain

from atlas.rendering import text_metrics

FOLDER = Path(__file__).parent
READ_CHART_TEXTS = (FOLDER / "text_boxes.js").read_text("utf-8")
NAME_UNDRAWN = (FOLDER / "undrawn_charts.js").read_text("utf-8")
CHARTS = "[data-testid=stVegaLiteChart]"
DRAWN = f"{CHARTS} svg.marks"  # a chart has icons too
# As the font files name their faces.
FACES = {text_metrics.font_file(weight).stem for weight in (400, 600, 700)}


def wait_for_charts(page: Page) -> None:
    """Wait until each chart of the page is drawn, at the width of its place; a failure names those
    that are not."""
    try:
        page.wait_for_function(f"selector => !({NAME_UNDRAWN})(selector).length", arg=CHARTS)
    except WaitedInVain:
        undrawn = page.evaluate(NAME_UNDRAWN, CHARTS)
        raise AssertionError(f"{page.url}: {undrawn}") from None


def chart_texts(page: Page, drawings: str = DRAWN) -> list[dict[str, Any]]:
    """Of each drawing: its number of texts, and in words those that cover one another or are
    cut."""
    read: list[dict[str, Any]] = page.locator(drawings).evaluate_all(READ_CHART_TEXTS)
    return read


def chart_faults(drawings: list[dict[str, Any]], where: str) -> list[str]:
    """The same as one list of sentences."""
    return [
        f"{where}, drawing {place}: {fault}"
        for place, drawing in enumerate(drawings)
        for fault in (*drawing["covered"], *drawing["cut"])
    ]


def fonts_of_sampled_texts(developer: CDPSession) -> set[tuple[str, bool]]:
    """Of the letters in window.sampledTexts, which the last reading of the page has left: the names
    of the fonts that Chromium drew them with, and whether each came with the page."""
    for domain in ("DOM", "CSS"):
        developer.send(f"{domain}.enable")
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
