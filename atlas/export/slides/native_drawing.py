"""The drawing of a figure as shapes: an area for each territory, which is coloured anew, and texts.

It is read from the image of the figure, an SVG whose marks carry the name of what they stand for.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fontTools.misc.transform import Identity, Transform
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from atlas.export.slides.box import Box
from atlas.export.slides.shapes import Steps, add_outline, box_of, path_steps
from atlas.export.slides.slide import SlideBuilder, mark_decorative
from atlas.export.slides.typesetting import (
    LEADING,
    MIN_POINTS,
    Line,
    measure,
    prepare_frame,
    write,
)

_SVG = "{http://www.w3.org/2000/svg}"
_INKSCAPE_LABEL = "{http://www.inkscape.org/namespaces/inkscape}label"
_CALL = re.compile(r"(\w+)\(([^)]*)\)")
_NOT_DRAWN = {"defs", "style", "title", "desc", "metadata", "clipPath"}
# The group of the page that holds the marks, beside those of its texts and of its legend.
_DRAWING = "dessin"
# Where the letters of a line stand in its height, from its top.
_ASCENT = 0.98
# Points of the least side of a shape, which an office suite draws as nothing at 0.
_LEAST_SIDE = 0.01
_BOLD_FROM = 600


@dataclass(frozen=True)
class _Mark:
    """One part of a drawing, with the transform to the page and the attributes that it inherits."""

    element: ET.Element
    transform: Transform
    attributes: dict[str, str]

    @property
    def scale(self) -> float:
        """Of its strokes and letters; turning and mirroring do not count."""
        return float(abs(self.transform[0] * self.transform[3] - self.transform[1] ** 2) ** 0.5)


def add_drawing(builder: SlideBuilder, svg: bytes, box: Box, alt: str, *, is_whole: bool) -> Any:
    """The drawing as one group of shapes, as large as it fits a box.

    svg: of a page in points; is_whole: with the legend of the page, not the map alone.
    """
    root = ET.fromstring(svg)
    group = builder.slide.shapes.add_group_shape()
    for mark in _marks(root, _placing(root, box, is_whole), {}, only="" if is_whole else _DRAWING):
        if mark.element.tag == f"{_SVG}text":
            _add_text(group, mark)
        else:
            _add_area(group, mark, box)
    builder.describe(group, "Carte", alt)
    return group


def _placing(root: ET.Element, box: Box, is_whole: bool) -> Transform:
    """From the page to the middle of a box."""
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    taken = Box(0, 0, width, height)
    drawing = root.find(f"./{_SVG}g[@id='{_DRAWING}']")
    ground = root.find(f".//{_SVG}path[@class='background']")
    if not is_whole and drawing is not None and ground is not None:
        here = _transform_of(drawing.get("transform", ""))
        taken = box_of(_finite(path_steps(ground.get("d", ""), here)))
    scale = min(box.width / taken.width, box.height / taken.height)
    left = box.x + (box.width - taken.width * scale) / 2
    top = box.y + (box.height - taken.height * scale) / 2
    return Transform().translate(left, top).scale(scale).translate(-taken.x, -taken.y)


def _marks(
    parent: ET.Element, transform: Transform, inherited: dict[str, str], only: str = ""
) -> Iterator[_Mark]:
    """The texts and outlines under an element, from the bottom to the top. only: the one of its
    groups that is drawn."""
    for element in parent:
        if only and element.get("id") != only:
            continue
        tag = element.tag.removeprefix(_SVG) if isinstance(element.tag, str) else ""
        if tag in _NOT_DRAWN or element.get("display") == "none":
            continue
        here = transform.transform(_transform_of(element.get("transform", "")))
        attributes = {**inherited, **element.attrib}
        if "opacity" in inherited and "opacity" in element.attrib:
            both = float(inherited["opacity"]) * float(element.attrib["opacity"])
            attributes["opacity"] = str(both)
        if tag == "g":
            attributes.pop("id", None)
            yield from _marks(element, here, attributes)
        elif tag in ("path", "rect", "line", "circle", "text"):
            yield _Mark(element, here, attributes)


def _transform_of(text: str) -> Transform:
    made = Identity
    for name, inner in _CALL.findall(text):
        numbers = [float(number) for number in re.split(r"[\s,]+", inner.strip())]
        if name == "translate":
            made = made.translate(*numbers)
        elif name == "scale":
            made = made.scale(*numbers)
        elif name == "rotate":
            made = made.rotate(numbers[0] * 3.141592653589793 / 180)
    return made


def _path_of(element: ET.Element) -> str:
    """The outline of an element as the path of an SVG; empty when it has none."""
    tag = element.tag.removeprefix(_SVG)
    if tag == "path":
        return element.get("d", "")
    names = ("x", "y", "width", "height", "x1", "y1", "x2", "y2", "cx", "cy", "r")
    try:
        side = {name: float(element.get(name, "0")) for name in names}
    except ValueError:  # « 100% »: the ground of the whole page
        return ""
    if tag == "line":
        return f"M{side['x1']} {side['y1']}L{side['x2']} {side['y2']}"
    if tag == "circle":
        x, y, radius = side["cx"], side["cy"], side["r"]
        arc = f"A{radius} {radius} 0 1 1"
        return f"M{x - radius} {y}{arc} {x + radius} {y}{arc} {x - radius} {y}Z"
    return f"M{side['x']} {side['y']}h{side['width']}v{side['height']}h{-side['width']}Z"


def _add_area(group: Any, mark: _Mark, box: Box) -> None:
    path = _path_of(mark.element)
    fill, stroke = (mark.attributes.get(name, "none") for name in ("fill", "stroke"))
    if not path or (fill, stroke) == ("none", "none"):
        return
    steps = _finite(path_steps(path, mark.transform))
    if not steps or not (taken := box_of(steps)).overlaps(box):
        return
    place = Box(taken.x, taken.y, max(taken.width, _LEAST_SIDE), max(taken.height, _LEAST_SIDE))
    label = mark.element.get(_INKSCAPE_LABEL, "")
    shape = add_outline(group.shapes, label or "Tracé", steps, place, place)
    opacity = float(mark.attributes.get("opacity", 1))
    if fill != "none":
        shape.fill.solid()
        shape.fill.fore_color.rgb = _colour(fill)
        _set_opacity(shape, opacity * float(mark.attributes.get("fill-opacity", 1)))
    if stroke != "none":
        shape.line.color.rgb = _colour(stroke)
        shape.line.width = Pt(float(mark.attributes.get("stroke-width", 1)) * mark.scale)
    if label:
        shape._element.xpath(".//p:cNvPr")[0].set("descr", mark.element.get("aria-label", ""))
    else:
        mark_decorative(shape)


def _finite(steps: Steps) -> Steps:
    return [(name, points) for name, points in steps if points or name == "closePath"]


def _colour(text: str) -> RGBColor:
    """Of « #2f47b0 », « #abc » and « white »."""
    digits: str = {"white": "ffffff", "black": "000000"}.get(text, text.lstrip("#"))
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = bytes.fromhex(digits)
    return RGBColor(red, green, blue)


def _set_opacity(shape: Any, opacity: float) -> None:
    if opacity < 1:
        (colour,) = shape._element.xpath("./p:spPr/a:solidFill/a:srgbClr")
        colour.append(parse_xml(f'<a:alpha {nsdecls("a")} val="{round(opacity * 100_000)}"/>'))


def _add_text(group: Any, mark: _Mark) -> None:
    lines = list(mark.element.iter(f"{_SVG}tspan")) or [mark.element]
    for line in lines:
        if line.text and line.text.strip():
            _add_line(group, mark, line)


def _add_line(group: Any, mark: _Mark, line: ET.Element) -> None:
    """One line of text; around it, what keeps it readable on the areas that it meets."""
    given = {**mark.attributes, **line.attrib}
    size = max(MIN_POINTS, float(given.get("font-size", "11").removesuffix("px")) * mark.scale)
    bold = _weight(given.get("font-weight", "400")) >= _BOLD_FROM
    text = (line.text or "").strip()
    x, y = mark.transform.transformPoint(
        (
            float(line.get("x") or mark.element.get("x") or 0),
            float(line.get("y") or mark.element.get("y") or 0),
        )
    )
    width = measure(text, size, bold=bold)
    anchor = given.get("text-anchor", "start")
    left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
    place = Box(left, y - _ASCENT * size, width, LEADING * size)
    shape = group.shapes.add_textbox(*place.emu)
    shape.name = "Étiquette"
    frame = prepare_frame(shape.text_frame)
    frame.word_wrap, frame.vertical_anchor = False, MSO_ANCHOR.TOP
    colour = str(_colour(given.get("fill", "#000000")))
    write(frame, [Line(text, size, bold=bold, colour=colour)])
    paragraph = frame.paragraphs[0]
    paragraph.alignment = {
        "start": PP_ALIGN.LEFT,
        "middle": PP_ALIGN.CENTER,
        "end": PP_ALIGN.RIGHT,
    }[anchor]
    if given.get("stroke", "none") != "none":
        around = _colour(given["stroke"])
        if anchor == "middle":
            _add_halo(paragraph.runs[0], str(around))
        else:  # a name beside the map, which a wider font would write over its line
            shape.fill.solid()
            shape.fill.fore_color.rgb = around


def _weight(text: str) -> int:
    return {"bold": 700, "normal": 400}.get(text) or int(text)


def _add_halo(run: Any, colour: str) -> None:
    properties = run._r.get_or_add_rPr()
    halo = parse_xml(
        f'<a:effectLst {nsdecls("a")}><a:glow rad="{Pt(2)}"><a:srgbClr val="{colour}"/></a:glow>'
        "</a:effectLst>"
    )
    fill = properties.find(qn("a:solidFill"))
    fill.addnext(halo)
