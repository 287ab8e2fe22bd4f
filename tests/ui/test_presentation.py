"""In a meeting: what the keys do, and how large the letters of the figure are."""

from __future__ import annotations

from dataclasses import replace
from threading import Event, Timer
from xml.etree import ElementTree

import pytest
from visits import (
    asked_parameters,
    opened,
    press,
)

from atlas.export.image import ExportError
from atlas.figures.common.brief_caption import paragraph_text, with_caption_lines
from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import FigureRequest
from atlas.figures.curve.request import CurveRequest
from atlas.figures.map.request import MapRequest
from atlas.figures.registry import figure_of
from atlas.rendering.page_svg import SVG
from atlas.rendering.preflight import texts_of
from atlas.ui import page_state, pinboard, presentation
from atlas.ui.prepared_drawings import PreparedDrawings

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


SHOWN = (
    MAP,
    CurveRequest(indicator="activation_rate", territory="FR+REG-75"),
    MapRequest(indicator="activation_rate", territory="FR", period="2025-12"),
)


def drawing_of(context: FigureContext, request: FigureRequest) -> ElementTree.Element:
    return ElementTree.fromstring(presentation.screen_svg(context, request))


def layer(page: ElementTree.Element, name: str) -> ElementTree.Element:
    (found,) = [group for group in page.iter(f"{{{SVG}}}g") if group.get("id") == name]
    return found


@pytest.mark.parametrize("request_shown", SHOWN, ids=lambda one: f"{one.drawing}-{one.territory}")
def test_the_smallest_letter_of_a_projected_figure_has_24_pixels(context, request_shown):
    page = drawing_of(context, request_shown)
    assert (page.get("width"), page.get("height")) == ("1920px", "1080px")
    pixels = [text.size * 2 for text in texts_of(page)]
    assert len(pixels) > 10 and min(pixels) >= 24


@pytest.mark.parametrize("request_shown", SHOWN, ids=lambda one: f"{one.drawing}-{one.territory}")
def test_a_projected_figure_has_the_line_of_the_brand_and_three_lines_of_caption_across(
    context, request_shown
):
    page = drawing_of(context, request_shown)
    assert layer(page, "filet")[0].get("fill") == context.settings.brand.primary
    lines = {
        line.get("y")
        for text in layer(page, "notes").iter(f"{{{SVG}}}text")
        for line in (list(text) or [text])
    }
    assert 1 <= len(lines) <= 3
    said = "".join(layer(page, "notes").itertext()).replace("\u00a0", " ")
    assert all(f"{name} :" in said for name in ("Lecture", "Champ", "Source"))


def test_the_title_of_a_projected_map_goes_across_the_page(context):
    title = next(layer(drawing_of(context, MAP), "titre").iter(f"{{{SVG}}}text"))
    assert not list(title), "the title is on one line"


def test_the_note_of_key_figures_follows_what_it_is_about_where_three_lines_hold_them(figures):
    figure = replace(figures[0], brief_caption=(), note="¹ Date supposée.")
    made = with_caption_lines(figure, points=10, width=10_000)
    assert [paragraph_text(one).split(" :")[0] for one in made.brief_caption] == [
        "Lecture",
        "Champ",
        "Source",
    ]
    assert "¹ Date supposée." in paragraph_text(made.brief_caption[1])
    assert with_caption_lines(figure, points=10, width=50) == figure


@pytest.fixture
def figures(context):
    return [figure_of(context, MAP)]


def test_the_next_figure_is_prepared_while_one_is_on_the_screen(monkeypatch):
    prepared = []
    monkeypatch.setattr(PreparedDrawings, "prepare", lambda _, key, draw: prepared.append(key))
    visit = opened("dossier-corse-2026", projection="1", vue="1")
    following = list(visit.session_state[page_state._COMPLETE].figures.values())[2]
    assert [key[0] for key in prepared] == [tuple(sorted(following.request.as_texts().items()))]


def test_the_periods_beside_the_one_on_the_screen_are_prepared(monkeypatch):
    prepared = []
    monkeypatch.setattr(PreparedDrawings, "prepare", lambda _, key, draw: prepared.append(key))
    visit = press(opened("carte", demo="1", projection="1"), "gauche")
    control = visit.session_state[page_state._COMPLETE].controls["periode"]
    place = control.options.index(control.picked)
    periods = {dict(key[0])["period"] for key in prepared if dict(key[0])["drawing"] == "carte"}
    assert {control.options[place - 1], control.options[place + 1]} <= periods


def test_a_prepared_drawing_is_not_made_again_and_one_that_failed_is():
    drawings, begun, go_on = PreparedDrawings(), Event(), Event()

    def draw() -> str:
        begun.set()
        go_on.wait()
        return "prepared"

    drawings.prepare("next", draw)
    begun.wait()
    Timer(0, go_on.set).start()
    assert drawings.get("next", lambda: "made again") == "prepared"

    def fail() -> str:
        raise ExportError("trop petit")

    with pytest.raises(ExportError):
        drawings.get("other", fail)
    assert drawings.get("other", lambda: "made") == "made"
