"""The sheet around a drawing: title, legend, caption, laid out in points (1/72 inch) as SVG.

Texts are measured with the embedded fonts and wrapped; nothing is scaled to fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from PIL import ImageFont

from atlas.charts import Figure, Swatch
from atlas.charts.style import FONT

WIDTH = 482.0  # 170 mm
MARGIN = 14.0
# The drawing is laid out as on screen and reduced to the sheet: 10 px become 7.1 pt.
INNER_WIDTH = 640
INK, MUTED, ALERT = "#1b2033", "#4d5364", "#a3260c"
_FILES = {400: "SourceSansPro-Regular.ttf", 600: "SourceSansPro-Semibold.ttf",
          700: "SourceSansPro-Bold.ttf"}
_FONTS = Path(__file__).parents[2] / "static/fonts"


@dataclass(frozen=True)
class Sheet:
    """SVG fragments above and below the drawing, with their heights, all in points.

    title, description: what an SVG reader says of the whole.
    """

    title: str
    description: str
    width: float
    head: str
    head_height: float
    foot: str
    foot_height: float


def sheet(figure: Figure) -> Sheet:
    """Lay out the texts of a figure."""
    head, head_height = _head(figure)
    foot, foot_height = _foot(figure)
    return Sheet(escape(figure.title), escape(figure.alt), WIDTH, head, head_height, foot,
                 foot_height)


def _head(figure: Figure) -> tuple[str, float]:
    pen = _Pen(MARGIN)
    if figure.fictitious:
        pen.write("Données fictives", size=11, weight=700, colour=ALERT)
    pen.write(figure.title, size=15, weight=600)
    pen.write(figure.subtitle, size=10.5, colour=MUTED)
    if figure.legend:
        pen.skip(4)
        pen.write(figure.legend_title, size=8.5, weight=600)
        pen.legend(figure.legend)
    return f'<g id="titre">{pen.svg}</g>', pen.y + 6


def _foot(figure: Figure) -> tuple[str, float]:
    pen = _Pen(6)
    for name, text in figure.caption:
        pen.write(f"{name} : {text}", size=7.6, colour=MUTED)
    if figure.fictitious:
        pen.write("Données fictives, sans valeur statistique.", size=7.6, weight=700, colour=ALERT)
    return f'<g id="legende">{pen.svg}</g>', pen.y + MARGIN - 4


class _Pen:
    """Writes lines one under the other."""

    def __init__(self, top: float) -> None:
        self.y, self._parts = top, list[str]()

    @property
    def svg(self) -> str:
        return "".join(self._parts)

    def skip(self, height: float) -> None:
        self.y += height

    def write(self, text: str, *, size: float, weight: int = 400, colour: str = INK) -> None:
        for line in wrapped(text, size, weight, WIDTH - 2 * MARGIN):
            self.y += size * 1.28
            self._parts.append(_text(line, MARGIN, self.y - size * 0.28, size, weight, colour))

    def legend(self, swatches: tuple[Swatch, ...]) -> None:
        x, size = MARGIN, 8.5
        self.y += 14
        for swatch in swatches:
            label = swatch.label + ("" if swatch.count is None else f" ({swatch.count})")
            width = 20 + _length(label, size, 400) + 12
            if x + width > WIDTH - MARGIN:
                x, self.y = MARGIN, self.y + 13
            self._parts.append(_swatch(swatch, x, self.y - 8))
            self._parts.append(_text(label, x + 20, self.y - 0.5, size, 400, INK))
            x += width


def _swatch(swatch: Swatch, x: float, y: float) -> str:
    box = (f'<rect x="{x:.1f}" y="{y:.1f}" width="16" height="9" fill="{swatch.colour}" '
           f'stroke="{MUTED}" stroke-width="0.4"/>')
    if not swatch.hatched:
        return box
    lines = "".join(f'<path d="M{x + i:.1f} {y + 9:.1f}l4 -9" stroke="{MUTED}" '
                    'stroke-width="0.5"/>' for i in (0, 4, 8, 12))
    return box + lines


def _text(text: str, x: float, y: float, size: float, weight: int, colour: str) -> str:
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-family={quoteattr(FONT)} font-size="{size}" '
            f'font-weight="{weight}" fill="{colour}">{escape(text)}</text>')


def wrapped(text: str, size: float, weight: int, width: float) -> list[str]:
    """Lines that fit the width, broken at ordinary spaces only: « 33,6 % » stays whole."""
    lines: list[str] = []
    for word in text.split(" ") if text else []:
        if lines and _length(f"{lines[-1]} {word}", size, weight) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _length(text: str, size: float, weight: int) -> float:
    return float(_font(weight).getlength(text)) * size / 100


@lru_cache(maxsize=3)
def _font(weight: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / _FILES[weight]), 100)
