"""What every web page carries: its script, its style sheet, its fonts, their licences."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path

from atlas.rendering.font_subset import subset_font
from atlas.rendering.text_metrics import FAMILY
from atlas.rendering.text_metrics import FOLDER as FONT_FOLDER

FOLDER = Path(__file__).parent
FONT_FILES = {
    "SourceSansPro-Regular.ttf": "font-weight:400",
    "SourceSansPro-Semibold.ttf": "font-weight:600",
    "SourceSansPro-Bold.ttf": "font-weight:700",
    "SourceSansPro-It.ttf": "font-weight:400;font-style:italic",
}
# Latin of every European name, then the punctuation, spaces, arrows and signs of French figures.
EMBEDDED_CODE_POINTS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2000, 0x2070),
    0x20AC,
    0x2116,
    0x2122,
    *range(0x2190, 0x2194),
    0x2212,
    0x2248,
    0x2260,
    0x2264,
    0x2265,
]


def read_resource(name: str) -> str:
    """The text of a file of this folder."""
    return (FOLDER / name).read_text("utf-8")


@cache
def font_faces() -> str:
    """The rules of a style sheet that declare the house font, letters included."""
    rules = []
    for file, face in FONT_FILES.items():
        letters = subset_font((FONT_FOLDER / file).read_bytes(), EMBEDDED_CODE_POINTS)
        rules.append(
            f"@font-face{{font-family:'{FAMILY}';{face};src:url("
            f"{data_url(letters, 'font/woff2')}) format('woff2')}}\n"
        )
    return "".join(rules)


def data_url(content: bytes, kind: str) -> str:
    """An address that holds the file itself."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
