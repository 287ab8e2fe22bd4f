"""The names of a map of a région: all of them at every size, and the selected one in relief."""

from __future__ import annotations

import itertools
import re

import pytest
from shipped import RATE
from svg_reader import page_of, part_of, words

from atlas.export.image import image
from atlas.export.page_layout import Options
from atlas.figures.common.context import FigureContext
from atlas.figures.map.request import MapRequest
from atlas.figures.registry import figure_of

FRANCE = MapRequest(indicator=RATE, period="2025-12")


def drawing_of(context: FigureContext, request: MapRequest, size: str, **options: bool) -> str:
    figure = figure_of(context, request)
    made = image(
        figure, "svg", context.shapes, context.settings.formats[size], options=Options(**options)
    )
    return made.decode()


@pytest.mark.parametrize(
    ("territory", "size"),
    [("REG-75", "82mm"), ("REG-75", "170mm"), ("REG-11", "82mm"), ("REG-93", "diapositive")],
)
def test_every_departement_of_a_region_is_named_at_every_size(fictitious, territory, size):
    request = FRANCE.with_fields(territory=territory)
    root, *_ = page_of(drawing_of(fictitious, request, size))
    drawn = words(part_of(root, "dessin"))
    codes = fictitious.territories.of_kind("DEP", territory)
    names = [fictitious.territories[code].name for code in codes]
    assert [name for name in names if name not in drawn] == []


def test_a_larger_drawing_has_more_names_inside_and_fewer_lines(fictitious):
    request = FRANCE.with_fields(territory="REG-75")
    lines = [
        len(re.findall(r"mark-rule role-mark", drawing_of(fictitious, request, size)))
        for size in ("82mm", "170mm")
    ]
    assert lines[0] >= lines[1]


def test_on_the_map_of_france_the_selected_territory_is_named_with_its_value(fictitious):
    drawn = drawing_of(fictitious, FRANCE.with_fields(highlighted="DEP-40"), "82mm")
    assert re.search(r">Landes \d\d,\d<", drawn)


def test_the_outline_of_the_selected_territory_has_ink_a_grey_printer_keeps(context):
    drawn = drawing_of(
        context, FRANCE.with_fields(territory="REG-75", highlighted="DEP-40"), "82mm"
    )
    found = re.findall(r'stroke="(#[0-9a-f]+)" stroke-width="([\d.]+)"', drawn)
    style = context.style
    paper, ink, accent = (
        max(float(width) for stroke, width in found if stroke == colour)
        for colour in (style.paper, style.ink, style.accent)
    )
    assert paper > ink > accent > 1


def test_what_lies_around_a_region_fades_and_leaves_the_paper_transparent(context):
    drawn = drawing_of(context, FRANCE.with_fields(territory="REG-75"), "82mm", transparent=True)
    pale = re.findall(rf'<path[^>]*fill="{context.style.neutral}"[^>]*>', drawn)
    rings = [ring for ring in pale if 'opacity="0.3"' in ring]
    lengths = [len(ring) for ring in rings]
    assert len(rings) == 6 and all(a != b for a, b in itertools.pairwise(lengths))
    assert not re.search(r'<rect[^>]*fill="#ffffff"', drawn)
