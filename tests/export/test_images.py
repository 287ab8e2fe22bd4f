"""Every figure in every format: what is on the sheet, at which size, and what its file says."""

from __future__ import annotations

import base64
import io
import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
import shapely
from PIL import Image
from pypdf import PageObject, PdfReader
from pypdf.generic import DecodedStreamObject, NameObject
from shipped import INVENTED, SETTINGS, SHIPPED, VISITED
from svg_reader import NUMBERS, SVG, inks, page_of, part_of, placed, words

from atlas.export.image import caption_text, image
from atlas.export.page_layout import Options
from atlas.export.provenance import provenance, provenance_in
from atlas.export.render_pool import RenderPool
from atlas.figures.common.brief_caption import paragraph_text
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.style import Style
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.profile.request import StripRequest
from atlas.figures.registry import figure_of
from atlas.figures.timeline.request import TimelineRequest
from atlas.rendering.image_kinds.registry import IMAGE_KINDS

FORMATS = SETTINGS.formats
FIGURES = [*SHIPPED, *VISITED, *INVENTED]
FRANCE = ["france", "caisses", "écarts", "fictif-france"]
KINDS = tuple(IMAGE_KINDS)
INKSCAPE = "{http://www.inkscape.org/namespaces/inkscape}"
# The file's own language, which is not the reader's: « May », « Jan » and what a program says.
FOREIGN = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Apr|Aug|Dec|undefined|null|NaN|axis|scale|properties|datum)\b|\ufffd|\d\.\d"
)

ONE_OF_EACH = ["aquitaine", "classement", "trajectoires/activation_rate", "fictif-île-de-france"]
every_figure = pytest.mark.parametrize("name", FIGURES)
one_of_each = pytest.mark.parametrize("name", ONE_OF_EACH)
a_few = pytest.mark.parametrize(
    "name, size",
    [
        ("aquitaine", "82mm"),
        ("classement", "lien-1200x630"),
        ("courbe", "a4-paysage"),
        ("fictif-île-de-france", "diapositive"),
    ],
)
every_format = pytest.mark.parametrize("size", FORMATS)
# Each figure of a sort in three formats, each format with two sorts: what is looked at depends on
# the format or on the sort, and every page is looked at as a whole in all of them.
in_turn = pytest.mark.parametrize(
    "name, size",
    [
        (name, size)
        for place, name in enumerate(ONE_OF_EACH)
        for size in list(FORMATS)[place % 2 :: 2]
    ],
)


def drawn_in(name: str, kind: str) -> list[str]:
    """The formats in which a figure is drawn.

    A bitmap and a PDF are made of the page of the SVG, whatever is on it: that page is read in
    every format, and what the two make of it in one format for each figure, in turn, and in three
    for one figure of each sort, so that each format is there for two sorts.
    """
    if kind == "svg":
        return list(FORMATS)
    if name in ONE_OF_EACH:
        return list(FORMATS)[ONE_OF_EACH.index(name) % 2 :: 2]
    return [list(FORMATS)[FIGURES.index(name) % len(FORMATS)]]


class Printer:
    """Draws each figure once in the formats and kinds that are looked at, in two processes."""

    def __init__(self, published: FigureContext, invented: FigureContext, pool: RenderPool) -> None:
        self.context, self.invented, self.pool = published, invented, pool
        self.figure, self.files = cache(self._figure), cache(self._files)
        self.other = cache(self._file)
        self.pages, self.pdfs = cache(self._pages), cache(self._pdfs)

    def _figure(self, name: str) -> Figure:
        context = self.invented if name in INVENTED else self.context
        request = {**VISITED, **INVENTED}.get(name)
        made = figure_of(context, request or SHIPPED[name](context))
        assert made is not None
        return made

    def draw(self, figure: Figure, kind: str, size: str, **options: Any) -> bytes:
        return image(
            figure,
            kind,
            self.context.shapes,
            FORMATS[size],
            pool=self.pool,
            options=Options(**options),
            data="essai",
            author="Mon espace santé",
        )

    def _file(self, name: str, kind: str, size: str) -> bytes:
        return self.draw(self.figure(name), kind, size)

    def _files(self, name: str) -> dict[tuple[str, str], bytes]:
        """By kind and format. The kinds of one format are drawn one after the other: a process
        keeps the last drawing of Vega."""
        self.figure(name)

        def in_format(size: str) -> dict[tuple[str, str], bytes]:
            kinds = [kind for kind in KINDS if size in drawn_in(name, kind)]
            return {(kind, size): self._file(name, kind, size) for kind in kinds}

        with ThreadPoolExecutor(2) as together:
            made = list(together.map(in_format, FORMATS))
        return {place: file for files in made for place, file in files.items()}

    def file(self, name: str, kind: str, size: str) -> bytes:
        content = self.files(name).get((kind, size))
        return self.other(name, kind, size) if content is None else content

    def images(self, name: str, kind: str) -> dict[str, bytes]:
        """By format."""
        return {size: self.file(name, kind, size) for size in drawn_in(name, kind)}

    def _pages(self, name: str) -> dict[str, tuple[ET.Element, float, float]]:
        """The root, the width and the height in points of its SVG, by format."""
        return {size: page_of(svg) for size, svg in self.images(name, "svg").items()}

    def svg(self, name: str) -> str:
        return self.images(name, "svg")["170mm"].decode()

    def png(self, name: str, size: str = "170mm") -> Image.Image:
        return Image.open(io.BytesIO(self.file(name, "png", size)))

    def _pdfs(self, name: str) -> dict[str, PdfReader]:
        return {size: PdfReader(io.BytesIO(pdf)) for size, pdf in self.images(name, "pdf").items()}


@pytest.fixture(scope="module")
def printer(context: FigureContext, fictitious: FigureContext) -> Iterator[Printer]:
    pool = RenderPool(2)
    yield Printer(context, fictitious, pool)
    pool.close()


def packed(text: str) -> str:
    """Without spaces: those at the ends of lines are not written."""
    return re.sub(r"\s+", "", text)


def symbols(svg: str) -> dict[str, str]:
    """The fill of each mark that has a name, by its name."""
    return {
        mark.get("aria-label"): mark.get("fill")
        for mark in ET.fromstring(svg).iter()
        if mark.get("role") == "graphics-symbol" and mark.get("aria-label")
    }


def in_points(size: str, height: float) -> tuple[float, float]:
    """The sides that a format asks for; the height that was drawn where it leaves it open."""
    format = FORMATS[size]
    if format.width_mm:
        tall = format.height_mm * 72 / 25.4 if format.height_mm else height
        return format.width_mm * 72 / 25.4, tall
    tall = format.height_px * 72 / format.dpi if format.height_px else height
    return format.width_px * 72 / format.dpi, tall


# --- its size ------------------------------------------------------------------------------------


@every_figure
def test_an_svg_has_the_size_of_its_format_in_the_unit_of_its_format(printer, name):
    for size, (root, width, height) in printer.pages(name).items():
        assert (width, height) == pytest.approx(in_points(size, height), abs=0.01)
        unit, each = ("mm", 72 / 25.4) if FORMATS[size].width_mm else ("px", 72 / FORMATS[size].dpi)
        for side, long in (("width", width), ("height", height)):
            assert root.get(side).endswith(unit)
            assert float(root.get(side).removesuffix(unit)) == pytest.approx(long / each, abs=0.5)


@every_figure
def test_a_png_has_the_pixels_and_the_density_of_its_format(printer, name):
    for size in drawn_in(name, "png"):
        _, width, height = printer.pages(name)[size]
        picture, dpi = printer.png(name, size), FORMATS[size].dpi
        assert [round(density) for density in picture.info["dpi"]] == [dpi, dpi]
        expected = (width / 72 * dpi, height / 72 * dpi)
        assert picture.size == pytest.approx(expected, abs=1), size
        if FORMATS[size].width_px:
            assert picture.size == (FORMATS[size].width_px, FORMATS[size].height_px)


@every_figure
def test_a_pdf_is_one_page_of_the_size_of_its_format(printer, name):
    for size, document in printer.pdfs(name).items():
        (page,) = document.pages
        expected = in_points(size, printer.pages(name)[size][2])
        assert (page.mediabox.width, page.mediabox.height) == pytest.approx(expected, abs=0.1)


@every_figure
def test_a_format_without_a_height_is_as_high_as_the_figure_needs(printer, name):
    figure = printer.figure(name)
    # Eight years one under the other make a long column.
    panels = 2 if isinstance(figure.request, TimelineRequest) else figure.panels
    for size, (_, width, height) in printer.pages(name).items():
        if in_points(size, 0)[1] == 0:
            assert 0.3 * width < height < (1 + 1.5 * panels) * width, size


# --- its words -----------------------------------------------------------------------------------


@every_figure
def test_a_sheet_carries_its_title_and_every_line_of_its_caption(printer, name):
    figure = printer.figure(name)
    assert {"Lecture", "Champ", "Source"} <= {line for line, _ in figure.caption}
    for size, (root, *_) in printer.pages(name).items():
        head, foot = (packed(words(part_of(root, part))) for part in ("titre", "notes"))
        assert packed(figure.title) in head and packed(figure.subtitle) in head, size
        at = [foot.find(packed(paragraph_text(one))) for one in figure.printed_caption]
        assert -1 not in at and at == sorted(at), size


RECT, CIRCLE = f"{SVG}rect", f"{SVG}circle"


@every_figure
def test_a_sheet_prints_its_legend_with_how_many_each_class_holds(printer, name):
    figure = printer.figure(name)
    for size, (root, *_) in printer.pages(name).items():
        legend = packed(words(part_of(root, "legende")))
        for entry in figure.legend:
            said = [entry.text] if entry.edges is None else [entry.tally, *entry.printed_words]
            assert all(packed(text) in legend for text in said), size
        marks = [one for one in part_of(root, "legende").iter() if one.tag in (RECT, CIRCLE)]
        for entry, mark in zip(figure.legend, marks, strict=True):
            assert mark.tag == (RECT if entry.mark == "box" else CIRCLE), size
            assert mark.get("stroke" if entry.mark == "ring" else "fill") == entry.colour, size


@every_figure
def test_what_is_fictitious_says_so_above_and_below_and_nothing_else_does(printer, name):
    for size, (root, *_) in printer.pages(name).items():
        above = words(part_of(root, "titre")).startswith("Données fictives")
        below = words(part_of(root, "notes")).endswith("Données fictives, sans valeur statistique.")
        assert above == below == (name in INVENTED), size


@every_figure
def test_no_letter_is_smaller_than_seven_points(printer, name):
    for size, (root, *_) in printer.pages(name).items():
        assert min(ink.size for ink in inks(root)) >= 6.99, size


@every_figure
def test_no_text_meets_another_or_leaves_the_page(printer, name):
    for size, (root, width, height) in printer.pages(name).items():
        found = inks(root)
        outside = [
            ink.text
            for ink in found
            if ink.left < 0 or ink.top < 0 or ink.right > width or ink.bottom > height
        ]
        together = [
            (one.text, other.text)
            for one, other in itertools.combinations(found, 2)
            if one.meets(other)
        ]
        assert (outside, together) == ([], []), size


@every_figure
def test_a_sheet_is_french_to_the_reader_and_to_a_screen_reader(printer, name):
    for size, (root, *_) in printer.pages(name).items():
        around = [words(part_of(root, part)) for part in ("titre", "legende", "dessin")]
        spoken = [part.get("aria-label", "") for part in root.iter()]
        assert [text for text in around + spoken if FOREIGN.search(text)] == [], size
        assert any(spoken) and root.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"


@every_figure
def test_no_line_breaks_before_high_punctuation_or_inside_a_number_of_page(printer, name):
    for size, (root, *_) in printer.pages(name).items():
        # The unit of a key figure is a text of its own, smaller, beside its digits.
        beside = {"%"} if printer.figure(name).sized else set()
        lines = {ink.text for ink in inks(root)} - beside
        assert [
            line for line in lines if re.match("[:;!?»%]", line) or re.search(r"(«|\bp\.)$", line)
        ] == [], size


@every_figure
def test_the_texts_are_texts_in_the_house_font(printer, name):
    for size, (root, *_) in printer.pages(name).items():
        fonts = {text.get("font-family", "") for text in root.iter(f"{SVG}text")}
        assert fonts and all(font.startswith("Source Sans Pro") for font in fonts), size


# --- its file ------------------------------------------------------------------------------------


@every_figure
def test_a_file_describes_itself_to_those_who_cannot_see_it(printer, name):
    figure = printer.figure(name)
    for root, *_ in printer.pages(name).values():
        assert root.findtext(f"{SVG}title") == figure.title
        assert root.findtext(f"{SVG}desc") == figure.alt and root.get("role") == "img"
    for size in drawn_in(name, "png"):
        said = printer.png(name, size).info
        assert (said["Title"], said["Description"]) == (figure.title, figure.alt)
        assert (said["Language"], said["Author"]) == ("fr-FR", "Mon espace santé")


@every_figure
def test_a_pdf_says_its_title_language_and_subject(printer, name):
    figure = printer.figure(name)
    for document in printer.pdfs(name).values():
        about, root = document.metadata, document.trailer["/Root"]
        assert (about.title, about.subject) == (figure.title, figure.alt)
        assert (about.author, root["/Lang"]) == ("Mon espace santé", "fr-FR")
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]


@every_figure
def test_a_pdf_embeds_its_fonts_and_its_text_can_be_selected(printer, name):
    figure = printer.figure(name)
    for size, document in printer.pdfs(name).items():
        page = document.pages[0]
        embedded = dict(fonts_of(page["/Resources"]))
        assert embedded and all(embedded.values()), size
        assert all(re.fullmatch(r"/[A-Z]{6}\+SourceSansPro-\w+", font) for font in embedded)
        said = packed(selected(page))
        for text in (figure.title, *map(paragraph_text, figure.printed_caption)):
            assert packed(text) in said, size


def selected(page: PageObject) -> str:
    """The text of a page; the thousands of strokes of a map, slow to read, are left out."""
    content = page.get_contents().get_data()
    texts = DecodedStreamObject()
    texts.set_data(b"\n".join(re.findall(rb"BT\n.*?\nET", content, re.DOTALL)))
    page[NameObject("/Contents")] = texts
    return page.extract_text()


def fonts_of(resources: Any) -> Iterator[tuple[str, bool]]:
    """Name of each font of a page and of the forms in it, and whether its file is inside."""
    resources = resources.get_object()
    for font in resources.get("/Font", {}).values():
        drawn = font.get_object()["/DescendantFonts"][0].get_object()
        inside = drawn["/FontDescriptor"].get_object().keys() & {"/FontFile2", "/FontFile3"}
        yield font.get_object()["/BaseFont"], bool(inside)
    for form in resources.get("/XObject", {}).values():
        if "/Resources" in form.get_object():
            yield from fonts_of(form.get_object()["/Resources"])


@every_figure
def test_every_kind_of_file_gives_back_where_it_comes_from(printer, name):
    known = provenance(printer.figure(name), "essai")
    assert known.fictitious == (name in INVENTED)
    for kind in KINDS:
        for size, content in printer.images(name, kind).items():
            assert replace(provenance_in(content), rendering=None) == known, (kind, size)


@every_figure
def test_an_svg_opens_no_address_and_runs_nothing(printer, name):
    namespaces = {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
        "http://www.inkscape.org/namespaces/inkscape",
    }
    for svg in printer.images(name, "svg").values():
        assert set(re.findall(rb"https?://[^\"' )]+", svg)) <= {n.encode() for n in namespaces}
        assert b"<image" not in svg and b"<script" not in svg and b"onload" not in svg


def layout_of(figure: Figure) -> str:
    """That of a comparison or of a strip, empty for another drawing."""
    request = figure.request
    if isinstance(request, StripRequest):
        return "strip"
    if not isinstance(request, ComparisonRequest):
        return ""
    return request.layout or SETTINGS.comparisons[request.comparison].layout


@every_figure
def test_a_designer_finds_named_groups(printer, name):
    plot, layout = printer.figure(name).native, layout_of(printer.figure(name))
    bars, lines = {"barres", "etiquettes"}, {"lignes", "points", "etiquettes"}
    marks = {"bars": bars, "stacked": bars, "curve": lines, "lines": lines}
    wanted = (
        {"points", "traits", "etiquettes"}
        if layout in ("dots", "slope", "strip")
        else (marks[plot.kind] if plot else {"formes", "etiquettes"})
    )
    if printer.figure(name).sized:
        wanted = {"barres", "points", "etiquettes"}
    for size, (root, *_) in printer.pages(name).items():
        layers = [group for group in root if group.tag == f"{SVG}g"]
        names = [group.get("id") for group in layers]
        assert names == ["fond", "titre", "legende", "dessin", "notes"], size
        assert [group.get(f"{INKSCAPE}label") for group in layers] == names
        assert {group.get(f"{INKSCAPE}groupmode") for group in layers} == {"layer"}
        inside = {part.get("id") for part in part_of(root, "dessin").iter()}
        assert wanted <= inside, size
        every = [part.get("id") for part in root.iter() if part.get("id")]
        assert len(every) == len(set(every)), size


# Half of the figures, so that every format and every kind of file comes: 0, 2, 4, 7, 9, 11, 12…
@pytest.mark.parametrize(
    "place, name",
    [(place, name) for place, name in enumerate(FIGURES) if place % 2 == place // 6 % 2],
)
def test_the_same_figure_gives_the_same_bytes_in_another_process(printer, place, name):
    size, kind = list(FORMATS)[place % len(FORMATS)], KINDS[place % len(KINDS)]
    again = image(
        printer.figure(name),
        kind,
        printer.context.shapes,
        FORMATS[size],
        data="essai",
        author="Mon espace santé",
    )
    assert again == printer.file(name, kind, size)


def test_a_pdf_drawn_again_and_again_is_the_same_file(printer):
    """Its two fonts come in an order that the engine does not keep."""
    figure = printer.figure("classement")
    assert len({printer.draw(figure, "pdf", "82mm") for _ in range(8)}) == 1


# --- bitmaps -------------------------------------------------------------------------------------


@in_turn
def test_a_png_is_written_in_the_house_font(printer, name, size):
    """Another font would be wider: each line of the head ends where the house font ends it."""
    root, *_ = printer.pages(name)[size]
    scale, grey = FORMATS[size].dpi / 72, printer.png(name, size).convert("L")
    for ink in inks(part_of(root, "titre")):
        box = (ink.left - 4, ink.top, ink.right + 4, ink.bottom)
        line = grey.crop([round(side * scale) for side in box]).point(lambda v: 255 * (v < 215))
        left, _, right, _ = (side / scale - 4 for side in line.getbbox())
        long = ink.right - ink.left
        assert -0.5 < left < ink.size / 10 + 0.5, ink.text  # a pixel of screens
        assert right == pytest.approx(long, abs=ink.size / 10 + long / 200), ink.text


@one_of_each
def test_a_png_is_opaque_white_paper(printer, name):
    for size in drawn_in(name, "png"):
        picture = printer.png(name, size)
        assert picture.mode == "RGB" and picture.getpixel((2, 2)) == (255, 255, 255)


def test_the_png_of_france_has_the_colours_of_its_legend_and_its_hatching(printer):
    counts = {colour: n for n, colour in printer.png("france").convert("RGB").getcolors(10**7)}
    held = [s.colour for s in printer.figure("france").legend if s.count]
    for colour in [*held, "#5a6072"]:
        assert counts[tuple(bytes.fromhex(colour[1:]))] > 1_000


# --- maps ----------------------------------------------------------------------------------------


def test_every_departement_of_nouvelle_aquitaine_is_coloured_by_its_class(printer):
    figure = printer.figure("aquitaine")
    scale = {swatch.colour for swatch in figure.legend if swatch.count is not None}
    found = symbols(printer.svg("aquitaine"))
    assert len(found) == 12 and set(found.values()) <= scale
    assert found["Landes : 41,7\u00a0%"] == figure.legend[4].colour
    assert found["Creuse : 32,2\u00a0%"] == figure.legend[0].colour


def test_the_names_and_values_of_nouvelle_aquitaine_can_be_selected(printer):
    texts = words(printer.pages("aquitaine")["170mm"][0])
    for text in ("Landes", "41,7", "Deux-Sèvres", "36,2", "35,5 à 39,0\u202f†"):
        assert text in texts


def test_the_map_of_france_has_a_shape_for_every_departement_and_hatches_88(printer):
    """Paris and its inner ring are drawn twice: on the map and in the zoom."""
    svg, figure = printer.svg("france"), printer.figure("france")
    assert svg.count('aria-roledescription="geoshape"') == 101 + 4
    found = symbols(svg)
    neutral = [name for name, fill in found.items() if name.endswith("non publié")]
    assert len(found) == 101 and len(neutral) == 88
    assert {found[name] for name in neutral} == {figure.legend[-1].colour}
    hatches = [
        part
        for part in ET.fromstring(svg).iter(f"{SVG}path")
        if (part.get("stroke"), part.get("stroke-width")) == ("#5a6072", "0.6")
    ]
    between_classes = 1  # Pyrénées-Atlantiques, from 35.5 to 39.0 %
    assert len(hatches) == 88 + between_classes
    assert all(part.get("d").startswith("M") for part in hatches)


@pytest.mark.parametrize("name", FRANCE)
def test_the_insets_of_a_map_of_france_are_there_and_named_in_every_format(printer, name):
    long = {
        "Guadeloupe": "971",
        "Martinique": "972",
        "Guyane": "973",
        "La Réunion": "974",
        "Mayotte": "976",
    } | ({} if name == "écarts" else {"Paris et petite couronne": "Paris"})
    for size, (root, *_) in printer.pages(name).items():
        texts = {ink.text for ink in inks(part_of(root, "dessin"))}
        assert all({full, short} & texts for full, short in long.items()), size
    texts = {ink.text for ink in inks(part_of(printer.pages(name)["170mm"][0], "dessin"))}
    assert set(long) <= texts


@pytest.mark.parametrize("name", FRANCE)
def test_the_name_of_an_inset_is_beside_its_shape_and_not_on_it(printer, name):
    hidden = []
    for size, (root, *_) in printer.pages(name).items():
        shapes = shapely.union_all(list(outlines(root)))
        for ink in inks(part_of(root, "dessin")):
            box = shapely.box(ink.left, ink.top, ink.right, ink.bottom)
            if shapes.intersection(box).area > 0.2 * box.area:
                hidden.append((size, ink.text))
    assert hidden == []


def outlines(root: ET.Element) -> Iterator[shapely.Geometry]:
    """The coloured shapes of a map, in points of the page; rings in rings are filled."""
    for part, here in placed(root, "path"):
        if part.get("aria-roledescription") != "geoshape":
            continue
        for ring in part.get("d").split("M")[1:]:
            flat = [float(number) for number in NUMBERS.findall(ring)]
            if len(flat) >= 8:
                points = np.array([flat[::2], flat[1::2], [1] * (len(flat) // 2)])
                yield shapely.Polygon((here @ points)[:2].T).buffer(0)


def test_every_caisse_is_on_the_map_those_that_share_a_departement_as_squares(printer):
    svg = printer.svg("caisses")
    assert len(symbols(svg)) == 107
    assert svg.count('aria-roledescription="square"') == 10


def test_every_territory_of_the_invented_set_is_coloured(printer):
    for size, (root, *_) in printer.pages("fictif-france").items():
        marks = symbols(ET.tostring(root, "unicode"))
        assert len(marks) == 101 and not [name for name in marks if "non publié" in name], size


# --- bars and curves -----------------------------------------------------------------------------


def test_a_corridor_without_a_level_has_no_bar_on_paper_either(printer):
    svg = printer.svg("corse-2026/5-corridors")
    assert svg.count('aria-roledescription="bar"') == 3 + 3  # with those of the base year
    assert svg.count("niveau non publié</text>") == 3


def test_every_territory_of_the_curve_ends_with_its_last_value(printer):
    for size, (root, *_) in printer.pages("trajectoires/activation_rate").items():
        texts = words(part_of(root, "dessin"))
        for value in ("33,6", "22,8", "22,1", "37,2", "33,2", "27,5"):
            assert f"{value}\u00a0%" in texts, size


def drawn_values(figure: Figure) -> tuple[str, int]:
    """What stands for a value in a drawing, and how many there are: none of a target, which is a
    line, nor of an earlier date beside a bar or a dot."""
    plot, layout = figure.native, layout_of(figure)
    if layout == "dots":
        return "point", len(plot.categories)
    if layout == "strip":
        return "circle", len(plot.categories) - 1  # the nation is a line
    if plot.has_lines:
        return "point", sum(
            not name.startswith("Objectif") for name in figure.table.columns[0].cells
        )
    ticks = len(plot.series) > 1 and not figure.legend and layout != "multiples"
    series = plot.series[:1] if ticks else plot.series
    return "bar", sum(amount is not None for each in series for amount in each.amounts)


@every_figure
def test_every_bar_and_every_point_of_the_data_is_drawn_in_every_format(printer, name):
    if printer.figure(name).native is None:
        return  # the territories of a map are counted by their colours
    kind, count = drawn_values(printer.figure(name))
    for size, (root, *_) in printer.pages(name).items():
        marks = [part for part in root.iter() if part.get("aria-roledescription") == kind]
        assert len(marks) == count, size


# --- what goes around the drawing ----------------------------------------------------------------


@a_few
def test_a_transparent_background_lets_through_what_is_behind(printer, name, size):
    figure = printer.figure(name)
    png, svg, pdf = (
        printer.draw(figure, kind, size, transparent=True) for kind in ("png", "svg", "pdf")
    )
    alpha = Image.open(io.BytesIO(png)).getchannel("A")
    assert alpha.getpixel((2, 2)) == 0 and alpha.getextrema() == (0, 255)
    assert len(part_of(ET.fromstring(svg), "fond")) == 0
    assert len(part_of(printer.pages(name)[size][0], "fond")) == 1
    white = b"1 1 1 scn\n0 0 m"
    assert white not in PdfReader(io.BytesIO(pdf)).pages[0].get_contents().get_data()
    paper = printer.draw(figure, "pdf", size)
    assert white in PdfReader(io.BytesIO(paper)).pages[0].get_contents().get_data()


@in_turn
def test_without_its_caption_an_image_keeps_the_rest(printer, name, size):
    figure = printer.figure(name)
    root, _, height = page_of(printer.draw(figure, "svg", size, caption=False))
    warning = "Données fictives, sans valeur statistique." if figure.fictitious else ""
    assert words(part_of(root, "notes")) == warning
    assert packed(figure.title) in packed(words(part_of(root, "titre")))
    assert root.findtext(f"{SVG}desc") == figure.alt
    before = printer.pages(name)[size][2]
    assert height < before if FORMATS[size].height is None else height == before


@every_figure
def test_the_text_beside_an_image_without_caption_holds_all_of_its_words(printer, name):
    figure = printer.figure(name)
    lines = caption_text(figure).splitlines()
    assert figure.title in lines and figure.subtitle in lines
    assert {f"{line} : {text}" for line, text in figure.caption} <= set(lines)
    assert f"Texte de remplacement : {figure.alt}" in lines
    assert (lines[0] == "Données fictives, sans valeur statistique.") == figure.fictitious


@one_of_each
def test_without_title_and_caption_an_image_is_its_drawing_and_its_legend(printer, name):
    figure = printer.figure(name)
    root, *_ = page_of(printer.draw(figure, "svg", "diapositive", title=False, caption=False))
    warning = "Données fictives" if figure.fictitious else ""
    assert words(part_of(root, "titre")) == warning
    assert all(
        packed(text) in packed(words(part_of(root, "legende")))
        for entry in figure.legend
        for text in entry.printed_words
    )


@in_turn
def test_a_logo_stands_on_the_page_away_from_every_text(printer, name, size):
    svg = printer.draw(printer.figure(name), "svg", size, logo=printer.context.logo)
    root, width, height = page_of(svg)
    (logo,) = part_of(root, "logo")
    x, y, wide, tall = (float(logo.get(side)) for side in ("x", "y", "width", "height"))
    assert 0 < x < x + wide < width and 0 < y < y + tall < height and wide >= 14
    assert [
        ink.text
        for ink in inks(root)
        if ink.right > x and ink.left < x + wide and ink.bottom > y and ink.top < y + tall
    ] == []


@a_few
def test_the_logo_is_drawn_on_a_bitmap_where_the_page_says(printer, name, size):
    svg, png = (
        printer.draw(printer.figure(name), kind, size, logo=printer.context.logo)
        for kind in ("svg", "png")
    )
    (logo,) = part_of(ET.fromstring(svg), "logo")
    x, y, wide, tall = (float(logo.get(side)) for side in ("x", "y", "width", "height"))
    scale = FORMATS[size].dpi / 72
    part = Image.open(io.BytesIO(png)).crop([round(n * scale) for n in (x, y, x + wide, y + tall)])
    colours = {colour for _, colour in part.getcolors(10**6)}
    assert {(0x2F, 0x47, 0xB0), (255, 255, 255)} <= colours


def test_a_logo_may_be_a_picture_and_is_inside_every_kind_of_file(printer):
    stream = io.BytesIO()
    Image.new("RGB", (30, 30), "#e4003a").save(stream, "PNG")
    logo = "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()
    png, svg, pdf = (
        printer.draw(printer.figure("classement"), kind, "170mm", logo=logo)
        for kind in ("png", "svg", "pdf")
    )
    red = [
        n for n, colour in Image.open(io.BytesIO(png)).getcolors(10**7) if colour == (0xE4, 0, 0x3A)
    ]
    assert red and red[0] > 1_000
    assert part_of(ET.fromstring(svg), "logo")[0].tag == f"{SVG}image"
    assert len(PdfReader(io.BytesIO(pdf)).pages[0].images) == 1


def test_without_a_logo_there_is_no_group_for_it(printer):
    assert 'id="logo"' not in printer.svg("classement")


def test_a_title_with_the_signs_of_a_tag_stays_a_title(printer):
    figure = replace(printer.figure("classement"), title='Taux < 30 % & > 20 %, « "net" »')
    root, *_ = page_of(printer.draw(figure, "svg", "170mm"))
    assert packed(figure.title) in packed(words(part_of(root, "titre")))
    about = PdfReader(io.BytesIO(printer.draw(figure, "pdf", "170mm"))).metadata
    assert about.title == figure.title


@every_format
def test_a_long_title_is_wrapped_inside_the_margins(printer, size):
    long = "Les départements de la région et leurs caisses d’assurance maladie " * 2
    figure = replace(printer.figure("classement"), title=long.strip())
    root, width, _ = page_of(printer.draw(figure, "svg", size))
    found = inks(part_of(root, "titre"))
    assert len(found) > 2 and max(ink.right for ink in found) < width - 5
    assert packed(long) in packed(" ".join(ink.text for ink in found))


def test_images_asked_for_at_once_are_the_ones_drawn_alone(printer):
    names = ["courbe", "fictif-classement", "classement", "aquitaine"]
    with ThreadPoolExecutor(len(names)) as together:
        made = list(
            together.map(lambda name: printer.draw(printer.figure(name), "svg", "82mm"), names)
        )
    assert made == [printer.images(name, "svg")["82mm"] for name in names]


def test_paper_is_white_whatever_the_screen_is(printer):
    dark = replace(printer.context, style=Style.dark(printer.context.settings.brand))
    assert dark.for_print().style == printer.context.style != dark.style
    fills = set(symbols(printer.svg("taux-activation-fin-2025/activation_rate")).values())
    assert fills == {printer.context.style.primary, printer.context.style.ink}
