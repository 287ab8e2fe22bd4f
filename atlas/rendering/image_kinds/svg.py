"""SVG: the page in named layers that a designer opens, its texts being texts, with their font."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

from atlas.rendering.font_subset import embed_fonts
from atlas.rendering.image_kinds.changes import Changes
from atlas.rendering.image_kinds.image_kind import ImageKind, UnreadableImage
from atlas.rendering.image_kinds.svg_content import svg_changes, svg_digest, svg_root
from atlas.rendering.page_svg import ATLAS, SVG
from atlas.rendering.preflight import Text
from atlas.rendering.sealing import sealed_provenance

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# An attribute of the page whose texts are outlines.
OUTLINED_ATTRIBUTE = f"{{{ATLAS}}}texts"
OUTLINED = b'atlas:texts="outlines"'
_PROVENANCE = f".//{{{SVG}}}metadata/{{{ATLAS}}}provenance"


def encode(page: ET.Element, about: dict[str, Any], texts: list[Text]) -> bytes:
    """The page as it stands, with the letters that it needs; it already holds its title and
    description."""
    embed_fonts(page)
    return sealed_file(page, about)


def sealed_file(page: ET.Element, about: dict[str, Any]) -> bytes:
    """The file of a page, with its provenance sealed."""
    provenance = page.find(_PROVENANCE)
    assert provenance is not None  # compose_page writes it
    provenance.text = sealed_provenance(about, content_digest(_file_of(page)))
    return _file_of(page)


def recognises(content: bytes) -> bool:
    """True for any XML that does not say that its texts are outlines: a page of something else is
    told apart from what cannot be read."""
    return is_xml(content) and OUTLINED not in content


def is_xml(content: bytes) -> bool:
    """By how it begins."""
    return content.removeprefix(_BYTE_ORDER_MARK).lstrip().startswith((b"<?xml", b"<svg"))


def read_provenance(content: bytes) -> str:
    """The provenance in the metadata of the drawing; raises UnreadableImage."""
    try:
        found = ET.fromstring(content).find(_PROVENANCE)
    except (ET.ParseError, LookupError, ValueError) as error:  # LookupError: an unknown encoding
        raise UnreadableImage from error
    return (found.text or "") if found is not None else ""


def size_in_points(content: bytes, dpi: float) -> tuple[float, float]:
    """The sides of its page, which is laid out in points; raises UnreadableImage."""
    try:
        _, _, width, height = svg_root(content)[0].attrib["viewBox"].split()
        return float(width), float(height)
    except (KeyError, ValueError) as error:
        raise UnreadableImage from error


def content_digest(content: bytes) -> str:
    """Of its elements, title and description; raises UnreadableImage."""
    return svg_digest(content)


def compare(given: bytes, drawn: bytes) -> Changes:
    """Element by element; raises UnreadableImage."""
    return svg_changes(given, drawn)


def _file_of(page: ET.Element) -> bytes:
    content: bytes = ET.tostring(page, encoding="utf-8", xml_declaration=True)
    return content


KIND = ImageKind(
    "svg",
    "SVG",
    "svg",
    encode,
    recognises,
    read_provenance,
    size_in_points,
    content_digest,
    compare,
)
