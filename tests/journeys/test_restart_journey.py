"""A server that is started again under a page that stays open, in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Site, open_page, pick, wait_for_page
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path / "project")
    made.start()
    yield made
    made.stop()


def connected(page: Page, *, to: bool) -> None:
    state = "CONNECTED" if to else ":not([data-test-connection-state=CONNECTED])"
    attribute = f"[data-test-connection-state={state}]" if to else state
    page.locator(f"[data-testid=stApp]{attribute}").wait_for()


def test_what_is_chosen_first_after_a_restart_is_shown(own_site: Site, browser: Browser) -> None:
    page = open_page(browser, viewport={"width": 1280, "height": 800}, locale="fr-FR")
    page.goto(own_site.url("/carte"))
    wait_for_page(page)
    pick(page, "Territoire", "Corse")
    expect(page).to_have_url(re.compile("territoire=REG-94"))
    wait_for_page(page)
    own_site.stop()
    connected(page, to=False)
    own_site.start()
    connected(page, to=True)
    for name, code in (("Grand Est", "REG-44"), ("Corse", "REG-94")):
        pick(page, "Territoire", name)
        expect(page).to_have_url(re.compile(f"territoire={code}"))
        box = page.get_by_role("combobox", name="Territoire", exact=True)
        expect(box).to_have_value(name)
        wait_for_page(page)
        expect(box).to_have_value(name)
    page.close()
