"""The page that makes press kits, from what it offers to the archive."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from shipped import SETTINGS
from streamlit.navigation.page import calc_hash
from streamlit.testing.v1 import AppTest
from visits import ROOT, Edit, ended, named, opened

from atlas.export.kit_parts.registry import KIT_PARTS
from atlas.figures.options import territories_with_figures
from atlas.publications.publication import dossier_publication
from atlas.ui.kit_process import KitProcess


def text(visit: AppTest) -> str:
    """The titles and texts of the page, with plain spaces."""
    kinds = ("title", "header", "subheader", "markdown", "error", "success", "warning", "info")
    return " ".join(" ".join(part.value for kind in kinds for part in visit.main.get(kind)).split())


# --- what the page offers -------------------------------------------------------------------------


def listed(visit: AppTest) -> list[str]:
    (found,) = [part.value for part in visit.main.markdown if part.value.startswith("- ")]
    return [line.removeprefix("- ") for line in found.splitlines()]


@pytest.mark.parametrize("key", SETTINGS.dossiers)
def test_the_page_lists_the_figures_of_the_dossier_that_is_chosen(context, key):
    visit, made = opened("kit", dossier=key), dossier_publication(context, key)
    assert not visit.exception and [head.value for head in visit.header] == [made.title]
    *figures, numbers = listed(visit)
    assert figures == [figure.title for figure in made.images]
    assert int(numbers.partition(" ")[0]) == sum(len(part.cards) for part in made.sections) > 0


def test_the_page_opens_on_the_first_dossier_and_offers_them_all():
    visit = opened("kit")
    assert visit.query_params == {}
    box = named(visit.selectbox, "Dossier")
    assert box.value == "corse-2026"
    assert box.options == [dossier.title for dossier in SETTINGS.dossiers.values()]


def test_a_link_to_the_kit_of_a_territory_opens_on_it():
    visit = opened("kit", kit="territoire", territoire="REG-75", periode="2025-12")
    assert not visit.exception
    assert [head.value for head in visit.header] == [
        "Mon espace santé : Nouvelle-Aquitaine, décembre\u00a02025"
    ]
    said = " ".join(" ".join(listed(visit)).split())
    assert "Taux d’activation, Nouvelle-Aquitaine, décembre 2025 Taux d’activation" in said
    assert "décembre 2025 (classement)" in said


def test_the_page_offers_every_territory_that_has_figures_and_their_periods(context):
    visit = opened("kit")
    visit = named(visit.radio, "Contenu").set_value("territoire").run()
    assert visit.query_params["kit"] == "territoire"
    places = named(visit.selectbox, "Territoire")
    assert places.options == [
        context.territories[code].label for code in territories_with_figures(context)
    ]
    visit = places.select("REG-94").run()
    assert named(visit.selectbox, "Période").options == [
        "mars 2026",
        "décembre 2025",
        "décembre 2024",
    ]


def test_the_kit_of_a_territory_that_has_the_name_of_its_region_opens():
    visit = opened("kit", kit="territoire", territoire="DEP-974")
    assert not visit.exception and listed(visit)


def test_of_invented_figures_the_page_makes_kits_of_territories_alone():
    visit = opened("kit", demo="1", territoire="REG-94", periode="2025-12")
    assert not visit.exception and not [r for r in visit.radio if r.label == "Contenu"]
    assert [box.label for box in visit.selectbox] == ["Territoire", "Période"]


def test_of_invented_figures_the_page_says_so():
    visit = opened("kit", demo="1")
    badges = " ".join(part.proto.body for part in visit.main if part.type == "html")
    assert "Données fictives" in text(visit) + badges


# --- what the page asks for -----------------------------------------------------------------------


# Few documents are each offered by themselves.
OF_A_WORKBOOK = ["corse-2026.xlsx", "Télécharger le kit (ZIP)"]


def maker(visit: AppTest):
    return named(visit.button, "Produire le kit")


def pills(visit: AppTest, label: str):
    return named(visit.get("button_group"), label)


def test_everything_is_asked_for_unless_it_is_taken_away():
    visit = opened("kit")
    assert pills(visit, "Contenu du kit").value == list(KIT_PARTS)
    assert pills(visit, "Formats des images").value == list(SETTINGS.formats)
    assert pills(visit, "Fichiers").value == ["png", "svg", "pdf"]
    assert not visit.error and not maker(visit).disabled


def test_a_date_of_embargo_that_is_none_is_said_and_stops_the_button_until_it_is_mended():
    visit = opened("kit")
    for typed in ("30/02/2027", "2027-01-30", "demain", "1/1"):
        visit = named(visit.text_input, "Embargo (facultatif)").set_value(typed).run()
        (wrong,) = visit.error
        assert wrong.value.startswith(f"« {typed} » n’est pas une date : ")
        assert "30/01/2027" in wrong.value and maker(visit).disabled
    for typed in (" 28/02/2027 ", ""):
        visit = named(visit.text_input, "Embargo (facultatif)").set_value(typed).run()
        assert not visit.error and not maker(visit).disabled


@pytest.mark.parametrize("label", ["Contenu du kit", "Formats des images", "Fichiers"])
def test_a_kit_of_nothing_is_refused_in_french(label):
    visit = opened("kit")
    visit = pills(visit, label).set_value([]).run()
    assert [wrong.value for wrong in visit.error] == [
        "Choisissez au moins un contenu, et un format et un type d’image."
    ]
    assert maker(visit).disabled and not visit.exception


def test_without_images_neither_formats_nor_kinds_are_asked():
    visit = opened("kit")
    visit = pills(visit, "Contenu du kit").set_value(["classeur"]).run()
    assert [group.label for group in visit.get("button_group")] == ["Contenu du kit"]
    assert not visit.error and not maker(visit).disabled


# --- from the button to the archive ---------------------------------------------------------------


def kit_process(visit: AppTest) -> KitProcess:
    return visit.session_state["kit_job"]


def pressed(visit: AppTest, ending: list[KitProcess]) -> AppTest:
    visit = maker(visit).click().run()
    ending.append(kit_process(visit))
    return visit


def test_a_kit_is_announced_made_and_offered(ending):
    visit = opened("kit")
    pills(visit, "Contenu du kit").set_value(["classeur"])
    visit = pressed(visit, ending)
    assert not visit.exception and named(visit.button, "Arrêter")
    ended(kit_process(visit))
    visit = visit.run()
    assert not visit.exception and not visit.error
    assert [button.label for button in visit.get("download_button")] == OF_A_WORKBOOK
    (done,) = visit.success
    assert re.fullmatch(
        r"Mon espace santé en Corse : chiffres clés : \d fichiers?, 0,\d\sMo\.", done.value
    )
    with zipfile.ZipFile(kit_process(visit).archive) as archive:
        assert len(archive.namelist()) == 2 and " : 2 fichiers, " in done.value


def test_every_choice_of_the_page_reaches_the_command(ending):
    visit = opened("kit", kit="territoire", territoire="REG-94", periode="2025-12", demo="1")
    pills(visit, "Contenu du kit").set_value(["images", "web"])
    pills(visit, "Formats des images").set_value(["82mm"])
    pills(visit, "Fichiers").set_value(["pdf"])
    named(visit.text_input, "Embargo (facultatif)").set_value("30/01/2027")
    named(visit.checkbox, "Logo sur les images").uncheck()
    visit = pressed(visit, ending)
    assert kit_process(visit).arguments == [
        "--territory",
        "REG-94",
        "--period",
        "2025-12",
        "--demo",
        "--part",
        "images",
        "--part",
        "web",
        "--format",
        "82mm",
        "--kind",
        "pdf",
        "--no-logo",
        "--embargo",
        "2027-01-30",
        "--project",
        str(ROOT),
    ]


def test_a_kit_that_lacks_a_figure_is_offered_and_names_it(edited_site: Path, edit: Edit, ending):
    """The ends of a ranking do not fit in a low banner, which an agency has added."""
    banner = "bandeau: {label: Bandeau, width_px: 1200, height_px: 480, dpi: 144, text: 7.5}"
    edit("config.yaml", "\nformats:\n", f"\nformats:\n  {banner}\n")
    visit = opened("kit", territoire="FR", periode="2025-12", demo="1")
    pills(visit, "Contenu du kit").set_value(["images"])
    pills(visit, "Formats des images").set_value(["bandeau"])
    pills(visit, "Fichiers").set_value(["svg"])
    visit = pressed(visit, ending)
    ended(kit_process(visit))
    visit = visit.run()
    assert [button.label for button in visit.get("download_button")] == ["Télécharger le kit (ZIP)"]
    assert kit_process(visit).partial and not kit_process(visit).failed
    assert zipfile.is_zipfile(kit_process(visit).archive)
    assert "Certaines figures ne tiennent pas dans le format" in visit.warning[0].value
    assert "_classement_bandeau.svg : « " in visit.code[0].value


def test_a_kit_that_is_stopped_says_so_and_offers_nothing(ending):
    visit = pressed(opened("kit"), ending)
    visit = named(visit.button, "Arrêter").click().run()
    assert not visit.exception and not kit_process(visit).running
    visit = visit.run()
    assert [said.value for said in visit.info] == [
        "Mon espace santé en Corse : chiffres clés : arrêté, rien n’est gardé."
    ]
    assert not visit.get("download_button") and not maker(visit).disabled


def test_another_kit_takes_the_place_of_the_one_in_the_making(ending):
    visit = pressed(opened("kit"), ending)
    first = kit_process(visit)
    visit = named(visit.selectbox, "Dossier").select("la-reunion-2026").run()
    visit = pressed(visit, ending)
    assert not first.running and first.cancelled
    assert (
        kit_process(visit) is not first
        and kit_process(visit).label == SETTINGS.dossiers["la-reunion-2026"].title
    )


def test_a_kit_stays_while_the_visitor_is_on_another_page(ending):
    visit = opened("kit")
    pills(visit, "Contenu du kit").set_value(["classeur"])
    visit = pressed(visit, ending)
    for address in ("carte", "kit"):
        visit._page_hash = calc_hash(address)
        visit = visit.run()
        assert not visit.exception
        ended(ending[0])
    assert [button.label for button in visit.get("download_button")] == OF_A_WORKBOOK


def test_a_kit_that_fails_says_the_problem_of_the_file_in_french(edited_site, edit, ending):
    visit = opened("kit")
    edit("data/2025.csv", ",30.6,", ",3O.6,")
    visit = pressed(visit, ending)
    ended(kit_process(visit))
    visit = visit.run()
    assert [wrong.value for wrong in visit.error] == [
        "Mon espace santé en Corse : chiffres clés : le kit n’a pas pu être produit."
    ]
    (said,) = visit.code
    assert "data/2025.csv:" in said.value and "Traceback" not in said.value
    assert not visit.get("download_button")


def test_a_press_release_is_offered_with_what_its_editor_checks(ending):
    """Beside the fonts and LISEZ-MOI, which are in the ZIP."""
    visit = opened("dossier-grand-est-2024")
    visit = named(visit.button, "Communiqué (Word)").click().run()
    ending.append(kit_process(visit))
    ended(kit_process(visit))
    visit = visit.run()
    assert not visit.exception
    assert [button.label for button in visit.get("download_button")] == [
        "grand-est-2024_communique.docx",
        "grand-est-2024_a-verifier.docx",
        "grand-est-2024_legendes.txt",
        "Télécharger le kit (ZIP)",
    ]
