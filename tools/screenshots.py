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
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
# Of each step: a first page prepares the shapes, which takes a minute on a busy machine.
PATIENCE_MS = 300_000
# name: address, width, height, colour scheme
PICTURES = {
    "carte": ("/carte?region=REG-75", 1440, 1180, "light"),
    "chiffres-cles": ("/?territoire=REG-94", 1440, 1000, "light"),
    "couloirs": ("/couloirs?territoire=REG-93", 1440, 900, "dark"),
}


def main() -> None:
    """Take them, or check them."""
    if "--check" in sys.argv:
        check()
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)], cwd=ROOT
    )
    try:
        time.sleep(5)
        take(f"http://127.0.0.1:{port}")
    finally:
        server.terminate()


def take(site: str) -> None:
    """One picture after the other, each once its page is drawn."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (address, width, height, scheme) in PICTURES.items():
            page = browser.new_page(
                viewport={"width": width, "height": height}, locale="fr-FR", color_scheme=scheme
            )  # type: ignore[arg-type]
            page.set_default_timeout(PATIENCE_MS)
            page.goto(site + address)
            settle(page)
            page.screenshot(path=ROOT / "docs" / f"{name}.png")
        browser.close()


def settle(page: Page) -> None:
    """Wait for the title, the end of the run and the charts."""
    page.locator("h1").first.wait_for()
    page.locator("[data-testid=stStatusWidget]").wait_for(state="detached")
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
