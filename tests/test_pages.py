"""The pages through the router: what each shows, what its address holds, what an edit does."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from streamlit.navigation.page import calc_hash
from streamlit.testing.v1 import AppTest

from atlas.export.image import image
from atlas.export.page_layout import Options
from atlas.figures.common.style import Style
from atlas.figures.registry import figure_of
from atlas.figures.requests import FigureRequest
from atlas.settings import read_settings
from atlas.ui.downloads import printed

ROOT = Path(__file__).parents[1]
SETTINGS, _ = read_settings(ROOT / "config.yaml")
COMPARISONS = [f"comparaison-{key}" for key in SETTINGS.comparisons]
DOSSIERS = [f"dossier-{key}" for key in SETTINGS.dossiers]
HOME = ""
PAGES = {
    HOME: SETTINGS.brand.title,
    "carte": "Carte",
    "couloirs": "Couloirs",
    "kit": "Kit presse",
    "verifier": "Vérifier une image",
    "donnees": "Données et sources",
    "couverture": "Couverture",
    "coherence": "Cohérence des chiffres",
    "problemes": "Problèmes des fichiers",
    **{f"comparaison-{key}": page.title for key, page in SETTINGS.comparisons.items()},
    **{f"dossier-{key}": page.title for key, page in SETTINGS.dossiers.items()},
}
every_page = pytest.mark.parametrize("address", PAGES, ids=lambda address: address or "accueil")

ENGLISH = re.compile(
    r"\b(the|and|of|with|from|value|year|month|level|rate|missing|published|"
    r"unknown|error|none|nan|null|undefined|true|false|download|loading|select|"
    r"choose|empty|oops|traceback)\b",
    re.IGNORECASE,
)
FOURTH = """
  quatrieme:
    nav: "Quatrième"
    title: "Une page ajoutée en YAML"
    introduction: "Sans une ligne de Python."
    territories: [FR, REG-93]
    indicators: [activation_rate]
    layout: curve
"""


def opened(address: str = HOME, **query: str) -> AppTest:
    """A visitor who opens a link: the address of a page, with what its URL holds.

    AppTest.switch_page() knows pages that are files, and ours are functions: a page is asked for
    by the hash of its address, as the browser does.
    """
    visit = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    visit._page_hash = calc_hash(address) if address else ""
    visit.query_params.update(query)
    return visit.run()


@cache
def seen(address: str = HOME, **query: str) -> AppTest:
    """The same, opened once for all the tests that only look."""
    return opened(address, **query)


def go(visit: AppTest, address: str) -> AppTest:
    """The same visitor on another page of the menu, which leaves what the URL holds behind."""
    visit._page_hash = calc_hash(address)
    visit.query_params.clear()
    return visit.run()


def offered(visit: AppTest) -> list[str]:
    """What the buttons that make a file when clicked say."""
    made = [
        json.loads(part.proto.json)
        for part in visit.get("bidi_component")
        if part.proto.component_name == "fichier"
    ]
    return [button["label"] for button in made if button["use"] == "file"]


def words(visit: AppTest) -> Iterator[str]:
    """Every text of the page, but not of the menu beside it."""
    for element in visit.main:
        if element.type == "html":
            html = re.sub(r"<(style|script)>.*?</\1>", "", element.proto.body, flags=re.DOTALL)
            yield re.sub(r"<[^>]+>", "\n", html)
        elif element.type == "table":
            yield from cells(element.value)
        elif hasattr(element, "options"):  # its value is a code, shown by the name of its option
            yield from [element.label, *element.options]
        else:
            yield from [
                text
                for name in ("value", "label")
                if isinstance(text := getattr(element, name, None), str)
            ]


def cells(table: pd.DataFrame) -> list[str]:
    return [str(cell) for column in table for cell in (column, *table[column])]


def page_text(visit: AppTest) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", "\n".join(words(visit)))


def picked(visit: AppTest, label: str) -> str:
    """What a select box or a row of radio buttons shows as chosen."""
    (found,) = [widget for widget in (*visit.selectbox, *visit.radio) if widget.label == label]
    return found.value


def box(visit: AppTest, label: str):
    (found,) = [widget for widget in visit.selectbox if widget.label == label]
    return found


def charts(visit: AppTest) -> list:
    return [chart.proto for chart in visit.get("vega_lite_chart")]


# --- every page ----------------------------------------------------------------------------------


@every_page
def test_every_page_opens_from_its_address_with_its_title(address):
    visit = seen(address)
    assert not visit.exception
    assert [title.value for title in visit.title] == [PAGES[address]]
    assert not visit.warning and not visit.error


@every_page
def test_no_page_says_anything_in_english(address):
    for query in ({}, {"demo": "1"}):
        said = [text for text in words(seen(address, **query)) if not text.startswith("http")]
        assert said and [text for text in said if ENGLISH.search(text)] == []


@pytest.mark.parametrize(
    "address",
    [a for a in PAGES if a not in ("problemes", "verifier")],
    ids=lambda address: address or "accueil",
)
def test_every_page_made_of_invented_figures_says_so(address):
    visit = seen(address, demo="1")
    assert not visit.exception and visit.toggle[0].value is True
    assert "Données fictives" in page_text(visit)
    heads = [
        element.proto.body
        for element in visit.main
        if element.type == "html" and "class='titre'" in element.proto.body
    ]
    assert all("<p class='fictif'>Données fictives</p>" in head for head in heads)
    assert "Données fictives" not in page_text(seen(address))


@every_page
def test_every_chart_says_to_a_screen_reader_what_it_shows(address):
    for chart in charts(seen(address)):
        assert chart.alt and chart.alt.endswith(".")


def test_every_comparison_and_every_dossier_of_config_yaml_is_a_page():
    assert (len(COMPARISONS), len(DOSSIERS)) == (4, 5)
    assert all(charts(seen(address)) for address in COMPARISONS)


@pytest.mark.parametrize("address", DOSSIERS)
def test_a_dossier_names_its_source_and_lacks_no_figure(address):
    text = page_text(seen(address))
    assert "Source : " in text and "Titre du document : «" in text
    assert "absents des données" not in text and "aucun chiffre à montrer" not in text


# --- what the pages show -------------------------------------------------------------------------


def test_the_first_page_shows_the_nation_its_milestones_and_its_curve():
    text = page_text(seen())
    for said in ("Usagers, France", "Quatre ans d’avancées", "2022", "Profils activés au fil du"):
        assert said in text


def test_the_map_page_counts_the_departements_and_draws_twice():
    visit = seen("carte")
    assert "13 départements sur 101 ont un taux publié pour décembre 2025" in page_text(visit)
    assert "non publié (88)" in page_text(visit)
    assert len(charts(visit)) == 2


def test_a_place_without_any_rate_says_so_instead_of_an_empty_map():
    visit = seen("carte", region="REG-11")
    assert not visit.exception and not charts(visit)
    assert "Aucun taux n’est publié pour ce territoire" in page_text(visit)


def test_the_dossier_of_paca_shows_the_printed_table():
    visit = seen("dossier-provence-alpes-cote-d-azur-2025")
    (table,) = visit.table
    row = [re.sub(r"[\u00a0\u202f]", " ", cell) for cell in table.value.iloc[2]]
    assert row == ["Médecine de ville", "7 094", "+33 %", "9 072 324", "+150 %"]


def test_the_data_page_lists_fifty_figures_at_a_time_and_offers_them_all():
    visit = seen("donnees")
    assert len(visit.table[0].value) == 50
    assert offered(visit) == ["CSV (point-virgule)", "XLSX"]
    assert "Règle : quand plusieurs sources publient la même chose" in page_text(visit)


def test_the_data_page_keeps_to_what_its_filters_leave():
    visit = opened("donnees", donnees_territoire="REG-94", donnees_annee="2025")
    table = visit.table[0].value
    assert set(table["Territoire"]) == {"Corse (région)"}
    assert all("2025" in period for period in table["Période"])
    assert f"{len(table)} chiffres." in page_text(visit)


def test_the_coverage_page_says_what_a_full_map_lacks_and_offers_its_rows():
    visit = seen("couverture")
    text = page_text(visit)
    assert "13 départements sur 101 (dont 1 †) en décembre 2025, il en manque 88." in text
    assert "Corse (2 sur 2)" in text and "Les taux de 93 caisses suffiraient" in text
    assert offered(visit) == ["CSV (point-virgule)", "XLSX"]
    assert len(visit.table[0].value) == 19


def test_the_coverage_page_of_an_indicator_without_figures_says_so():
    visit = seen("couverture", demo="1", indicateur="opposition_rate")
    assert "Aucun chiffre n’est connu pour cet indicateur" in page_text(visit)
    assert not visit.exception and not visit.table


def test_the_coverage_page_lists_fifty_invented_figures_at_a_time_by_corridor():
    visit = seen("couverture", demo="1", indicateur="documents_deposited", couloir="officine")
    assert len(visit.table[0].value) == 50 and set(visit.table[0].value["Couloir"]) == {"Officine"}
    assert "404 chiffres et leurs sources" in page_text(visit)


def test_files_without_a_problem_are_said_to_be_correct():
    assert "Aucun problème : tous les fichiers lus sont corrects." in page_text(seen("problemes"))


# --- images, out and back in ---------------------------------------------------------------------


def behind(address: str, frame: str, **query: str) -> AppTest:
    """The page with what stands behind one figure unfolded, as a click does."""
    visit = opened(address, **query)
    visit.session_state[f"{frame}_table"] = True
    return visit.run()


def test_nothing_of_a_figure_is_sent_before_it_is_unfolded():
    visit = seen("comparaison-trajectoires")
    assert offered(visit) == [] and not visit.table


def test_a_figure_is_taken_away_in_every_format_of_config_yaml_and_every_kind():
    visit = behind("comparaison-trajectoires", "comparaison_trajectoires_0")
    assert offered(visit) == ["Télécharger (PNG)"] and len(visit.table) == 1
    assert box(visit, "Format").options == [size.label for size in SETTINGS.formats.values()]
    (kind,) = [radio for radio in visit.radio if radio.label == "Fichier"]
    assert kind.options == ["PNG", "SVG", "PDF"]
    assert {check.label: check.value for check in visit.checkbox} == {
        "Lecture, champ et source sous le dessin": True,
        "Fond transparent": False,
        "Logo": False,
    }
    kind.set_value("pdf").run()
    assert offered(visit) == ["Télécharger (PDF)"] and not visit.exception


def test_an_image_without_its_caption_comes_with_the_words_as_text():
    visit = behind("comparaison-trajectoires", "comparaison_trajectoires_0")
    visit.checkbox[0].uncheck().run()
    assert offered(visit) == ["Télécharger (PNG)"] and not visit.exception
    assert [button.label for button in visit.get("download_button")] == ["Légende (TXT)"]


def test_a_map_and_its_ranking_are_taken_away_one_or_the_other():
    visit = behind("carte", "carte", region="REG-75")
    (which,) = [radio for radio in visit.radio if radio.label == "Dessin"]
    assert which.options == ["Carte", "Classement"] and offered(visit) == ["Télécharger (PNG)"]


def test_an_image_is_for_paper_whatever_the_screen_is(context):
    dark = replace(context, style=Style.dark(context.settings.brand))
    request = FigureRequest("comparaison", "activation_rate", page="taux-activation-fin-2025")
    made = [
        printed(one, figure_of(one, request), "svg", "170mm", Options()) for one in (dark, context)
    ]
    assert made[0] == made[1] and b'fill="#ffffff"' in made[0]


def image_of(context, kind: str = "svg", **request: str) -> bytes:
    asked = FigureRequest.from_texts(
        {
            "drawing": "carte",
            "indicator": "activation_rate",
            "territory": "REG-75",
            "period": "2025-12",
            **request,
        }
    )
    return image(
        figure_of(context, asked),
        kind,
        context.shapes,
        context.settings.formats["170mm"],
        data=context.dataset.version,
    )


def dropped(name: str, content: bytes) -> AppTest:
    visit = opened("verifier")
    visit.file_uploader[0].set_value((name, content, ""))
    return visit.run()


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_an_image_whose_figures_are_those_of_today_is_said_to_be_current(context, kind):
    visit = dropped(f"carte.{kind}", image_of(context, kind))
    assert [said.value for said in visit.success] == [
        "À jour : tous les chiffres de l’image sont encore ceux publiés (mêmes données)."
    ]
    assert "Taux d’activation, Nouvelle-Aquitaine, décembre 2025" in page_text(visit)
    assert len(charts(visit)) == 1 and not visit.exception


def test_an_image_of_invented_figures_is_checked_against_them_and_says_so(fictitious):
    visit = dropped("fictif.png", image_of(fictitious, "png"))
    assert len(visit.success) == 1 and "Données fictives" in page_text(visit)


@pytest.mark.parametrize(
    "name, content",
    [
        ("autre.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("texte.png", b"bonjour"),
        ("vide.pdf", b""),
    ],
)
def test_an_image_of_somebody_else_is_refused_by_its_name(name, content):
    visit = dropped(name, content)
    assert not visit.exception and not charts(visit)
    (refused,) = visit.error
    assert refused.value.startswith(f"{name} : ") and not ENGLISH.search(refused.value)


def test_an_image_whose_figure_has_changed_names_the_cell(context, site: Path, edit: Edit):
    old = image_of(context)
    edit("data/2025.csv", "DEP-40,activation_rate,,2025,41.7", "DEP-40,activation_rate,,2025,42.9")
    visit = dropped("carte.svg", old)
    assert not visit.exception and not visit.success
    assert "À refaire" in visit.error[0].value
    assert "Landes" in page_text(visit) and "42,9 %" in page_text(visit)


def test_an_image_whose_figure_is_no_longer_made_says_why(context, site: Path, edit: Edit):
    old = image_of(context, drawing="comparaison", page="taux-activation-fin-2025")
    edit("config.yaml", "  taux-activation-fin-2025:", "  taux-fin-2025:")
    visit = dropped("comparaison.svg", old)
    assert not visit.exception and not charts(visit)
    assert visit.error[0].value == (
        "Cette figure ne peut plus être faite : la comparaison "
        "« taux-activation-fin-2025 » n’existe pas."
    )


# --- the address holds the choices ---------------------------------------------------------------

LINKS = [
    (HOME, "Territoire", "territoire", "REG-94", "FR"),
    (HOME, "Territoire", "territoire", "DEP-2A", "FR"),
    (HOME, "Situation à la fin de", "periode", "2024-12", "2026-03"),
    ("carte", "Territoire", "region", "REG-75", "FR"),
    ("carte", "Découpage", "decoupage", "caisses", "departements"),
    ("carte", "Découpage", "decoupage", "regions", "departements"),
    ("carte", "Mesure", "mesure", "gap", "value"),
    ("carte", "Période", "periode", "2024-12", "2025-12"),
    ("carte", "Territoire mis en avant", "selection", "DEP-64", ""),
    ("couloirs", "Territoire", "territoire", "REG-93", "FR"),
    ("couloirs", "Couloir", "couloir", "officine", "hopital"),
    ("donnees", "Territoire", "donnees_territoire", "REG-04", ""),
    ("donnees", "Source", "donnees_source", "egora-202601", ""),
    ("couverture", "Indicateur", "indicateur", "opposition_rate", "activation_rate"),
    ("couverture", "Niveau", "decoupage", "caisses", "departements"),
    ("couverture", "Période de la carte", "periode", "2026-03", "2025-12"),
]
every_link = pytest.mark.parametrize(
    "address, label, key, value, start", LINKS, ids=[f"{a}?{k}={v}" for a, _, k, v, _ in LINKS]
)


@every_link
def test_a_link_opens_on_what_it_holds_and_keeps_it(address, label, key, value, start):
    visit = opened(address, **{key: value})
    assert not visit.exception
    assert picked(visit, label) == value != start
    assert visit.query_params == {key: value}


@every_link
def test_a_link_with_a_value_that_does_not_exist_falls_back(address, label, key, value, start):
    visit = opened(address, **{key: "n'importe <b>quoi</b>"})
    assert not visit.exception and not visit.warning
    assert picked(visit, label) == start and visit.query_params == {}


@pytest.mark.parametrize("address", [HOME, "carte", "couloirs", "donnees"])
def test_a_page_opens_on_its_defaults_and_leaves_its_address_clean(address):
    visit = opened(address)
    assert visit.query_params == {}
    expected = {label: start for where, label, _, _, start in LINKS if where == address}
    assert {label: picked(visit, label) for label in expected} == expected


def test_a_choice_is_written_in_the_address_and_taken_back_out():
    visit = opened()
    box(visit, "Territoire").select("REG-94").run()
    assert visit.query_params == {"territoire": "REG-94"}
    assert "Usagers, Corse" in page_text(visit)
    box(visit, "Territoire").select("FR").run()
    assert visit.query_params == {}


def test_a_choice_follows_the_visitor_to_the_pages_that_have_it():
    visit = opened()
    box(visit, "Territoire").select("REG-93").run()
    for address in ("couloirs", HOME, "carte", HOME, "couloirs"):
        go(visit, address)
        assert not visit.exception
        assert address == "carte" or picked(visit, "Territoire") == "REG-93"
        assert address == "carte" or visit.query_params == {"territoire": "REG-93"}


def test_the_back_button_undoes_the_last_choice():
    visit = opened()
    box(visit, "Territoire").select("REG-94").run()
    visit.query_params.clear()
    assert picked(visit.run(), "Territoire") == "FR" and visit.query_params == {}


def test_the_fictitious_set_follows_from_page_to_page():
    visit = opened("carte", demo="1")
    for address in ("couloirs", HOME, "comparaison-trajectoires"):
        assert "Données fictives" in page_text(go(visit, address))
        assert visit.query_params["demo"] == "1"


def test_a_choice_that_another_page_lacks_is_left_behind():
    visit = opened(territoire="DEP-2A")
    assert picked(visit, "Territoire") == "DEP-2A"
    assert picked(go(visit, "couloirs"), "Territoire") == "FR" and not visit.exception


def test_another_territory_keeps_the_period_when_it_has_it_and_else_takes_its_newest():
    visit = opened(territoire="REG-93", periode="2024-12")
    box(visit, "Territoire").select("REG-94").run()
    assert picked(visit, "Situation à la fin de") == "2024-12"
    box(visit, "Territoire").select("DEP-2A").run()
    assert picked(visit, "Situation à la fin de") == "2026-03" and not visit.exception


def test_a_map_of_one_region_in_points_of_gap_is_one_link():
    visit = opened("carte", region="REG-75", mesure="gap", selection="DEP-64")
    text = page_text(visit)
    assert "Taux d’activation : écart à la France, Nouvelle-Aquitaine, décembre 2025" in text
    assert "dans les Pyrénées-Atlantiques, soit 3,7 points de plus" in text


def test_a_selection_that_is_not_in_the_region_shown_is_dropped():
    visit = opened("carte", region="REG-75", selection="DEP-64")
    box(visit, "Territoire").select("REG-94").run()
    assert not visit.exception and picked(visit, "Territoire mis en avant") == ""


def test_the_filters_of_the_data_page_never_leave_an_impossible_choice():
    visit = opened("donnees", donnees_territoire="REG-94", donnees_annee="2026")
    box(visit, "Territoire").select("REG-93").run()
    assert not visit.exception and len(visit.table[0].value) > 0


def test_the_fictitious_set_is_left_as_it_was_entered():
    visit = opened("carte", demo="1")
    assert "101 départements sur 101" in page_text(visit)
    visit.toggle[0].set_value(False).run()
    assert "13 départements sur 101" in page_text(visit) and visit.query_params == {}


# --- a project that is edited --------------------------------------------------------------------


@pytest.fixture
def site(copy_of_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The application on a copy of the project."""
    monkeypatch.setattr("atlas.ui.session.PROJECT", copy_of_project)
    return copy_of_project


Edit = Callable[[str, str, str], None]
TITLE = f'title: "{SETTINGS.brand.title}"'
# file, a text of it, what a hurried hand makes of it, and what the problem says
SLIPS = {
    "a key misspelt": ("config.yaml", "\nbrand:", "\nbrandd:", "brandd"),
    "a colour misspelt": ("config.yaml", '"#1b2033"', '"bleu nuit"', "bleu nuit"),
    "a broken line": ("config.yaml", TITLE, TITLE[:-1], "config.yaml"),
    "a letter in a number": ("data/2025.csv", ",30.6,", ",3O.6,", "3O.6"),
    "an unknown territory": ("data/2025.csv", "REG-94,", "REG-949,", "REG-949"),
    "an unknown parent": ("data/territories.csv", ",REG-94\n", ",REG-99\n", "REG-99"),
    "a source without title": ("data/sources.yaml", "  title:", "  titre:", "titre"),
    "a milestone without year": ("data/milestones.yaml", "year:", "annee:", "annee"),
    "a shape cut short": ("geo/departements.geojson", '"FeatureCollection"', '"Feature', ""),
}
BY_FILE = {slip[0]: slip for slip in SLIPS.values()}
every_slip = pytest.mark.parametrize("file, old, new, said", SLIPS.values(), ids=SLIPS)


# One of each file: what is wrong in it is said alike, and the next test says each.
@pytest.mark.parametrize("file, old, new, said", BY_FILE.values(), ids=BY_FILE)
def test_with_a_broken_file_at_start_every_page_opens_and_the_problem_is_listed(
    site: Path, edit: Edit, file, old, new, said
):
    edit(file, old, new)
    visit = opened()
    for address in (
        HOME,
        "carte",
        "couloirs",
        "donnees",
        "couverture",
        "coherence",
        "kit",
        "verifier",
    ):
        assert not go(visit, address).exception and len(visit.title) == 1
    listed = page_text(go(visit, "problemes"))
    assert file in listed and said in listed and "Aucun problème" not in listed


@every_slip
def test_a_bad_edit_while_it_runs_shows_a_banner_and_keeps_the_page_until_it_is_mended(
    site: Path, edit: Edit, file, old, new, said
):
    good, visit = (site / file).read_bytes(), opened("carte")
    before = page_text(visit).split()
    edit(file, old, new)
    (banner,) = visit.run().warning
    assert file in banner.value and not visit.exception
    assert page_text(visit).split()[-len(before) :] == before
    (site / file).write_bytes(good)
    assert not visit.run().warning and page_text(visit).split() == before


def test_every_problem_of_every_file_is_listed_at_once(site: Path, edit: Edit):
    for name in ("a letter in a number", "a milestone without year", "a shape cut short"):
        edit(*SLIPS[name][:3])
    edit("data/2024.csv", "REG-93,", "REG-39,")
    edit("data/2024.csv", "5937688", "5 937 688")
    listed = page_text(opened("problemes"))
    for said in (
        "data/2025.csv",
        "data/milestones.yaml",
        "geo/departements.geojson",
        "data/2024.csv",
        "REG-39",
        "5 937 688",
    ):
        assert said in listed


def test_a_good_edit_is_followed_without_a_restart(site: Path, edit: Edit):
    visit = opened(territoire="REG-94", periode="2025-12")
    assert "30,6 %" in page_text(visit)
    edit("data/2025.csv", ",2025-12,30.6,", ",2025-12,31.7,")
    edit("config.yaml", TITLE, 'title: "Cinq ans"')
    text = page_text(visit.run())
    assert "31,7 %" in text and "30,6 %" not in text and "Cinq ans" in text


def test_outlines_that_are_broken_and_were_never_prepared_leave_the_ranking(site: Path, edit: Edit):
    shutil.rmtree(site / "static/geo")
    edit(*SLIPS["a shape cut short"][:3])
    visit = opened("carte")
    assert not visit.exception and len(charts(visit)) == 1
    assert "Les contours ne sont pas disponibles" in page_text(visit)
    assert "13 départements sur 101" in page_text(visit)


def test_a_comparison_written_in_yaml_alone_becomes_a_page(site: Path, edit: Edit):
    edit("config.yaml", "\ncomparisons:", "\ncomparisons:" + FOURTH.rstrip())
    visit = opened("comparaison-quatrieme")
    assert [title.value for title in visit.title] == ["Une page ajoutée en YAML"]
    assert len(charts(visit)) == 1 and "Sans une ligne de Python." in page_text(visit)


def test_a_comparison_that_is_removed_is_no_longer_a_page(site: Path, edit: Edit):
    text = (site / "config.yaml").read_text("utf-8")
    cut = re.sub(r"\n  trajectoires:\n.*?(?=\n  croissance)", "", text, flags=re.DOTALL)
    (site / "config.yaml").write_text(cut, "utf-8")
    visit = opened("comparaison-trajectoires")
    assert not visit.exception
    assert "Quatre ans de progression" not in page_text(visit)


def test_a_block_whose_figure_is_not_in_the_data_is_named(site: Path, edit: Edit):
    edit(
        "config.yaml",
        '{indicator: ambassador_structures, period: "2026-03"}',
        '{indicator: ambassador_structures, period: "2019"}',
    )
    text = page_text(opened("dossier-corse-2026"))
    assert "absents des données : Structures ambassadrices." in text
