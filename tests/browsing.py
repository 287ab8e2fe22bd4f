"""A real server on a copy of the project, and what a visitor does in a real Chromium."""

from __future__ import annotations

import copy
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from patience import BACKSTOP_S, PATIENCE_MS
from playwright.sync_api import Browser, Page, Playwright, WebSocket, expect

from atlas.settings.server import TOKEN_VARIABLE

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
RESTING = (
    "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Else a process is made ready for each page that might be opened next.
    "--disable-features=SpareRendererForSitePerProcess",
]


def launched(playwright: Playwright, *arguments: str) -> Browser:
    """A Chromium without a window: the machine's own, else that of Playwright."""
    installed = shutil.which("chromium") or shutil.which("google-chrome")
    return playwright.chromium.launch(executable_path=installed, args=list(arguments))


def open_page(browser: Browser, **options: Any) -> Page:
    """A page that waits as long as tests do, where Playwright gives up after 30 seconds."""
    page = browser.new_page(**options)
    page.set_default_timeout(PATIENCE_MS)
    return page


def open_below(page: Page, name: str) -> None:
    """Open what the bar under the first figure of a page offers: Image, Données, Lien…"""
    page.get_by_role("radiogroup", name="Cette figure").first.get_by_text(name, exact=True).click()


def free_port() -> int:
    """A port of this machine that nobody listens to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


PROCESSES_TOKEN = "a token that tests know"
# As the protocol of Chromium names them; not what is fetched, which is faster to have.
STORED = "cookies,local_storage,indexeddb,service_workers,cache_storage"


class Site:
    """A server started on a copy of the project, with the shapes and invented figures that are
    prepared in it: preparing them anew takes many seconds, and gives the same.

    launcher: a command that starts the server, such as one that limits what it may use.
    own_machine: started as `make run` does, with a token. base_path: under which a proxy shows it.
    processes: several as `make serve` starts them, who administers has the token PROCESSES_TOKEN.
    log: what the server writes.
    """

    def __init__(
        self,
        folder: Path,
        launcher: Sequence[str] = (),
        *,
        own_machine: bool = False,
        base_path: str = "",
        processes: int = 1,
    ) -> None:
        self.folder, self._launcher = folder, launcher
        self.log = folder / "server.log"
        self._own_machine, self._base_path = own_machine, base_path
        self._processes = processes
        for name in SHIPPED:
            source, target = ROOT / name, folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                # With what is compiled, but not what another process is writing of it.
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.pyc.*"))
            else:
                shutil.copy(source, target)
        self.port = free_port()

    def another_process(self) -> Site:
        """One more on the same folder, as a proxy shares visitors between."""
        other = copy.copy(self)
        other.port, other.log = free_port(), self.folder / "other_server.log"
        return other

    def start(self) -> None:
        env = {k: v for k, v in os.environ.items() if not k.startswith("ATLAS_")}
        if self._own_machine:
            options = ["atlas", "run", "--port", str(self.port)]
        elif self._processes > 1:
            env[TOKEN_VARIABLE] = PROCESSES_TOKEN
            options = [
                *("atlas", "serve", "--processes", str(self._processes)),
                *("--port", str(self.port), "--address", "127.0.0.1"),
                *("--base-path", self._base_path),
            ]
        else:
            options = [
                *("streamlit", "run", "app.py", "--server.port", str(self.port)),
                *("--server.address", "127.0.0.1", "--server.baseUrlPath", self._base_path),
            ]
        with self.log.open("wb") as log:
            self._server = subprocess.Popen(
                [*self._launcher, sys.executable, "-m", *options],
                cwd=self.folder,
                env=env,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        while self._server.poll() is None:
            try:
                health = self.url(f"/{self._base_path}/_stcore/health".replace("//", "/"))
                urllib.request.urlopen(health, timeout=BACKSTOP_S).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError(f"the server ended with code {self._server.returncode}")

    @property
    def number(self) -> int:
        """Of its process, or of the one that starts the others."""
        return self._server.pid

    def stop(self) -> None:
        self._server.terminate()
        self._server.wait()

    @property
    def token(self) -> str:
        """The one that the server has printed in its address."""
        (found,) = re.findall(r"\?jeton=(\S+)", self.log.read_text("utf-8"))
        return str(found)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


def expect_first_answer(site: Site, browser: Browser, address: str, title: str) -> None:
    """The first address that is asked of a new server is answered, with this title and the menu:
    there, Streamlit alone would say « Page not found » to all but the home page."""
    page = open_page(browser)
    connections: list[WebSocket] = []
    page.on("websocket", lambda made: connections.append(made))
    page.goto(site.url(address))
    expect(page.locator("h1").first).to_contain_text(title)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name="Couloirs")).to_be_visible()
    wait_for_page(page)
    assert len(connections) == 1  # a page that is loaded again loses what was clicked meanwhile
    page.close()


def forget(page: Page) -> None:
    """Forget all that the browser keeps for sites, but what it has fetched of them."""
    page.context.clear_cookies()
    page.context.clear_permissions()
    page.context.new_cdp_session(page).send(
        "Storage.clearDataForOrigin", {"origin": "*", "storageTypes": STORED}
    )


def wait_for_rest(page: Page) -> None:
    """Wait until the server has answered all that the page asked of it. A page that is cut off asks
    nothing: its controls do nothing until it is connected again."""
    page.locator(RESTING).wait_for()


def wait_for_page(page: Page) -> None:
    """Wait until the page has a title and nothing runs any more."""
    page.locator("h1").first.wait_for()
    wait_for_rest(page)


def go_to_imports(page: Page) -> None:
    """By the menu, as a visitor goes: the door, then the view behind it once its page is there."""
    page.get_by_role("link", name="Données", exact=True).click()
    expect(page.locator("h1")).to_have_text("Données et sources")
    wait_for_page(page)
    page.get_by_role("link", name="Importer", exact=True).click()
    expect(page.locator("h1")).to_have_text("Importer un fichier")
    wait_for_page(page)


def wait_for_turns(page: Page) -> None:
    """Wait until the browser has drawn and has nothing to do, and the server has nothing that was
    asked before left to answer: what either still had to send is on its way, however slow they
    are."""
    # A browser that draws nothing calls neither back: it has nothing to do.
    page.evaluate(
        """new Promise(done => {
            const rest = () => requestIdleCallback(() => done(), {timeout: 1000});
            requestAnimationFrame(rest);
            setTimeout(rest, 2000);
        })"""
    )
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
