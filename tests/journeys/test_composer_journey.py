"""Who does not write YAML, in a real Chromium: from an Excel file to a kit; a dossier composed,
saved, opened again by somebody else, changed, taken back; by keyboard alone."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

import import_cases as cases
import pytest
import yaml
from browsing import Site, expect_first_answer, pick, wait_for_page, wait_for_rest
from playwright.sync_api import Browser, Page, expect

from atlas.figures.common.context import FigureContext

pytestmark = pytest.mark.browser
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Made up for this test: a region of which no document is known.
BRETAGNE = [
    ["Département", "Nom", "Taux d’activation (en %)"],
    ["22", "Côtes-d’Armor", "35,1"],
    ["29", "Finistère", "36,2"],
    ["35", "Ille-et-Vilaine", "38,4"],
    ["56", "Morbihan", "34,9"],
]


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser, fictitious: FigureContext
) -> Iterator[Site]:
    """A server of its own: these visitors write into its files."""
    made = Site(tmp_path_factory.mktemp("composer"), own_machine=True)
    made.start()
    expect_first_answer(made, browser, "/composer", "Composer")
    yield made
    made.stop()


def import_bretagne(page: Page, site: Site) -> None:
    page.goto(site.url(f"/importer?jeton={site.token}"))
    page.wait_for_url(site.url("/importer"))
    wait_for_page(page)
    content = cases.workbook([["Bretagne, décembre 2025"], [], *BRETAGNE])
    page.locator("input[type=file]").set_input_files(
        {"name": "bretagne.xlsx", "mimeType": XLSX, "buffer": content}
    )
    page.get_by_role("combobox", name="Lecture", exact=True).wait_for()
    pick(page, "Document d’où viennent les chiffres", "Un nouveau document…")
    for label, text in (
        ("Titre du document", "Bilan breton"),
        ("Éditeur", "Agence d’essai"),
        ("Date de publication", "février 2026"),
    ):
        page.get_by_label(label, exact=True).fill(text)
        page.keyboard.press("Enter")
    page.get_by_text("Rapport du fichier").wait_for()
    wait_for_rest(page)
    page.get_by_role("button", name="Accepter et écrire dans data/").click()
    expect(page.get_by_text("4 lignes ajoutées").first).to_be_visible()


def search_territory(page: Page, name: str) -> None:
    box = page.get_by_role("combobox", name="Territoire du dossier", exact=True)
    box.click()
    box.fill(name)
    page.get_by_role("option", name=name).first.click()


def open_entry(page: Page, name: str) -> None:
    box = page.get_by_role("combobox", name="Dossier ou comparaison", exact=True)
    box.click()
    box.fill(name)
    page.get_by_role("option", name=name).first.click()
    page.get_by_role("button", name="L’ouvrir").click()
    expect(page.get_by_role("button", name="Annuler", exact=True)).to_be_visible()


def open_texts(page: Page) -> None:
    page.get_by_text("Titre, territoire, période").click()


def test_from_an_excel_file_of_a_region_without_figures_to_its_kit(site, page, tmp_path) -> None:
    import_bretagne(page, site)
    page.get_by_role("link", name="Dossiers", exact=True).click()
    page.get_by_role("link", name="Composer", exact=True).click()
    search_territory(page, "Bretagne, région 53")
    page.get_by_role("button", name="Composer son dossier").click()
    page.get_by_role("button", name="2. Carte", exact=True).click()
    # A title that the figures confirm is proposed for the map.
    page.get_by_role("button", name="Prendre : ").first.click()
    expect(page.get_by_text("Les chiffres le confirment.").first).to_be_visible()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Enregistré dans la configuration.").first).to_be_visible()
    kept = yaml.safe_load((site.folder / "config/dossiers/bretagne.yaml").read_text("utf-8"))
    assert kept["territory"] == "REG-53" and "Ille-et-Vilaine" in kept["blocks"][1]["title"]
    # The whole kit in its lightest parts: all its formats take minutes.
    page.get_by_role("button", name="Communiqué (Word)").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger le kit (ZIP)").click()
    with zipfile.ZipFile(download.value.path()) as kit:
        assert all("projet" not in name for name in kit.namelist())
    page.get_by_role("link", name="Voir la page").click()
    expect(page.locator("h1")).to_have_text("Mon espace santé en Bretagne : chiffres clés")


def test_a_dossier_is_opened_again_by_somebody_else_changed_and_taken_back(
    site, page, browser
) -> None:
    before = (site.folder / "config.yaml").read_text("utf-8")
    page.goto(site.url(f"/composer?jeton={site.token}"))
    wait_for_page(page)
    open_entry(page, "Dossier : Mon espace santé en Corse")
    other = browser.new_context(locale="fr-FR").new_page()
    other.goto(site.url(f"/composer?jeton={site.token}"))
    wait_for_page(other)
    open_entry(other, "Dossier : Mon espace santé en Corse")
    expect(other.get_by_text("Quelqu’un d’autre a ouvert la même entrée").first).to_be_visible()
    open_texts(other)
    title = other.get_by_label("Titre", exact=True).first
    title.fill("Quatre ans en Corse")
    title.press("Tab")
    other.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(other.get_by_text("Enregistré dans la configuration.").first).to_be_visible()
    # The first one, whose page is of before, is told instead of overwriting.
    open_texts(page)
    mine = page.get_by_label("Titre", exact=True).first
    mine.fill("Un autre titre")
    mine.press("Tab")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("a changé dans config.yaml depuis").first).to_be_visible()
    other.get_by_role("button", name="Annuler", exact=True).click()
    other.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(other.get_by_role("button", name="Enregistré", exact=True)).to_be_disabled()
    assert (site.folder / "config.yaml").read_text("utf-8") == before
    other.context.close()


def test_a_draft_survives_a_reload(site, page) -> None:
    page.goto(site.url("/composer"))
    wait_for_page(page)
    open_entry(page, "Dossier : Mon espace santé en Corse")
    open_texts(page)
    title = page.get_by_label("Titre", exact=True).first
    title.fill("Un titre à moi")
    title.press("Tab")
    expect(page.get_by_text("Un titre à moi").first).to_be_visible()
    # What keeps the draft is a component, which comes after the page.
    page.wait_for_function(
        "() => (localStorage['mon-espace-sante-brouillon'] ?? '').includes('Un titre à moi')"
    )
    page.reload()
    expect(page.get_by_text("Un titre à moi").first).to_be_visible()


def test_blocks_are_ordered_and_saved_by_keyboard_alone(site, page) -> None:
    page.goto(site.url(f"/composer?jeton={site.token}"))
    wait_for_page(page)
    page.get_by_role("combobox", name="Dossier ou comparaison", exact=True).focus()
    page.keyboard.type("La Réunion")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    copy = page.get_by_role("button", name="En faire une copie")
    expect(copy).to_be_enabled()
    copy.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Descendre").first.wait_for()
    wait_for_rest(page)
    first = page.get_by_role("button", name="1. ").inner_text()
    page.get_by_role("button", name="Descendre").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="1. ")).not_to_have_text(first)
    page.get_by_role("button", name="Enregistrer", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Enregistré dans la configuration.").first).to_be_visible()
    assert (site.folder / "config/dossiers/reunion.yaml").is_file()
