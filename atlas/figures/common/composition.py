"""A drawing whose texts are measured and placed one by one, in pixels: blocks, glyphs, lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from atlas.rendering import text_metrics

Made = TypeVar("Made")
#: Height of a line, as a share of the size of its letters.
LINE_SHARE = text_metrics.LINE
#: Pixels: the width for which a page composes a drawing, that its view then scales.
USUAL_WIDTH_PX = 640.0


@dataclass(frozen=True)
class Block:
    """A plain rectangle. label: what a screen reader says of it, and what it stands for."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    label: str


@dataclass(frozen=True)
class Glyph:
    """An outline to be filled. path: SVG, its origin put at x and y; scale: pixels for one of its
    units."""

    x: float
    y: float
    scale: float
    path: str
    colour: str
    opacity: float = 1.0


@dataclass(frozen=True)
class TextLine:
    """One text from x, on the base line y of its first line. text: its lines, apart by a line
    break, are one object to who edits the drawing; size: pixels."""

    x: float
    y: float
    text: str
    size: float
    weight: int
    colour: str


@dataclass(frozen=True)
class Composition:
    """All that is drawn in a box of this size, in pixels, from the back to the front.

    letters: pixels of the letters by which two compositions of the same things are compared.
    """

    width: float
    height: float
    blocks: tuple[Block, ...]
    glyphs: tuple[Glyph, ...]
    lines: tuple[TextLine, ...]
    letters: float


def bar_path(width: float, height: float) -> str:
    """A plain bar as the path of a glyph, which nothing is said of."""
    return f"M0 0L{width:.2f} 0L{width:.2f} {height:.2f}L0 {height:.2f}Z"


def largest_that_fits(
    make: Callable[[float], Made],
    fits: Callable[[Made], bool],
    *,
    lowest: float,
    highest: float,
    step: float,
) -> Made | None:
    """What is made with the largest factor of letters that fits, by halves, to a step; None when
    the lowest is too large."""
    found = make(lowest)
    if not fits(found):
        return None
    while highest - lowest > step:
        middle = (lowest + highest) / 2
        made = make(middle)
        if fits(made):
            found, lowest = made, middle
        else:
            highest = middle
    return found
