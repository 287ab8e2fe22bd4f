"""What drawing processes and press kits do when their server, or their visitor, goes."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Site, wait_for_page
from patience import PATIENCE_MS
from playwright.sync_api import Browser, Page
from processes import children, state, wait_until

pytestmark = [pytest.mark.long, pytest.mark.browser]
KITS = "atlas-kit-*"
COUNT = re.compile(r"\d+ sur \d+ fichiers")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files of the server and of what it starts."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def own_site(tmp_path: Path, temporary: Path) -> Iterator[Site]:
    """A server that makes one kit at a time."""
    made = Site(tmp_path / "site")
    limits = made.folder / "config/server.yaml"
    text = limits.read_text("utf-8")
    assert "  kits: 2\n" in text
    limits.write_text(text.replace("  kits: 2\n", "  kits: 1\n"), "utf-8")
    made.start()
    yield made
    made.stop()


def ask_for_kit(browser: Browser, site: Site, says: str | re.Pattern[str]) -> Page:
    page = browser.new_context(locale="fr-FR").new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(site.url("/"))
    wait_for_page(page)
    page.goto(site.url("/kit"))
    wait_for_page(page)
    page.get_by_role("button", name="Produire le kit").click()
    page.get_by_text(says).first.wait_for()
    return page


def folders(temporary: Path) -> list[Path]:
    return [path for path in temporary.glob(KITS) if path.is_dir()]


def test_kits_wait_end_with_their_page_and_end_with_a_server_that_is_killed(
    browser, own_site, temporary
):
    first = ask_for_kit(browser, own_site, COUNT)
    second = ask_for_kit(browser, own_site, "Votre kit attend : 1 avant le vôtre.")
    (folder,) = folders(temporary)
    server = own_site._server
    kit = [pid for pid in children(server.pid) if b"--gently" in command(pid)]
    assert kit and len(children(kit[0])) >= 1  # and what draws for it

    first.close()  # the session goes, its kit ends and the next one begins
    wait_until(lambda: not folder.exists() and state(kit[0]) is None)
    second.get_by_text(COUNT).first.wait_for()
    (folder,) = folders(temporary)

    running = children(server.pid)
    assert len(running) >= 2
    os.kill(running[-1], signal.SIGSTOP)  # also what is frozen
    server.kill()
    server.wait()
    wait_until(lambda: not [pid for pid in running if state(pid)])
    assert folder.exists()
    second.close()

    own_site.start()  # the next one removes what is left
    page = browser.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(own_site.url("/"))
    wait_for_page(page)
    assert list(temporary.glob(KITS)) == []
    page.close()


def test_a_server_that_is_asked_to_stop_leaves_no_process_and_no_folder(
    browser, own_site, temporary
):
    page = ask_for_kit(browser, own_site, COUNT)
    running = children(own_site._server.pid)
    assert len(running) >= 2 and folders(temporary)
    own_site.stop()
    wait_until(lambda: not [pid for pid in running if state(pid)])
    assert list(temporary.glob(KITS)) == []
    page.close()


def command(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()
