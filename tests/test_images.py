"""Images for print: what is on the sheet, at which size, and what happens when drawing fails."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from atlas import export, views
from atlas.charts import Figure, Style
from atlas.views import Desk, MapChoice
from atlas.workspace import Workspace

BOLD = Path(__file__).parents[1] / "static/fonts/SourceSansPro-Semibold.ttf"
SVG = "{http://www.w3.org/2000/svg}"
FRANCE = MapChoice("activation_rate", "departements", "2025-12")
AQUITAINE = replace(FRANCE, within="REG-75")
DEPOSITED = "documents_deposited"


def dossier_map(desk: Desk) -> Figure | None:
    dossier = desk.settings.dossiers["corse-2026"]
    (block,) = [block for block in dossier.blocks if block.kind == "map"]
    return views.block_figure(desk.preferring(dossier.source), dossier, block)


def comparison(key: str) -> Callable[[Desk], Figure]:
    return lambda d: views.comparison_figures(d, d.settings.comparisons[key], key)[0]


FIGURES: dict[str, Callable[[Desk], Figure | None]] = {
    "france": lambda d: views.map_figure(d, FRANCE),
    "caisses": lambda d: views.map_figure(d, replace(FRANCE, level="caisses")),
    "écarts": lambda d: views.map_figure(d, replace(FRANCE, level="regions", measure="gap")),
    "aquitaine": lambda d: views.map_figure(d, replace(AQUITAINE, selected="DEP-64")),
    "corse": dossier_map,
    "classement": lambda d: views.ranking_figure(d, AQUITAINE),
    "couloirs": lambda d: views.corridor_figure(d, "REG-94", indicator=DEPOSITED, when="2025"),
    "territoires": lambda d: views.corridor_across(d, "biologie", indicator=DEPOSITED),
    "barres": comparison("taux-activation-fin-2025"),
    "trajectoires": comparison("trajectoires"),
    "croissances": comparison("croissance-par-couloir"),
    "fictif": lambda d: views.map_figure(d, AQUITAINE),
}
every_figure = pytest.mark.parametrize("name", FIGURES)
some_figures = pytest.mark.parametrize("name", ["france", "couloirs", "trajectoires", "fictif"])


class Printer:
    """Draws each figure of FIGURES once."""

    def __init__(self, project: Workspace) -> None:
        self.shapes = project.shapes()
        light = Style.light(project.settings.brand)
        self.desks = {demo: Desk(project.settings, project.territories, project.book(demo=demo),
                                 self.shapes, (), light) for demo in (False, True)}
        self.figure = cache(lambda name: FIGURES[name](self.desks[name == "fictif"]))
        self.bytes = cache(lambda name, kind: self.drawn(name, kind))

    def drawn(self, name: str, kind: export.image.Kind) -> bytes:
        return export.image(self.figure(name), kind, self.shapes)

    def svg(self, name: str) -> str:
        return self.bytes(name, "svg").decode()

    def png(self, name: str) -> Image.Image:
        return Image.open(io.BytesIO(self.bytes(name, "png")))


@pytest.fixture(scope="module")
def printer(project: Workspace) -> Printer:
    return Printer(project)


def texts_in(svg: str, part: str = "") -> str:
    """The texts of a group of the sheet, or of the whole, one after the other."""
    root = ET.fromstring(svg)
    group = root if not part else root.find(f".//{SVG}g[@id='{part}']")
    return " ".join(text.text or "" for text in group.iter(f"{SVG}text"))


def symbols(svg: str) -> dict[str, str]:
    """The fill of each mark that has a name, by its name."""
    return {mark.get("aria-label"): mark.get("fill") for mark in ET.fromstring(svg).iter()
            if mark.get("role") == "graphics-symbol" and mark.get("aria-label")}


# --- what is on the sheet ------------------------------------------------------------------------

@every_figure
def test_a_sheet_carries_its_title_and_every_line_of_its_caption(printer, name):
    figure, svg = printer.figure(name), printer.svg(name)
    assert figure.title in texts_in(svg, "titre") and figure.subtitle in texts_in(svg, "titre")
    for line, text in figure.caption:
        assert f"{line} : {text}" in texts_in(svg, "legende")
    assert {"Lecture", "Champ", "Source"} <= {line for line, _ in figure.caption}


@every_figure
def test_a_sheet_prints_its_legend_with_how_many_each_class_holds(printer, name):
    figure, head = printer.figure(name), texts_in(printer.svg(name), "titre")
    for swatch in figure.legend:
        count = "" if swatch.count is None else f" ({swatch.count})"
        assert f"{swatch.label}{count}" in head


@every_figure
def test_an_svg_says_to_a_screen_reader_what_it_shows_in_french(printer, name):
    figure, svg = printer.figure(name), printer.svg(name)
    root = ET.fromstring(svg)
    assert root.findtext(f"{SVG}title") == figure.title
    assert root.findtext(f"{SVG}desc") == figure.alt
    said = re.findall(r'aria-label="([^"]*)"', svg)
    assert said and not [text for text in said if re.search(r"axis|scale|\w: |properties", text)]


@every_figure
def test_an_svg_has_its_texts_as_text_in_the_house_font_and_no_broken_letter(printer, name):
    svg = printer.svg(name)
    assert "\ufffd" not in svg and "undefined" not in svg and ">null<" not in svg
    fonts = {text.get("font-family", "") for text in ET.fromstring(svg).iter(f"{SVG}text")}
    assert fonts and all(font.startswith("Source Sans Pro") for font in fonts)


@every_figure
def test_an_svg_opens_no_address(printer, name):
    addresses = set(re.findall(r"https?://[^\"' )]+", printer.svg(name)))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert "<image" not in printer.svg(name) and "<script" not in printer.svg(name)


@every_figure
def test_no_letter_is_smaller_than_seven_points(printer, name):
    svg = printer.svg(name)
    scale = float(re.search(r'id="dessin"[^>]*scale\(([\d.]+)\)', svg)[1])
    drawing = ET.fromstring(svg).find(f".//{SVG}g[@id='dessin']")
    inside = {text.get("font-size") for text in drawing.iter(f"{SVG}text")}
    around = {text.get("font-size") for text in ET.fromstring(svg).iter(f"{SVG}text")} - inside
    assert inside and around
    assert min(float(size.removesuffix("px")) * scale for size in inside) >= 7
    assert min(float(size) for size in around) >= 7


@every_figure
def test_an_svg_is_170_millimetres_wide(printer, name):
    root = ET.fromstring(printer.svg(name))
    assert root.get("width") == "482.00pt" and root.get("height").endswith("pt")
    assert root.get("viewBox") == f"0 0 482.00 {root.get('height').removesuffix('pt')}"


def test_every_departement_of_nouvelle_aquitaine_is_coloured_by_its_class(printer):
    figure = printer.figure("aquitaine")
    scale = {swatch.colour for swatch in figure.legend if swatch.count is not None}
    found = symbols(printer.svg("aquitaine"))
    assert len(found) == 12 and set(found.values()) <= scale
    assert found["Landes : 41,7\u00a0%"] == figure.legend[6].colour
    assert found["Creuse : 32,2\u00a0%"] == figure.legend[4].colour


def test_the_names_and_values_of_nouvelle_aquitaine_can_be_selected(printer):
    texts = texts_in(printer.svg("aquitaine"), "dessin")
    for text in ("Landes", "41,7", "Deux-Sèvres", "36,2", "37,3\u202f†"):
        assert text in texts


def test_the_map_of_france_has_a_shape_for_every_departement_and_hatches_88(printer):
    """Paris and its inner ring are drawn twice: on the map and in the zoom."""
    svg, figure = printer.svg("france"), printer.figure("france")
    assert svg.count('aria-roledescription="geoshape"') == 101 + 4
    found = symbols(svg)
    neutral = [name for name, fill in found.items() if name.endswith("non publié")]
    assert len(found) == 101 and len(neutral) == 88
    assert {found[name] for name in neutral} == {figure.legend[-1].colour}
    hatches = re.findall(r'<path [^>]*stroke="#5a6072" stroke-width="0.6"[^>]*/>', svg)
    assert len(hatches) == 88 and all(" d=\"M" in hatch for hatch in hatches)


def test_the_insets_of_the_map_of_france_are_named(printer):
    texts = texts_in(printer.svg("france"), "dessin")
    for name in ("Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte",
                 "Paris et petite couronne"):
        assert name in texts


def test_every_caisse_is_on_the_map_those_that_share_a_departement_as_squares(printer):
    svg = printer.svg("caisses")
    assert len(symbols(svg)) == 107
    assert svg.count('aria-roledescription="square"') == 10


def test_a_corridor_without_a_level_has_no_bar_on_paper_either(printer):
    svg = printer.svg("couloirs")
    assert svg.count('aria-roledescription="bar"') == 3
    assert texts_in(svg, "dessin").count("niveau non publié") == 3


def test_every_territory_of_the_curve_ends_with_its_last_value(printer):
    texts = texts_in(printer.svg("trajectoires"), "dessin")
    for value in ("33,6", "22,8", "22,1", "37,2", "33,2", "27,5"):
        assert f"{value}\u00a0%" in texts


def test_what_is_fictitious_says_so_above_and_below(printer):
    svg = printer.svg("fictif")
    assert "Données fictives" in texts_in(svg, "titre")
    assert "Données fictives, sans valeur statistique." in texts_in(svg, "legende")
    assert "fictives" not in texts_in(printer.svg("aquitaine"))


def test_a_title_with_the_signs_of_a_tag_stays_a_title(printer):
    figure = replace(printer.figure("barres"), title='Taux < 30 % & > 20 %, « "net" »')
    svg = export.image(figure, "svg").decode()
    assert figure.title in texts_in(svg, "titre")


def test_a_long_title_is_wrapped_inside_the_margins(printer):
    long = "Les départements de la région et leurs caisses d’assurance maladie, " * 3
    svg = export.image(replace(printer.figure("barres"), title=long.strip()), "svg").decode()
    lines = [text for text in ET.fromstring(svg).iter(f"{SVG}text")
             if text.get("font-size") == "15"]
    assert len(lines) > 2 and " ".join(line.text for line in lines) == long.strip()
    assert len({line.get("y") for line in lines}) == len(lines)


# --- bitmaps -------------------------------------------------------------------------------------

@some_figures
def test_a_png_is_170_millimetres_wide_at_300_dpi(printer, name):
    picture = printer.png(name)
    assert [round(dpi) for dpi in picture.info["dpi"]] == [300, 300]
    assert abs(picture.width - 482 / 72 * 300) <= 1
    height = float(ET.fromstring(printer.svg(name)).get("height").removesuffix("pt"))
    assert abs(picture.height - height / 72 * 300) <= 2


@some_figures
def test_a_png_has_a_title_a_drawing_and_a_caption(printer, name):
    """A font that is missing leaves its texts out in silence."""
    grey = printer.png(name).convert("L")
    width, height = grey.size
    for top, bottom in ((0, 0.1), (0.35, 0.7), (0.92, 1)):
        band = grey.crop((0, round(top * height), width, round(bottom * height)))
        assert sum(band.histogram()[:200]) > 0.002 * band.width * band.height


@some_figures
def test_a_png_is_written_in_the_house_font(printer, name):
    """Another font would be wider: the title ends where the house font ends it."""
    title = ET.fromstring(printer.svg(name)).find(f".//{SVG}text[@font-size='15']")
    ends = float(title.get("x")) + ImageFont.truetype(str(BOLD), 100).getlength(title.text) * 0.15
    top = float(title.get("y")) - 11
    grey = printer.png(name).convert("L")
    line = grey.crop([round(side / 72 * 300) for side in (0, top, 482, top + 11)])
    right = line.point(lambda level: 255 * (level < 128)).getbbox()[2]
    assert right / 300 * 72 == pytest.approx(ends, abs=1.5)


def test_the_png_of_france_has_the_colours_of_its_legend_and_its_hatching(printer):
    counts = {colour: n for n, colour in printer.png("france").convert("RGB").getcolors(10**7)}
    held = [s.colour for s in printer.figure("france").legend if s.count]
    for colour in [*held, "#5a6072"]:
        assert counts[tuple(bytes.fromhex(colour[1:]))] > 1_000


@pytest.mark.parametrize("name, kind", [("aquitaine", "svg"), ("couloirs", "png")])
def test_the_same_figure_gives_the_same_bytes(printer, name, kind):
    assert printer.drawn(name, kind) == printer.bytes(name, kind)


def test_images_asked_for_at_once_are_the_ones_drawn_alone(printer):
    names = ["couloirs", "fictif", "barres", "aquitaine"]
    with ThreadPoolExecutor(len(names)) as together:
        made = list(together.map(lambda name: printer.drawn(name, "svg"), names))
    assert made == [printer.bytes(name, "svg") for name in names]


def test_paper_is_white_whatever_the_screen_is(printer):
    desk = printer.desks[False]
    dark = replace(desk, style=Style.dark(desk.settings.brand))
    assert dark.for_print().style == desk.style != dark.style
    fills = set(symbols(printer.svg("barres")).values())
    assert fills == {desk.style.primary, desk.style.accent}


# --- when it cannot be drawn ---------------------------------------------------------------------

@pytest.mark.parametrize("name", ["aquitaine", "classement"])
def test_a_figure_without_its_shapes_is_an_error_and_not_an_empty_map(printer, name):
    with pytest.raises(export.ExportError, match="^L’image n’a pas pu être dessinée"):
        export.image(printer.figure(name), "svg")


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_drawing_without_any_mark_is_an_error(printer, kind):
    figure = printer.figure("barres")
    empty = {name: [] for name in figure.spec["datasets"]}
    with pytest.raises(export.ExportError, match=r"\(le dessin est vide\)\.$"):
        export.image(replace(figure, spec={**figure.spec, "datasets": empty}), kind)


def test_the_reason_of_a_failure_is_french_and_the_trace_is_in_the_log(printer, caplog):
    figure = replace(printer.figure("barres"), spec={"layer": "rien"})
    with pytest.raises(export.ExportError) as failed:
        export.image(figure, "svg")
    assert "le moteur de dessin s’est arrêté" in str(failed.value)
    assert not re.search(r"Error|Traceback|failed", str(failed.value))
    assert "Traceback" in caplog.text and figure.key in caplog.text


def test_a_failed_svg_says_why_in_french():
    svg = export.failure_image("Les contours < 101 > manquent & le dessin est vide.", "svg")
    said = texts_in(svg.decode())
    assert "Cette image n’a pas pu être produite." in said
    assert "Les contours < 101 > manquent & le dessin est vide." in said


def test_a_failed_png_is_a_picture_of_its_reason():
    one, other = (export.failure_image(reason, "png") for reason in ("Vide.", "Trop long. " * 30))
    picture = Image.open(io.BytesIO(one))
    picture.load()
    assert picture.format == "PNG" and len(picture.getcolors(10**6)) > 10
    assert one != other
