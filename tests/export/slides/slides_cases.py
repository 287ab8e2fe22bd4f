"""What the tests of slides share: publications, their slides, what is read of them."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from made_once import context_of, publication_of
from PIL import Image, ImageFont
from pptx import Presentation
from shipped import SETTINGS

from atlas.export.slides import slides
from atlas.export.slides.figures import Drawer
from atlas.figures.common.figure import Figure
from atlas.figures.curve.request import CurveRequest
from atlas.figures.map.request import MapRequest, ranking_of
from atlas.figures.registry import figure_of
from atlas.project import Project
from atlas.publications.publication import Publication, Section
from atlas.settings import Contact, Format, Quote
from atlas.settings.office_templates import shipped_templates
from atlas.territories import CODE_SEPARATOR
from atlas.values import Column, Quantity, Table, Value, name_column

ROOT = Path(__file__).parents[3]
DATE = dt.date(2026, 3, 18)
EMBARGO = "Sous embargo jusqu’au 30 janvier 2027"
DOSSIERS = [
    "corse-2026",
    "grand-est-2024",
    "nouvelle-aquitaine-2026",
    "provence-alpes-cote-d-azur-2025",
    "la-reunion-2026",
]
PUBLICATIONS = [*DOSSIERS, "région", "fictif", "comparaisons", "longueurs"]
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
LONG = (
    "Les départements de la région et leurs caisses d’assurance maladie : où en est "
    "l’activation de Mon espace santé quatre ans après son lancement ?"
)
every_publication = pytest.mark.parametrize("name", PUBLICATIONS)


SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 450 340"
 xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape">
<g id="legende"><text x="10" y="20" font-size="11">Légende de la page</text></g>
<g id="dessin" transform="translate(25 100) scale(0.8)">
<path class="background" d="M0,0h500v250h-500Z"/>
<path transform="translate(0,0)" d="M100,10L300,20L200,200Z" fill="#2f47b0" stroke="#ffffff"
 inkscape:label="Landes" aria-label="Landes : 41,7 %"/>
<path d="M300,20L400,20L350,200Z" fill="#abc" opacity="0.5"/>
<line x2="80" y2="0" transform="translate(10,50)" stroke="#1b2033" stroke-width="0.8"/>
<text transform="translate(200,90)" text-anchor="middle" font-size="11px" fill="#ffffff"
 stroke="#000000">41,7</text>
</g></svg>"""


def drawing(figure: Figure, size: Format) -> bytes:
    """An SVG as one of the pages of images; the drawings themselves are tested with the images."""
    return SVG.encode()


def logo() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (300, 100), "#c2570c").save(stream, "PNG")
    return stream.getvalue()


class Printer:
    """Makes each publication and its slides once."""

    def __init__(self, project: Project) -> None:
        self.project, self.brand = project, project.settings.brand
        self.contexts = {demo: context_of(project, demo=demo) for demo in (False, True)}
        self.publication = cache(self._publication)
        self.bytes = cache(lambda name: self.make_slides(self.publication(name)))
        self.slides = cache(lambda name: list(self.file(name).slides))
        self.file = cache(lambda name: Presentation(io.BytesIO(self.bytes(name))))

    def make_slides(
        self,
        publication: Publication,
        embargo: str = EMBARGO,
        mark: bytes | None = logo(),
        drawing: Drawer = drawing,
    ) -> bytes:
        return slides(
            publication,
            self.brand,
            template=shipped_templates().slides,
            drawing=drawing,
            logo=mark,
            embargo=embargo,
            date=DATE,
        )

    def of(self, *sections: Section, **changed: Any) -> list[Any]:
        """The slides of some sections, between the cover and the sources."""
        bare = {"sources": Table(()), "definitions": Table(()), "press": None}
        publication = replace(self.publication("corse-2026"), sections=sections, **bare | changed)
        return list(Presentation(io.BytesIO(self.make_slides(publication))).slides)[1:]

    def _publication(self, name: str) -> Publication:
        context = self.contexts[False]
        known = {"région": "REG-75 2025-12", "fictif": "fictif FR 2025-12"}
        if name in (*DOSSIERS, *known):
            return publication_of(self.project, known.get(name, name))
        start = self.publication("corse-2026")
        if name == "comparaisons":
            places = CODE_SEPARATOR.join(["FR", "REG-94", "REG-04", "REG-75"])
            requests = [
                CurveRequest(indicator="activation_rate", territory=places),
                CurveRequest(indicator="activated_profiles", territory="FR"),
            ]
            figures = [figure_of(context, request) for request in requests]
            gap = MapRequest(
                indicator="activation_rate",
                level="departements",
                period="2025-12",
                measure="gap",
                territory="REG-75",
            )
            figures.append(figure_of(context, ranking_of(gap)))
            return replace(start, sections=tuple(Section(figure=figure) for figure in figures))
        press = replace(
            start.press,
            headline=LONG,
            lead=LONG * 4,
            quotes=(Quote(text=LONG * 6, author="Prénom Nom", role=LONG),),
            contacts=tuple(Contact(organisation=f"{LONG[:60]} {place}") for place in range(5)),
            about=LONG * 6,
        )
        places = CODE_SEPARATOR.join(["FR", "REG-04"])
        curve = figure_of(context, CurveRequest(indicator="activation_rate", territory=places))
        sections = (*long_sections(start), Section(figure=replace(curve, subtitle=LONG)))
        return replace(start, title=LONG, introduction=LONG, sections=sections, press=press)


def long_sections(start: Publication) -> tuple[Section, ...]:
    """Every kind of section, with more words than a slide is made for."""
    cards = tuple(
        replace(card, label=LONG, source=LONG, derived=LONG)
        for section in start.sections
        for card in section.cards
    )
    table = Table((name_column("name", "Nom", [LONG] * 30), rates("Valeur", [33.6] * 30)))
    drawn = [replace(figure, title=LONG, subtitle=LONG, note=LONG * 12) for figure in start.figures]
    return (
        Section(title=LONG, text=LONG, cards=cards),
        Section(title="Texte", text="\n\n".join([LONG * 4] * 12)),
        Section(title=LONG, table=table, table_source=LONG),
        *(Section(figure=figure) for figure in drawn),
        Section(title="Absent", absent=("Taux d’activation", "Ambassadeurs")),
    )


def rates(heading: str, amounts: list[float], quantity: Quantity = "level") -> Column:
    """A column of rates, or of their gaps."""
    rate = SETTINGS.indicators["activation_rate"]
    values = tuple(Value(amount, quantity, rate) for amount in amounts)
    return Column(f"{quantity}-{heading}", heading, values, "value")


def plain(text: str) -> str:
    """Without the difference between the spaces that break and those that do not."""
    return re.sub(r"\s+", " ", text)


def slide_text(slide: Any) -> str:
    """Every text of a slide, tables included."""
    return plain(" ".join(text.text or "" for text in slide.element.iter(f"{A}t")))


def without_marks(shape: Any) -> str:
    """The text of a shape but for the marks of its remarks."""
    return plain(
        "\n".join(
            "".join(run.text for run in paragraph.runs if not run.font._element.get("baseline"))
            for paragraph in shape.text_frame.paragraphs
        )
    )


def notes(slide: Any) -> str:
    return plain(slide.notes_slide.notes_text_frame.text) if slide.has_notes_slide else ""


def charts(found: list[Any]) -> list[Any]:
    return [shape.chart for slide in found for shape in slide.shapes if shape.has_chart]


def drawings(slide: Any) -> list[Any]:
    """Native charts and maps."""
    return [shape for shape in slide.shapes if shape.has_chart or shape.name == "Carte"]


def alt(shape: Any) -> str:
    return shape._element.xpath(".//p:cNvPr")[0].get("descr") or ""


def values(chart: Any) -> list[tuple[str, tuple[float | None, ...]]]:
    return [(series.name, tuple(series.values)) for series in chart.plots[0].series]


def labels(series: Any) -> list[str]:
    """The text written on each point of a series, empty where it has none of its own."""
    written = {
        label.find(f"{C}idx").get("val"): "".join(t.text for t in label.iter(f"{A}t"))
        for label in series._element.iter(f"{C}dLbl")
    }
    return [written.get(str(place), "") for place in range(len(series.values))]


def sections_with(publication: Publication, part: str) -> list[Section]:
    parts = [(section, getattr(section, part)) for section in publication.sections]
    return [section for section, held in parts if held is not None and len(held)]


def in_order(printer: Printer, name: str) -> list[tuple[Figure, list[Any]]]:
    """Each figure with its slides, in order."""
    found = [slide for slide in printer.slides(name) if drawings(slide)]
    runs = []
    for figure in printer.publication(name).figures:
        several = re.search(r"\(1/(\d+)\)$", found[0].shapes.title.text_frame.text)
        count = int(several[1]) if several else 1
        runs.append((figure, found[:count]))
        del found[:count]
    assert not found
    return runs


@cache
def font(bold: bool) -> ImageFont.FreeTypeFont:
    weight = "Bold" if bold else "Regular"
    return ImageFont.truetype(str(ROOT / f"static/fonts/SourceSansPro-{weight}.ttf"), 100)
