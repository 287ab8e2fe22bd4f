"""A value that its source holds for provisional, or has revised, says so wherever it is printed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from atlas.dataset import build_dataset
from atlas.export.captions_file import captions_text
from atlas.export.cells import sheet_columns
from atlas.figures.common.context import FigureContext
from atlas.figures.curve.request import CurveRequest
from atlas.figures.key_figures.key_figure import key_figure
from atlas.figures.map.request import MapRequest, RankingRequest
from atlas.figures.profile.profile import profile_of
from atlas.figures.profile.request import StripRequest
from atlas.figures.registry import figure_of
from atlas.french import table_texts
from atlas.indicators.derivation import derive
from atlas.observations.reading import empty
from atlas.publications.publication import territory_publication
from atlas.settings import FigureRef
from atlas.tables.data import figures_file, figures_table

RATE = "activation_rate"
PROVISIONAL, REVISED = "chiffre provisoire", "chiffre révisé"


@pytest.fixture(scope="module")
def revised(project, context, known_keys) -> FigureContext:
    """The published figures where the rates of Corse and of one of the two caisses of the
    Pyrénées-Atlantiques are provisional, and that of La Réunion is revised."""
    rows = project.raw_rows().copy()
    of_rate = rows["indicator"] == RATE
    for code, revision in (("REG-94", "provisional"), ("REG-04", "revised")):
        mine = of_rate & (rows["territory"] == code)
        rows.loc[mine, ["status", "revision"]] = revision
    rows.loc[of_rate & (rows["territory"] == "CPAM-641"), ["status", "revision"]] = "provisional"
    return replace(context, dataset=build_dataset(rows, known_keys))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(("code", "said"), [("REG-94", PROVISIONAL), ("REG-04", REVISED)])
def test_a_card_says_it_beside_its_period_and_in_the_sentence_of_a_press_text(revised, code, said):
    card = key_figure(revised, FigureRef(indicator=RATE), territory=code, period="2025-12")
    assert card is not None and f"({said})" in card.period
    assert said in plain(card.sentence).lower()


def test_a_card_of_a_final_value_says_nothing(revised):
    card = key_figure(revised, FigureRef(indicator=RATE), territory="REG-75", period="2025-12")
    assert "provisoire" not in card.period + card.sentence + card.note


def test_a_map_of_regions_says_it_in_its_table_its_tooltip_and_its_note(revised):
    figure = figure_of(revised, MapRequest(indicator=RATE, period="2025-12", level="regions"))
    texts = table_texts(figure.table).set_index("Région").T.to_dict("list")
    assert any(PROVISIONAL in cell for cell in texts["Corse"])
    assert any(REVISED in cell for cell in texts["La Réunion"])
    assert not any("chiffre" in cell for cell in texts["Nouvelle-Aquitaine"])
    assert "Chiffre provisoire : 30,6 %. Chiffre révisé : 27,5 %." in plain(figure.note)
    drawn = str(figure.spec)
    assert PROVISIONAL in drawn and REVISED in drawn


def test_a_curve_and_a_ranking_say_it(revised):
    for request in (
        CurveRequest(indicator=RATE, territory="REG-94"),
        RankingRequest(indicator=RATE, period="2025-12", level="regions"),
    ):
        figure = figure_of(revised, request)
        assert "provisoire" in figure.note and PROVISIONAL in str(table_texts(figure.table).values)


def test_what_is_computed_from_a_provisional_value_is_provisional(revised):
    rows = revised.dataset.observations
    of_date = (rows["reference_period"] == "2025-12") & rows["value"].notna()
    (row,) = rows[of_date & (rows["territory"] == "DEP-64")].to_dict("records")
    assert row["derived"] and row["revision"] == "provisional"


def test_no_rows_give_no_derived_rows(known_keys):
    assert derive(empty(), known_keys.settings, known_keys.territories).empty


def test_the_files_of_figures_say_it_of_published_and_computed_rows(revised):
    rows = revised.dataset.observations
    told = rows[rows["revision"] != ""]
    assert set(figures_file(revised, told)["Statut du chiffre"].str.split(", ").str[-1]) == {
        "provisoire",
        "révisé",
    }
    shown = table_texts(figures_table(revised, told))
    assert shown["Valeur"].str.contains("chiffre provisoire|chiffre révisé").all()


def test_a_workbook_and_the_captions_of_a_press_kit_say_it(revised):
    publication = territory_publication(revised, "REG-94", "2025-12")
    assert "provisoire" in captions_text(publication, embargo="")
    (figure, *_) = [f for f in publication.figures if f.request.drawing == "courbe"]
    columns = {column.name: column for column in sheet_columns(figure.table)}
    (remarks,) = [column for name, column in columns.items() if name.endswith("(précision)")]
    assert f"({PROVISIONAL})" in {cell.text for cell in remarks.cells}


def test_a_profile_says_it_beside_its_figures_in_large(revised):
    made = profile_of(revised, StripRequest(indicator=RATE, territory="REG-94", period="2025-12"))
    assert {fact.state for fact in made.facts if fact.label == "Taux d’activation"} == {
        "Chiffre provisoire"
    }
