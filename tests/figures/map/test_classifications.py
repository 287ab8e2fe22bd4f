"""One map under several scales: who changes class, and what of the note de lecture still holds."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from patience import BACKSTOP_S
from streamlit.navigation.page import calc_hash
from streamlit.testing.v1 import AppTest

from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import class_of
from atlas.figures.map.classifications import (
    ClassificationReading,
    classification_lecture,
    classification_readings,
    classification_table,
)
from atlas.figures.map.request import MapRequest
from atlas.figures.map.rows import map_rows
from atlas.figures.registry import figure_of
from atlas.french import table_texts
from atlas.indicators.classes import class_bounds

ROOT = Path(__file__).parents[3]
RATE = "activation_rate"
FRANCE = MapRequest(indicator=RATE, level="departements", period="2025-12")
AQUITAINE = FRANCE.with_fields(territory="REG-75")


def plain(text: str) -> str:
    """With ordinary spaces, to be compared with a text that was typed."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


def readings(context: FigureContext, request: MapRequest) -> dict[str, ClassificationReading]:
    return {one.request.classes: one for one in classification_readings(context, request)}


def with_levels(context: FigureContext, levels: dict[str, float]) -> FigureContext:
    """The same context where these territories alone have a rate at the end of 2025."""
    rows = context.dataset.observations
    here = (rows["indicator"] == RATE) & (rows["reference_period"] == "2025-12")
    kept = rows[~here | rows["territory"].isin(levels)]
    named = kept["territory"].map(levels).where(kept["reference_period"] == "2025-12")
    changed = kept.assign(value=named.fillna(kept["value"]))
    return replace(context, dataset=replace(context.dataset, observations=changed))


# --- who changes class ---------------------------------------------------------------------------


def test_each_scale_names_the_territories_that_it_moves(context):
    rows = map_rows(context, AQUITAINE).set_index("name")["shown"]
    fixed = context.settings.indicators[RATE].bounds
    for scale, one in readings(context, AQUITAINE).items():
        bounds = class_bounds(rows, scale, fixed)
        moved = {
            name
            for name, value in rows.items()
            if class_of(value, bounds) != class_of(value, fixed)
        }
        assert set(one.moved) == moved and one.request.classes == scale


def test_the_fixed_scale_moves_nobody_and_is_not_compared_with_itself(context):
    fixed = readings(context, AQUITAINE)["fixed"]
    assert fixed.moved == () and fixed.moved_text == ""
    assert [name for name, _ in fixed.notes] == ["Tient"]


def test_the_sentence_counts_and_names_a_few_and_leaves_the_rest_to_the_table(context):
    said = readings(context, AQUITAINE)["quantiles"].moved_text
    assert said.startswith("10 départements changent de classe par rapport aux bornes fixes : ")
    assert said.endswith("Dordogne et 5 autres (voir le tableau).")


def test_one_territory_that_moves_is_in_the_singular_and_nobody_is_said_too(context):
    two = with_levels(context, {"DEP-33": 9.0, "DEP-40": 39.0})
    said = plain(readings(two, AQUITAINE)["quantiles"].moved_text)
    assert said == (
        "1 département change de classe par rapport aux bornes fixes : Landes. "
        "Les valeurs ne font que 2 classes, au lieu de 7."
    )
    low = with_levels(context, {"DEP-33": 9.0, "DEP-40": 10.0})
    assert readings(low, AQUITAINE)["natural"].moved_text.startswith(
        "Aucun département ne change de classe"
    )


def test_the_table_writes_the_class_of_everyone_under_each_scale(context):
    table = table_texts(classification_table(context, AQUITAINE)).set_index("Département")
    landes = {scale: plain(cell) for scale, cell in table.loc["Landes"].items()}
    assert landes == {
        "Taux d’activation": "41,7 %",
        "Bornes fixes": "38 et plus",
        "Quantiles": "40,0 et plus",
        "Seuils naturels": "41,7 et plus",
        "Amplitudes égales": "40,3 et plus",
    }
    assert table.index[0] == "Landes" and len(table) == 12


def test_a_territory_without_a_figure_has_no_class(context):
    table = table_texts(classification_table(context, FRANCE)).set_index("Département")
    assert table.loc["Ain"].tolist() == ["non publié", "", "", "", ""]


# --- what holds ----------------------------------------------------------------------------------


def test_the_highest_stays_highest_under_every_scale(context):
    for one in readings(context, AQUITAINE).values():
        assert "Landes : " in one.holds and "classe la plus haute" in one.holds
        assert one.fails == ""


def test_a_territory_that_leaves_the_highest_class_is_said_to_have_left_it(context):
    one = readings(context, AQUITAINE.with_fields(highlighted="DEP-17"))["quantiles"]
    assert plain(one.fails) == (
        "Charente-Maritime : dans la 6ᵉ classe sur 7 (de 38,8 à 40,0), sans autre département, et "
        "non dans la classe la plus haute (38 et plus)."
    )
    assert "le chiffre lu" in one.holds and "Charente-Maritime" not in one.holds


def test_a_gap_to_the_nation_that_its_map_does_not_show_is_said(context):
    """37,0 and 36,0 are in [34 ; 38[ of the fixed scale, and apart under others."""
    near = with_levels(context, {"FR": 36.0, "DEP-40": 37.0, "DEP-33": 30.0, "DEP-24": 36.5})
    found = readings(near, AQUITAINE)
    assert "l’écart à la moyenne nationale ne se voit pas : une même classe" in (
        found["fixed"].fails
    )
    assert "l’écart à la moyenne nationale se voit" in found["natural"].holds


def test_without_a_national_level_nothing_is_said_of_a_gap(context):
    alone = with_levels(context, {"DEP-40": 37.0, "DEP-33": 30.0})
    assert all(
        "nationale" not in one.holds + one.fails for one in readings(alone, AQUITAINE).values()
    )


def test_a_scale_that_puts_nearly_all_in_one_class_warns(fictitious):
    found = readings(fictitious, FRANCE.with_fields(period="2022-01"))
    assert "80 %" in plain(found["fixed"].warning) and found["quantiles"].warning == ""


def test_without_any_value_there_is_nothing_to_read(context):
    assert classification_readings(context, FRANCE.with_fields(territory="REG-11")) == []


def test_the_note_de_lecture_is_that_of_the_map(context):
    assert classification_lecture(context, AQUITAINE) == figure_of(context, AQUITAINE).lecture


# --- the page ------------------------------------------------------------------------------------


def opened(**query: str) -> AppTest:
    """A visitor who opens a link."""
    visit = AppTest.from_file(ROOT / "app.py", default_timeout=BACKSTOP_S)
    visit._page_hash = calc_hash("echelles")
    visit.query_params.update(query)
    return visit.run()


def page_text(visit: AppTest) -> str:
    html = [e.proto.body for e in visit.main if e.type == "html"]
    said = [e.value for e in (*visit.info, *visit.markdown, *visit.header)]
    return plain(re.sub(r"<[^>]+>", "\n", "\n".join([*html, *said])))


def test_the_page_draws_three_maps_with_their_bounds_and_what_holds():
    visit = opened(region="REG-75")
    text = page_text(visit)
    assert not visit.exception and len(visit.get("vega_lite_chart")) == 3
    for said in (
        "de 30 à 34 (4)",
        "de 33,1 à 34,9 (2)",
        "10 départements changent de classe",
        "41,7 % des profils",
        "Seuils naturels",
    ):
        assert said in text
    assert "Amplitudes égales" not in text


def test_equal_steps_take_the_place_of_natural_breaks_by_a_link():
    visit = opened(region="REG-75", echelle="equal")
    assert "Amplitudes égales" in page_text(visit) and "Seuils naturels" not in page_text(visit)
    assert visit.query_params == {"territoire": "REG-75", "echelle": "equal"}


@pytest.mark.parametrize("query", [{"echelle": "x"}, {"periode": "1999"}, {"selection": "DEP-00"}])
def test_a_link_that_names_what_does_not_exist_falls_back(query):
    visit = opened(**query)
    assert not visit.exception and visit.query_params == {}


def test_with_one_known_period_the_page_still_compares_the_scales():
    visit = opened(region="REG-94")
    assert [list(box.options) for box in visit.selectbox if box.label == "Période"] == [
        ["mars 2026"]
    ]
    assert len(visit.get("vega_lite_chart")) == 3 and not visit.exception


def test_without_any_figure_the_page_says_so():
    visit = opened(region="REG-11")
    assert "Aucun taux n’est publié pour ce territoire" in page_text(visit)
    assert not visit.exception and not visit.get("vega_lite_chart")


def test_the_class_of_each_territory_is_sent_once_it_is_asked_for():
    visit = opened(region="REG-75")
    assert len(visit.table) == 0
    visit.session_state["classes"] = True
    assert len(visit.run().table[0].value) == 12


def test_every_map_of_invented_figures_says_so():
    assert page_text(opened(demo="1")).count("Données fictives") >= 3
