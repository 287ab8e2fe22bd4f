"""The pinboard: what it pins, keeps, lists and prints."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import asdict, replace

import pytest
from made_once import context_of
from patience import BACKSTOP_S
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pypdf import PdfReader
from streamlit.navigation.page import calc_hash
from streamlit.testing.v1 import AppTest
from visits import ROOT, opened, press

from atlas.export.image import image
from atlas.export.notebook import notebook_pdf, notebook_slides
from atlas.export.pdf import merge
from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import FigureRequest
from atlas.figures.map.request import MapRequest, RankingRequest
from atlas.figures.registry import request_from_texts
from atlas.project import Project
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
    visit = notebook_of(PIN, pinboard.Pin(**{**asdict(PIN), "title": "Autre"}))
    visit.button(key="monter_1").click().run()
    assert [pin.title for pin in visit.session_state[pinboard._PINS]] == ["Autre", PIN.title]
    visit.button(key="retirer_0").click().run()
    visit.button(key="retirer_0_oui").click().run()
    assert [pin.title for pin in visit.session_state[pinboard._PINS]] == [PIN.title]


@pytest.mark.parametrize("key", ["retirer_0", "vider"])
def test_nothing_is_erased_before_the_visitor_has_said_yes(key):
    visit = notebook_of(PIN)
    visit.button(key=key).click().run()
    assert visit.session_state[pinboard._PINS] == [PIN]
    visit.button(key=f"{key}_non").click().run()
    assert visit.session_state[pinboard._PINS] == [PIN]
    assert f"{key}_oui" not in [button.key for button in visit.button]
    visit.button(key=key).click().run()
    visit.button(key=f"{key}_oui").click().run()
    assert visit.session_state[pinboard._PINS] == []


def test_each_view_of_the_notebook_has_its_picture_or_says_that_it_has_none():
    bare = pinboard.Pin(**{**asdict(PIN), "requests": []})
    gone = pinboard.Pin(
        **{**asdict(PIN), "requests": [MAP.with_fields(territory="REG-99").as_texts()]}
    )
    visit = notebook_of(PIN, bare, gone)
    assert not visit.exception
    shown = [part.proto.body for part in visit.get("html") if 'class="vignette"' in part.proto.body]
    pictured, without, lost = shown
    assert 'src="data:image/png;base64,' in pictured and 'alt="Devant la France"' in pictured
    assert "Vue sans figure" in without and "n’est plus dans les données" in lost


def notebook_of(*kept: pinboard.Pin) -> AppTest:
    """A visitor on the page of the notebook, with these views pinned."""
    visit = AppTest.from_file(ROOT / "app.py", default_timeout=BACKSTOP_S)
    visit._page_hash = calc_hash("carnet")
    visit.session_state[pinboard._PINS] = list(kept)
    return visit.run()


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


RANKING = RankingRequest(
    indicator="activation_rate", territory="FR", period="2026-06", extent="all"
)


def test_the_slides_have_one_a_view_with_its_sentence_its_drawing_and_its_link(context, demo):
    notes = [
        note(context),
        replace(note(demo, RANKING), sentence="Les premiers et les derniers"),
        Note("Sans figure", "https://exemple.fr/couverture", "Couverture", (), context),
    ]
    made = notebook_slides(notes, day=dt.date(2026, 11, 22), logo=None)
    _, *shown = Presentation(io.BytesIO(made)).slides
    assert [slide.shapes.title.text for slide in shown] == [one.sentence for one in notes]
    drawings = [
        sum(shape.shape_type == MSO_SHAPE_TYPE.GROUP for shape in slide.shapes) for slide in shown
    ]
    assert drawings == [1, 1, 0]
    for slide, one in zip(shown, notes, strict=True):
        assert one.link in slide.notes_slide.notes_text_frame.text


def test_the_pdf_has_a_page_a_view_whatever_is_pinned(context, demo):
    france = MAP.with_fields(territory="FR", period="2026-06")
    notes = [
        note(demo, france),
        replace(note(demo, RANKING), sentence=""),
        Note("Sans figure", "https://exemple.fr/couverture", "Couverture", (), context),
    ]
    document = PdfReader(io.BytesIO(notebook_pdf(notes)))
    said = ["".join(page.extract_text().split()) for page in document.pages]
    assert len(said) == 3
    assert all(one.link in text for one, text in zip(notes, said, strict=True))
    assert "DevantlaFrance" in said[0] and "Lecture" in said[0]
    assert "Sansfigure" in said[2] and "Couverture" in said[2]


@pytest.fixture(scope="module")
def demo(project: Project) -> FigureContext:
    return context_of(project, demo=True)


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
