"""PNG: points at the density of the format."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from typing import Any

from PIL import PngImagePlugin

from atlas.rendering.image_kinds.bitmap import picture_of
from atlas.rendering.image_kinds.image_kind import ImageKind
from atlas.rendering.image_kinds.png_texts import SIGNATURE, text_of
from atlas.rendering.page_svg import PROVENANCE_KEY
from atlas.rendering.preflight import Text

# Of zlib: more takes twice the time for 2 % of the bytes.
_COMPRESS_LEVEL = 6


def encode(page: ET.Element, about: dict[str, Any], texts: list[Text]) -> bytes:
    """A PNG whose texts (iTXt) say title, description, author, language and provenance."""
    picture = picture_of(page, about, texts)
    said = PngImagePlugin.PngInfo()
    for name, text in (
        ("Title", about["title"]),
        ("Description", about["description"]),
        ("Author", about["author"]),
        ("Language", "fr-FR"),
        (PROVENANCE_KEY, about["provenance"]),
    ):
        said.add_itxt(name, text, lang="fr", zip=name == PROVENANCE_KEY)
    stream = io.BytesIO()
    dpi = (about["dpi"], about["dpi"])
    picture.save(stream, "PNG", dpi=dpi, pnginfo=said, compress_level=_COMPRESS_LEVEL)
    return stream.getvalue()


def recognises(content: bytes) -> bool:
    """By its signature."""
    return content.startswith(SIGNATURE)


def read_provenance(content: bytes) -> str:
    """The provenance in its texts; raises UnreadableImage."""
    return text_of(content, PROVENANCE_KEY)


KIND = ImageKind("png", "png", encode, recognises, read_provenance)
