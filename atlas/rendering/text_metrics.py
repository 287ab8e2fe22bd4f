"""Lengths of texts and letters known, by the fonts of the repository."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

FAMILY = "Source Sans Pro"
FOLDER = Path(__file__).parents[2] / "static/fonts"
_FILES = {
    400: "SourceSansPro-Regular.ttf",
    600: "SourceSansPro-Semibold.ttf",
    700: "SourceSansPro-Bold.ttf",
}
BOLD_FILE = _FILES[700]
# Height of a line, of the letters above their base line and below it, as shares of the size.
LINE, ABOVE, BELOW = 1.28, 0.74, 0.22


def text_width(text: str, size: float, weight: int = 400) -> float:
    """The width of one line, in the unit of its size."""
    return _width_at_100(text, weight) * size / 100


def wrap(text: str, size: float, weight: int, width: float) -> list[str]:
    """Lines that fit the width, broken at ordinary spaces only: « 33,6 % » stays whole."""
    lines: list[str] = []
    for word in text.split(" ") if text else []:
        if lines and text_width(f"{lines[-1]} {word}", size, weight) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def missing_glyphs(text: str) -> str:
    """The letters of a text that the fonts lack: they would be drawn as empty boxes."""
    return "".join(sorted({letter for letter in text if ord(letter) not in _known_letters()}))


def font_file(weight: int) -> Path:
    """The file of the letters of a weight: 400, 600 or 700."""
    return FOLDER / _FILES[weight]


def missing_fonts() -> list[str]:
    """The font files that are not in the repository."""
    return [name for name in _FILES.values() if not (FOLDER / name).is_file()]


# The same lines are measured for each format of a figure, and again before they are handed over.
@lru_cache(maxsize=10_000)
def _width_at_100(text: str, weight: int) -> float:
    return float(_font(weight).getlength(text))


@lru_cache(maxsize=3)
def _font(weight: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file(weight)), 100)


@lru_cache(maxsize=1)
def _known_letters() -> frozenset[int]:
    with TTFont(FOLDER / _FILES[400], lazy=True) as font:
        return frozenset(font.getBestCmap())
