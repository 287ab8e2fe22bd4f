"""Whatever is written in the files of a project, what is exported runs nothing and leads nowhere
but to the documents that it quotes."""

from __future__ import annotations

import datetime as dt
import io
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from contexts import context_for_print
from openpyxl import load_workbook
from planted import plant, planted_mark
from pptx import Presentation
from test_exports_of_hostile_texts import png, svg

from atlas.export.image import image
from atlas.export.page_layout import Options
from atlas.export.press_release import press_release
from atlas.export.slides import slides
from atlas.export.web import web_page
from atlas.export.workbook import figures_workbook
from atlas.figures.common.context import FigureContext
from atlas.figures.map.request import RankingRequest
from atlas.figures.registry import figure_of
from atlas.project import Project
from atlas.publications.publication import Publication, dossier_publication
from atlas.settings.office_templates import shipped_templates

DATE = dt.date(2026, 3, 18)
MARK = planted_mark("http://127.0.0.1:9")
SVG = "{http://www.w3.org/2000/svg}"
# What draws, and neither runs nor moves nor holds another page.
DRAWING = {
    f"{SVG}{name}"
    for name in ["svg", "g", "path", "rect", "circle", "line", "text", "tspan", "title", "desc",
                 "defs", "clipPath", "style", "metadata", "image", "linearGradient", "stop"]
}  # fmt: skip


@pytest.fixture(scope="module")
def context(
    tmp_path_factory: pytest.TempPathFactory, copy_project: Callable[[Path], Path]
) -> FigureContext:
    base = copy_project(tmp_path_factory.mktemp("planted") / "project")
    plant(base, MARK)
    return context_for_print(Project(base))


@pytest.fixture(scope="module")
def publication(context: FigureContext) -> Publication:
    made = dossier_publication(context, "nouvelle-aquitaine-2026")
    assert MARK in made.title and MARK in made.introduction
    return made


class Tags(HTMLParser):
    """The tags of a page with their attributes, and its texts."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.texts += data


def addresses(context: FigureContext) -> set[str]:
    return {source.address for source in context.dataset.sources.values()}


def attributes(page: Tags) -> Iterator[tuple[str, str, str]]:
    for tag, attrs in page.tags:
        for name, value in attrs.items():
            yield tag, name, value


def test_a_page_of_the_web(context, publication):
    page = Tags(
        web_page(
            publication,
            brand=context.settings.brand,
            drawing=svg,
            logo=context.logo.encode(),
            embargo=f"Sous embargo{MARK}",
            date=DATE,
        )
    )
    assert page.texts.replace("\u00a0", " ").count(":red[rouge]") > 20
    assert not [name for _, name, _ in attributes(page) if name.startswith("on")]
    links = {value for tag, name, value in attributes(page) if name == "href"}
    assert {link for link in links if not link.startswith(("#", "data:,"))} <= addresses(context)
    sources = {value for _, name, value in attributes(page) if name in ("src", "srcset")}
    assert sources and all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert not {tag for tag, _ in page.tags} & {"iframe", "object", "embed", "form", "base"}


EMPTY_DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 50"/>'


def test_documents_lead_to_the_sources_alone(context, publication):
    options = {"template": shipped_templates(), "logo": None, "embargo": "", "date": DATE}
    brand = context.settings.brand
    text = press_release(
        publication, brand=brand, picture=png, **{**options, "template": shipped_templates().text}
    )
    shown = slides(
        publication,
        brand,
        drawing=lambda figure, size: EMPTY_DRAWING,
        **{**options, "template": shipped_templates().slides},
    )
    parts = [
        docx.Document(io.BytesIO(text)).part,
        *(slide.part for slide in Presentation(io.BytesIO(shown)).slides),
    ]
    links = {rel.target_ref for part in parts for rel in part.rels.values() if rel.is_external}
    assert links <= addresses(context) and links
    book = load_workbook(io.BytesIO(figures_workbook(publication, date=DATE, author=MARK)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    targets = {cell.hyperlink.target for cell in cells if cell.hyperlink}
    assert targets - {None} <= addresses(context)
    assert "f" not in {cell.data_type for cell in cells}


def test_an_image_only_draws(context):
    figure = figure_of(
        context,
        RankingRequest(
            indicator="activation_rate", territory="REG-75", period="2025-12", title=MARK.strip()
        ),
    )
    assert figure is not None
    svg = image(
        figure,
        "svg",
        context.shapes,
        context.settings.formats["170mm"],
        options=Options(logo=context.logo),
        author=MARK,
    )
    root = ET.fromstring(svg)
    drawn = {part.tag for part in root.iter() if part.tag.startswith(SVG)}
    assert f"{SVG}text" in drawn and drawn <= DRAWING
    for part in root.iter():
        for name, value in part.attrib.items():
            name = name.rpartition("}")[2]
            assert not name.startswith("on")
            assert name != "href" or value.startswith(("#", "data:image/png")), value
    assert ":red[rouge]" in "".join(root.itertext())
