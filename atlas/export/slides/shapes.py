"""Outlines as shapes that an office suite draws, colours and enlarges: no picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fontTools.misc.transform import Identity, Transform
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import parse_path
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from atlas.export.slides.box import Box

# Units of the path of a shape in a point: they are whole numbers.
_UNITS = 100
_ELEMENTS = {"moveTo": "moveTo", "lineTo": "lnTo", "curveTo": "cubicBezTo", "qCurveTo": "quadBezTo"}
Steps = list[tuple[str, tuple[tuple[float, float], ...]]]


def path_steps(path: str, transform: Transform = Identity) -> Steps:
    """The strokes of the path of an SVG, where a transform puts them."""
    pen = RecordingPen()
    parse_path(path, TransformPen(pen, transform))
    return [(name, tuple(points)) for name, points in pen.value]


def box_of(steps: Steps) -> Box:
    """What the strokes of a path take."""
    points = [point for _, stroke in steps for point in stroke]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    right, bottom = max(x for x, _ in points), max(y for _, y in points)
    return Box(left, top, right - left, bottom - top)


def add_outline(shapes: Any, name: str, steps: Steps, box: Box, frame: Box | None = None) -> Any:
    """A shape with this outline, in a box; without any style of the theme.

    shapes: of a slide or of a group; frame: what the box shows, in the units of the strokes; by
    default what they take.
    """
    shape = shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    shape.name = name
    properties = shape._element.spPr
    geometry = _geometry(steps, frame or box_of(steps))
    properties.replace(properties.find(qn("a:prstGeom")), geometry)
    shape._element.remove(shape._element.find(qn("p:style")))  # an outline and a shadow
    shape.fill.background()
    shape.line.fill.background()
    return shape


def _geometry(steps: Steps, frame: Box) -> Any:
    width, height = (max(1, round(side * _UNITS)) for side in (frame.width, frame.height))
    drawn = "".join(_stroke(name, points, frame) for name, points in steps)
    return parse_xml(
        f"<a:custGeom {nsdecls('a')}><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        '<a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{width}" h="{height}">{drawn}</a:path></a:pathLst></a:custGeom>'
    )


def _stroke(name: str, points: Sequence[tuple[float, float]], frame: Box) -> str:
    if name == "closePath":
        return "<a:close/>"
    if name not in _ELEMENTS:  # the end of an open path
        return ""
    inside = "".join(
        f'<a:pt x="{round((x - frame.x) * _UNITS)}" y="{round((y - frame.y) * _UNITS)}"/>'
        for x, y in points
    )
    return f"<a:{_ELEMENTS[name]}>{inside}</a:{_ELEMENTS[name]}>"
