"""What a text element of a page writes: its lines, where each starts, and in which font."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

from atlas.rendering import text_metrics

_WEIGHTS = {"normal": 400, "bold": 700}


@dataclass(frozen=True)
class Line:
    """One line of a text. x, y: where it starts on its base line, in the unit of its element and
    before its transform; size: of its letters, in the same unit; width: of the line."""

    text: str
    x: float
    y: float
    size: float
    weight: int
    width: float


def text_lines(element: ET.Element) -> Iterator[Line]:
    """The lines of a text element, itself or one for each of its tspans; empty ones left out."""
    size, weight = float(element.attrib["font-size"].removesuffix("px")), font_weight(element)
    x, y = float(element.get("x", 0)), float(element.get("y", 0))
    for part in (element, *element):
        if part is not element:
            x = float(part.get("x", x))
            y = float(part.get("y", y)) + float(part.get("dy", 0))
        words = (part.text or "").strip(" ")
        if words.strip():
            width = text_metrics.text_width(words, size, weight)
            shift = {"middle": width / 2, "end": width}.get(element.get("text-anchor", ""), 0.0)
            yield Line(words, x - shift, y, size, weight, width)


def font_weight(element: ET.Element) -> int:
    """That of a text element: 400, 600 or 700."""
    weight = element.get("font-weight", "400")
    return _WEIGHTS.get(weight) or int(weight)
