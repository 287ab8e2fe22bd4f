"""The texts and the marks of an SVG: outlines that cover what letters cover, fonts inside the file,
names that a designer reads."""

from __future__ import annotations

import base64
import io
import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from atlas.rendering import text_metrics, vector_engine
from atlas.rendering.drawing_marks import name_marks
from atlas.rendering.font_subset import subset_font
from atlas.rendering.image_kinds import outlined_svg, svg
from atlas.rendering.page_svg import RenderRejected, compose_page
from atlas.rendering.preflight import texts_of

SVG = "http://www.w3.org/2000/svg"
ABOUT: dict[str, Any] = {
    "width": 260,
    "height": 60,
    "size": ["260px", "60px"],
    "title": "Taux",
    "author": "MES",
    "description": "Une image.",
    "provenance": json.dumps({"rendering": {}}),
    "background": "#ffffff",
    "dpi": 288,
    "head": "",
    "legend": "",
    "foot": "",
    "box": [0, 30, 260, 30],
    "logo": "",
    "logo_box": [0, 0, 0, 0],
    "brand_line": "",
    "brand_line_box": [0, 0, 0, 0],
}
WORDS = [
    "AVATAR, « L’Y. Té » 33,6\u00a0%",
    "Chiffres attirés, affaire : 1\u202f234 offert",
    "Îlots d’Œuvre, ÇA — 2ᵉ, +2,4 points †",
    "e\u0301te\u0301, q\u0303",  # accents apart from their letters
]
FONT = 'font-family="Source Sans Pro, sans-serif" fill="#000000"'


def page_with(head: str, marks: str = "") -> ET.Element:
    drawing = f'<svg xmlns="{SVG}" width="260" height="30" viewBox="0 0 260 30">{marks}</svg>'
    return compose_page(drawing, {**ABOUT, "head": head})


def text(words: str, weight: int = 400, more: str = "") -> str:
    return f'<text x="10" y="24" font-size="12" font-weight="{weight}" {FONT} {more}>{words}</text>'


def greys(page: ET.Element) -> np.ndarray:
    drawn = vector_engine.png_of(page, ABOUT["dpi"])
    return np.asarray(Image.open(io.BytesIO(drawn)).convert("L")).astype(int)


def outlined(head: str) -> ET.Element:
    page = page_with(head)
    return ET.fromstring(outlined_svg.encode(page, ABOUT, list(texts_of(page))))


@pytest.fixture(scope="module", autouse=True)
def fonts() -> None:
    vector_engine.register_fonts(str(text_metrics.FOLDER))


@pytest.mark.parametrize("weight", [400, 600, 700])
@pytest.mark.parametrize("words", WORDS)
def test_outlines_are_drawn_as_the_letters_are(words, weight):
    before = greys(page_with(text(words, weight)))
    root = outlined(text(words, weight))
    assert root.find(f".//{{{SVG}}}text") is None and before.min() < 50
    assert abs(greys(root) - before).max() < 40  # a fifth of a point of the printer, on an edge


def test_outlines_are_where_another_program_sets_the_letters():
    """Pillow, which shares neither code nor engine with either."""
    scale = ABOUT["dpi"] / 72
    paper = Image.new("L", (int(260 * scale), int(60 * scale)), 255)
    font = ImageFont.truetype(str(text_metrics.font_file(600)), 12 * scale)
    ImageDraw.Draw(paper).text((10 * scale, 24 * scale), WORDS[0], "#000", font, anchor="ls")
    ours, other = greys(outlined(text(WORDS[0], 600))) < 128, np.asarray(paper) < 128
    # It hints its letters; without their kerning, more than half would be elsewhere.
    assert (ours ^ other).sum() < 0.15 * other.sum()


def test_a_text_of_several_lines_is_one_path_with_its_words():
    lines = '<tspan x="10" y="12">Deux </tspan><tspan x="10" y="26">lignes</tspan>'
    paths = outlined(text(lines)).findall(f".//{{{SVG}}}g[@id='titre']//{{{SVG}}}path")
    assert [path.get("aria-label") for path in paths] == ["Deux lignes"]


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
def test_a_text_keeps_its_place_and_its_halo_lies_under_it(anchor):
    more = f'text-anchor="{anchor}" transform="translate(120,0)" stroke="#ff0000" stroke-width="2"'
    halo = text("Landes", more=f'{more} paint-order="stroke" stroke-linejoin="round"')
    root = outlined(halo)
    under, over = root.findall(f".//{{{SVG}}}g[@aria-label='Landes']/{{{SVG}}}path")
    assert under.get("stroke") == "#ff0000" and over.get("stroke") is None
    assert abs(greys(root) - greys(page_with(halo))).max() < 40


def test_a_sign_that_the_font_lacks_is_refused():
    with pytest.raises(RenderRejected, match="la police n’a pas le signe « 健 »"):
        outlined(text("健"))


def test_an_svg_holds_the_letters_that_it_uses_and_no_other():
    page = page_with(text("Santé", 600) + text("5 %", 400, 'transform="translate(0,20)"'))
    written = svg.encode(page, ABOUT, list(texts_of(page)))
    rules = ET.fromstring(written).findtext(f".//{{{SVG}}}style") or ""
    faces = re.findall(r"font-weight:(\d+);src:url\(data:font/woff2;base64,([^)]*)\)", rules)
    letters = {
        weight: {chr(code) for code in TTFont(io.BytesIO(base64.b64decode(face))).getBestCmap()}
        for weight, face in faces
    }
    assert letters == {"400": set("5 %"), "600": set("Santé")}


def test_the_same_letters_give_the_same_font_to_the_byte():
    font = text_metrics.font_file(400).read_bytes()
    assert subset_font(font, map(ord, "Taux")) == subset_font(font, map(ord, "xuaT"))


def test_marks_are_called_by_the_territory_that_they_stand_for():
    names = [
        "Val-d’Oise : 3 %",
        "La Réunion\u00a0: 4 %",
        "Landes : 1 %",
        "Landes : 2 %",
        "2A : 5 %",
    ]
    marks = "".join(f'<path role="graphics-symbol" aria-label="{name}"/>' for name in names)
    page = ET.fromstring(f'<svg xmlns="{SVG}"><g id="Landes"/>{marks}</svg>')
    name_marks(page)
    found = [part.get("id") for part in page.iter(f"{{{SVG}}}path")]
    assert found == ["Val-d-Oise", "La_Réunion", "Landes-2", "Landes-3", "_2A"]
    labels = [part.get("{http://www.inkscape.org/namespaces/inkscape}label") for part in page]
    assert labels[1:] == ["Val-d’Oise", "La Réunion", "Landes", "Landes", "2A"]
