"""The pinboard: what it pins, keeps, lists and prints."""

from __future__ import annotations

import io
from dataclasses import asdict

import pytest
from patience import BACKSTOP_S
from pypdf import PdfReader
from streamlit.navigation.page import calc_hash
from streamlit.testing.v1 import AppTest
from visits import ROOT, opened, press

from atlas.export.image import image
from atlas.export.pdf import merge
from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import FigureRequest
from atlas.figures.map.request import MapRequest
from atlas.figures.registry import request_from_texts
from atlas.publications.notebook import Note, figures_of, notebook_publication, with_sentence
from atlas.ui import pinboard

MAP = MapRequest(indicator="activation_rate", territory="REG-75", period="2025-12")
PIN = pinboard.Pin(
    "Devant la France",
    "carte?region=REG-75",
    "Taux d’activation",
    [MAP.as_texts()],
    False,
    "0123abcd",
    "2026-11-22",
)


def test_a_view_is_pinned_with_its_sentence_its_address_and_its_figures():
    visit = opened("carte", region="REG-75")
    visit.text_input(key=pinboard._SENTENCE).set_value("À redire").run()
    visit.button(key="carnet_bouton").click().run()
    (pin,) = visit.session_state[pinboard._PINS]
    assert (pin.sentence, pin.address) == ("À redire", "carte?territoire=REG-75")
    assert [texts["drawing"] for texts in pin.requests] == ["carte", "classement"]


def test_only_the_projected_figure_is_pinned_while_projecting():
    visit = press(opened("carte", region="REG-75", projection="1"), "epingler")
    (pin,) = visit.session_state[pinboard._PINS]
    assert [texts["drawing"] for texts in pin.requests] == ["carte"]
    assert pin.address == "carte?territoire=REG-75"


def test_the_notebook_lists_moves_and_removes_its_views():
    visit = AppTest.from_file(ROOT / "app.py", default_timeout=BACKSTOP_S)
    visit._page_hash = calc_hash("carnet")
    visit.session_state[pinboard._PINS] = [PIN, pinboard.Pin(**{**asdict(PIN), "title": "Autre"})]
    visit.run()
    visit.button(key="monter_1").click().run()
    assert [pin.title for pin in visit.session_state[pinboard._PINS]] == ["Autre", PIN.title]
    visit.button(key="retirer_0").click().run()
    assert [pin.title for pin in visit.session_state[pinboard._PINS]] == [PIN.title]


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {**asdict(PIN), "day": "hier"},
        {**asdict(PIN), "day": "2026W01"},
        {**asdict(PIN), "day": "20261122"},
        {**asdict(PIN), "address": "[carte"},
        {**asdict(PIN), "address": "/example.org/carte"},
        {**asdict(PIN), "requests": [{"drawing": "rien"}]},
        {**asdict(PIN), "title": 3},
        "texte",
        None,
        {**asdict(PIN), "plus": "x"},
    ],
)
def test_what_the_browser_kept_and_is_no_pin_is_left_out(kept):
    assert pinboard._read(kept) is None
    assert pinboard._read(asdict(PIN)) == PIN


def test_a_pin_kept_since_version_0_3_0_is_read_under_the_names_of_today():
    former = asdict(PIN)
    former["recipes"] = [{**request, "selected": "DEP-40"} for request in former.pop("requests")]
    read = pinboard._read(former)
    assert request_from_texts(read.requests[0]) == MAP.with_fields(highlighted="DEP-40")


def note(context: FigureContext, request: FigureRequest = MAP) -> Note:
    return Note(
        "Devant la France", "https://exemple.fr/carte?region=REG-75", "Carte", (request,), context
    )


def test_the_notebook_becomes_a_publication_with_sentences_links_and_sources(context):
    made = notebook_publication([note(context), note(context)], "22 novembre 2026", "abc")
    assert [section.title for section in made.sections] == ["Devant la France"] * 2
    assert all("https://exemple.fr" in section.text for section in made.sections)
    assert len(made.figures) == 2 and len(made.sources) == 1


def test_a_view_whose_territory_is_gone_keeps_its_sentence_and_link(context):
    gone = note(
        context, MapRequest(indicator="activation_rate", territory="REG-99", period="2025-12")
    )
    (section,) = notebook_publication([gone], "22 novembre 2026", "abc").sections
    assert section.figure is None and "https://exemple.fr" in section.text


def test_a_page_of_the_notebook_prints_the_sentence_and_the_link(context):
    (figure,) = figures_of(note(context))
    shown = with_sentence(figure, "Devant la France", "https://exemple.fr/carte")
    page = image(shown, "pdf", context.shapes, context.settings.formats["a4-paysage"])
    document = PdfReader(io.BytesIO(merge([page, page], "Carnet", "ARS")))
    assert len(document.pages) == 2 and document.metadata.title == "Carnet"
    said = "".join(document.pages[1].extract_text().split())
    assert "DevantlaFrance" in said and "https://exemple.fr/carte" in said
    assert document.root_object["/Lang"] == "fr-FR"


def test_a_sentence_loses_what_no_file_can_hold_wherever_it_is_typed():
    visit = opened("carte", region="REG-75")
    visit.text_input(key=pinboard._SENTENCE).set_value("À\x0bredire").run()
    visit.button(key="carnet_bouton").click().run()
    (pin,) = visit.session_state[pinboard._PINS]
    assert pin.sentence == "À redire"
    visit._page_hash = calc_hash("carnet")
    visit.run()
    (field,) = [text for text in visit.text_input if text.label == "Phrase 1"]
    field.set_value("Devant\x0bla\x00 France").run()
    assert visit.session_state[pinboard._PINS][0].sentence == "Devant la France"
