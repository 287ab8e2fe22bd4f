"""What axe-core finds on a page of a running dashboard, without what Streamlit alone can mend."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from browsing import Site, open_page, wait_for_page, wait_for_turns
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from atlas.settings.accessibility import accessibility_statement

# Pages to which no link of the menu, of the views or of the foot leads.
HIDDEN = ("carnet", "adresse-inconnue")
SCHEMES = ("light", "dark")
DATA_SETS = ("", "demo=1")
DRAWN = """() => !document.querySelector('[data-testid=stSkeleton]')
  && [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].every(
       chart => chart.querySelector('svg'))"""
HEADINGS = """[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')]
  .filter(one => one.checkVisibility()).map(one => Number(one.tagName[1]))"""
LANDMARKS = """() => ['header', 'nav', 'main', 'footer'].map(
  part => document.querySelectorAll(`${part}:not(${part} ${part})`).length)"""
LINKS = """[...document.querySelectorAll('a[href]')].map(link => new URL(link.href))
  .filter(url => url.origin === location.origin).map(url => url.pathname.replace(/^\\//, ''))"""


@dataclass(frozen=True)
class Node:
    """A node of a page that breaks a rule. address: of the page, with what it shows."""

    address: str
    scheme: str
    rule: str
    impact: str
    selector: str
    html: str


@dataclass
class PageSeen:
    """What a visitor of one page gets. messages: warnings and errors of the console, each with the
    address that it is about; outside: what was asked of other machines."""

    address: str
    scheme: str
    title: str
    headings: list[int]
    landmarks: list[int]
    nodes: list[Node]
    links: list[str]
    messages: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


def wait_until_drawn(page: Page) -> None:
    """Wait until the page is whole, its charts among it, and told in French."""
    wait_for_page(page)
    page.wait_for_function(DRAWN)
    page.wait_for_function("document.title.includes(' – ')")
    wait_for_turns(page)


def nodes_of(page: Page, address: str, scheme: str) -> list[Node]:
    """What axe-core finds on the page as it stands, without the nodes of the framework that the
    declaration of accessibility names."""
    excused = accessibility_statement().framework_findings
    result = Axe().run(page, options={"resultTypes": ["violations"]}).response
    found = []
    for violation in result["violations"]:
        for node in violation["nodes"]:
            # In a shadow root, one selector for each root.
            selector = " >>> ".join(
                part if isinstance(part, str) else " >>> ".join(part) for part in node["target"]
            )
            if any(
                one.rule == violation["id"]
                and page.locator(one.selector).and_(page.locator(selector)).count()
                for one in excused
            ):
                continue
            found.append(
                Node(
                    address,
                    scheme,
                    violation["id"],
                    str(violation["impact"]),
                    selector,
                    node["html"][:200],
                )
            )
    return found


@contextmanager
def visitor(browser: Browser, scheme: str) -> Iterator[Page]:
    """A page of somebody with this colour scheme."""
    page = open_page(
        browser, viewport={"width": 1440, "height": 900}, locale="fr-FR", color_scheme=scheme
    )
    try:
        yield page
    finally:
        page.close()


def look_at(site: Site, page: Page, address: str, data_set: str, scheme: str) -> PageSeen:
    """Open an address and look at all that the page is and says."""
    messages: list[str] = []
    outside: list[str] = []
    inside = (site.url("/"), "data:", "blob:")

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            messages.append(f"{message.text} {message.location.get('url', '')}")

    def ask(request: Request) -> None:
        if not request.url.startswith(inside):
            outside.append(request.url)

    listeners: dict[Any, Any] = {
        "console": hear,
        "pageerror": lambda error: messages.append(str(error)),
        "request": ask,
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    shown = f"/{address}?{data_set}" if data_set else f"/{address}"
    page.goto(site.url(shown))
    wait_until_drawn(page)
    made = PageSeen(
        address,
        scheme,
        page.title(),
        page.evaluate(HEADINGS),
        page.evaluate(LANDMARKS),
        nodes_of(page, shown, scheme),
        page.evaluate(LINKS),
        [text for text in messages if not is_of_the_framework(text)],
        outside,
    )
    for event, listener in listeners.items():
        page.remove_listener(event, listener)
    return made


def is_of_the_framework(message: str) -> bool:
    """Whether the declaration of accessibility names this message of the console."""
    said = accessibility_statement().framework_messages
    return any(re.search(one.pattern, message) for one in said)


def every_page(
    site: Site, browser: Browser, modes: list[list[tuple[str, str]]]
) -> Iterator[PageSeen]:
    """Every page to which a link leads, and the hidden ones. modes: data set and colour scheme of
    each look at a page, one list after the other for the pages as they come."""
    known = ["", *HIDDEN]
    with ExitStack() as kept:
        pages = {scheme: kept.enter_context(visitor(browser, scheme)) for scheme in SCHEMES}
        for place, address in enumerate(known):  # grows as links are met
            for data_set, scheme in modes[place % len(modes)]:
                if len(modes) > 1 and address.startswith("dossier-"):
                    data_set = ""  # of invented figures there is no dossier, and one page says so
                seen = look_at(site, pages[scheme], address, data_set, scheme)
                known += [
                    link
                    for link in dict.fromkeys(seen.links)
                    if link not in known and "." not in link and "/" not in link
                ]
                yield seen
