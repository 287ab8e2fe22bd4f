"""Reads a drawn page on its own account: where each text is, how large, and how much ink it has.

It shares nothing with atlas.rendering: lengths are those of the ink, as Pillow draws the letters.
"""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import ImageFont

SVG = "{http://www.w3.org/2000/svg}"
FONTS = Path(__file__).parents[1] / "static/fonts"
WEIGHTS = {"600": "Semibold", "700": "Bold", "bold": "Bold"}
NUMBERS = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")


@dataclass(frozen=True)
class Ink:
    """One text, the size of its letters in points, and the box of its ink on the page."""

    text: str
    size: float
    left: float
    top: float
    right: float
    bottom: float
    colour: str

    def meets(self, other: Ink) -> bool:
        """True when the two inks share more than half a point both ways."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > 0.5
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.5
        )


@cache
def font(weight: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(
        str(FONTS / f"SourceSansPro-{WEIGHTS.get(weight, 'Regular')}.ttf"), 200
    )


@cache
def matrix(transform: str) -> np.ndarray:
    """The product of the steps of an attribute « transform », not to be changed."""
    whole = np.eye(3)
    for name, inside in re.findall(r"(\w+)\(([^)]*)\)", transform):
        n = [float(x) for x in NUMBERS.findall(inside)]
        step = np.eye(3)
        if name == "translate":
            step[:2, 2] = (*n, 0)[:2]
        elif name == "scale":
            step[0, 0], step[1, 1] = n[0], n[-1]
        elif name == "rotate":
            turn = np.radians(n[0])
            step[:2, :2] = [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]
        elif name == "matrix":
            step[:2] = np.array(n).reshape(3, 2).T
        whole = whole @ step
    return whole


def placed(root: ET.Element, tag: str) -> Iterator[tuple[ET.Element, np.ndarray]]:
    """Each element of a kind with its matrix to the page."""

    def walk(part: ET.Element, outer: np.ndarray) -> Iterator[tuple[ET.Element, np.ndarray]]:
        moved = part.get("transform")
        here = outer @ matrix(moved) if moved else outer
        if part.tag == f"{SVG}{tag}":
            yield part, here
        for child in part:
            yield from walk(child, here)

    return walk(root, np.eye(3))


def inks(root: ET.Element) -> list[Ink]:
    """Every line of text that is drawn, in the order of the file."""
    return [_ink(line, here) for part, here in placed(root, "text") for line in lines_of(part)]


def lines_of(part: ET.Element) -> Iterator[ET.Element]:
    """The lines of a text, each as a text of its own where it is drawn."""
    x, y = float(part.get("x", 0)), float(part.get("y", 0))
    for line in (part, *part):
        if line is not part:
            x = float(line.get("x", x))
            y = float(line.get("y", y)) + float(line.get("dy", 0))
        if (line.text or "").strip():
            alone = ET.Element(part.tag, {**part.attrib, "x": str(x), "y": str(y)})
            alone.text = line.text.strip(" ")
            yield alone


@cache
def measured(text: str, weight: str) -> tuple[tuple[float, ...], float]:
    """The box of the ink of a line, from its start on its base line, and its length, for letters
    of one unit."""
    face = font(weight)
    box = tuple(side / face.size for side in face.getbbox(text, anchor="ls"))
    return box, face.getlength(text) / face.size


def _ink(part: ET.Element, here: np.ndarray) -> Ink:
    size = float(part.get("font-size", "nan").removesuffix("px"))
    box, long = measured(part.text, part.get("font-weight", "400"))
    start = {"middle": 0.5, "end": 1.0}.get(part.get("text-anchor", ""), 0.0)
    x = float(part.get("x", 0)) - start * long * size
    y = float(part.get("y", 0))
    (a, c, e), (b, d, f), _ = here.tolist()
    corners = [(x + box[i] * size, y + box[j] * size) for i in (0, 2) for j in (1, 3)]
    across = [a * px + c * py + e for px, py in corners]
    down = [b * px + d * py + f for px, py in corners]
    return Ink(
        part.text,
        size * math.hypot(c, d),
        min(across),
        min(down),
        max(across),
        max(down),
        part.get("fill", ""),
    )


def page_of(svg: bytes | str) -> tuple[ET.Element, float, float]:
    """The root of a file, its width and its height in points."""
    root = ET.fromstring(svg)
    _, _, width, height = (float(side) for side in root.attrib["viewBox"].split())
    return root, width, height


def part_of(root: ET.Element, name: str) -> ET.Element:
    """One of the named groups at the top of the page."""
    (found,) = [group for group in root.findall(f"{SVG}g") if group.get("id") == name]
    return found


def words(part: ET.Element) -> str:
    """Its texts one after the other, the ends of lines being spaces."""
    return " ".join(line.text or "" for text in part.iter(f"{SVG}text") for line in lines_of(text))
