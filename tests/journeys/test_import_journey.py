"""The data officer's page in a real Chromium: a French Excel, from its upload to the map."""

from __future__ import annotations

import re
from collections.abc import Iterator

import import_cases as cases
import pytest
from browsing import (
    Site,
    expect_first_answer,
    go_to_imports,
    open_below,
    pick,
    wait_for_page,
    wait_for_rest,
)
from playwright.sync_api import Browser, Page, expect

from atlas.figures.common.context import FigureContext

pytestmark = pytest.mark.browser
FILE = ("taux 2026.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
HEADER = ["N° caisse", "Nom", "Part des assurés", "Hausse du taux d’activation (pts)"]


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser, fictitious: FigureContext
) -> Iterator[Site]:
    """A server of its own: these visitors write into its files."""
    made = Site(tmp_path_factory.mktemp("imports"), own_machine=True)
    made.start()
    expect_first_answer(
        made, browser, "/dossier-corse-2026?territoire=REG-94", "Mon espace santé en Corse"
    )
    yield made
    made.stop()


def next_year() -> bytes:
    """The annex of caisses a year later, under other titles; made up for these tests."""
    rows = [
        [*row[:2], "44,4 %" if row[0] == "161" else row[2].replace("%", " %"), row[3]]
        for row in cases.ANNEX
    ]
    return cases.workbook([["Nouvelle-Aquitaine, année 2026"], [], HEADER, *rows], ("A1:D1",))


def upload(page: Page, site: Site, content: bytes, name: str = FILE[0]) -> None:
    page.goto(site.url(f"/importer?jeton={site.token}"))
    page.wait_for_url(site.url("/importer"))
    give(page, content, name)


def give(page: Page, content: bytes, name: str = FILE[0]) -> None:
    wait_for_page(page)
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": FILE[1], "buffer": content}
    )
    page.get_by_role("combobox", name="Lecture", exact=True).wait_for()


def settle(page: Page) -> None:
    """Say what the column holds that its title leaves open, and name the document."""
    pick(page, "Contenu de « Part des assurés »", "Valeur")
    pick(page, "Indicateur de « Part des assurés »", "Taux d’activation")
    pick(page, "Document d’où viennent les chiffres", "Un nouveau document…")
    for label, text in (
        ("Titre du document", "Bilan 2026"),
        ("Éditeur", "Agence d’essai"),
        ("Date de publication", "février 2027"),
    ):
        page.get_by_label(label, exact=True).fill(text)
        page.keyboard.press("Enter")
    page.get_by_text("Rapport du fichier").wait_for()


def files(site: Site) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in (site.folder / "data").iterdir() if path.is_file()
    }


def test_a_french_excel_is_corrected_accepted_seen_on_the_map_then_undone(site, page) -> None:
    before = files(site)
    upload(page, site, next_year())
    settle(page)
    expect(page.get_by_text("13 chiffres reconnus").first).to_be_visible()
    assert files(site) == before  # nothing is written until the visitor accepts
    # As an impatient hand does while it is written: three clicks, one document.
    page.get_by_role("button", name="Accepter et écrire dans data/").click(click_count=3, delay=5)
    expect(page.get_by_text("13 lignes ajoutées").first).to_be_visible()
    expect(page.get_by_role("button", name="Annuler cet import")).to_be_visible()
    expect(page.get_by_role("button", name="Accepter et écrire dans data/")).to_have_count(0)
    assert b"agence-essai-2027-02" in (site.folder / "data/2026.csv").read_bytes()
    assert files(site)["sources.yaml"].count(b"Bilan 2026") == 1
    page.get_by_role("link", name="Voir sur la carte").click()
    open_below(page, "Données")
    expect(page.get_by_role("row", name=re.compile("Charente .*44,4")).first).to_be_visible()
    page.goto(site.url("/importer"))
    page.get_by_role("button", name=re.compile("Annuler le dernier import")).click()
    expect(page.get_by_text("comme avant").first).to_be_visible()
    assert files(site) == before


def test_what_was_typed_is_there_after_a_look_at_the_map(site, page) -> None:
    upload(page, site, next_year())
    settle(page)
    page.get_by_role("link", name="Territoires", exact=True).click()
    expect(page.locator("h1")).to_have_text("Carte")
    go_to_imports(page)
    page.get_by_text("Rapport du fichier").wait_for()
    expect(page.get_by_text("Fichier en cours : « taux 2026.xlsx »").first).to_be_visible()
    expect(page.get_by_label("Titre du document", exact=True)).to_have_value("Bilan 2026")
    expect(page.get_by_label("Date de publication", exact=True)).to_have_value("février 2027")
    expect(page.get_by_text("13 chiffres reconnus").first).to_be_visible()


def test_the_button_of_files_speaks_french(site, page, tmp_path) -> None:
    page.goto(site.url("/importer"))
    wait_for_page(page)
    button = page.get_by_test_id("stFileUploader")
    expect(button.get_by_role("button", name=re.compile("Choisir un fichier"))).to_be_visible()
    expect(button.get_by_text("ou déposez-le ici, 100\u00a0Mo au plus").first).to_be_visible()
    page.locator("input[type=file]").set_input_files(
        {"name": "taux 2.3KB.csv", "mimeType": "text/csv", "buffer": b"Nom;Taux\n" * 256}
    )
    expect(button.get_by_text("2,3\u00a0Ko", exact=True).first).to_be_visible()
    expect(button.get_by_text("taux 2.3KB.csv").first).to_be_visible()  # its own name stays
    expect(button.get_by_role("button", name="Retirer taux 2.3KB.csv")).to_be_visible()
    expect(button.get_by_text(re.compile("Upload|Drag|per file|KB$"))).to_have_count(0)
    large = tmp_path / "gros.csv"
    large.write_bytes(b"0" * 110_000_000)
    page.locator("input[type=file]").set_input_files(large)
    expect(button.get_by_text("Le fichier dépasse 100\u00a0Mo.")).to_be_attached()


def test_a_file_can_be_used_for_the_session_alone(site, page) -> None:
    before = files(site)
    upload(page, site, next_year())
    settle(page)
    page.get_by_role("button", name="Utiliser pour cette session").click()
    expect(page.get_by_text("est utilisé pour cette session").first).to_be_visible()
    page.get_by_role("link", name="Voir sur la carte").click()
    expect(page.get_by_text("que ce tableau de bord ne publie pas").first).to_be_visible()
    page.get_by_role("button", name="Retirer ce fichier").click()
    expect(page.get_by_text("que ce tableau de bord ne publie pas")).to_have_count(0)
    assert files(site) == before


def test_a_reading_kept_as_a_profile_reads_the_next_file_in_one_click(site, page) -> None:
    config = site.folder / "config/imports.yaml"
    before = config.read_text("utf-8")
    upload(page, site, next_year())
    settle(page)
    page.get_by_text("Garder cette lecture comme profil").click()
    page.get_by_label("Nom du profil").fill("Taux par caisse, agence d’essai")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Écrire dans config/imports.yaml").click()
    expect(page.get_by_text("écrit dans config/imports.yaml").first).to_be_visible()
    upload(page, site, next_year(), "taux 2027.xlsx")
    expect(page.get_by_role("combobox", name="Lecture", exact=True)).to_have_value(
        "Taux par caisse, agence d’essai"
    )
    after = config.read_text("utf-8")
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    config.write_text(before, "utf-8")


def test_a_wrong_file_is_refused_in_french_and_the_page_stays(site, page) -> None:
    page.goto(site.url("/importer"))
    wait_for_page(page)
    for content, said in (
        (b"\x00\x01\x02" * 500, "illisible|lisible|abîmé"),
        (cases.workbook([["Bonjour"]]), "Aucun tableau n’est reconnu"),
    ):
        page.locator("input[type=file]").set_input_files(
            {"name": "faux.xlsx", "mimeType": FILE[1], "buffer": content}
        )
        expect(page.get_by_text(re.compile(said)).first).to_be_visible()
        expect(page.locator("h1")).to_have_text("Importer un fichier")


def test_a_visitor_without_the_token_has_the_session_alone(site, page) -> None:
    # From the machine itself, and by its own name.
    page.goto(f"http://localhost:{site.port}/importer")
    give(page, next_year())
    settle(page)
    expect(page.get_by_role("button", name="Utiliser pour cette session")).to_be_visible()
    expect(page.get_by_role("button", name="Accepter et écrire dans data/")).to_have_count(0)


def test_the_token_leaves_the_address_at_once_and_holds_for_the_tab(site, browser) -> None:
    visitor = browser.new_context(locale="fr-FR")
    page = visitor.new_page()
    administers = page.get_by_text("Vous administrez ce serveur")
    page.goto(site.url("/carte?territoire=REG-93"))
    wait_for_page(page)
    page.goto(site.url(f"/carte?territoire=REG-75&jeton={site.token}"))
    expect(administers).to_be_visible()
    page.wait_for_url(site.url("/carte?territoire=REG-75"))
    wait_for_rest(page)
    page.reload()
    expect(administers).to_be_visible()
    # What keeps the history is a component, which comes after the page.
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.get_by_role("link", name="Couloirs", exact=True).click()
    expect(page.locator("h1")).to_have_text("Couloirs")
    expect(administers).to_be_visible()
    # Neither the history of the tab nor its notebook holds it.
    page.go_back()
    expect(page.locator("h1")).to_have_text("Carte")
    assert site.token not in page.url
    page.go_back()
    page.wait_for_url(site.url("/carte?territoire=REG-93"))
    assert site.token not in page.evaluate("JSON.stringify({...localStorage})")
    # Nor does another tab, nor anything that the server says beside the address that it printed.
    other = visitor.new_page()
    other.goto(site.url("/importer"))
    expect(other.get_by_text("n’a pas le rôle import").first).to_be_visible()
    assert site.log.read_text("utf-8").count(site.token) == 1
    visitor.close()


def test_a_token_of_before_is_refused_in_french(site, page) -> None:
    page.goto(site.url("/importer?jeton=celui-d-avant"))
    expect(page.get_by_text("Ce jeton n’est pas celui de ce serveur").first).to_be_visible()
    page.wait_for_url(site.url("/importer"))
    expect(page.get_by_text("n’a pas le rôle import").first).to_be_visible()
