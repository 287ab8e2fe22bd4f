"""In a meeting: what the keys do, and how large the letters of the figure are."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from visits import (
    asked_parameters,
    opened,
    press,
)

from atlas.figures.curve.request import CurveRequest
from atlas.figures.map.request import MapRequest
from atlas.rendering.preflight import texts_of
from atlas.ui import page_state, pinboard, presentation

MAP = MapRequest(indicator="activation_rate", territory="REG-75", period="2025-12")


def test_a_projected_page_draws_no_chart_in_its_frames():
    visit = press(opened("carte", region="REG-75"), "projeter")
    assert asked_parameters(visit)["projection"] == "1"
    assert not visit.get("vega_lite_chart")
    press(visit, "quitter")
    assert "projection" not in visit.query_params and visit.get("vega_lite_chart")


def test_the_arrows_up_and_down_change_the_territory_and_stop_at_the_ends():
    visit = opened("carte", region="REG-75", projection="1")
    press(visit, "bas")
    regions = visit.selectbox(key="territoire")
    before = regions.options.index("Nouvelle-Aquitaine")
    assert regions.options.index(regions.format_func(regions.value)) == before + 1
    for _ in range(3):
        press(visit, "haut")
    assert visit.selectbox(key="territoire").value == regions.value or before >= 2


def test_the_arrows_left_and_right_go_back_and_forth_in_time():
    visit = opened("carte", demo="1", projection="1")
    newest = visit.selectbox(key="periode").value
    press(visit, "gauche")
    earlier = visit.selectbox(key="periode").value
    assert earlier < newest
    press(visit, "droite")
    assert visit.selectbox(key="periode").value == newest


def test_a_remote_goes_along_the_figures_of_a_dossier_and_stops_at_the_last():
    visit = opened("dossier-corse-2026", projection="1")
    last = len(visit.session_state[page_state._COMPLETE].figures) - 1
    press(visit, *["suivant"] * (last + 2))
    assert asked_parameters(visit)["vue"] == str(last)
    press(visit, "precedent")
    assert asked_parameters(visit)["vue"] == str(last - 1)


@pytest.mark.parametrize("number", ["9" * 5_000, "²", "-1", "99"])
def test_a_figure_that_the_page_has_not_is_another_of_its_figures(number):
    visit = opened("couloirs", territoire="REG-94", projection="1", vue=number)
    assert not visit.exception


def test_keys_pressed_while_the_server_works_are_all_obeyed_once():
    visit = opened("carte", demo="1", projection="1")
    periods = visit.selectbox(key="periode").options
    press(visit, "gauche", "gauche", "epingler")
    box = visit.selectbox(key="periode")
    assert box.format_func(box.value) == periods[2]
    visit.run()  # the browser tells its last keys again
    box = visit.selectbox(key="periode")
    assert box.format_func(box.value) == periods[2]
    assert len(visit.session_state[pinboard._PINS]) == 1


def test_the_smallest_letter_of_a_projected_figure_has_24_pixels(context):
    for request in (
        MAP,
        CurveRequest(indicator="activation_rate", territory="FR+REG-75"),
        MapRequest(indicator="activation_rate", territory="FR", period="2025-12"),
    ):
        drawing = presentation._svg.__wrapped__(
            context, tuple(request.as_texts().items()), False, context.dataset.version
        )
        page = ElementTree.fromstring(drawing)
        assert (page.get("width"), page.get("height")) == ("1920px", "1080px")
        pixels = [text.size * 2 for text in texts_of(page)]
        assert len(pixels) > 10 and min(pixels) >= 24
