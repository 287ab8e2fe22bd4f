"""Real servers of their own: too many visitors, few descriptors, a program that fails, hostile
addresses."""

from __future__ import annotations

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from browsing import Site, wait_for_page
from hostile_addresses import HOSTILE_VALUES, PAGES, VALID_TEXTS
from playwright.sync_api import Page, expect
from websocket_visitor import Visitor
from websockets import InvalidStatus

pytestmark = pytest.mark.long
BROWSER = {"Accept": "text/html"}
NO_PLACE = "très demandé"
SERVED = "4 ans de Mon espace santé"
FAULT = """
    import streamlit as st
    if st.query_params.get("panne"):
        int(st.query_params["panne"])
"""
Serve = Callable[..., Site]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts a server on a copy of the project, changed by a function of its folder."""
    started: list[Site] = []

    def start(*launcher: str, change: Callable[[Path], object] = lambda folder: None) -> Site:
        site = Site(tmp_path / f"site{len(started)}", launcher)
        change(site.folder)
        site.start()
        started.append(site)
        return site

    yield start
    for site in started:
        site.stop()


def sessions(limit: int) -> Callable[[Path], object]:
    """A configuration with so many places."""
    return lambda folder: (folder / "config/server.yaml").write_text(
        f"limits:\n  sessions: {limit}\n", "utf-8"
    )


def failing_page(folder: Path) -> None:
    """A fault of the program on the page of consistency, for who asks for it."""
    page = folder / "pages/consistency.py"
    text = page.read_text("utf-8")
    assert '    """Draw the page."""\n' in text
    page.write_text(text.replace('    """Draw the page."""\n', f'    """Draw."""{FAULT}'), "utf-8")


def get_address(site: Site, path: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    """Status and text of an address."""
    try:
        with urllib.request.urlopen(
            urllib.request.Request(site.url(path), headers=headers or {})
        ) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def logged(site: Site) -> list[dict[str, Any]]:
    """The lines of the log, each of which is JSON."""
    return [json.loads(line) for line in site.log.read_text("utf-8").splitlines()]


def text_of(said: str) -> str:
    return said.replace("\u00a0", " ")


def test_the_visitors_above_the_limit_are_asked_to_come_back_and_find_a_place(serve: Serve) -> None:
    site = serve(change=sessions(3))
    address = site.url("")
    with ExitStack() as left:
        visitors = [left.enter_context(Visitor(address)) for _ in range(5)]
        answers = [visitor.open("problemes") for visitor in visitors]
        assert [NO_PLACE in answer for answer in answers] == [False] * 3 + [True] * 2
        assert all("Problèmes des fichiers" in answer for answer in answers[:3])
        _, health = get_address(site, "/healthz")
        assert json.loads(health)["sessions"] == 5
        visitors[0].close()
        visitors[3].close()
        until_sessions(site, 3)
        with Visitor(address) as late:
            assert NO_PLACE in late.open()  # one of the three is who was refused
        visitors[4].close()
        until_sessions(site, 2)
        with Visitor(address) as next_one:
            assert NO_PLACE not in next_one.open("problemes")
    refused = [line for line in logged(site) if line["event"] == "session refused"]
    assert len(refused) == 3 and refused[0]["session_limit"] == 3


def until_sessions(site: Site, count: int) -> None:
    """Wait until the server has seen visitors leave."""
    while json.loads(get_address(site, "/healthz")[1])["sessions"] != count:
        time.sleep(0.1)


def test_a_crowd_gets_a_page_that_asks_to_come_back_and_connects_nothing_more(
    serve: Serve, page: Page
) -> None:
    site = serve(change=sessions(2))
    with ExitStack() as left:
        for _ in range(2 + 8):
            left.enter_context(Visitor(site.url("")))
        with pytest.raises(InvalidStatus):
            Visitor(site.url(""))
        status, text = get_address(site, "/carte", BROWSER)
        assert status == 503 and NO_PLACE in text_of(text) and 'lang="fr"' in text
        page.goto(site.url("/carte"))
        expect(page.get_by_role("heading", name=NO_PLACE)).to_be_visible()
    page.goto(site.url("/problemes"))
    wait_for_page(page)


def test_with_256_descriptors_a_hundred_visitors_are_answered_in_french(
    serve: Serve, prlimit: str
) -> None:
    site = serve(prlimit, "--nofile=256:256")
    started = next(line for line in logged(site) if line["event"] == "server started")
    assert (started["level"], started["session_limit"]) == ("warning", 44)
    with ExitStack() as left:

        def visit(number: int) -> str:
            try:
                visitor = left.enter_context(Visitor(site.url("")))
            except InvalidStatus:
                return "not connected"
            said = visitor.open("problemes")
            return "refused" if NO_PLACE in said else "served" if "Problèmes" in said else said

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(visit, range(100)))
        assert {text: answers.count(text) for text in set(answers)} == {
            "served": 44,
            "refused": 11,
            "not connected": 45,
        }
        status, text = get_address(site, "/carte", BROWSER)
        assert status == 503 and NO_PLACE in text_of(text)
        assert json.loads(get_address(site, "/healthz")[1])["sessions"] == 55


def test_a_fault_of_the_program_gives_a_french_page_and_its_trace_is_in_the_log(
    serve: Serve, page: Page
) -> None:
    site = serve(change=failing_page)
    with Visitor(site.url("")) as visitor:
        said = visitor.open("coherence", "panne=jeanne%40example.org")
        assert "Revenir à l’accueil" in said and "jeanne" not in said
    reference = re.search(r"\b[2-9A-HJ-NP-Z]{6}\b", said)
    assert reference
    mine = [line for line in logged(site) if line.get("reference") == reference[0]]
    assert [line["event"] for line in mine] == ["Uncaught app execution", "error page shown"]
    assert mine[0]["trace"][-1] == "ValueError" and mine[1]["page"] == "coherence"
    assert any("pages/consistency.py" in place for place in mine[0]["trace"])
    assert "jeanne" not in site.log.read_text("utf-8")
    page.goto(site.url("/coherence?panne=x"))
    alert = page.get_by_role("alert").filter(has_text="n’a pas pu être affichée")
    expect(alert).to_be_visible()
    alert.get_by_role("link", name="Revenir à l’accueil").click()
    expect(page.get_by_role("heading", name=SERVED)).to_be_visible()


@pytest.mark.parametrize("address", ["/nimporte-quoi", "/adresse-inconnue"])
def test_an_unknown_address_is_answered_in_french_with_the_menu(
    serve: Serve, page: Page, address: str
) -> None:
    site = serve()
    page.goto(site.url(address))
    expect(page.get_by_role("heading", name="Adresse inconnue")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.locator("html").get_attribute("lang") == "fr"
    page.get_by_role("link", name="Revenir à l’accueil").click()
    expect(page.get_by_role("heading", name=SERVED)).to_be_visible()


def test_hostile_addresses_leave_no_error_and_nothing_of_them_in_the_log(serve: Serve) -> None:
    site = serve()
    secret = "jeanne-durand-192"
    with Visitor(site.url("")) as visitor:
        for number, page in enumerate(PAGES):
            keys = list(VALID_TEXTS)
            key = keys[number % len(keys)]
            value = HOSTILE_VALUES[number % len(HOSTILE_VALUES)]
            query = "&".join(
                f"{name}={urllib.request.quote(text, errors='replace')}"
                for name, text in ((key, value), ("mon-nom", secret))
            )
            said = visitor.open(page, query)
            assert "n’a pas pu être affichée" not in said and "page_not_found" not in said, page
    text = site.log.read_text("utf-8")
    assert secret not in text and "127.0.0.1" not in text
    drawn = [line for line in logged(site) if line["event"] == "page drawn"]
    assert len(drawn) >= len(PAGES) and {line["level"] for line in logged(site)} == {"info"}


def test_health_says_what_fails_and_who_asks_often_costs_nothing(serve: Serve) -> None:
    site = serve(change=lambda folder: (folder / "config.yaml").write_text("brand: [", "utf-8"))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: get_address(site, "/healthz"), range(200)))
    assert {status for status, _ in answers} == {503}
    health = json.loads(answers[0][1])
    assert health["status"] == "failing" and health["data"] == "" and health["problems"] > 0
    runs = [line for line in logged(site) if line["event"] == "page drawn"]
    assert len(runs) <= 2
