"""How much one session of a server is slowed while another has a press kit made."""

from __future__ import annotations

import os
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
STOP = "Arrêter"
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
    """Seconds of each change of period: alone, then while a kit is made for another session."""
    with _served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        carte, kit = _page(browser, f"{site}/carte"), _page(browser, f"{site}/kit")
        periods = cycle(PERIODS)
        for _ in range(4):
            _change(carte, next(periods))
        alone = [_change(carte, next(periods)) for _ in range(times)]
        busy: list[float] = []
        while len(busy) < times:
            _make_kit(kit)
            found = _change(carte, next(periods))
            if kit.get_by_role("button", name=STOP).is_visible():  # it lasted longer than that
                busy.append(found)
        kit.get_by_role("button", name=STOP).click()
        kit.get_by_text("rien n’est gardé").wait_for()
        browser.close()
    return {"alone": alone, "while a kit is made": busy}


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


def _make_kit(page: Page) -> None:
    """Ask for the whole kit of the territory, unless one is in the making."""
    if page.get_by_role("button", name=STOP).is_visible():
        return
    page.get_by_role("button", name="Produire le kit").click()
    page.get_by_text(" fichiers").first.wait_for()


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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port),
         "--server.address", "127.0.0.1"], cwd=ROOT, env={**os.environ, "ATLAS_DEMO": "1"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"{address}/_stcore/health")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("the server did not start")
