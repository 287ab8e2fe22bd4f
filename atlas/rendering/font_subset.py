"""The letters of a page as fonts that its file holds, so that texts stay texts on any machine."""

from __future__ import annotations

import base64
import io
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from functools import lru_cache

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from atlas.rendering import text_metrics
from atlas.rendering.page_svg import SVG
from atlas.rendering.text_lines import font_weight, text_lines

# Copyright and licence. The family name is reserved to the whole font (OFL, condition 3).
KEPT_NAME_IDS = [0, 13, 14]
# What French texts are set with: the rest of the tables of the font is left out.
_LAYOUT_FEATURES = ["kern", "liga", "ccmp", "mark", "mkmk"]


def embed_fonts(page: ET.Element) -> None:
    """Write the letters of each weight that a page uses in it, as WOFF2."""
    letters: dict[int, set[str]] = {}
    for element in page.iter(f"{{{SVG}}}text"):
        used = letters.setdefault(font_weight(element), set())
        used.update(*(line.text for line in text_lines(element)))
    rules = "".join(
        f"@font-face{{font-family:'{text_metrics.FAMILY}';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{_woff2(weight, ''.join(sorted(used)))}) "
        "format('woff2')}"
        for weight, used in sorted(letters.items())
        if used
    )
    if rules:
        holder = ET.Element(f"{{{SVG}}}defs")
        ET.SubElement(holder, f"{{{SVG}}}style", {"type": "text/css"}).text = rules
        page.insert(0, holder)


@lru_cache(maxsize=30)
def _woff2(weight: int, letters: str) -> str:
    made = subset_font(text_metrics.font_file(weight).read_bytes(), map(ord, letters))
    return base64.b64encode(made).decode()


def subset_font(font_file: bytes, code_points: Iterable[int]) -> bytes:
    """Those letters of a font as WOFF2: the same letters give the same bytes."""
    options = Options(
        flavor="woff2",
        name_IDs=KEPT_NAME_IDS,
        name_languages=[0x409],
        layout_features=_LAYOUT_FEATURES,
        hinting=False,
    )
    font = TTFont(io.BytesIO(font_file), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=code_points)
    subsetter.subset(font)
    font.flavor = "woff2"
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()
