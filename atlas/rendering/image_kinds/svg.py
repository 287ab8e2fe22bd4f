"""SVG: the page as it stands, in named layers that a designer opens."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

from atlas.rendering.image_kinds.image_kind import ImageKind, UnreadableImage
from atlas.rendering.page_svg import ATLAS, SVG
from atlas.rendering.preflight import Text

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def encode(page: ET.Element, about: dict[str, Any], texts: list[Text]) -> bytes:
    """The page as it stands: it already holds its title, description and provenance."""
    content: bytes = ET.tostring(page, encoding="utf-8", xml_declaration=True)
    return content


def recognises(content: bytes) -> bool:
    """True for any XML: a page of something else is told apart from what cannot be read."""
    return content.removeprefix(_BYTE_ORDER_MARK).lstrip().startswith((b"<?xml", b"<svg"))


def read_provenance(content: bytes) -> str:
    """The provenance in the metadata of the drawing; raises UnreadableImage."""
    try:
        found = ET.fromstring(content).find(f".//{{{SVG}}}metadata/{{{ATLAS}}}provenance")
    except (ET.ParseError, LookupError, ValueError) as error:  # LookupError: an unknown encoding
        raise UnreadableImage from error
    return (found.text or "") if found is not None else ""


KIND = ImageKind("svg", "svg", encode, recognises, read_provenance)
