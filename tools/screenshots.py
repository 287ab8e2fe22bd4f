"""Take the pictures of the README from the running dashboard.

``python tools/screenshots.py`` writes docs/*.png; ``--check`` only says whether each picture that
the README shows exists and each one that exists is shown.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
# Of each step: a first page prepares the shapes, which takes a minute on a busy machine.
PATIENCE_MS = 300_000
Scheme = Literal["light", "dark"]
# name: address, width, height, colour scheme
PICTURES: dict[str, tuple[str, int, int, Scheme]] = {
    "accueil": ("/", 1440, 1000, "light"),
    "dossier": ("/dossier-corse-2026", 1440, 1400, "light"),
    "couloirs": ("/couloirs?territoire=REG-93", 1440, 900, "dark"),
}


def main() -> None:
    """Take them, or check them."""
    if "--check" in sys.argv:
        check()
        return
    with open_pages() as open_page:
        for name, picture in PICTURES.items():
            open_page(*picture).screenshot(path=ROOT / "docs" / f"{name}.png")


@contextmanager
def open_pages() -> Iterator[Callable[[str, int, int, Scheme], Page]]:
    """Opens pages of the running dashboard, each once it is drawn: of an address, a width, a height
    and a colour scheme."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)], cwd=ROOT
    )
    try:
        time.sleep(5)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )

            def open_page(address: str, width: int, height: int, scheme: Scheme) -> Page:
                page = browser.new_page(
                    viewport={"width": width, "height": height},
                    locale="fr-FR",
                    color_scheme=scheme,
                )
                page.set_default_timeout(PATIENCE_MS)
                page.goto(f"http://127.0.0.1:{port}{address}")
                settle(page)
                return page

            yield open_page
            browser.close()
    finally:
        server.terminate()


def settle(page: Page) -> None:
    """Wait for the title, the end of the run and the charts."""
    page.locator("h1").first.wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.wait_for_timeout(2500)


def check() -> None:
    """Exit with 1 when the README and docs/ do not hold the same pictures."""
    shown = set(re.findall(r"docs/([\w-]+)\.png", (ROOT / "README.md").read_text("utf-8")))
    there = {path.stem for path in (ROOT / "docs").glob("*.png")}
    if not shown == there == set(PICTURES):
        sys.exit(
            f"README shows {sorted(shown)}, docs/ holds {sorted(there)}, "
            f"this tool takes {sorted(PICTURES)}"
        )


if __name__ == "__main__":
    main()
