"""Behind a figure: its table and its images in every format."""

from __future__ import annotations

from dataclasses import replace

from shipped import SETTINGS
from streamlit.testing.v1 import AppTest
from visits import (
    asked_parameters,
    box,
    offered,
    opened,
    seen,
)

from atlas.export.page_layout import Options
from atlas.figures.common.style import Style
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.registry import figure_of
from atlas.ui import pinboard
from atlas.ui.image_download import image_for_print


def behind(address: str, frame: str, panel: str = "image", **query: str) -> AppTest:
    """The page with a panel of the bar of one figure open, as a click does."""
    visit = opened(address, **query)
    visit.session_state[f"{frame}_barre"] = panel
    return visit.run()


def test_nothing_of_a_figure_is_sent_before_it_is_unfolded():
    visit = seen("comparaison-trajectoires")
    assert offered(visit) == [] and not visit.table


def test_a_figure_is_taken_away_in_every_format_of_config_yaml_and_every_kind():
    visit = behind("comparaison-trajectoires", "comparaison_trajectoires_0")
    assert offered(visit) == ["Télécharger (PNG)"] and not visit.table
    assert box(visit, "Format").options == [size.label for size in SETTINGS.formats.values()]
    (kind,) = [radio for radio in visit.radio if radio.label == "Fichier"]
    assert kind.options == ["PNG", "SVG", "SVG vectorisé", "PDF"]
    assert {check.label: check.value for check in visit.checkbox} == {
        "Lecture, champ et source sous le dessin": True,
        "Fond transparent": False,
        "Logo": True,
    }
    kind.set_value("pdf").run()
    assert offered(visit) == ["Télécharger (PDF)"] and not visit.exception


def test_the_values_of_a_figure_are_read_under_it():
    visit = behind("comparaison-trajectoires", "comparaison_trajectoires_0", "donnees")
    assert len(visit.table) == 1 and not visit.exception


def test_a_figure_is_projected_and_pinned_from_its_bar():
    visit = opened("carte", territoire="REG-75")
    visit.pills(key="carte_barre").set_value("epingler").run()
    (pin,) = visit.session_state[pinboard._PINS]
    assert pin.address == "carte?territoire=REG-75" and len(pin.requests) == 1
    visit.pills(key="carte_barre").set_value("projeter").run()
    assert asked_parameters(visit)["projection"] == "1" and not visit.get("vega_lite_chart")


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
    request = ComparisonRequest(indicator="activation_rate", comparison="taux-activation-fin-2025")
    made = [
        image_for_print(one, figure_of(one, request), "svg", "170mm", Options())
        for one in (dark, context)
    ]
    assert made[0] == made[1] and b'fill="#ffffff"' in made[0]
