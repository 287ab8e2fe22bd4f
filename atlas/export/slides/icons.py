"""Icons as shapes that an office suite draws, colours and enlarges: no picture."""

from __future__ import annotations

import re
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from atlas.export.slides.box import Box
from atlas.export.slides.slide import SlideBuilder, mark_decorative
from atlas.export.slides.typesetting import paint
from atlas.settings.icons import ICON_SIDE, icon_paths

# Units of a shape's path for one of the icon's: paths of shapes are of whole numbers.
_UNITS = 100
_STEP = re.compile(r"([MLCZ])([^MLCZ]*)")
_ELEMENTS = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo"}


def add_icon(builder: SlideBuilder, name: str, box: Box, colour: str) -> None:
    """Draw an icon in a box, in a colour of the theme; screen readers pass over it."""
    shape = builder.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    shape.name = f"Pictogramme {name}"
    properties = shape._element.spPr
    properties.replace(properties.find(qn("a:prstGeom")), _geometry(icon_paths()[name]))
    style = shape._element.find(qn("p:style"))  # of the theme: an outline and a shadow
    shape._element.remove(style)
    shape.fill.solid()
    paint(shape.fill.fore_color, colour)
    shape.line.fill.background()
    mark_decorative(shape)


def _geometry(path: str) -> Any:
    """A custom geometry from an SVG path of absolute M, L, C and Z."""
    steps = "".join(_step(letter, numbers) for letter, numbers in _STEP.findall(path))
    side = round(ICON_SIDE * _UNITS)
    return parse_xml(
        f"<a:custGeom {nsdecls('a')}><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{side}" h="{side}">{steps}</a:path></a:pathLst></a:custGeom>'
    )


def _step(letter: str, numbers: str) -> str:
    if letter == "Z":
        return "<a:close/>"
    places = [round(float(number) * _UNITS) for number in numbers.split()]
    points = "".join(
        f'<a:pt x="{x}" y="{y}"/>' for x, y in zip(places[::2], places[1::2], strict=True)
    )
    return f"<a:{_ELEMENTS[letter]}>{points}</a:{_ELEMENTS[letter]}>"
