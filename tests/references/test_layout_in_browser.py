"""What the reading of a layout finds on pages that were made wrong, and leaves alone on others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import open_page
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
READ_LAYOUT = Path(__file__).with_name("page_layout.js").read_text("utf-8")
STYLE = """<style>body{font:16px Arial;margin:0}p,div{margin:0}.held{width:90px;overflow:hidden}
.fond{background-size:calc((100% - 4.2rem)*var(--part)) .75rem}</style>"""
CELL = (
    '<table class="barres"><tr><td>Landes</td><td class="fond" style="padding:0;{}">7</td></table>'
)
BAR = (
    '<svg class="marks" width="90" height="20"><path aria-roledescription="bar"'
    ' aria-label="Landes : {}" d="M0,0h{}v9h-{}Z"/></svg>'
)


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    made = open_page(browser, viewport={"width": 390, "height": 600})
    yield made
    made.close()


def faults(page: Page, body: str, family: str = "Arial") -> list[str]:
    page.set_content(f"<!doctype html>{STYLE}{body}")
    found: list[str] = page.evaluate(READ_LAYOUT, family)
    return found


@pytest.mark.parametrize(
    ("body", "said"),
    [
        pytest.param(
            "<p>Taux en Gironde</p><p style='margin-top:-13px'>Taux en Corse</p>",
            "« Taux en Gironde » and « Taux en Corse » share",
            id="two texts over one another",
        ),
        pytest.param(
            "<div class='held' style='white-space:nowrap'>Communiqué de presse</div>",
            "« Communiqué de presse » is cut by",
            id="a text that its box cuts",
        ),
        pytest.param(
            "<div class='held' style='height:8px'>Presse</div>",
            "« Presse » is cut by",
            id="a text that is higher than its box",
        ),
        pytest.param(
            "<div class='held' style='white-space:nowrap;text-overflow:ellipsis'>"
            "Provence-Alpes-Côte d’Azur</div>",
            "« Provence-Alpes-Côte d’Azur » is cut by",
            id="a text that ends with dots",
        ),
        pytest.param(
            "<input style='width:60px' placeholder='Nom ou numéro d’un territoire'>",
            "« Nom ou numéro d’un territoire » is cut by",
            id="a field too narrow for what it asks",
        ),
        pytest.param(
            f"<div style='width:60px'>{CELL.format('width:60px;--part:0.5')}</div>",
            "the bar of « Landes7 » has no width",
            id="a cell that leaves its bar no room",
        ),
        pytest.param(
            BAR.format("7 500", 0, 0),
            "the bar « Landes : 7 500 » has no width",
            id="a bar of a chart without width",
        ),
        pytest.param(
            "<div style='width:500px'>large</div>",
            "the page is 500 px wide on a screen of 390",
            id="a page that scrolls sideways",
        ),
        pytest.param(
            "<p style='font-family:Georgia, Arial'>Taux</p>",
            "« Taux » is written in Georgia",
            id="another font",
        ),
    ],
)
def test_a_fault_is_told_with_its_text(blank: Page, body: str, said: str) -> None:
    (found,) = faults(blank, body)
    assert found.startswith(said)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<p>Taux en Gironde</p><p>Taux en Corse</p>", id="a line under another"),
        pytest.param(
            "<div style='width:90px;overflow-x:auto;white-space:nowrap'>Communiqué de presse</div>",
            id="a text in a box that scrolls",
        ),
        pytest.param(
            "<p>Carte</p><p style='position:absolute;top:0;width:1px;height:1px;overflow:hidden;"
            "clip-path:inset(50%);white-space:nowrap'>Carte des taux</p>",
            id="a text that is read aloud alone",
        ),
        pytest.param(
            "<p>Carte</p><p style='position:absolute;top:0;opacity:0'>Relief</p>",
            id="a text that is not seen",
        ),
        pytest.param(CELL.format("width:200px;--part:0.5"), id="a bar with room"),
        pytest.param(CELL.format("width:200px;--part:0"), id="a bar of nothing"),
        pytest.param(BAR.format("0 %", 0, 0), id="a bar of zero in a chart"),
        pytest.param(BAR.format("7 500", 0.3, 0.3), id="a small value beside a large one"),
        pytest.param("<code style='font-family:monospace'>make test</code>", id="code"),
    ],
)
def test_what_is_right_is_left_alone(blank: Page, body: str) -> None:
    assert faults(blank, body) == []
