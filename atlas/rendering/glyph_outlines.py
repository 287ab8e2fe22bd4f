"""Letters as outlines, placed as the engine places them: HarfBuzz shapes a line, with the kerning
and the ligatures of the font, as the engine's own shaper does."""

from __future__ import annotations

from functools import lru_cache

import uharfbuzz
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen

from atlas.rendering import text_metrics
from atlas.rendering.page_svg import RenderRejected
from atlas.rendering.text_lines import Line

# Of the drawing's unit, a point or less: a thousandth of a pixel of a screen, and a fiftieth of the
# smallest point of a printer.
_DECIMALS = 3
# The glyph of what a font does not have, in every font.
_MISSING_GLYPH = 0


def outline_of(line: Line) -> str:
    """The data of a path that draws a line; raises RenderRejected for a sign without a glyph."""
    font = _font(line.weight)
    text = uharfbuzz.Buffer()
    text.add_str(line.text)
    text.guess_segment_properties()
    uharfbuzz.shape(font, text)
    pen, scale = SVGPathPen(None, ntos=_number_text), line.size / font.face.upem
    x = line.x
    for glyph, place in zip(text.glyph_infos, text.glyph_positions, strict=True):
        if glyph.codepoint == _MISSING_GLYPH:
            raise RenderRejected(f"la police n’a pas le signe « {line.text[glyph.cluster]} »")
        origin = (x + place.x_offset * scale, line.y - place.y_offset * scale)
        font.draw_glyph_with_pen(glyph.codepoint, TransformPen(pen, (scale, 0, 0, -scale, *origin)))
        x += place.x_advance * scale
    return str(pen.getCommands())


def _number_text(value: float) -> str:
    return f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".") or "0"


@lru_cache(maxsize=3)
def _font(weight: int) -> uharfbuzz.Font:
    blob = uharfbuzz.Blob.from_file_path(text_metrics.font_file(weight))
    return uharfbuzz.Font(uharfbuzz.Face(blob))
