"""What kinds made of points share: the picture of a page."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from typing import Any

from PIL import Image

from atlas.rendering import vector_engine
from atlas.rendering.page_svg import RenderRejected
from atlas.rendering.preflight import Text
from atlas.rendering.vector_engine import POINTS_PER_INCH


def picture_of(page: ET.Element, about: dict[str, Any], texts: list[Text]) -> Image.Image:
    """The page in points at about["dpi"], with transparency only when it has no background.

    Raises RenderRejected when a text left no trace on it.
    """
    drawn = vector_engine.png_of(page, about["dpi"])
    picture: Image.Image = Image.open(io.BytesIO(drawn), formats=["PNG"])
    # As it was always cut: who checks an older image compares it with one of its size.
    width, height = (
        int(float(side) * about["dpi"] / POINTS_PER_INCH)
        for side in page.attrib["viewBox"].split()[2:]
    )
    picture = picture.crop((0, 0, width, height))
    _check_ink(picture, texts, about["dpi"] / POINTS_PER_INCH)
    return picture.convert("RGB") if about["background"] else picture


def _check_ink(picture: Image.Image, texts: list[Text], scale: float) -> None:
    """A font that is not found leaves its texts out in silence."""
    for text in texts:
        box = [round(side * scale) for side in (text.left, text.top, text.right, text.bottom)]
        part = picture.crop((max(0, box[0]), max(0, box[1]), box[2] + 1, box[3] + 1))
        if len(part.convert("RGBA").getcolors(2) or "many") == 1:
            raise RenderRejected(f"le texte « {text.text[:40]} » n’a pas été dessiné")
