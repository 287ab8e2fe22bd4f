"""No output can fail, nor be unreadable, because a text holds a control character."""

from __future__ import annotations

import datetime as dt
import io
import xml.etree.ElementTree as ET
from dataclasses import replace

import docx
import pandas as pd
import pytest
from docx.document import Document
from made_once import publication_of
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader
from shipped import SETTINGS

from atlas.export.image import image
from atlas.export.press_release import plain_document, press_release
from atlas.export.slides import slides
from atlas.export.tables import csv_bytes, workbook_bytes
from atlas.export.web import web_page
from atlas.export.workbook import figures_workbook
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.map.request import MapRequest, RankingRequest
from atlas.figures.registry import figure_of
from atlas.incoming_text import find_forbidden_character
from atlas.project import Project
from atlas.publications.notebook import Note, notebook_publication, with_sentence
from atlas.publications.publication import Publication
from atlas.settings import Format
from atlas.settings.office_templates import shipped_templates
from atlas.values import text_column

DATE = dt.date(2026, 3, 18)
# A soft line break of PowerPoint, an apostrophe that was decoded wrongly, an escape, a zero.
HOSTILE = "Un\x0bconstat\x92 de\x1b[31m l\x00\ufffe’ARS"
CLEAN = "Un constat de[31m l’ARS"
REQUESTS = [
    RankingRequest(indicator="activation_rate", territory="REG-75", period="2025-12"),
    MapRequest(indicator="activation_rate", territory="REG-75", period="2025-12"),
]


def hostile_figure(context: FigureContext, number: int = 0) -> Figure:
    """Every text of it that a document or a person may have given holds them."""
    made = figure_of(context, REQUESTS[number])
    assert made
    return replace(
        with_sentence(made, HOSTILE, f"https://exemple.fr/{HOSTILE}"),
        alt=HOSTILE,
        lecture=HOSTILE,
        champ=HOSTILE,
        source=f"ARS{HOSTILE}",
        legend_title=HOSTILE,
        legend=tuple(replace(entry, label=f"{entry.label}\x0b") for entry in made.legend),
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 50"/>'


def hostile_publication(project: Project) -> Publication:
    made = publication_of(project, "corse-2026")
    first, *others = made.sections
    hostile = replace(
        first,
        title=HOSTILE,
        text=HOSTILE,
        cards=tuple(
            replace(card, sentence=HOSTILE, reading=HOSTILE, source=HOSTILE) for card in first.cards
        ),
    )
    with_figures = tuple(
        replace(section, figure=section.figure and replace(section.figure, title=HOSTILE))
        for section in others
    )
    sources = made.sources.without("address")
    address = text_column("address", "Adresse", [f"https://exemple.fr/{HOSTILE}"] * len(sources))
    return replace(
        made,
        title=HOSTILE,
        introduction=HOSTILE,
        place=HOSTILE,
        sections=(hostile, *with_figures),
        sources=replace(sources, columns=(*sources.columns, address)),
    )


def written(publication: Publication) -> Document:
    """The press release of a publication, opened again."""
    content = press_release(
        publication,
        brand=SETTINGS.brand,
        template=shipped_templates().text,
        picture=png,
        logo=None,
        embargo="",
        date=DATE,
    )
    return docx.Document(io.BytesIO(content))


def png(figure: Figure) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (600, 400), "white").save(stream, "PNG", dpi=(300, 300))
    return stream.getvalue()


def svg(figure: Figure, size: Format) -> bytes:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size.width} {size.width}"/>'
    ).encode()


@pytest.mark.parametrize("kind", ["svg", "pdf", "png"])
@pytest.mark.parametrize("number", [0, 1])
def test_an_image_is_drawn_and_says_the_rest(context, project, kind, number):
    size = SETTINGS.formats["170mm"]
    content = image(hostile_figure(context, number), kind, project.shapes(), size, author=HOSTILE)
    if kind == "svg":
        text = "".join(ET.fromstring(content).itertext())
        assert CLEAN in text.replace("\u00a0", " ") and not find_forbidden_character(text)
    elif kind == "pdf":
        assert "Un constat" in PdfReader(io.BytesIO(content)).pages[0].extract_text()
    else:
        assert Image.open(io.BytesIO(content), formats=["PNG"]).size[0] > 1000


def test_a_workbook_opens_and_says_the_rest(project):
    content = figures_workbook(hostile_publication(project), date=DATE, author=HOSTILE)
    book = load_workbook(io.BytesIO(content))
    texts = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value]
    assert CLEAN in texts and not any(map(find_forbidden_character, texts))
    assert book.properties.creator == CLEAN


def test_a_table_is_written_for_a_spreadsheet():
    table = pd.DataFrame({"Note": [HOSTILE, "=1+1"]})
    sheet = load_workbook(io.BytesIO(workbook_bytes({"Notes": table})))["Notes"]
    assert [cell.value for cell in sheet["A"]] == ["Note", CLEAN, "'=1+1"]
    assert CLEAN in csv_bytes(table).decode("utf-8-sig")


def test_slides_open_and_say_the_rest(project):
    content = slides(
        hostile_publication(project),
        SETTINGS.brand,
        template=shipped_templates().slides,
        drawing=lambda figure, size: SVG,
        logo=None,
        embargo="",
        date=DATE,
    )
    opened = Presentation(io.BytesIO(content))
    texts = [s.text_frame.text for p in opened.slides for s in p.shapes if s.has_text_frame]
    assert any(CLEAN in text.replace("\u00a0", " ") for text in texts)


def test_a_press_release_opens_and_says_the_rest(project):
    document = written(hostile_publication(project))
    assert any(CLEAN in p.text.replace("\u00a0", " ") for p in document.paragraphs)


def test_a_web_page_holds_none(project):
    content = web_page(
        hostile_publication(project),
        brand=SETTINGS.brand,
        drawing=svg,
        logo=None,
        embargo="",
        date=DATE,
    )
    assert HOSTILE not in content.decode() and CLEAN in content.decode().replace("\u00a0", " ")


def test_the_document_of_a_meeting_is_made_from_any_sentence(context):
    note = Note(HOSTILE, f"https://exemple.fr/{HOSTILE}", HOSTILE, tuple(REQUESTS), context)
    publication = notebook_publication([note], "18 mars 2026", "1")
    content = plain_document(
        publication,
        brand=SETTINGS.brand,
        template=shipped_templates().text,
        picture=png,
        logo=None,
        date=DATE,
    )
    document = docx.Document(io.BytesIO(content))
    texts = [p.text.replace("\u00a0", " ") for p in document.paragraphs]
    assert CLEAN in texts


def test_a_finding_of_a_link_or_an_image_loses_them():
    asked = MapRequest.model_validate({**REQUESTS[1].as_texts(), "title": HOSTILE})
    assert asked.title == CLEAN
