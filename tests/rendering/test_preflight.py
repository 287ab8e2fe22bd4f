"""What is looked at before an image is handed over, on pages made by hand."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from PIL import Image
from svg_reader import part_of

from atlas.rendering import text_metrics, vector_engine
from atlas.rendering.image_kinds import pdf, png
from atlas.rendering.page_svg import RenderRejected, compose_page
from atlas.rendering.preflight import preflight, texts_of

SVG = "http://www.w3.org/2000/svg"
MARK = '<path role="graphics-symbol" aria-label="Landes : 41,7" d="M0,0h9v9z"/>'


def page(texts: str = "", drawing: str = MARK) -> ET.Element:
    """200 by 100 points."""
    return ET.fromstring(
        f'<svg xmlns="{SVG}" width="200" height="100" viewBox="0 0 200 100">'
        f'<g id="titre">{texts}</g><g id="dessin">{drawing}</g></svg>'
    )


def text(words: str, x: float = 10, y: float = 50, size: str = "10", more: str = "") -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" {more}>{words}</text>'


def looked_at(
    texts: str = "", drawing: str = MARK, *, expected: tuple[str, ...] = (), marks: int = 1
) -> list[str]:
    found = preflight(page(texts, drawing), expected=list(expected), marks=marks)
    return [text.text for text in found]


def reason(*arguments: str, **options: Any) -> str:
    with pytest.raises(RenderRejected) as refused:
        looked_at(*arguments, **options)
    return str(refused.value)


def test_a_page_with_its_words_and_its_marks_is_accepted():
    found = looked_at(
        text("Taux") + text("d’activation", y=70),
        MARK * 3,
        expected=("Taux d’activation",),
        marks=3,
    )
    assert found == ["Taux", "d’activation"]


# --- words ---------------------------------------------------------------------------------------


def test_words_may_be_cut_by_the_ends_of_lines_and_not_changed():
    lines = text("33,6\u00a0% des") + text("profils", y=70)
    assert looked_at(lines, expected=("33,6\u00a0% des profils",))
    assert reason(lines, expected=("33,7 % des profils",)) == (
        "le texte « 33,7 % des profils » manque"
    )


def test_a_missing_text_is_quoted_by_its_beginning():
    assert (
        reason(text("Taux"), expected=("Mot " * 40,)).startswith("le texte « Mot Mot Mot")
        and len(reason(expected=("Mot " * 40,))) < 90
    )


def test_words_of_the_wrong_case_are_missing():
    assert "manque" in reason(text("taux"), expected=("Taux",))


# --- marks ---------------------------------------------------------------------------------------


def test_a_page_without_any_drawing_is_refused():
    assert reason("", "", marks=0) == "le dessin est vide"
    assert reason("", "", marks=5) == "le dessin est vide"


def test_too_few_marks_are_counted():
    assert reason("", MARK * 11, marks=12) == "11 marques sont dessinées, 12 attendues"


@pytest.mark.parametrize(
    "drawing",
    ['<path aria-label="Landes" d="M0,0h9v9z"/>', '<path role="graphics-symbol" d="M0,0h9v9z"/>'],
)
def test_a_shape_without_a_name_or_a_role_is_not_a_mark(drawing):
    assert reason("", drawing) == "le dessin est vide"


# --- letters -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "size, scale, accepted",
    [
        ("7", 1, True),
        ("6.9", 1, False),
        ("10px", 0.7, True),
        ("10px", 0.69, False),
        ("3.5", 2, True),
    ],
)
def test_letters_are_measured_as_they_come_out_and_not_as_they_are_written(size, scale, accepted):
    drawing = f'{MARK}<g transform="translate(50 20) scale({scale})">{text("41,7", 0, 0, size)}</g>'
    if accepted:
        assert looked_at("", drawing) == ["41,7"]
    else:
        assert reason("", drawing).startswith("le texte « 41,7 » aurait 6,")


def test_a_letter_without_a_glyph_is_named():
    assert reason(text("Santé 健")) == "la police n’a pas le signe « 健 »"


# --- places --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "x, y, more",
    [
        (180, 50, ""),
        (-4, 50, ""),
        (10, 5, ""),
        (10, 101, ""),
        (20, 50, 'text-anchor="end"'),
        (195, 50, 'text-anchor="middle"'),
        (100, 90, 'transform="rotate(90 0 0)"'),
    ],
)
def test_a_text_that_leaves_the_page_is_refused(x, y, more):
    assert reason(text("Provence", x, y, more=more)) == "le texte « Provence » sort de l’image"


@pytest.mark.parametrize("x, more", [(199, 'text-anchor="end"'), (100, 'text-anchor="middle"')])
def test_an_anchor_moves_a_text_inside_the_page(x, more):
    assert looked_at(text("Provence", x, more=more))


@pytest.mark.parametrize("x, y", [(10, 50), (12, 52), (30, 50), (10, 54)])
def test_two_texts_that_overlap_are_refused(x, y):
    said = reason(text("Charente") + text("Vienne", x, y))
    assert said.startswith("les textes « ") and said.endswith(" » se chevauchent")
    assert "Charente" in said and "Vienne" in said


@pytest.mark.parametrize("x, y", [(60, 50), (10, 61), (10, 39)])
def test_two_texts_that_only_come_close_are_accepted(x, y):
    assert len(looked_at(text("Charente") + text("Vienne", x, y))) == 2


def test_a_text_and_its_halo_become_one():
    halo = text("33,6", more='stroke="#ffffff" stroke-width="3"')
    drawn = vega(f"<g>{halo}</g><g>{text('33,6')}{text('33,6', 60)}</g>")
    one, other = compose_page(drawn, {**ABOUT, "head": ""}).iter(f"{{{SVG}}}text")
    assert (one.get("stroke"), one.get("paint-order")) == ("#ffffff", "stroke")
    assert other.get("stroke") is None and "se chevauchent" in reason(halo + text("33,6"))


def test_texts_that_overlap_far_apart_in_the_file_are_found():
    others = "".join(text(f"n{i}", 10 + 30 * (i % 6), 12 + 12 * (i // 6)) for i in range(30))
    assert "se chevauchent" in reason(text("premier", 70, 63) + others)


@pytest.mark.parametrize(
    "transform, left, top",
    [
        ("translate(5)", 15, 42.6),
        ("translate(5,-3)", 15, 39.6),
        ("translate(5 -3)", 15, 39.6),
        ("matrix(1 0 0 1 7 8)", 17, 50.6),
        ("scale(2)", 20, 85.2),
        ("scale(1,2)", 10, 85.2),
        ("translate(10 0) scale(2) translate(1 1)", 32, 87.2),
        ("rotate(-90)", 42.6, -33),
    ],
)
def test_a_box_follows_the_transforms_around_it(transform, left, top):
    inside = f'<g transform="{transform}">{text("mot long")}</g>'
    (found,) = texts_of(page(inside))
    assert (found.left, found.top) == (pytest.approx(left, abs=0.1), pytest.approx(top, abs=15))
    assert found.top == pytest.approx(top, abs=0.1) or "rotate" in transform


def test_the_length_of_a_text_is_that_of_its_font_and_weight():
    plain, bold = (
        next(texts_of(page(text("Nouvelle-Aquitaine", more=more))))
        for more in ("", 'font-weight="700"')
    )
    assert plain.right - plain.left == pytest.approx(
        text_metrics.text_width("Nouvelle-Aquitaine", 10), abs=0.01
    )
    assert bold.right > plain.right + 2


def test_what_is_only_defined_is_not_looked_at():
    assert looked_at(f"<defs>{text('健', size='2')}</defs>{text('Taux')}") == ["Taux"]


def test_an_empty_text_is_not_a_text():
    assert looked_at(text("") + text("   ")) == []


# --- the page around a drawing -------------------------------------------------------------------

ABOUT: dict[str, Any] = {
    "width": 200,
    "height": 100,
    "size": ["70mm", "35mm"],
    "title": "Taux",
    "author": "MES",
    "description": "Une image.",
    "provenance": "{}",
    "background": "#ffffff",
    "dpi": 144,
    "head": text("Taux", 10, 20),
    "legend": "",
    "foot": "",
    "box": [20, 30, 100, 50],
    "logo": "",
    "logo_box": [0, 0, 0, 0],
    "brand_line": "",
    "brand_line_box": [0, 0, 0, 0],
}


def vega(inside: str) -> str:
    return f'<svg xmlns="{SVG}" width="50" height="25" viewBox="0 0 50 25">{inside}</svg>'


def test_a_drawing_is_scaled_into_its_box():
    root = compose_page(vega(text("41,7", 0, 10)), ABOUT)
    (found,) = [one for one in texts_of(root) if one.text == "41,7"]
    assert (found.left, found.size) == (20, 20)


def clipped(path: str, side: float = 50) -> str:
    return vega(
        f'<defs><clipPath id="clip1"><rect x="0" y="0" width="{side}" height="25"/>'
        f'</clipPath></defs><g clip-path="url(#clip1)"><path d="{path}"/></g>'
    )


def test_a_clip_that_cuts_something_is_kept_and_an_idle_one_is_not():
    kept, idle = (
        ET.tostring(compose_page(clipped(path), ABOUT), "unicode")
        for path in ("M0,0L70,0L70,20Z", "M0,0L40,0L40,20Z")
    )
    assert 'clip-path="url(#cadre-1)"' in kept and 'id="cadre-1"' in kept
    assert "clip" not in idle


def test_groups_of_marks_have_names_that_are_unique():
    marks = (
        "<g class='mark-rect role-mark layer_0_marks'/>"
        "<g class='mark-rect role-mark layer_1_marks'/><g class='mark-group role-axis'/>"
    )
    root = compose_page(vega(marks), ABOUT)
    names = [part.get("id") for part in part_of(root, "dessin").iter() if part.get("id")]
    assert names == ["dessin", "barres", "barres-2", "axe"]


def test_a_bitmap_without_the_ink_of_a_text_is_refused():
    """A font that is not found leaves its texts out in silence."""
    white = compose_page(vega(MARK), {**ABOUT, "head": text("Taux", 10, 20, more='fill="#ffffff"')})
    with pytest.raises(RenderRejected, match="le texte « Taux » n’a pas été dessiné"):
        png.encode(white, ABOUT, list(texts_of(white)))


@pytest.mark.parametrize("font", ["Inexistante", "Inexistante, sans-serif"])
def test_a_document_without_its_font_is_refused(font):
    """Either another font takes its place, or the text is left out in silence."""
    other = text("Taux", 10, 20, more=f'font-family="{font}"')
    drawn = compose_page(vega(MARK), {**ABOUT, "head": other})
    with pytest.raises(RenderRejected):
        pdf.encode(drawn, ABOUT, list(texts_of(drawn)))


def test_the_logo_as_a_bitmap_is_four_hundred_pixels_wide():
    logo = f'<svg xmlns="{SVG}" viewBox="0 0 64 32"><rect width="64" height="32"/></svg>'
    assert Image.open(io.BytesIO(vector_engine.logo_png(logo))).size == (400, 200)
