"""How much one session of a server is slowed while another has a press kit made."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.timing import Times

ROOT = Path(__file__).parents[1]
PERIODS = ("décembre 2024", "décembre 2025")
PATIENCE = 60_000
# Between two changes: a reader looks at the map, and the browser ends its drawing.
REST = 800
TURN = 5
STOP, COUNT = "Arrêter", re.compile(r"\d+ sur \d+ fichiers")
# From the key pressed to the title of the map that names the period, on the clock of the page.
WATCH = """period => { window.changed = new Promise(done => {
  let pressed;
  addEventListener('keydown', () => { pressed = performance.now() }, {once: true, capture: true});
  new MutationObserver((_, self) => {
    const title = document.querySelector('h3.titre')?.textContent.replaceAll('\\u00a0', ' ');
    if (pressed && title?.includes(period)) {
      self.disconnect();
      done((performance.now() - pressed) / 1000);
    }
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}) }"""


def slowdown(times: int) -> Times:
    """Seconds of each change of period: alone, then while a kit is made for another session.

    The two take turns, a few changes each, so that other programs slow both.
    """
    alone: list[float] = []
    busy: list[float] = []
    with _served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        carte, kit = _page(browser, f"{site}/carte"), _page(browser, f"{site}/kit")
        periods = cycle(PERIODS)
        for _ in range(4):
            _change(carte, next(periods))
        while len(alone) < times:
            turn = min(TURN, times - len(alone))
            alone += [_change(carte, next(periods)) for _ in range(turn)]
            busy += _beside_a_kit(carte, kit, periods, turn)
        browser.close()
    return {"alone": alone, "while a kit is made": busy}


def _beside_a_kit(carte: Page, kit: Page, periods: Iterator[str], times: int) -> list[float]:
    """Seconds of changes during all of which a kit is in the making; it is stopped afterwards."""
    found: list[float] = []
    stop = kit.get_by_role("button", name=STOP)
    while len(found) < times:
        if not stop.is_visible():
            kit.get_by_role("button", name="Produire le kit").click()
            kit.get_by_text(COUNT).wait_for()
        took = _change(carte, next(periods))
        if stop.is_visible():
            found.append(took)
    stop.click()
    kit.get_by_text("rien n’est gardé").wait_for()
    return found


def _change(page: Page, period: str) -> float:
    """Choose a period with the keyboard; how long until the title says it."""
    box = page.get_by_role("combobox", name="Période", exact=True)
    box.click()
    box.fill(period)
    page.get_by_role("option", name=period, exact=True).wait_for()
    page.evaluate(WATCH, period)
    page.keyboard.press("Enter")
    found: float = page.evaluate("window.changed")
    page.wait_for_timeout(REST)
    return found


def _page(browser: Browser, address: str) -> Page:
    """A page of a session of its own, once it is drawn."""
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="fr-FR")
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.locator("h1").first.wait_for()
    page.locator("[data-testid=stStatusWidget]").wait_for(state="detached")
    page.wait_for_timeout(3000)
    return page


@contextmanager
def _served() -> Iterator[str]:
    """The address of a server of the fictitious set, which ends afterwards."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            "--server.port",
            str(port),
            "--server.address",
            "127.0.0.1",
        ],
        cwd=ROOT,
        env={**os.environ, "ATLAS_DEMO": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"{address}/_stcore/health")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    """One that nothing listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def wait_for(address: str) -> None:
    """Until a server answers there; raises RuntimeError after half a minute."""
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("the server did not start")
