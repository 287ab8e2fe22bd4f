"""Slides: what each holds, that PowerPoint can edit it, and that nothing overflows."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from PIL import Image, ImageDraw, ImageFont
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.util import Emu
from publications import desk_of, publication_of

from atlas.export.slides import PICTURE, slides
from atlas.figures.common.figure import Figure
from atlas.figures.comparison.texts import NOT_FROM_ZERO
from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.figures.map.texts import MapChoice
from atlas.figures.registry import figure_of
from atlas.figures.requests import FigureRequest, map_request
from atlas.project import Project
from atlas.publications.publication import Publication, Section
from atlas.settings.office_templates import shipped_templates
from atlas.territories import CODE_SEPARATOR

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


def picture(figure: Figure) -> bytes:
    """A PNG with the size of a drawing; the drawings themselves are tested with the images."""
    canvas = Image.new("RGB", (900, 500), "white")
    ImageDraw.Draw(canvas).rectangle((200, 50, 700, 450), fill="#2f47b0")
    stream = io.BytesIO()
    canvas.save(stream, "PNG", dpi=(300, 300))
    return stream.getvalue()


def logo() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (300, 100), "#c2570c").save(stream, "PNG")
    return stream.getvalue()


class Printer:
    """Makes each publication and its slides once."""

    def __init__(self, project: Project) -> None:
        self.project, self.brand = project, project.settings.brand
        self.desks = {demo: desk_of(project, demo=demo) for demo in (False, True)}
        self.publication = cache(self._publication)
        self.bytes = cache(lambda name: self.made(self.publication(name)))
        self.slides = cache(lambda name: list(self.file(name).slides))
        self.file = cache(lambda name: Presentation(io.BytesIO(self.bytes(name))))

    def made(
        self, publication: Publication, embargo: str = EMBARGO, mark: bytes | None = logo()
    ) -> bytes:
        return slides(
            publication,
            self.brand,
            template=shipped_templates().slides,
            picture=picture,
            logo=mark,
            embargo=embargo,
            date=DATE,
        )

    def of(self, *sections: Section, **changed: Any) -> list[Any]:
        """The slides of some sections, between the cover and the sources."""
        bare = {"sources": pd.DataFrame(), "definitions": pd.DataFrame()}
        publication = replace(self.publication("corse-2026"), sections=sections, **bare | changed)
        return list(Presentation(io.BytesIO(self.made(publication))).slides)[1:]

    def _publication(self, name: str) -> Publication:
        context = self.desks[False]
        known = {"région": "REG-75 2025-12", "fictif": "fictif FR 2025-12"}
        if name in (*DOSSIERS, *known):
            return publication_of(self.project, known.get(name, name))
        start = self.publication("corse-2026")
        if name == "comparaisons":
            places = CODE_SEPARATOR.join(["FR", "REG-94", "REG-04", "REG-75"])
            requests = [
                FigureRequest("courbe", "activation_rate", places),
                FigureRequest("courbe", "activated_profiles", "FR"),
            ]
            figures = [figure_of(context, request) for request in requests]
            gap = MapChoice("activation_rate", "departements", "2025-12", "gap", "REG-75")
            figures.append(figure_of(context, map_request(gap, "classement")))
            return replace(start, sections=tuple(Section(figure=figure) for figure in figures))
        return replace(start, title=LONG, introduction=LONG, sections=long_sections(start))


def long_sections(start: Publication) -> tuple[Section, ...]:
    """Every kind of section, with more words than a slide is made for."""
    cards = tuple(
        replace(card, label=LONG, source=LONG, derived=LONG)
        for section in start.sections
        for card in section.cards
    )
    table = pd.DataFrame({"Nom": [LONG] * 30, "Valeur": ["33,6\u00a0%"] * 30})
    drawn = [replace(figure, title=LONG, subtitle=LONG, note=LONG * 12) for figure in start.figures]
    return (
        Section(title=LONG, text=LONG, cards=cards),
        Section(title="Texte", text="\n\n".join([LONG * 4] * 12)),
        Section(title=LONG, table=table, table_source=LONG),
        *(Section(figure=figure) for figure in drawn),
        Section(title="Absent", absent=("Taux d’activation", "Ambassadeurs")),
    )


@pytest.fixture(scope="module")
def printer(project: Project) -> Printer:
    return Printer(project)


def plain(text: str) -> str:
    """Without the difference between the spaces that break and those that do not."""
    return re.sub(r"\s+", " ", text)


def shown(slide: Any) -> str:
    """Every text of a slide, tables included."""
    return plain(" ".join(text.text or "" for text in slide.element.iter(f"{A}t")))


def notes(slide: Any) -> str:
    return plain(slide.notes_slide.notes_text_frame.text) if slide.has_notes_slide else ""


def charts(found: list[Any]) -> list[Any]:
    return [shape.chart for slide in found for shape in slide.shapes if shape.has_chart]


def drawings(slide: Any) -> list[Any]:
    """Native charts and pictures, but for the logo."""
    return [
        shape
        for shape in slide.shapes
        if shape.has_chart
        or (
            shape.shape_type is not None
            and shape.shape_type.name == "PICTURE"
            and shape.name != "Logo"
        )
    ]


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


# --- the file ------------------------------------------------------------------------------------


@every_publication
def test_slides_are_16_by_9(printer, name):
    file = printer.file(name)
    assert (file.slide_width.inches, file.slide_height.inches) == (
        pytest.approx(13.333, abs=0.001),
        7.5,
    )


@every_publication
def test_the_same_publication_gives_the_same_bytes(printer, name):
    assert printer.made(printer.publication(name)) == printer.bytes(name)


def test_another_process_makes_the_same_bytes(printer):
    code = (
        "import sys, hashlib; sys.path[:0] = ['tests', 'tests/export/slides']\n"
        "import test_slides as t\n"
        "from atlas.project import Project\n"
        "made = t.Printer(Project(t.ROOT)).bytes('corse-2026')\n"
        "print(hashlib.sha256(made).hexdigest())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
        check=True,
    )
    assert run.stdout.strip() == hashlib.sha256(printer.bytes("corse-2026")).hexdigest()


def test_the_file_says_its_title_its_author_its_language_and_the_date_of_the_edition(printer):
    kept = printer.file("corse-2026").core_properties
    assert kept.title == printer.publication("corse-2026").title
    assert kept.author == kept.last_modified_by == printer.brand.name
    assert kept.language == "fr-FR" and kept.created == kept.modified == dt.datetime(2026, 3, 18)
    assert printer.publication("corse-2026").version in kept.comments


@every_publication
def test_no_part_of_the_file_speaks_english(printer, name):
    with zipfile.ZipFile(io.BytesIO(printer.bytes(name))) as packed:
        parts = {
            part: packed.read(part).decode() for part in packed.namelist() if part.endswith(".xml")
        }
    for part, xml in parts.items():
        assert "en-US" not in xml, part
        assert not re.search(r"Click to edit|Second level|Office Theme|Sheet1!", xml), part
        if not part.startswith(("ppt/theme", "docProps")):
            runs = re.findall(r"<a:rPr[^>]*>", xml)
            assert all('lang="fr-FR"' in run for run in runs), part


def test_the_theme_has_the_font_and_the_colours_of_the_brand(printer):
    file, brand = printer.file("corse-2026"), printer.brand
    for master in (file.slide_master, file.notes_master):
        xml = master.part.part_related_by(RT.THEME).blob.decode()
        fonts = re.findall(r'<a:latin typeface="([^"]*)"', xml)
        assert fonts == ["Source Sans Pro"] * 2
        colours = dict(re.findall(r'<a:(\w+)>\s*<a:srgbClr val="(\w{6})"', xml))
        assert {
            name: f"#{colours[name].lower()}" for name in ("dk1", "lt1", "accent1", "accent2")
        } == {"dk1": brand.ink, "lt1": "#ffffff", "accent1": brand.primary, "accent2": brand.accent}
        assert brand.sequential[-1][1:].upper() in colours.values()


def test_another_brand_changes_the_theme(printer):
    brand = printer.brand.model_copy(update={"primary": "#0b7a5b", "name": "GRADeS"})
    made = slides(
        printer.publication("corse-2026"),
        brand,
        template=shipped_templates().slides,
        picture=picture,
        logo=None,
        embargo="",
        date=DATE,
    )
    theme = Presentation(io.BytesIO(made)).slide_master.part.part_related_by(RT.THEME)
    assert b'<a:accent1><a:srgbClr val="0B7A5B"/>' in theme.blob and b'"GRADeS"' in theme.blob


def test_the_layouts_are_french_and_used_and_keep_inside_the_slide(printer):
    file = printer.file("longueurs")
    assert [layout.name for layout in file.slide_layouts] == [
        "Couverture",
        "Titre et contenu",
        "Titre et figure",
        "Titre et texte",
    ]
    assert {slide.slide_layout.name for slide in file.slides} == {
        layout.name for layout in file.slide_layouts
    }
    assert file.slide_layouts[0].element.get("showMasterSp") == "0"
    for layout in [file.slide_master, *file.slide_layouts]:
        assert layout.placeholders
        for shape in layout.placeholders:
            assert shape.left >= 0 and shape.left + shape.width <= file.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= file.slide_height


# --- every slide ---------------------------------------------------------------------------------


@every_publication
def test_every_slide_has_a_title_of_its_own_and_no_empty_placeholder(printer, name):
    titles = [slide.shapes.title.text_frame.text for slide in printer.slides(name)]
    assert all(titles) and (len(set(titles)) == len(titles) or name == "longueurs")
    for slide in printer.slides(name):
        assert all(shape.text_frame.text for shape in slide.placeholders)


@every_publication
def test_every_slide_says_the_embargo_and_its_number(printer, name):
    for number, slide in enumerate(printer.slides(name), start=1):
        assert EMBARGO in shown(slide)
        fields = [field.findtext(f"{A}t") for field in slide.element.iter(f"{A}fld")]
        assert fields == ([] if number == 1 else [str(number)])


def test_nothing_is_said_of_an_embargo_when_there_is_none(printer):
    made = printer.made(printer.publication("corse-2026"), embargo="")
    assert not any(
        "embargo" in shown(slide).lower() for slide in Presentation(io.BytesIO(made)).slides
    )


@pytest.mark.parametrize("name", [*DOSSIERS, "fictif"])
def test_what_is_fictitious_says_so_on_every_slide_and_what_is_not_nowhere(printer, name):
    for slide in printer.slides(name):
        badges = [shape for shape in slide.shapes if shape.name == "Mention"]
        assert len(badges) == (name == "fictif")
        assert ("Données fictives" in shown(slide)) == (name == "fictif")
        for badge in badges:
            assert badge.text_frame.text.startswith("Données fictives")
            title = slide.shapes.title
            assert title.left + title.width <= badge.left or badge.top + badge.height <= title.top


@every_publication
def test_no_shape_leaves_the_slide(printer, name):
    file = printer.file(name)
    for number, slide in enumerate(file.slides, start=1):
        for shape in slide.shapes:
            assert min(shape.left, shape.top) >= 0, (number, shape.name)
            assert shape.left + shape.width <= file.slide_width, (number, shape.name)
            assert shape.top + shape.height <= file.slide_height, (number, shape.name)


@every_publication
def test_no_letter_is_smaller_than_ten_points(printer, name):
    with zipfile.ZipFile(io.BytesIO(printer.bytes(name))) as packed:
        for part in packed.namelist():
            if re.match(r"ppt/(slides|slideLayouts|slideMasters|charts|drawings)/\w+\.xml", part):
                sizes = re.findall(
                    r'<a:(?:rPr|defRPr|endParaRPr)[^>]*\bsz="(\d+)"', packed.read(part).decode()
                )
                assert all(int(size) >= 1000 for size in sizes), part


def test_the_letters_of_a_chart_hold_twelve_points(printer):
    for chart in charts(printer.slides("région")):
        sizes = [int(size) for size in chart._chartSpace.xpath(".//@sz")]
        assert sizes and min(sizes) >= 1200


@cache
def font(bold: bool) -> ImageFont.FreeTypeFont:
    weight = "Bold" if bold else "Regular"
    return ImageFont.truetype(str(ROOT / f"static/fonts/SourceSansPro-{weight}.ttf"), 100)


def tall(paragraphs: Any, width: float, default: float = 0) -> float:
    """Points that paragraphs take, wrapped at ordinary spaces by the house font."""
    total = 0.0
    for paragraph in paragraphs:
        runs = paragraph.runs
        size = next((run.font.size.pt for run in runs if run.font.size), default)
        lines, used = 1, 0.0
        for word in re.split("(?<= )", "".join(run.text for run in runs)):
            length = font(bool(runs and runs[0].font.bold)).getlength(word.rstrip(" ")) * size / 100
            if used and used + length > width:
                lines, used = lines + 1, 0.0
            used += font(False).getlength(word) * size / 100
        before = paragraph.space_before.pt if paragraph.space_before else 0
        total += before + lines * size * 1.257
    return total


@every_publication
def test_every_text_fits_its_box(printer, name):
    for slide in printer.slides(name):
        defaults = {
            shape.placeholder_format.idx: int(shape._element.xpath(".//a:lvl1pPr/a:defRPr/@sz")[0])
            / 100
            for shape in slide.slide_layout.placeholders
        }
        for shape in (shape for shape in slide.shapes if shape.has_text_frame):
            size = defaults[shape.placeholder_format.idx] if shape.is_placeholder else 0
            inset = 0 if shape.is_placeholder else shape.text_frame.margin_left.pt
            needed = tall(shape.text_frame.paragraphs, shape.width.pt - 2 * inset, size)
            assert needed <= shape.height.pt - 2 * inset + 1, (shape.name, shape.text_frame.text)


@every_publication
def test_every_row_of_a_table_is_as_high_as_its_texts(printer, name):
    tables = [shape for slide in printer.slides(name) for shape in slide.shapes if shape.has_table]
    assert tables or name == "comparaisons"
    for frame in tables:
        for row in frame.table.rows:
            for cell, column in zip(row.cells, frame.table.columns, strict=True):
                room = column.width.pt - cell.margin_left.pt - cell.margin_right.pt
                assert tall(cell.text_frame.paragraphs, room) <= row.height.pt
                (size, *_) = [run.font.size.pt for run in cell.text_frame.paragraphs[0].runs] or [0]
                words = [word for word in cell.text.split(" ") if len(word) < 25]
                assert all(font(True).getlength(word) * size / 100 <= room for word in words)
        assert sum(row.height for row in frame.table.rows) <= frame.height + Emu(20)


# --- the cover -----------------------------------------------------------------------------------


def test_the_cover_says_what_where_when_and_who(printer):
    cover, publication = printer.slides("corse-2026")[0], printer.publication("corse-2026")
    assert plain(cover.shapes.title.text_frame.text) == publication.title
    for text in (
        "Corse, mars 2026",
        publication.introduction,
        printer.brand.name,
        EMBARGO,
        "18 mars 2026",
    ):
        assert text in shown(cover)
    (mark,) = [shape for shape in cover.shapes if shape.name == "Logo"]
    assert plain(alt(mark)) == f"Logo : {printer.brand.name}"
    assert mark.width / mark.height == pytest.approx(3, rel=0.01)


def test_a_publication_without_a_logo_has_a_cover_all_the_same(printer):
    made = Presentation(io.BytesIO(printer.made(printer.publication("corse-2026"), mark=None)))
    assert not [shape for shape in made.slides[0].shapes if shape.name == "Logo"]
    assert printer.brand.name in shown(made.slides[0])
    assert not made.slide_master.element.xpath(".//p:pic")


def test_the_logo_stands_on_every_other_slide(printer):
    assert printer.file("corse-2026").slide_master.element.xpath(".//p:pic/p:blipFill/a:blip")


# --- key figures ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*DOSSIERS, "région", "fictif"])
def test_every_key_figure_is_a_card_with_its_period_and_its_source(printer, name):
    cards = [card for section in printer.publication(name).sections for card in section.cards]
    found = [
        plain(shape.text_frame.text)
        for slide in printer.slides(name)
        for shape in slide.shapes
        if shape.name.startswith("Chiffre clé")
    ]
    assert len(found) == len(cards) > 0
    for card, text in zip(cards, found, strict=True):
        for said in (
            card.label,
            card.value,
            f"{card.place}, {card.period}",
            card.change,
            card.nation,
            f"Source : {card.source}",
        ):
            assert plain(said) in text
        assert ("Chiffre incertain" in text) == card.uncertain


@pytest.mark.parametrize("name", [*DOSSIERS, "région", "fictif", "longueurs"])
def test_a_slide_has_six_cards_at_most_and_none_covers_another(printer, name):
    for slide in printer.slides(name):
        cards = [shape for shape in slide.shapes if shape.name.startswith("Chiffre clé")]
        assert len(cards) <= 6
        for one in cards:
            for other in cards:
                apart = (
                    one.left + one.width <= other.left
                    or other.left + other.width <= one.left
                    or one.top + one.height <= other.top
                    or other.top + other.height <= one.top
                )
                assert apart or one is other


def test_the_notes_of_a_card_have_its_sentence_and_what_the_card_has_no_room_for(printer):
    (section,) = [s for s in printer.publication("corse-2026").sections if s.title == "Au national"]
    (slide,) = [
        s for s in printer.slides("corse-2026") if s.shapes.title.text_frame.text == "Au national"
    ]
    for card in section.cards:
        assert plain(card.sentence) in notes(slide) and plain(card.note) in notes(slide)


def test_other_published_values_and_computations_are_told(printer):
    start: KeyFigure = printer.publication("corse-2026").sections[0].cards[0]
    card = replace(start, derived="moyenne des deux caisses", others=("98 % (Cnam)",))
    (slide,) = printer.of(Section(title="Cartes", cards=(card,)))
    assert "Calculé : moyenne des deux caisses" in shown(slide)
    assert "Autres valeurs publiées : 98 % (Cnam)." in notes(slide)


# --- figures -------------------------------------------------------------------------------------


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


@every_publication
def test_every_figure_has_its_slide_and_no_slide_has_two(printer, name):
    assert all(len(drawings(slide)) <= 1 for slide in printer.slides(name))
    for figure, found in in_order(printer, name):
        assert found and all(
            plain(slide.shapes.title.text_frame.text).startswith(plain(figure.title))
            for slide in found
        ), figure.key
        assert all((drawings(slide)[0].has_chart) == (figure.plot is not None) for slide in found)


@every_publication
def test_every_figure_carries_its_caption_on_the_slide_and_in_the_notes(printer, name):
    for figure, found in in_order(printer, name):
        for slide in found:
            for line, text in figure.caption:
                said = text if figure.plot is None else text.replace(f"{NOT_FROM_ZERO} ", "")
                assert plain(f"{line} : {said}") in notes(slide)
            assert plain(f"Texte de remplacement : {figure.alt}") in notes(slide)
            assert plain(figure.source) in shown(slide) and plain(figure.subtitle) in shown(slide)
            assert plain(figure.lecture) in shown(slide) and plain(figure.champ) in shown(slide)
            assert ("sans valeur statistique." in shown(slide)) == figure.fictitious


def test_a_note_too_long_for_the_slide_sends_to_the_page_of_notes(printer):
    for figure, (slide, *_) in in_order(printer, "longueurs"):
        assert "voir les commentaires de la diapositive." in shown(slide)
        assert plain(figure.note) in notes(slide)


@every_publication
def test_everything_that_is_not_text_is_described(printer, name):
    for slide in printer.slides(name):
        for shape in slide.shapes:
            if not shape.has_text_frame:
                assert re.search(r"[a-zéè]{3,} ", alt(shape)), shape.name
                assert shape.name in ("Carte", "Graphique", "Tableau", "Logo")


@every_publication
def test_a_drawing_is_described_by_the_words_of_its_figure(printer, name):
    for figure, found in in_order(printer, name):
        for slide in found:
            assert alt(drawings(slide)[0]).startswith(figure.alt)


def test_a_map_keeps_its_proportions_and_is_as_large_as_it_fits(printer):
    (slide,) = [
        slide
        for figure, (slide, *_) in in_order(printer, "nouvelle-aquitaine-2026")
        if figure.plot is None
    ]
    (drawn,) = drawings(slide)
    assert drawn.width / drawn.height == pytest.approx(900 / 500, rel=0.01)
    assert drawn.width.pt == pytest.approx(640, abs=1) or drawn.height.pt > 345


def test_a_map_is_asked_for_at_the_size_of_its_place(printer):
    assert PICTURE.width == pytest.approx(640, abs=4) and PICTURE.text >= 10
    assert PICTURE.height == pytest.approx(350, abs=4)


@every_publication
def test_bars_and_curves_are_native_charts_with_the_values_of_the_figure(printer, name):
    for figure, found in in_order(printer, name):
        if figure.plot is None:
            continue
        made = charts(found)
        categories = [category for chart in made for category in chart.plots[0].categories]
        if figure.plot.kind == "bars":
            assert tuple(categories) == figure.plot.categories
        for place, series in enumerate(figure.plot.series):
            drawn = [chart.plots[0].series[place] for chart in made]
            assert {one.name for one in drawn} == {series.name}
            assert [v for one in drawn for v in one.values] == [
                None if value is None else pytest.approx(value) for value in series.values
            ]


@every_publication
def test_marks_have_the_colours_and_the_texts_of_the_figure(printer, name):
    for figure, found in in_order(printer, name):
        for place, series in enumerate(figure.plot.series if figure.plot else ()):
            drawn = [chart.plots[0].series[place] for chart in charts(found)]
            for one in drawn:
                form = (
                    one.format.fill.fore_color
                    if figure.plot.kind == "bars"
                    else (one.format.line.color)
                )
                assert f"#{form.rgb}".lower() == series.colour.lower()
            assert [text for one in drawn for text in labels(one)] == [
                "" if value is None else text
                for value, text in zip(series.values, series.labels, strict=True)
            ]


@pytest.mark.parametrize("name", ["région", "fictif", "provence-alpes-cote-d-azur-2025"])
def test_bars_go_down_from_the_first_without_gridlines_nor_axis(printer, name):
    found = [
        chart for chart in charts(printer.slides(name)) if chart.chart_type.name == "BAR_CLUSTERED"
    ]
    assert found
    for chart in found:
        assert chart.category_axis.reverse_order and not chart.value_axis.visible
        assert not chart.value_axis.has_major_gridlines and not chart.has_title
        assert 30 <= chart.plots[0].gap_width <= 500
        assert chart.has_legend == (len(chart.plots[0].series) > 1)


def test_a_bar_without_a_text_of_its_own_has_its_value_in_the_format_of_the_figure(printer):
    (figure, _), *_ = [
        pair for pair in in_order(printer, "région") if pair[0].plot and pair[0].plot.kind == "bars"
    ]
    (series,) = figure.plot.series
    silent = replace(series, labels=("",) * len(series.labels))
    slide = printer.of(
        Section(figure=replace(figure, plot=replace(figure.plot, series=(silent,))))
    )[0]
    drawn = charts([slide])[0].plots[0].series[0]
    assert drawn.data_labels.show_value and not drawn._element.findall(f".//{C}dLbl")
    assert drawn.data_labels.number_format == figure.plot.number_format == '#,##0.0"\u00a0%"'


def test_the_texts_of_marks_stay_on_one_line(printer):
    for chart in charts(printer.slides("corse-2026")):
        bodies = chart._chartSpace.xpath(".//c:dLbl/c:tx/c:rich/a:bodyPr/@wrap")
        assert bodies and set(bodies) == {"none"}


def test_a_ranking_of_101_goes_on_over_slides_that_share_one_axis(printer):
    ((figure, found),) = [
        pair
        for pair in in_order(printer, "fictif")
        if pair[0].plot and len(pair[0].plot.categories) == 101
    ]
    made = charts(found)
    sizes = [len(chart.plots[0].categories) for chart in made]
    assert sum(sizes) == 101 and max(sizes) <= 26 and max(sizes) - min(sizes) <= 1
    assert len({(c.value_axis.minimum_scale, c.value_axis.maximum_scale) for c in made}) == 1
    assert made[0].value_axis.maximum_scale > max(figure.plot.series[0].values)
    ends = [slide.shapes.title.text_frame.text[-5:] for slide in found]
    assert ends == [f"({place}/{len(found)})" for place in range(1, len(found) + 1)]
    for place, (slide, chart) in enumerate(zip(found, made, strict=True), start=1):
        first, *_, last = chart.plots[0].categories
        assert plain(alt(drawings(slide)[0])).endswith(
            f" Partie {place} sur {len(found)} : {first} à {last}."
        )


def test_the_longest_bar_leaves_room_for_its_text(printer):
    for chart in charts(printer.slides("provence-alpes-cote-d-azur-2025")):
        width = 640 * float(chart._chartSpace.xpath(".//c:manualLayout/c:w/@val")[0])
        for series in chart.plots[0].series:
            for value, text in zip(series.values, labels(series), strict=True):
                end = (value or 0) / chart.value_axis.maximum_scale * width
                assert end + font(False).getlength(text) * 0.12 <= width


def test_bars_below_zero_have_their_texts_inside_the_drawing_and_their_names_aside(printer):
    chart = charts(printer.slides("comparaisons"))[-1]
    (series,) = chart.plots[0].series
    assert min(series.values) < 0 and chart.value_axis.minimum_scale < min(series.values)
    assert chart.category_axis.tick_label_position.name == "LOW"
    assert series.invert_if_negative is False


def test_a_level_that_is_not_published_is_said_in_words_and_never_drawn_as_zero(printer):
    (chart, *_) = charts(printer.slides("corse-2026"))
    (series, _) = chart.plots[0].series
    assert series.values[0] is None
    drawing = chart.part.part_related_by(RT.CHART_USER_SHAPES).blob.decode()
    said = [plain(text) for text in re.findall(r"<a:t>([^<]*)</a:t>", drawing)]
    assert said == [
        "niveau non publié (+34 %)",
        "niveau non publié (+13 %)",
        "niveau non publié (+153 %)",
    ]
    heights = [float(y) for y in re.findall(r"<cdr:from>.*?<cdr:y>([\d.]+)", drawing)]
    assert heights == sorted(heights) and heights[0] < 0.2 and 0.5 < heights[-1] < 0.7


def test_a_figure_without_any_level_is_its_table_and_not_an_empty_chart(printer):
    (figure, *_) = [f for f in printer.publication("corse-2026").figures if f.plot]
    (series, *_) = figure.plot.series
    empty = replace(series, values=(None,) * len(series.values))
    (slide,) = printer.of(
        Section(figure=replace(figure, plot=replace(figure.plot, series=(empty,))))
    )
    assert not drawings(slide) and plain(figure.source) in shown(slide)
    (frame,) = [shape for shape in slide.shapes if shape.has_table]
    assert [cell.text for cell in frame.table.columns._tbl.tr_lst[0].tc_lst]
    assert "Médecine de ville" in shown(slide) and "+153 %" in shown(slide)


def test_a_curve_stands_on_an_axis_of_dates_that_writes_years(printer):
    figure, (slide,) = in_order(printer, "comparaisons")[0]
    (chart,) = charts([slide])
    axis = chart.category_axis
    assert axis.category_type.name == "TIME_SCALE"
    stored = chart._chartSpace.xpath(".//c:ser[1]/c:cat/c:numRef/c:numCache/c:pt/c:v/text()")
    days = [
        (dt.date(1899, 12, 30) + dt.timedelta(days=int(float(day)))).isoformat() for day in stored
    ]
    assert tuple(days) == figure.plot.categories
    assert axis.tick_labels.number_format == "yyyy"
    assert (axis.minimum_scale - dt.date(2022, 1, 1).toordinal() + 693594) == 0
    assert chart._chartSpace.xpath(".//c:dispBlanksAs/@val") == ["span"]
    assert chart.has_legend and chart.legend.position.name == "BOTTOM"


def test_the_last_texts_of_a_curve_do_not_cover_each_other(printer):
    _, (slide,) = in_order(printer, "comparaisons")[0]
    (chart,) = charts([slide])
    frame = drawings(slide)[0]
    inner = float(chart._chartSpace.xpath(".//c:plotArea/c:layout//c:h/@val")[0])
    points = inner * frame.height.pt / chart.value_axis.maximum_scale
    heights = []
    for series in chart.plots[0].series:
        (label,) = series._element.findall(f".//{C}dLbl")
        shift = label.find(f".//{C}y")
        last = [value for value in series.values if value is not None][-1]
        heights.append(
            last * points - (0 if shift is None else float(shift.get("val")) * frame.height.pt)
        )
    ordered = sorted(heights)
    assert len(ordered) == 4
    assert min(b - a for a, b in zip(ordered, ordered[1:], strict=False)) >= 14


def test_the_texts_of_lines_that_end_together_stand_in_one_column_in_their_colours(printer):
    """Corsica ends in March 2026, the others in December 2025: three texts move past its line."""
    figure, (slide,) = in_order(printer, "comparaisons")[0]
    (chart,) = charts([slide])
    frame, axis = drawings(slide)[0], chart.category_axis
    inner = float(chart._chartSpace.xpath(".//c:plotArea/c:layout//c:w/@val")[0])
    day = inner * frame.width.pt / (axis.maximum_scale - axis.minimum_scale)
    moved = []
    for drawn, series in zip(chart.plots[0].series, figure.plot.series, strict=True):
        (label,) = drawn._element.findall(f".//{C}dLbl")
        assert {f"#{c.get('val').lower()}" for c in label.iter(f"{A}srgbClr")} == {series.colour}
        shift = label.find(f".//{C}x")
        moved.append(0 if shift is None else float(shift.get("val")) * frame.width.pt)
    later = (dt.date(2026, 3, 31) - dt.date(2025, 12, 31)).days
    assert moved == pytest.approx([later * day, 0, later * day, later * day], abs=0.1)


def test_lines_are_told_apart_without_their_colours(printer):
    chart = charts(printer.slides("comparaisons"))[0]
    marks = [series.marker.style for series in chart.plots[0].series]
    assert len(set(marks)) == len(marks) == 4


def test_millions_are_short_on_an_axis(printer):
    chart = charts(printer.slides("comparaisons"))[1]
    assert chart.value_axis.tick_labels.number_format == '#,##0,,"\u00a0M"'


@pytest.mark.parametrize("name", ["région", "comparaisons", "corse-2026"])
def test_the_workbook_of_a_chart_has_its_values_for_editing(printer, name):
    for chart in charts(printer.slides(name)):
        sheet = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        assert sheet.title == "Valeurs"
        for column, (series, numbers) in enumerate(values(chart), start=2):
            assert sheet.cell(1, column).value == series
            assert [sheet.cell(row, column).value for row in range(2, len(numbers) + 2)] == [
                None if number is None else pytest.approx(number) for number in numbers
            ]


def test_a_name_that_looks_like_a_formula_stays_a_name(printer):
    (figure, *_) = [f for f in printer.publication("région").figures if f.plot]
    names = ("=1+1", *figure.plot.categories[1:])
    (slide,) = printer.of(
        Section(figure=replace(figure, plot=replace(figure.plot, categories=names)))
    )
    (chart,) = charts([slide])
    cell = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_two_figures_of_one_title_are_told_apart_by_their_names(printer):
    titles = [plain(slide.shapes.title.text_frame.text) for slide in printer.slides("région")]
    assert "Taux d’activation, Nouvelle-Aquitaine, décembre 2025 : carte" in titles
    assert "Taux d’activation, Nouvelle-Aquitaine, décembre 2025 : classement" in titles


# --- tables, milestones, texts -------------------------------------------------------------------


def rows(found: list[Any]) -> list[list[str]]:
    """The rows of the tables of some slides, one after the other, without their headers."""
    tables = [shape.table for slide in found for shape in slide.shapes if shape.has_table]
    return [
        [plain(cell.text) for cell in row.cells] for table in tables for row in list(table.rows)[1:]
    ]


@every_publication
def test_every_row_of_every_table_is_there_in_order(printer, name):
    publication, found = printer.publication(name), printer.slides(name)
    tables = [section.table for section in sections_with(publication, "table")]
    expected = [[plain(text) for text in row] for table in tables for row in table.values.tolist()]
    assert rows(found)[: len(expected)] == expected
    definitions = [[plain(text) for text in row] for row in publication.definitions.values.tolist()]
    assert rows(found)[-len(definitions) :] == definitions
    for title in publication.sources["Titre"]:
        assert any(plain(title) == row[0] for row in rows(found))


def test_a_long_table_repeats_its_header_and_shares_its_rows_evenly(printer):
    table = pd.DataFrame({"Nom": [f"Caisse {i}" for i in range(40)], "Taux": ["33,6\u00a0%"] * 40})
    found = printer.of(Section(title="Caisses", table=table, table_source="ARS, 2026."))
    tables = [shape.table for slide in found for shape in slide.shapes if shape.has_table]
    counts = [len(table.rows) - 1 for table in tables]
    assert len(counts) > 1 and sum(counts) == 40 and max(counts) - min(counts) <= 2
    assert all([cell.text for cell in table.rows[0].cells] == ["Nom", "Taux"] for table in tables)
    assert all("Source : ARS, 2026." in shown(slide) for slide in found)
    assert [plain(slide.shapes.title.text_frame.text) for slide in found] == [
        f"Caisses ({place}/{len(counts)})" for place in range(1, len(counts) + 1)
    ]


def test_numbers_of_a_table_are_set_to_the_right_and_years_to_the_left(printer):
    table = pd.DataFrame(
        {
            "Nom": ["Pau"],
            "Taux": ["33,6\u00a0%"],
            "Écart": ["+2,4\u00a0points"],
            "Publié": ["2026"],
            "Nombre": ["environ 5\u202f000"],
        }
    )
    (slide,) = printer.of(Section(title="Caisses", table=table))
    (frame,) = [shape for shape in slide.shapes if shape.has_table]
    sides = [cell.text_frame.paragraphs[0].alignment for cell in frame.table.rows[1].cells]
    assert [side is not None and side.name == "RIGHT" for side in sides] == [
        False,
        True,
        True,
        False,
        True,
    ]


def test_a_short_column_between_long_ones_keeps_its_word_whole(printer):
    table = pd.DataFrame(
        {"Mot": ["intergouvernementalisation"]} | {f"Colonne {place}": [LONG] for place in range(5)}
    )
    (slide,) = printer.of(Section(title="Mots", table=table))
    (frame,) = [shape for shape in slide.shapes if shape.has_table]
    cell = frame.table.cell(1, 0)
    (run,) = cell.text_frame.paragraphs[0].runs
    room = frame.table.columns[0].width.pt - cell.margin_left.pt - cell.margin_right.pt
    assert font(False).getlength(run.text) * run.font.size.pt / 100 <= room


def test_the_milestones_are_all_there_year_after_year(printer):
    (section,) = sections_with(printer.publication("la-reunion-2026"), "milestones")
    years = [
        shape
        for slide in printer.slides("la-reunion-2026")
        for shape in slide.shapes
        if shape.name.startswith("Année ")
    ]
    assert len(years) == len(section.milestones) == 7
    for milestone, shape in zip(section.milestones, years, strict=True):
        said = [plain(paragraph.text) for paragraph in shape.text_frame.paragraphs]
        assert said == [
            plain(text) for text in (str(milestone.year), milestone.title, *milestone.points)
        ]


def test_a_short_text_stands_under_the_title_and_a_long_one_on_its_own_slides(printer):
    cards = printer.publication("corse-2026").sections[0].cards
    (slide,) = printer.of(Section(title="Cartes", text="Une phrase.", cards=cards))
    assert "Une phrase." in shown(slide)
    found = printer.of(Section(title="Cartes", text=LONG * 2, cards=cards))
    assert [slide.slide_layout.name for slide in found] == ["Titre et texte", "Titre et contenu"]
    assert plain(LONG * 2) in shown(found[0])


def test_a_text_too_long_for_a_slide_loses_no_word(printer):
    text = "\n\n".join(f"{place} {LONG}" for place in range(40))
    found = printer.of(Section(title="Texte", text=text))
    assert len(found) > 1
    bodies = " ".join(
        plain(shape.text_frame.text)
        for slide in found
        for shape in slide.shapes
        if shape.name == "Texte"
    )
    assert bodies.split() == plain(text).split()


def test_a_table_without_rows_says_so(printer):
    (slide,) = printer.of(Section(title="Caisses", table=pd.DataFrame({"Caisse": []})))
    assert "Rien n’est publié pour ce tableau." in shown(slide)


def test_what_the_data_do_not_have_is_named(printer):
    (slide,) = printer.of(Section(title="Chiffres", absent=("Ambassadeurs", "Taux d’activation")))
    assert "Absent des données : Ambassadeurs, Taux d’activation." in shown(slide)


def test_a_title_longer_than_a_file_may_have_is_whole_on_the_cover(printer):
    publication = replace(printer.publication("corse-2026"), title=LONG * 2, sections=())
    file = Presentation(io.BytesIO(printer.made(publication)))
    assert file.core_properties.title == (LONG * 2)[:255]
    assert plain(file.slides[0].shapes.title.text_frame.text) == LONG * 2


def test_a_section_without_a_title_has_the_title_of_the_publication(printer):
    (slide,) = printer.of(Section(text=LONG), title="Mon dossier")
    assert slide.shapes.title.text_frame.text == "Mon dossier"


def test_a_chart_that_a_slide_draws_from_zero_is_not_said_to_start_elsewhere(printer):
    publication = printer.publication("provence-alpes-cote-d-azur-2025")
    figure = next(one for one in publication.figures if NOT_FROM_ZERO in one.note)
    slide = printer.of(Section(figure=figure))[0]
    assert charts([slide]) and "pas de zéro" not in shown(slide) + notes(slide)
