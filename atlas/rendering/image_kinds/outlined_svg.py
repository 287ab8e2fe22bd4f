"""SVG with outlines instead of texts: the same in every drawing program, whatever its fonts."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

from atlas.rendering.glyph_outlines import outline_of
from atlas.rendering.image_kinds.image_kind import ImageKind
from atlas.rendering.image_kinds.svg import (
    OUTLINED,
    OUTLINED_ATTRIBUTE,
    compare,
    content_digest,
    is_xml,
    read_provenance,
    sealed_file,
    size_in_points,
)
from atlas.rendering.page_svg import SVG
from atlas.rendering.preflight import Text
from atlas.rendering.text_lines import text_lines

_OF_TEXTS_ALONE = ("x", "y", "text-anchor", "font-family", "font-size", "font-weight", "font-style")
_OF_STROKES = ("stroke", "stroke-width", "stroke-opacity", "stroke-linejoin")


def encode(page: ET.Element, about: dict[str, Any], texts: list[Text]) -> bytes:
    """The page with a path in the place of each text; raises RenderRejected for a letter that
    cannot be drawn as the other kinds draw it."""
    for holder in list(page.iter()):
        for place, part in enumerate(holder):
            if part.tag == f"{{{SVG}}}text":
                holder[place] = _outlines(part)
    page.set(OUTLINED_ATTRIBUTE, "outlines")
    return sealed_file(page, about)


def recognises(content: bytes) -> bool:
    """True for XML that says that its texts are outlines."""
    return is_xml(content) and OUTLINED in content


def _outlines(text: ET.Element) -> ET.Element:
    """One path for a text, whose words are its label; a group of two when it has a halo: not every
    program draws a stroke under the ink of the same path."""
    lines = list(text_lines(text))
    data = "".join(outline_of(line) for line in lines)
    kept = {name: value for name, value in text.attrib.items() if name not in _OF_TEXTS_ALONE}
    kept["aria-label"] = " ".join(line.text for line in lines)
    if kept.pop("paint-order", "") != "stroke":
        return ET.Element(f"{{{SVG}}}path", {**kept, "d": data})
    stroke = {name: kept.pop(name) for name in _OF_STROKES if name in kept}
    fill: dict[str, str] = {
        name: kept.pop(name) for name in ("fill", "fill-opacity") if name in kept
    }
    group = ET.Element(f"{{{SVG}}}g", kept)
    ET.SubElement(group, f"{{{SVG}}}path", {"d": data, "fill": stroke["stroke"], **stroke})
    ET.SubElement(group, f"{{{SVG}}}path", {"d": data, **fill})
    return group


KIND = ImageKind(
    "svg-vectorise",
    "SVG vectorisé",
    "svg",
    encode,
    recognises,
    read_provenance,
    size_in_points,
    content_digest,
    compare,
    suffix="_vectorise",
    in_every_kit=False,
)
