"""The four users of the dashboard by the keyboard alone, in a real Chromium, and what they need for
it: a focus that is seen, kept, never behind what covers the page; keys that can be left off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from accessibility_audit import visitor, wait_until_drawn
from browsing import Site, wait_for_rest
from playwright.sync_api import Browser, Page, expect

from atlas.settings.colours import contrast

pytestmark = pytest.mark.browser
MAX_TABS = 150
# What has the focus: its name, whether it is seen, and the ring around it.
FOCUSED = """() => {
    let found = document.activeElement;
    while (found?.shadowRoot?.activeElement) found = found.shadowRoot.activeElement;
    if (!found || found === document.body) return null;
    const own = found.matches('a, button, input, summary') ? found.innerText : '';
    const name = (found.getAttribute('aria-label') ?? found.labels?.[0]?.innerText ?? own)
      .split('\\n').map(line => line.trim());
    // A field that is drawn by its neighbours has the ring around them.
    const rings = [found];
    while (rings.at(-1).parentElement && rings.length < 4) rings.push(rings.at(-1).parentElement);
    const ringed = rings.map(one => getComputedStyle(one))
      .find(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
    return { name, seen: found.checkVisibility({ visibilityProperty: true }),
             ring: ringed?.outlineColor ?? '',
             part: found.dataset.testid ?? '' };
}"""


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    with visitor(browser, "light") as page:
        yield page


def opened(site: Site, page: Page, path: str) -> None:
    page.goto(site.url(path))
    wait_until_drawn(page)


def walk_to(page: Page, name: str) -> None:
    """Press Tab until what bears this name has the focus."""
    wait_for_rest(page)
    for _ in range(MAX_TABS):
        found = page.evaluate(FOCUSED)
        if found and name in found["name"]:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach « {name} »")


def focused_name(page: Page) -> str:
    found = page.evaluate(FOCUSED)
    return " ".join(found["name"]) if found else ""


def hex_of(colour: str) -> str:
    """« rgb(47, 71, 176) » as #2f47b0."""
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", colour)[:3])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_is_seen_wherever_the_keyboard_goes(
    site: Site, browser: Browser, scheme: str
) -> None:
    with visitor(browser, scheme) as page:
        opened(site, page, "/carte?territoire=REG-75")
        paper = hex_of(
            page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
        )
        names = []
        for _ in range(30):
            page.keyboard.press("Tab")
            found = page.evaluate(FOCUSED)
            if found is None:
                break
            names.append(found["name"])
            assert found["seen"] and found["ring"], found
            assert contrast(hex_of(found["ring"]), paper) >= 3, found
    assert ["Aller au contenu"] in names and ["Territoires"] in names and len(names) > 15


def test_the_first_stop_leads_beyond_the_menu(site: Site, reader: Page) -> None:
    opened(site, reader, "/carte")
    reader.keyboard.press("Tab")
    assert focused_name(reader) == "Aller au contenu"
    reader.keyboard.press("Enter")
    reader.keyboard.press("Tab")
    while "Lien vers ce titre" in focused_name(reader):
        reader.keyboard.press("Tab")
    assert focused_name(reader) == "Territoire"


def test_a_letter_does_nothing_from_a_button_or_a_field(site: Site, reader: Page) -> None:
    opened(site, reader, "/carte?territoire=REG-75")
    walk_to(reader, "Touches (?)")
    reader.keyboard.press("p")
    wait_for_rest(reader)
    assert "projection" not in reader.url
    reader.evaluate("document.activeElement.blur()")
    reader.keyboard.press("p")
    expect(reader.locator(".projection")).to_be_visible()


def test_letters_that_are_switched_off_stay_off(site: Site, reader: Page) -> None:
    opened(site, reader, "/carte?territoire=REG-75")
    walk_to(reader, "Touches (?)")
    reader.keyboard.press("Enter")
    walk_to(reader, "Les touches P, E et ? agissent")
    reader.keyboard.press("Space")
    reader.keyboard.press("Escape")
    for _ in range(2):
        reader.evaluate("document.activeElement?.blur()")
        reader.keyboard.press("p")
        reader.keyboard.press("?")
        wait_for_rest(reader)
        assert "projection" not in reader.url
        expect(reader.get_by_role("dialog", name="Touches")).to_be_hidden()
        reader.reload()
        wait_until_drawn(reader)


def test_the_focus_does_not_go_behind_a_figure_that_covers_the_screen(
    site: Site, reader: Page
) -> None:
    reader.goto(site.url("/carte?territoire=REG-75&projection=1"))
    reader.locator(".projection svg").first.wait_for()
    figure = reader.locator(".projection")
    expect(figure).to_be_focused()
    expect(figure).to_have_attribute("aria-label", re.compile("Le plus haut : Landes"))
    for _ in range(12):
        reader.keyboard.press("Tab")
        found = reader.evaluate(FOCUSED)
        assert found is None or found["seen"], found
        assert found is None or found["part"] not in ("stMain", "stTopNavLink"), found


def test_a_new_figure_is_announced(site: Site, reader: Page) -> None:
    opened(site, reader, "/carte?demo=1&territoire=REG-75&periode=2026-06")
    walk_to(reader, "Période")
    reader.keyboard.press("ArrowDown")
    reader.keyboard.press("ArrowDown")
    reader.keyboard.press("Enter")
    said = reader.locator(".st-key-semantique [role=status]")
    expect(said).to_contain_text(re.compile("Taux d’activation, Nouvelle-Aquitaine, .*2026"))
    expect(said).to_contain_text("Le plus haut :")


def test_a_designer_downloads_an_image_and_stays_on_its_button(site: Site, reader: Page) -> None:
    opened(site, reader, "/carte?territoire=REG-75")
    walk_to(reader, "Image")
    reader.keyboard.press("Enter")
    reader.get_by_role("button", name="Télécharger (PNG)").wait_for()
    walk_to(reader, "Télécharger (PNG)")
    with reader.expect_download() as waiting:
        reader.keyboard.press("Enter")
    assert Path(waiting.value.path()).read_bytes().startswith(b"\x89PNG")
    expect(reader.get_by_text("Fichier téléchargé.").first).to_be_visible()
    assert "Télécharger (PNG)" in focused_name(reader)


def test_a_press_officer_has_a_kit_made_and_hears_that_it_is_there(
    site: Site, reader: Page
) -> None:
    opened(site, reader, "/dossier-corse-2026")
    walk_to(reader, "Communiqué (Word)")
    reader.keyboard.press("Enter")
    expect(reader.locator(".st-key-semantique [role=status]")).to_contain_text("Mo.")
    assert "Communiqué (Word)" in focused_name(reader)
    walk_to(reader, "Télécharger le kit (ZIP)")
    with reader.expect_download() as waiting:
        reader.keyboard.press("Enter")
    assert Path(waiting.value.path()).read_bytes().startswith(b"PK")


def test_a_director_compares_and_reads_the_values(site: Site, reader: Page) -> None:
    opened(site, reader, "/")
    walk_to(reader, "Comparer")
    reader.keyboard.press("Enter")
    expect(reader.locator("h1")).to_contain_text("fin 2025")
    wait_until_drawn(reader)
    walk_to(reader, "Image")  # one stop of the keyboard for the bar, along which arrows go
    reader.keyboard.press("ArrowRight")
    assert focused_name(reader) == "Données"
    reader.keyboard.press("Enter")
    table = reader.locator(".st-key-contenu").get_by_role("table").first
    expect(table).to_contain_text("Nouvelle-Aquitaine")


def test_a_data_officer_takes_the_figures_away(site: Site, reader: Page) -> None:
    opened(site, reader, "/")
    walk_to(reader, "Données")
    reader.keyboard.press("Enter")
    expect(reader.locator("h1")).to_contain_text("Données et sources")
    wait_until_drawn(reader)
    walk_to(reader, "CSV (point-virgule)")
    with reader.expect_download() as waiting:
        reader.keyboard.press("Enter")
    assert "Haute-Garonne" in Path(waiting.value.path()).read_text("utf-8-sig")
    assert "CSV (point-virgule)" in focused_name(reader)
