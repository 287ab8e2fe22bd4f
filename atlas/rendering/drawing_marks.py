"""What a designer finds in a drawing of Vega: marks with the name of what they stand for, and one
text for each label."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

SVG = "http://www.w3.org/2000/svg"
INKSCAPE = "http://www.inkscape.org/namespaces/inkscape"
# What an identifier of XML may not hold, among the letters of European names.
_NOT_IN_NAMES = re.compile(
    "[^A-Za-z0-9_.\\-\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff]+"
)
_APOSTROPHES = re.compile("['’ʼ]")
# A description is « Landes : 41,7 % ».
_END_OF_NAME = re.compile(r"\s:\s")
MAX_NAME_LETTERS = 60
_STROKE = ("stroke", "stroke-width", "stroke-opacity")


def name_marks(page: ET.Element) -> None:
    """Give each mark that has a description the name in it as identifier, unique in the page, and
    as label in Inkscape.

    « Val-d’Oise » is « Val-d-Oise » as an identifier and « La Réunion » « La_Réunion », which
    Illustrator shows as « La Réunion ».
    """
    taken = {part.attrib["id"] for part in page.iter() if "id" in part.attrib}
    for part in page.iter():
        if part.get("role") != "graphics-symbol" or "id" in part.attrib:
            continue
        name = _END_OF_NAME.split(part.get("aria-label", ""))[0].strip()
        if name and len(name) <= MAX_NAME_LETTERS:
            identifier = _unique(_identifier(name), taken)
            taken.add(identifier)
            part.set("id", identifier)
            part.set(f"{{{INKSCAPE}}}label", name)


def _identifier(name: str) -> str:
    made = _NOT_IN_NAMES.sub("_", _APOSTROPHES.sub("-", name))
    return made if made[0].isalpha() or made[0] == "_" else f"_{made}"


def _unique(identifier: str, taken: set[str]) -> str:
    found, count = identifier, 1
    while found in taken:
        count += 1
        found = f"{identifier}-{count}"
    return found


def merge_halos(drawing: ET.Element) -> None:
    """A text that is drawn twice, as a stroke in the colour of the paper and then in ink, becomes
    one whose stroke lies under its ink."""
    halos: dict[tuple[object, ...], tuple[ET.Element, ET.Element]] = {}
    for parent, text, transforms in list(_texts(drawing, ())):
        font = tuple(text.get(name) for name in ("text-anchor", "font-size", "font-weight"))
        place = (text.text, transforms, text.get("x"), text.get("y"), font)
        if text.get("stroke", "none") != "none":
            halos[place] = parent, text
        elif place in halos:
            holder, halo = halos.pop(place)
            holder.remove(halo)
            text.attrib.update({name: halo.attrib[name] for name in _STROKE if name in halo.attrib})
            text.attrib.update({"stroke-linejoin": "round", "paint-order": "stroke"})


def _texts(
    parent: ET.Element, transforms: tuple[str, ...]
) -> Iterator[tuple[ET.Element, ET.Element, tuple[str, ...]]]:
    """Each text with what holds it and the transforms from the drawing to it."""
    for part in parent:
        moved = part.get("transform")
        here = (*transforms, moved) if moved else transforms
        if part.tag == f"{{{SVG}}}text":
            yield parent, part, here
        else:
            yield from _texts(part, here)
