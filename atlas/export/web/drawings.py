"""The drawings of a figure in a web page: one for the width of a text, one for a phone and for
half of a wide screen. Both are read at their own size: letters are never shrunk with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from atlas.export.web.resources import data_url
from atlas.figures.common.figure import Figure
from atlas.rendering.image_kinds.registry import IMAGE_KINDS
from atlas.settings import Format

# Of a CSS pixel, by definition.
CSS_DPI = 96
WIDE_FORMAT = Format(label="page web", width_px=740, dpi=CSS_DPI, text=9)
NARROW_FORMAT = Format(label="page web, téléphone", width_px=360, dpi=CSS_DPI, text=9)
# On a sheet of A4: the height that a drawing leaves to its title and caption (see style.css), and
# how much of its size it must keep to be read.
MAX_PRINTED_HEIGHT_MM, MIN_PRINTED_SCALE = 165, 0.7

# An SVG of a figure with its legend, without title and caption; raises ExportError.
DrawSvg = Callable[[Figure, Format], bytes]


@dataclass(frozen=True)
class WebDrawing:
    """address: of an image that holds itself; width and height: in CSS pixels."""

    address: str
    width: int
    height: int


@dataclass(frozen=True)
class WebDrawings:
    """One figure in its two widths. is_beside: half as wide where there is room for two; the
    narrow drawing stands there too."""

    wide: WebDrawing
    narrow: WebDrawing
    is_beside: bool

    @property
    def is_too_tall_for_paper(self) -> bool:
        """True where it cannot be printed whole, at a size at which it is read."""
        printed = self.narrow if self.is_beside else self.wide
        return printed.height * MIN_PRINTED_SCALE > MAX_PRINTED_HEIGHT_MM / 25.4 * CSS_DPI


def web_drawings(figure: Figure, draw: DrawSvg, *, is_beside: bool) -> WebDrawings:
    """Draw a figure for the page. Raises ExportError."""
    wide, narrow = (_web_drawing(draw(figure, size)) for size in (WIDE_FORMAT, NARROW_FORMAT))
    return WebDrawings(wide, narrow, is_beside)


def _web_drawing(svg: bytes) -> WebDrawing:
    sides = IMAGE_KINDS["svg"].size_in_points(svg, CSS_DPI)
    width, height = (round(side / 72 * CSS_DPI) for side in sides)
    return WebDrawing(data_url(svg, "image/svg+xml"), width, height)
