"""A real server on a copy of the project, and what a visitor does in a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from patience import BACKSTOP_S
from playwright.sync_api import Browser, Page, Playwright

ROOT = Path(__file__).parents[1]
SHIPPED = [
    "app.py",
    "config.yaml",
    "config",
    "atlas",
    "pages",
    "data",
    "geo",
    "templates",
    ".streamlit",
    "static/fonts",
    "static/icon.png",
    "static/geo",
    "demo",
]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launched(playwright: Playwright, *arguments: str) -> Browser:
    """A Chromium without a window: the machine's own, else that of Playwright."""
    installed = shutil.which("chromium") or shutil.which("google-chrome")
    return playwright.chromium.launch(executable_path=installed, args=list(arguments))


def free_port() -> int:
    """A port of this machine that nobody listens to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


class Site:
    """A server started on a copy of the project, with the shapes and invented figures that are
    prepared in it: preparing them anew takes many seconds, and gives the same."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in SHIPPED:
            source, target = ROOT / name, folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                # With what is compiled, but not what another process is writing of it.
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.pyc.*"))
            else:
                shutil.copy(source, target)
        self.port = free_port()

    def start(self) -> None:
        env = {k: v for k, v in os.environ.items() if not k.startswith("ATLAS_")}
        self._server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "streamlit",
                "run",
                "app.py",
                "--server.port",
                str(self.port),
                "--server.address",
                "127.0.0.1",
            ],
            cwd=self.folder,
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while self._server.poll() is None:
            try:
                urllib.request.urlopen(self.url("/_stcore/health"), timeout=BACKSTOP_S).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError(f"the server ended with code {self._server.returncode}")

    def stop(self) -> None:
        self._server.terminate()
        self._server.wait()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


def wait_for_rest(page: Page) -> None:
    """Wait until the server has answered all that the page asked of it."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()


def wait_for_page(page: Page) -> None:
    """Wait until the page has a title and nothing runs any more."""
    page.locator("h1").first.wait_for()
    wait_for_rest(page)


def wait_for_map(page: Page, shapes: int) -> None:
    """Wait until more than so many shapes of a map are on the page."""
    page.wait_for_function(
        "count => document.querySelectorAll('svg path[aria-label]').length > count", arg=shapes
    )


def pick(page: Page, label: str, option: str) -> None:
    """Choose an option of a select box with the keyboard, as somebody would."""
    box = page.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).click()
