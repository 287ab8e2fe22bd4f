"""The page laid out: where title, legend, drawing and caption stand for each size."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache

import pytest
from shipped import INVENTED, SETTINGS, SHIPPED, VISITED
from svg_reader import Ink, font, inks

from atlas.export.page_layout import (
    MIN_DRAWING_WIDTH_PX,
    MIN_POINTS_PER_PX,
    FormatTooSmall,
    Options,
    PageLayout,
    lay_out_page,
)
from atlas.figures.common.figure import Figure
from atlas.figures.registry import figure_of
from atlas.rendering.text_metrics import missing_glyphs, text_width, wrap
from atlas.settings import Format

FORMATS = SETTINGS.formats
every_format = pytest.mark.parametrize("size", FORMATS)
WIDE = [key for key, size in FORMATS.items() if size.height and size.width > 1.25 * size.height]


@pytest.fixture(scope="module")
def figure(context, fictitious):
    """A figure by its name, made once."""

    def figure_by_name(name: str) -> Figure:
        from_invented = name in INVENTED
        request = {**VISITED, **INVENTED}.get(name) or SHIPPED[name](context)
        return figure_of(fictitious if from_invented else context, request)

    return cache(figure_by_name)


every_figure = pytest.mark.parametrize("name", [*SHIPPED, *VISITED, *INVENTED])


def texts(fragment: str) -> list[Ink]:
    return inks(ET.fromstring(f'<g xmlns="http://www.w3.org/2000/svg">{fragment}</g>'))


def laid(figure: Figure, size: Format, **options: object) -> PageLayout:
    return lay_out_page(figure, size, Options(**options))


def beside(made: PageLayout) -> bool:
    """True when the texts stand at the left of the drawing."""
    return made.box[0] > max(ink.right for ink in texts(made.head + made.legend + made.foot))


# --- places --------------------------------------------------------------------------------------


@every_figure
@every_format
def test_nothing_stands_on_anything_else(figure, name, size):
    made = laid(figure(name), FORMATS[size])
    left, top, wide, tall = made.box
    assert left > 0 and left + wide < made.width and top > 0 and top + tall < made.height
    above, below = texts(made.head + made.legend), texts(made.foot)
    assert max(ink.bottom for ink in above) < min(ink.top for ink in below)
    assert max(ink.bottom for ink in below) < made.height
    if not beside(made):
        assert max(ink.bottom for ink in above) < top
        assert top + tall < min(ink.top for ink in below)


@every_figure
@every_format
def test_a_drawing_is_laid_out_anew_and_never_stretched(figure, name, size):
    made = laid(figure(name), FORMATS[size])
    across, down = made.box[2] / made.pixels[0], made.box[3] / made.pixels[1]
    assert across == pytest.approx(down) and across >= MIN_POINTS_PER_PX
    assert made.pixels[0] >= MIN_DRAWING_WIDTH_PX


@pytest.mark.parametrize("name", ["france", "aquitaine", "caisses", "fictif-france"])
@pytest.mark.parametrize("size", WIDE)
def test_on_a_wide_page_the_texts_of_a_map_stand_beside_it(figure, name, size):
    made = laid(figure(name), FORMATS[size])
    assert beside(made) and made.box[3] > 0.85 * made.height


@pytest.mark.parametrize("name", ["classement", "france", "courbe"])
@pytest.mark.parametrize("size", [size for size in FORMATS if size not in WIDE])
def test_on_a_page_that_is_not_wide_the_texts_stand_above_and_below(figure, name, size):
    made = laid(figure(name), FORMATS[size])
    assert not beside(made) and made.box[2] > 0.9 * made.width


def test_bars_keep_the_whole_width_of_a_wide_page_when_their_names_need_it(figure):
    assert not beside(laid(figure("classement"), FORMATS["diapositive"]))


@every_format
def test_a_map_is_as_large_without_its_words_or_larger(figure, size):
    made = laid(figure("france"), FORMATS[size])
    bare = laid(figure("france"), FORMATS[size], title=False, caption=False)
    if FORMATS[size].height is None:
        assert bare.box[2:] == made.box[2:] and bare.height < made.height
    elif beside(made):
        assert bare.box[2:] >= made.box[2:]
    else:
        assert bare.box[3] > 1.1 * made.box[3]


# --- heights -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["classement", "territoires", "fictif-classement"])
def test_where_the_height_is_free_bars_are_as_thick_whatever_their_number(figure, name):
    made = laid(figure(name), FORMATS["170mm"])
    assert made.pixels[1] == pytest.approx(640 / figure(name).ratio, abs=1)


def test_where_the_height_is_free_a_map_has_its_own_proportions(figure):
    made = laid(figure("france"), FORMATS["170mm"])
    assert made.pixels[0] / made.pixels[1] == pytest.approx(figure("france").ratio, abs=0.01)


def test_where_the_height_is_given_it_is_kept_to_the_point(figure):
    for size in (size for size in FORMATS.values() if size.height):
        made = laid(figure("courbe"), size)
        assert (made.width, made.height) == (size.width, size.height)


def test_bars_in_a_high_format_are_not_as_thick_as_walls(figure):
    made = laid(figure("territoires"), Format(label="affiche", width_mm=300, height_mm=600))
    assert made.pixels[1] <= 2.2 * 640 / figure("territoires").ratio + 1


# --- letters -------------------------------------------------------------------------------------


@every_format
def test_titles_are_larger_than_legends_and_legends_than_captions(figure, size):
    made = laid(figure("aquitaine"), FORMATS[size])
    title, subtitle = texts(made.head)[0].size, texts(made.head)[-1].size
    legend, caption = texts(made.legend)[0].size, texts(made.foot)[0].size
    assert title > subtitle >= legend > caption == FORMATS[size].text


@pytest.mark.parametrize("name", ["aquitaine", "trajectoires/activation_rate", "fictif-france"])
@every_format
def test_no_line_is_wider_than_the_room_it_has(figure, name, size):
    made = laid(figure(name), FORMATS[size])
    edge = made.box[0] if beside(made) else made.width
    assert all(
        ink.left > 0 and ink.right < edge for ink in texts(made.head + made.legend + made.foot)
    )


def test_a_line_breaks_at_ordinary_spaces_alone():
    words = "soit 3,7\u00a0points de plus que la moyenne nationale (33,6\u00a0%) fin\u00a02025"
    for width in range(60, 400, 20):
        lines = wrap(words, 9, 400, width)
        assert " ".join(lines) == words
        assert all(text_width(line, 9) <= width or " " not in line for line in lines)


@pytest.mark.parametrize("weight", [400, 600, 700])
def test_lengths_are_those_of_the_font_that_is_drawn(weight):
    words = "Provence-Alpes-Côte d’Azur, 33,6\u00a0% †"
    drawn = font(str(weight)).getlength(words) / font(str(weight)).size * 9
    assert text_width(words, 9, weight) == pytest.approx(drawn, rel=0.005)


def test_a_text_without_words_has_no_line():
    assert wrap("", 9, 400, 100) == []


def test_a_letter_that_the_font_lacks_is_told_once():
    assert (
        missing_glyphs("Santé, déjà : 1\u202f234 € † ≤") == ""
        and missing_glyphs("健健a康") == "健康"
    )


def test_texts_are_escaped_as_they_are_written(figure):
    made = laid(replace(figure("classement"), title='A < B & "C"'), FORMATS["170mm"])
    assert texts(made.head)[0].text == 'A < B & "C"'


# --- what is asked for around the drawing --------------------------------------------------------

LONG = "Les départements de la région et leurs caisses d’assurance maladie"


@every_format
@pytest.mark.parametrize("title, subtitle", [(LONG, "Fin 2025"), ("Taux", f"{LONG}, {LONG}")])
def test_a_logo_shortens_the_lines_beside_it(figure, size, title, subtitle):
    worded = replace(figure("aquitaine"), title=title, subtitle=subtitle)
    made = laid(worded, FORMATS[size], logo="<svg/>")
    x, y, wide, tall = made.logo_box
    assert y + tall <= min(ink.top for ink in texts(made.legend))
    assert all(ink.right < x for ink in texts(made.head) if ink.top < y + tall)
    assert x + wide < made.width - 5


@pytest.mark.parametrize("options", [{}, {"caption": False}, {"title": False, "caption": False}])
def test_what_is_fictitious_says_so_whatever_is_left_out(figure, options):
    made = laid(figure("fictif-france"), FORMATS["diapositive"], **options)
    assert texts(made.head)[0].text == "Données fictives"
    assert "sans valeur statistique." in " ".join(ink.text for ink in texts(made.foot))


def test_hatched_swatches_are_hatched_and_counted(figure):
    made = laid(figure("france"), FORMATS["170mm"])
    assert len(re.findall("<path", made.legend)) == 8
    assert "plusieurs classes (1)" in made.legend and "non publié (88)" in made.legend


# --- too small -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "size, reason",
    [
        (Format(label="vignette", width_mm=50), "il ne reste pas assez de largeur pour le dessin"),
        (Format(label="icône", width_px=300, dpi=300), "il ne reste pas assez de largeur"),
        (Format(label="bandeau", width_mm=170, height_mm=40), "pas assez de hauteur"),
        (Format(label="ruban", width_mm=400, height_mm=45), "pas assez de hauteur"),
    ],
)
@pytest.mark.parametrize("name", ["aquitaine", "classement", "trajectoires/activation_rate"])
def test_a_size_without_room_for_the_drawing_says_what_is_short(figure, name, size, reason):
    with pytest.raises(FormatTooSmall, match=reason):
        laid(figure(name), size)


def test_texts_beside_a_drawing_may_save_it_where_texts_above_would_crush_it(figure):
    low = Format(label="bas", width_mm=170, height_mm=80)
    assert beside(laid(figure("classement"), low))


def test_without_its_words_a_drawing_fits_where_it_did_not(figure):
    low = Format(label="bas", width_mm=170, height_mm=62)
    with pytest.raises(FormatTooSmall):
        laid(figure("aquitaine"), low)
    assert laid(figure("aquitaine"), low, title=False, caption=False)
