"""Journeys in a real Chromium against a real server, on a copy of the project that is edited."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browsing import Site, open_below, open_page, pick, wait_for_map, wait_for_page, wait_for_turns
from patience import BACKSTOP_S
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from visits import FOURTH, PAGES

from atlas.export.provenance import provenance_in

pytestmark = pytest.mark.browser
PHONE_WIDTH_PX = 390
EVERY_KIND_OF_PAGE = [
    "/",
    "/carte",
    "/couloirs",
    "/comparaison-trajectoires",
    "/dossier-nouvelle-aquitaine-2026",
    "/dossier-provence-alpes-cote-d-azur-2025",
    "/kit",
    "/verifier",
    "/donnees",
    "/couverture",
    "/coherence",
    "/problemes",
]
DOORS = ("/carte", "/couloirs", "/kit", "/donnees")
ROOT = Path(__file__).parents[2]
STAMP = """
  timbre: {label: "Timbre", width_mm: 40, height_mm: 30}
"""


def chart_texts(page: Page, place: int = 0) -> str:
    return page.locator("[data-testid=stVegaLiteChart] svg").nth(place).inner_html()


@dataclass
class Visit:
    """widths: in pixels, of what each page holds; asked: every address that was asked for."""

    widths: dict[str, int]
    asked: list[str]
    languages: set[str]


@pytest.fixture(scope="module")
def phone_visit(site: Site, browser: Browser) -> Iterator[Visit]:
    """A phone that goes to every kind of page, by the menu where there is a door. A page is as wide
    in both schemes: half of them are seen in each."""
    phone = open_page(browser, viewport={"width": PHONE_WIDTH_PX, "height": 844})
    made = Visit({}, [], set())
    phone.on("request", lambda request: made.asked.append(request.url))
    for place, path in enumerate(EVERY_KIND_OF_PAGE):
        if place % (len(EVERY_KIND_OF_PAGE) // 2) == 0:
            phone.emulate_media(color_scheme="dark" if place else "light")
            phone.goto(site.url(path))
        elif path in DOORS:
            phone.get_by_test_id("stExpandSidebarButton").click()
            phone.get_by_test_id("stSidebarNav").locator(f"a[href$='{path}']").click()
            phone.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        else:
            phone.goto(site.url(path))
        expect(phone.locator("h1")).to_have_text(PAGES[path.removeprefix("/")])
        wait_for_page(phone)
        main = phone.locator("[data-testid=stMain]")
        made.widths[path] = main.evaluate("e => e.scrollWidth")
        made.languages.add(phone.evaluate("document.documentElement.lang"))
    yield made
    phone.close()


def test_a_visit_of_every_kind_of_page_asks_nothing_of_another_machine(
    site: Site, phone_visit: Visit
) -> None:
    inside = (site.url("/"), "data:", "blob:")
    assert len(phone_visit.asked) > len(EVERY_KIND_OF_PAGE)
    assert [url for url in phone_visit.asked if not url.startswith(inside)] == []


def test_every_kind_of_page_says_that_it_is_in_french(phone_visit: Visit) -> None:
    assert phone_visit.languages == {"fr"}


@pytest.mark.parametrize("path", EVERY_KIND_OF_PAGE)
def test_no_page_is_wider_than_a_phone(phone_visit: Visit, path: str) -> None:
    assert 0 < phone_visit.widths[path] <= PHONE_WIDTH_PX


def test_a_director_picks_a_department_and_sends_the_address(
    site: Site, browser: Browser, page: Page
) -> None:
    """The map opens on the région with most figures; « Voir toute la France » is left aside."""
    page.goto(site.url("/carte"))
    wait_for_page(page)
    expect(page.get_by_text("12 départements sur 12").first).to_be_visible()
    page.locator("[data-testid=stVegaLiteChart]").nth(1).locator(
        "path[aria-roledescription=barre]"
    ).first.click()
    expect(page.get_by_text(re.compile("41,7.% des profils")).first).to_be_visible()
    expect(page).to_have_url(re.compile("selection=DEP-40"))
    other = open_page(browser)
    other.goto(page.url)
    wait_for_page(other)
    expect(other.get_by_role("combobox", name="Territoire mis en avant")).to_have_value(
        "Landes (40)"
    )
    expect(other.get_by_text("12 départements sur 12").first).to_be_visible()
    other.close()


def test_the_back_button_returns_to_the_choice_before(site: Site, page: Page) -> None:
    page.goto(site.url("/carte"))
    wait_for_page(page)
    territory = page.get_by_role("combobox", name="Territoire", exact=True)
    for name, address in (("Corse", "territoire=REG-94"), ("Bretagne", "territoire=REG-53")):
        pick(page, "Territoire", name)
        expect(page).to_have_url(re.compile(address))
    page.go_back()
    expect(territory).to_have_value("Corse")
    page.go_back()
    expect(territory).to_have_value("Nouvelle-Aquitaine")
    page.get_by_role("link", name="Couloirs").click()
    page.get_by_role("link", name="Territoires").click()
    expect(territory).to_have_value("Nouvelle-Aquitaine")


def test_a_territory_that_is_carried_to_a_page_is_no_step_of_the_back_button(
    site: Site, page: Page
) -> None:
    page.goto(site.url("/carte?territoire=REG-93"))
    wait_for_page(page)
    # What keeps the history is a component, which comes after the page.
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.get_by_role("link", name="Couloirs").click()
    page.wait_for_url(site.url("/couloirs?territoire=REG-93"))
    wait_for_page(page)
    page.go_back()
    expect(page.locator("h1")).to_have_text("Carte")
    expect(page.get_by_role("combobox", name="Territoire", exact=True)).to_have_value(
        "Provence-Alpes-Côte d’Azur"
    )


def test_the_map_of_nouvelle_aquitaine_shows_its_values_and_the_range_of_the_computed_one(
    site: Site, page: Page
) -> None:
    page.goto(site.url("/carte?territoire=REG-75"))
    wait_for_page(page)
    wait_for_map(page, 20)
    texts = chart_texts(page)
    assert "41,7" in texts
    assert "35,5 à 39,0\u202f†" in texts
    page.get_by_text("Notes et sources complètes").first.click()
    expect(page.get_by_text("entre 35,5\u00a0% (CPAM de Pau) et 39,0\u00a0%").first).to_be_visible()


def test_an_opened_page_is_drawn_once(site: Site, page: Page) -> None:
    """A second request would take a visitor who has clicked meanwhile back to this page."""
    asked: list[str] = []
    page.on("websocket", lambda ws: ws.on("framesent", lambda data: asked.append(_kind(data))))
    page.goto(site.url("/carte?territoire=REG-75"))
    wait_for_page(page)
    wait_for_map(page, 20)
    page.wait_for_timeout(1000)
    wait_for_turns(page)
    assert asked.count("rerun_script") == 1


def _kind(frame: bytes | str) -> str:
    said = BackMsg()
    said.ParseFromString(frame if isinstance(frame, bytes) else frame.encode())
    return said.WhichOneof("type") or ""


CORSICA = "/carte?territoire=REG-94&periode=2026-03"


def opened_panel(site: Site, page: Page, path: str = CORSICA) -> None:
    """The downloads of the first figure of a page."""
    page.goto(site.url(path))
    wait_for_page(page)
    open_below(page, "Image")
    page.get_by_role("button", name="Copier l’image").first.wait_for()


def downloaded(page: Page, button: str) -> tuple[str, bytes]:
    """Name and content of what a button gives."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).first.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_a_designer_downloads_the_map_in_a_chosen_format_as_png_svg_and_pdf(
    site: Site, page: Page
) -> None:
    opened_panel(site, page)
    pick(page, "Format", "Brochure, demi-largeur (82 mm)")
    for kind, start in (("PNG", b"\x89PNG"), ("SVG", b"<?xml"), ("PDF", b"%PDF")):
        page.get_by_role("radiogroup", name="Fichier").get_by_text(kind, exact=True).click()
        name, content = downloaded(page, f"Télécharger ({kind})")
        assert content.startswith(start) and len(content) > 10_000
        assert name == f"corse_2026-03_taux-activation_carte_82mm.{kind.lower()}"


def test_a_click_right_after_a_choice_gives_what_was_chosen(site: Site, page: Page) -> None:
    """Before the page has been drawn again, its button still has the words of the choice before."""
    opened_panel(site, page)
    chosen = page.get_by_role("radio", name="PDF")
    button = page.get_by_role("button", name="Télécharger (PNG)")
    with page.expect_download() as waiting:
        chosen.evaluate(
            "(radio, button) => { radio.click(); button.click(); }", button.element_handle()
        )
    assert waiting.value.suggested_filename.endswith("_170mm.pdf")
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF")


def test_an_image_that_cannot_be_made_is_refused_in_french_beside_its_button(
    site: Site, page: Page
) -> None:
    config = site.folder / "config.yaml"
    good = config.read_text("utf-8")
    try:
        config.write_text(good.replace("formats:\n", "formats:" + STAMP, 1), "utf-8")
        opened_panel(site, page)
        button = page.get_by_role("button", name="Télécharger (PNG)")
        button.click()
        expect(page.get_by_text("ne tient pas dans le format « Timbre »").first).to_be_visible()
        expect(button).to_be_enabled()
        pick(page, "Format", "Brochure, demi-largeur (82 mm)")
        assert downloaded(page, "Télécharger (PNG)")[1].startswith(b"\x89PNG")
    finally:
        config.write_text(good, "utf-8")


def test_a_captioned_image_is_put_on_the_clipboard(site: Site, browser: Browser) -> None:
    page = open_page(browser, permissions=["clipboard-read", "clipboard-write"])
    opened_panel(site, page)
    page.get_by_role("button", name="Copier l’image").click()
    expect(page.get_by_text("Image copiée").first).to_be_visible()
    wide = page.evaluate("""async () => {
        const [item] = await navigator.clipboard.read();
        return (await createImageBitmap(await item.getType("image/png"))).width;}""")
    assert abs(wide - 170 / 25.4 * 300) <= 1
    page.close()


def test_a_browser_that_cannot_copy_says_to_download_instead(site: Site, page: Page) -> None:
    """As on an address without https, where there is no clipboard."""
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    opened_panel(site, page)
    page.get_by_role("button", name="Copier l’image").click()
    expect(page.get_by_text("Téléchargez-la").first).to_be_visible()


def test_the_ranking_beside_a_map_is_taken_away_as_it_is_chosen(site: Site, page: Page) -> None:
    opened_panel(site, page, "/carte?territoire=REG-75&selection=DEP-64")
    page.get_by_role("radiogroup", name="Dessin").get_by_text("Classement").click()
    page.get_by_text("Lecture, champ et source sous le dessin").click()
    words = downloaded(page, "Légende (TXT)")
    name, content = downloaded(page, "Télécharger (PNG)")
    assert "_classement" in name and "_classement" in words[0]
    assert "\nSource : " in words[1].decode()
    assert dict(provenance_in(content).request) == {
        "drawing": "classement",
        "indicator": "activation_rate",
        "territory": "REG-75",
        "period": "2025-12",
        "highlighted": "DEP-64",
    }
    assert abs(Image.open(io.BytesIO(content)).width - 170 / 25.4 * 300) <= 1


def test_an_image_that_comes_back_is_told_current_and_a_strange_one_refused(
    site: Site, page: Page, tmp_path: Path
) -> None:
    opened_panel(site, page)
    name, content = downloaded(page, "Télécharger (PNG)")
    (tmp_path / name).write_bytes(content)
    page.goto(site.url("/verifier"))
    wait_for_page(page)
    given = page.locator("[data-testid=stFileUploaderDropzoneInput]")
    given.set_input_files(tmp_path / name)
    expect(page.get_by_text("À jour").first).to_be_visible()
    expect(page.get_by_role("heading", name="Taux d’activation, Corse")).to_have_count(2)
    given.set_input_files(ROOT / "static/icon.png")
    expect(page.get_by_text("ne dit pas d’où il vient").first).to_be_visible()


def test_a_communication_officer_takes_a_press_kit_away_while_the_page_stays_usable(
    site: Site, page: Page
) -> None:
    page.goto(site.url("/kit"))
    wait_for_page(page)
    produce = page.get_by_role("button", name="Produire le kit")
    produce.click()
    page.get_by_role("button", name="Arrêter").click()
    expect(page.get_by_text("arrêté, rien n’est gardé").first).to_be_visible()
    for kept_out in (
        "Communiqué de presse et points à vérifier (DOCX), légendes (TXT)",
        "Page web (HTML)",
        "A4 paysage",
        "Diapositive 16:9 (1920 × 1080)",
        "Carré (1080 × 1080)",
        "Story (1080 × 1920)",
        "Aperçu de lien (1200 × 630)",
        "Brochure, pleine largeur (170 mm)",
        "SVG",
    ):
        page.get_by_role("button", name=kept_out, exact=True).click()
    page.get_by_placeholder("jj/mm/aaaa").fill("30/01/2027")
    page.get_by_placeholder("jj/mm/aaaa").press("Enter")
    wait_for_page(page)
    produce.click()
    expect(page.get_by_text(re.compile(r"\d+ sur \d+ fichiers")).first).to_be_visible()
    page.get_by_role("link", name="Territoires", exact=True).click()
    expect(page.get_by_role("heading", name="Carte", exact=True)).to_be_visible()
    page.get_by_role("link", name="Kit presse").click()
    ready = page.get_by_role("button", name="Télécharger le kit (ZIP)")
    ready.wait_for(timeout=BACKSTOP_S * 1000)
    name, content = downloaded(page, "Télécharger le kit (ZIP)")
    with zipfile.ZipFile(io.BytesIO(content)) as kit:
        names = kit.namelist()
        about = kit.read("corse-2026/LISEZ-MOI.txt").decode()
    assert name == "corse-2026.zip" and "30\u00a0JANVIER\u00a02027" in about
    assert {Path(file).suffix for file in names} >= {".pptx", ".xlsx", ".png", ".pdf"}
    assert not [file for file in names if file.endswith((".docx", ".svg", ".html"))]


@pytest.fixture
def one_format(site: Site) -> Iterator[None]:
    """Images in one format: a kit of all is as whole, and takes minutes."""
    config = site.folder / "config.yaml"
    good = config.read_text("utf-8")
    config.write_text(re.sub(r"(?m)(?<=^formats:\n)(  .*\n)(?:  .*\n)+", r"\1", good), "utf-8")
    yield
    config.write_text(good, "utf-8")


@pytest.mark.usefixtures("one_format")
def test_a_press_officer_goes_from_the_first_page_to_the_kit_of_a_region_in_six_clicks(
    site: Site, browser: Browser
) -> None:
    """Each click is counted by the browser; what goes on and what came out need no scrolling."""
    page = open_page(browser, viewport={"width": 1440, "height": 900})
    page.add_init_script(
        "addEventListener('click', event => event.isTrusted"
        " && sessionStorage.setItem('clicks', +(sessionStorage.getItem('clicks') ?? 0) + 1), true)"
    )
    page.goto(site.url("/"))
    wait_for_page(page)
    page.get_by_role("link", name=re.compile("^La Réunion 27,5")).click()
    expect(page.locator("h1")).to_have_text("Mon espace santé à La Réunion : chiffres clés")
    wait_for_page(page)
    page.get_by_role("button", name="Tout", exact=True).click()
    expect(page.get_by_text(re.compile(r"\d+ sur \d+ fichiers"))).to_be_in_viewport()
    ready = page.get_by_role("button", name="Télécharger le kit (ZIP)")
    ready.wait_for(timeout=BACKSTOP_S * 1000)
    expect(ready).to_be_in_viewport()
    name, content = downloaded(page, "Télécharger le kit (ZIP)")
    with zipfile.ZipFile(io.BytesIO(content)) as kit:
        folders = {file.split("/")[1] for file in kit.namelist()}
        kinds = {Path(file).suffix for file in kit.namelist()}
    assert name == "la-reunion-2026.zip"
    assert folders >= {"textes", "dossier-de-presse", "diapositives", "images", "web"}
    assert kinds >= {".docx", ".pdf", ".pptx", ".xlsx", ".png", ".svg", ".html"}
    assert int(page.evaluate("sessionStorage.getItem('clicks')")) <= 6
    page.close()


def test_a_press_officer_takes_one_document_of_a_dossier(site: Site, page: Page) -> None:
    page.goto(site.url("/dossier-grand-est-2024"))
    wait_for_page(page)
    page.get_by_role("button", name="Dossier de presse (PDF)", exact=True).click()
    button = "grand-est-2024_dossier-de-presse.pdf"
    page.get_by_role("button", name=button).wait_for()
    name, content = downloaded(page, button)
    assert name == button and content.startswith(b"%PDF")


def test_a_data_officer_downloads_the_filtered_figures_for_a_french_spreadsheet(
    site: Site, page: Page
) -> None:
    page.goto(site.url("/donnees?donnees_territoire=CPAM-641"))
    wait_for_page(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV (point-virgule)").click()
    content = Path(waiting.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbfTerritoire;Nom;")
    assert ";39,0;" in content.decode("utf-8-sig")


def test_an_edit_of_config_is_followed_and_a_bad_one_is_refused_with_a_banner(
    site: Site, page: Page
) -> None:
    config = site.folder / "config.yaml"
    good = config.read_text(encoding="utf-8")
    page.goto(site.url("/comparaison-trajectoires"))
    wait_for_page(page)
    try:
        config.write_text(good.replace("comparisons:\n", "comparisons:" + FOURTH, 1), "utf-8")
        page.reload()
        wait_for_page(page)
        page.get_by_role("link", name="Quatrième").click()
        expect(page.get_by_role("heading", name="Une page ajoutée en YAML")).to_be_visible()
        config.write_text(good.replace("  layout: bars", "  layuot: bars"), "utf-8")
        page.reload()
        wait_for_page(page)
        expect(page.get_by_text("problèmes dans config.yaml").first).to_be_visible()
        expect(page.get_by_role("link", name="Quatrième")).to_be_visible()
        page.get_by_role("link", name="Voir chaque problème et son remède").click()
        expect(page.get_by_text("Vouliez-vous dire « layout »").first).to_be_visible()
    finally:
        config.write_text(good, encoding="utf-8")
