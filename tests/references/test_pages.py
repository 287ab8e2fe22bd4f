"""Every page on a screen, a small one and two phones, light and dark: it is laid out without a
fault, and looks as its reference image does.

`make references` keeps the images anew where they differ, `make references-check` looks at all;
the pages of SHORT are looked at by `make test` too.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from browsing import QUIET, Site, forget, launched, wait_for_page, wait_for_turns
from drawn_texts import (
    CHARTS,
    FACES,
    chart_faults,
    chart_texts,
    fonts_of_sampled_texts,
    wait_for_charts,
)
from patience import PATIENCE_MS
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize
from reference_images import OF_A_SCREEN, References
from visits import COMPARISONS, DOSSIERS, ROOT

pytestmark = pytest.mark.browser
PART = "pages"
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
# What is seen of a page on each width, in pixels: the top of long ones.
SIZES: tuple[ViewportSize, ...] = (
    {"width": 1440, "height": 1200},
    {"width": 1024, "height": 1200},
    {"width": 390, "height": 1500},
    {"width": 320, "height": 1500},
)
PAGES = [
    "",
    "carte",
    "deux-dates",
    "relief",
    "echelles",
    "portrait",
    "chiffres-cles",
    "couloirs",
    *COMPARISONS,
    "dossiers",
    *DOSSIERS,
    "composer",
    "kit",
    "carnet",
    "donnees",
    "methode",
    "couverture",
    "coherence",
    "importer",
    "verifier",
    "accessibilite",
    "problemes",
    "adresse-inconnue",
]
# Doors of the menu; the views behind each are walked through.
DOORS = ["", "couloirs", COMPARISONS[0], "dossiers", "kit"]
SHORT: list[tuple[str, Scheme]] = [("", "light"), ("couloirs", "dark")]
SHORT_DOORS = ["couloirs"]
FAMILY = "Source Sans Pro"
# Italics are ours too, and no drawing has them.
PAGE_FACES = FACES | {"SourceSansPro-It"}
READ_LAYOUT = Path(__file__).with_name("page_layout.js").read_text("utf-8")
# What the settings of a machine would change of letters and colours.
SAME_EVERYWHERE = [
    "--disable-lcd-text",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
]
# The map in relief is drawn by WebGL, which each machine smooths otherwise.
WITHOUT_WEBGL = "canvas{visibility:hidden!important}"


@pytest.fixture(scope="module")
def still_browser(playwright: Playwright) -> Iterator[Browser]:
    made = launched(playwright, *QUIET, *SAME_EVERYWHERE)
    yield made
    made.close()


@pytest.fixture(scope="module")
def still_window(still_browser: Browser) -> Iterator[BrowserContext]:
    made = still_browser.new_context(
        locale="fr-FR", timezone_id="Europe/Paris", reduced_motion="reduce", device_scale_factor=1
    )
    yield made
    made.close()


@pytest.fixture
def tab(still_window: BrowserContext) -> Iterator[Page]:
    made = still_window.new_page()
    made.set_default_timeout(PATIENCE_MS)
    yield made
    forget(made)
    made.close()


def settle(page: Page) -> None:
    """Wait until all of the page is there: its run, its parts, its charts, fonts and pictures."""
    wait_for_page(page)
    page.wait_for_function(
        """() => !document.querySelector('[data-testid=stSkeleton], [data-testid=stSpinner]')
            && document.fonts.status === 'loaded'
            && [...document.images].every(image => image.complete)"""
    )
    if page.locator(CHARTS).filter(visible=True).count():
        wait_for_charts(page)
    wait_for_turns(page)


def wait_for_address(page: Page, address: str) -> None:
    """Wait until the page has the address, with whatever it keeps of what was chosen."""
    page.wait_for_url(lambda url: urlsplit(url).path == f"/{address}")


def picture_of(page: Page) -> Image.Image:
    """What is seen of the page, once two pictures in a row are the same."""
    before = b""
    while True:
        taken = page.screenshot(animations="disabled", caret="hide", style=WITHOUT_WEBGL)
        if taken == before:
            break
        before = taken
        settle(page)
    picture = Image.open(io.BytesIO(taken)).convert("RGB")
    # A sixth smaller for it.
    return picture.point(fewer_levels)


def fewer_levels(level: int) -> int:
    """The level of a colour that stands for four; white stays white, and black black."""
    return level & 0b11111100 | level >> 6


def layout_faults(page: Page, where: str) -> list[str]:
    """In sentences; where: how they begin."""
    faults: list[str] = page.evaluate(READ_LAYOUT, FAMILY)
    fonts = fonts_of_sampled_texts(page.context.new_cdp_session(page))
    return [
        *(f"{where}: {fault}" for fault in faults),
        *(
            f"{where}: letters are drawn with {face}"
            for face, ours in sorted(fonts)
            if face not in PAGE_FACES or not ours
        ),
        *chart_faults(chart_texts(page), where),
    ]


def name_of(address: str, scheme: Scheme, width: int) -> str:
    return f"{PART}/{address or 'accueil'}_{width}_{scheme}"


def test_every_page_is_among_them() -> None:
    written = re.findall(r'^ +"([\w-]*)": \("', (ROOT / "app.py").read_text("utf-8"), re.M)
    assert len(written) > 10
    assert set(written) <= set(PAGES)
    assert {door for door in DOORS if door} <= set(PAGES)


def test_there_is_one_reference_of_each_and_none_of_what_is_no_more(
    references: References,
) -> None:
    wanted = {
        name_of(address, scheme, size["width"])
        for address in PAGES
        for scheme in SCHEMES
        for size in SIZES
    }
    if references.renewing:
        references.remove_others(PART, wanted)
    assert references.names(PART) == wanted or references.renewing


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        pytest.param(address, scheme, marks=() if (address, scheme) in SHORT else pytest.mark.long)
        for address in PAGES
        for scheme in SCHEMES
    ],
)
def test_a_page_is_laid_out_without_fault_and_looks_as_its_reference(
    references: References, site: Site, tab: Page, address: str, scheme: Scheme
) -> None:
    faults: list[str] = []
    tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for place, size in enumerate(SIZES):
        tab.set_viewport_size(size)
        # Loaded at each width in light, made narrower in dark, as somebody turns a tablet.
        if scheme == "light" or not place:
            tab.goto(site.url(f"/{address}"))
        settle(tab)
        name = name_of(address, scheme, size["width"])
        faults += layout_faults(tab, name)
        faults.append(references.fault_of(name, picture_of(tab), OF_A_SCREEN))
    assert [fault for fault in faults if fault] == []


@pytest.mark.parametrize(
    "door",
    [pytest.param(one, marks=() if one in SHORT_DOORS else pytest.mark.long) for one in DOORS],
)
def test_pages_reached_through_the_menu_are_laid_out_without_fault(
    site: Site, tab: Page, door: str
) -> None:
    faults: list[str] = []
    tab.set_viewport_size(SIZES[0])
    tab.goto(site.url("/carnet"))
    settle(tab)
    tab.locator(f"a[data-testid=stTopNavLink][href$='/{door}']").first.click()
    wait_for_address(tab, door)
    settle(tab)
    views = tab.locator(".st-key-vues a")
    for place in range(max(1, views.count())):
        tab.set_viewport_size(SIZES[0])
        if views.count():
            target = views.nth(place).get_attribute("href") or ""
            views.nth(place).click()
            wait_for_address(tab, urlsplit(target).path.rpartition("/")[2])
        settle(tab)
        for size in SIZES:
            tab.set_viewport_size(size)
            settle(tab)
            faults += layout_faults(tab, f"{urlsplit(tab.url).path}, {size['width']} px")
    assert faults == []
