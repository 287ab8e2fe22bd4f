"""In the meeting: what the keys do, what frozen links say, what the notebook keeps."""

from __future__ import annotations

import io
from dataclasses import asdict
from pathlib import Path

import pytest
from pypdf import PdfReader
from streamlit.navigation.page import calc_hash
from streamlit.testing.v1 import AppTest

from atlas.export.image import image
from atlas.export.pdf import merge
from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import Style
from atlas.figures.requests import FigureRequest
from atlas.project import Project
from atlas.publications.notebook import Note, figures_of, notebook_publication, titled
from atlas.rendering.preflight import texts_of
from atlas.ui import page_state, pinboard, presentation

ROOT = Path(__file__).parents[1]
MAP = FigureRequest("carte", "activation_rate", "REG-75", "2025-12")
PIN = pinboard.Pin(
    "Devant la France",
    "carte?region=REG-75",
    "Taux d’activation",
    [MAP.as_texts()],
    False,
    "0123abcd",
    "2026-11-22",
)


def opened(address: str = "carte", **query: str) -> AppTest:
    visit = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    visit._page_hash = calc_hash(address)
    visit.query_params.update(query)
    return visit.run()


def press(visit: AppTest, word: str) -> AppTest:
    """What a key asks for, as the listener of the page tells it."""
    return pressed(visit, word)


def pressed(visit: AppTest, *words: str) -> AppTest:
    """Keys pressed one after the other before the server answers, the last ones told again."""
    state, done = visit.session_state, presentation._DONE
    known = state[done] if done in state else 0  # noqa: SIM401, it has no get
    visit.session_state[presentation._KEYS] = {
        "pressed": [[known + place, word] for place, word in enumerate(words, 1)]
    }
    return visit.run()


def asked(visit: AppTest) -> dict[str, str]:
    return {key: values[0] for key, values in visit.query_params.items()}


def words(visit: AppTest) -> str:
    return " ".join([*(e.value for e in visit.info), *(e.value for e in visit.warning)])


@pytest.fixture(scope="module")
def context(project: Project) -> FigureContext:
    settings = project.settings
    return FigureContext(
        settings,
        project.territories,
        project.dataset(),
        project.shapes(),
        tuple(project.milestones),
        Style.light(settings.brand),
        project.logo,
    )


# --- projection ----------------------------------------------------------------------------------


def test_a_projected_page_draws_no_chart_in_its_frames():
    visit = press(opened(region="REG-75"), "projeter")
    assert asked(visit)["projection"] == "1"
    assert not visit.get("vega_lite_chart")
    press(visit, "quitter")
    assert "projection" not in visit.query_params and visit.get("vega_lite_chart")


def test_the_arrows_up_and_down_change_the_territory_and_stop_at_the_ends():
    visit = opened(region="REG-75", projection="1")
    press(visit, "bas")
    regions = visit.selectbox(key="region")
    before = regions.options.index("Nouvelle-Aquitaine")
    assert regions.options.index(regions.format_func(regions.value)) == before + 1
    for _ in range(3):
        press(visit, "haut")
    assert visit.selectbox(key="region").value == regions.value or before >= 2


def test_the_arrows_left_and_right_go_back_and_forth_in_time():
    visit = opened(demo="1", projection="1")
    newest = visit.selectbox(key="periode").value
    press(visit, "gauche")
    earlier = visit.selectbox(key="periode").value
    assert earlier < newest
    press(visit, "droite")
    assert visit.selectbox(key="periode").value == newest


def test_a_remote_goes_along_the_figures_of_a_dossier_and_stops_at_the_last():
    visit = opened("dossier-corse-2026", projection="1")
    last = len(visit.session_state[page_state._WHOLE].figures) - 1
    pressed(visit, *["suivant"] * (last + 2))
    assert asked(visit)["vue"] == str(last)
    press(visit, "precedent")
    assert asked(visit)["vue"] == str(last - 1)


def test_keys_pressed_while_the_server_works_are_all_obeyed_once():
    visit = opened(demo="1", projection="1")
    periods = visit.selectbox(key="periode").options
    pressed(visit, "gauche", "gauche", "epingler")
    box = visit.selectbox(key="periode")
    assert box.format_func(box.value) == periods[2]
    visit.run()  # the browser tells its last keys again
    box = visit.selectbox(key="periode")
    assert box.format_func(box.value) == periods[2]
    assert len(visit.session_state[pinboard._PINS]) == 1


def test_the_smallest_letter_of_a_projected_figure_has_24_pixels(context):
    from xml.etree import ElementTree

    for request in (
        MAP,
        FigureRequest("courbe", "activation_rate", "FR+REG-75"),
        FigureRequest("carte", "activation_rate", "FR", "2025-12"),
    ):
        drawing = presentation._picture.__wrapped__(
            context, tuple(request.as_texts().items()), False, context.dataset.version
        )
        page = ElementTree.fromstring(drawing)
        assert (page.get("width"), page.get("height")) == ("1920px", "1080px")
        pixels = [text.size * 2 for text in texts_of(page)]
        assert len(pixels) > 10 and min(pixels) >= 24


# --- links ---------------------------------------------------------------------------------------


def frozen(visit: AppTest) -> str:
    """The mark of the link that the menu offers."""
    sent = [element.proto for element in visit.sidebar if "frozen" in str(element.proto)]
    return str(sent[0]).split("frozen")[1].split("20", 1)[1]


def test_a_frozen_link_says_that_the_figures_are_the_same_or_have_changed():
    visit = opened(region="REG-75")
    shown = visit.session_state[page_state._WHOLE].figures
    digests = "\n".join(figure.digest for figure in shown.values())
    import hashlib

    same = hashlib.sha256(digests.encode()).hexdigest()[:8]
    kept = opened(region="REG-75", figee=f"20261122-abcdef-{same}")
    assert "n’ont pas changé" in words(kept) and "22\u00a0novembre\u00a02026" in words(kept)
    other = opened(region="REG-75", figee="20261122-abcdef-00000000")
    assert "ont changé depuis" in words(other) and "abcdef" in words(other)


@pytest.mark.parametrize("mark", ["", "n’importe quoi", "20261122-abcdef", "2026-x-y"])
def test_a_damaged_mark_leaves_a_living_link(mark):
    assert "Lien figé" not in words(opened(region="REG-75", figee=mark))


# --- notebook ------------------------------------------------------------------------------------


def test_a_view_is_pinned_with_its_sentence_its_address_and_its_figures():
    visit = opened(region="REG-75")
    visit.sidebar.text_input(key=pinboard._SENTENCE).set_value("À redire").run()
    visit.sidebar.button(key="carnet_bouton").click().run()
    (pin,) = visit.session_state[pinboard._PINS]
    assert (pin.sentence, pin.address) == ("À redire", "carte?region=REG-75")
    assert [recipe["drawing"] for recipe in pin.recipes] == ["carte", "classement"]


def test_only_the_projected_figure_is_pinned_while_projecting():
    visit = press(opened(region="REG-75", projection="1"), "epingler")
    (pin,) = visit.session_state[pinboard._PINS]
    assert [recipe["drawing"] for recipe in pin.recipes] == ["carte"]
    assert pin.address == "carte?region=REG-75"


def test_the_notebook_lists_moves_and_removes_its_views():
    visit = AppTest.from_file(ROOT / "app.py", default_timeout=60)
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
        {**asdict(PIN), "recipes": [{"drawing": "rien"}]},
        {**asdict(PIN), "title": 3},
        "texte",
        None,
        {**asdict(PIN), "plus": "x"},
    ],
)
def test_what_the_browser_kept_and_is_no_pin_is_left_out(kept):
    assert pinboard._read(kept) is None
    assert pinboard._read(asdict(PIN)) == PIN


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
    gone = note(context, FigureRequest("carte", "activation_rate", "REG-99", "2025-12"))
    (section,) = notebook_publication([gone], "22 novembre 2026", "abc").sections
    assert section.figure is None and "https://exemple.fr" in section.text


def test_a_page_of_the_notebook_prints_the_sentence_and_the_link(context):
    (figure,) = figures_of(note(context))
    shown = titled(figure, "Devant la France", "https://exemple.fr/carte")
    page = image(shown, "pdf", context.shapes, context.settings.formats["a4-paysage"])
    document = PdfReader(io.BytesIO(merge([page, page], "Carnet", "ARS")))
    assert len(document.pages) == 2 and document.metadata.title == "Carnet"
    said = "".join(document.pages[1].extract_text().split())
    assert "DevantlaFrance" in said and "https://exemple.fr/carte" in said
    assert document.root_object["/Lang"] == "fr-FR"
