"""What an SVG draws, one way to write it: two files that draw the same have the same parts."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from atlas.rendering.image_kinds.changes import Changes, TextChange, text_changes
from atlas.rendering.image_kinds.image_kind import UnreadableImage
from atlas.rendering.page_svg import INKSCAPE, SVG

_SODIPODI = "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
# What drawing programs write for themselves, and draw nothing of.
_NOTES_OF_PROGRAMS = tuple(f"{{{space}}}" for space in (INKSCAPE, _SODIPODI))
_METADATA = f"{{{SVG}}}metadata"
_TEXT_TAGS = tuple(f"{{{SVG}}}{name}" for name in ("text", "tspan", "title", "desc", "textPath"))
_LAYERS = {"titre", "legende", "dessin", "notes", "filet", "logo", "fond"}
MAX_DEPTH = 200
MAX_NAMED_MARKS = 20


@dataclass(frozen=True)
class Part:
    """One element. layer: the named group of the page that it stands in."""

    depth: int
    tag: str
    attributes: tuple[tuple[str, str], ...]
    text: str
    layer: str

    @property
    def label(self) -> str:
        """What a screen reader says of it."""
        return dict(self.attributes).get("aria-label", "")


class _Builder(ET.TreeBuilder):
    """Keeps count of the instructions to programs, such as the address of a style sheet, which
    change what is seen and are not elements."""

    def __init__(self) -> None:
        super().__init__()
        self.instructions: list[str] = []

    def pi(self, target: str, text: str | None = None) -> ET.Element:
        self.instructions.append(target)
        return super().pi(target, text)


def svg_root(content: bytes) -> tuple[ET.Element, list[str]]:
    """The drawing, and the names of the instructions beside it; raises UnreadableImage."""
    builder = _Builder()
    parser = ET.XMLParser(target=builder)
    try:
        parser.feed(content)
        root = parser.close()
    except (ET.ParseError, LookupError, ValueError) as error:  # LookupError: an unknown encoding
        raise UnreadableImage from error
    return root, builder.instructions


def drawn_parts(root: ET.Element) -> Iterator[Part]:
    """Every element that draws, in the order of the file; raises UnreadableImage."""
    stack: list[tuple[ET.Element, int, str]] = [(root, 0, "")]
    while stack:
        element, depth, layer = stack.pop()
        if depth > MAX_DEPTH:
            raise UnreadableImage
        if element.tag == _METADATA or element.tag.startswith(_NOTES_OF_PROGRAMS):
            continue
        if depth == 1 and element.get("id") in _LAYERS:
            layer = element.get("id", "")
        attributes = tuple(
            sorted(
                (name, value)
                for name, value in element.attrib.items()
                if not name.startswith(_NOTES_OF_PROGRAMS)
            )
        )
        # Outside texts, the ends of lines between elements are not drawn.
        text = element.text or "" if element.tag in _TEXT_TAGS else (element.text or "").strip()
        yield Part(depth, element.tag, attributes, text, layer)
        stack += [(child, depth + 1, layer) for child in reversed(element)]


def svg_digest(content: bytes) -> str:
    """A hash of what an SVG draws; raises UnreadableImage."""
    root, instructions = svg_root(content)
    found = hashlib.blake2b(repr(instructions).encode(), digest_size=32)
    for part in drawn_parts(root):
        found.update(repr((part.depth, part.tag, part.attributes, part.text)).encode())
    return found.hexdigest()


def svg_changes(given: bytes, drawn: bytes) -> Changes:
    """The texts and the marks that differ; raises UnreadableImage."""
    root, instructions = svg_root(given)
    parts = list(drawn_parts(root)), list(drawn_parts(svg_root(drawn)[0]))
    if parts[0] == parts[1] and not instructions:
        return Changes()
    reasons = []
    if instructions:
        reasons.append(f"elle appelle autre chose que ce qu’elle contient ({instructions[0][:40]})")
    texts = text_changes(*(list(_texts(side)) for side in parts))
    marks = _mark_changes(*parts)
    if not texts and not marks and not reasons:
        reasons.append("ses éléments ne sont plus dans le même ordre, ou ont changé d’aspect")
    reasons += _counts(*parts)
    return Changes(reasons=tuple(dict.fromkeys(reasons)), texts=(*texts, *marks))


def _texts(parts: list[Part]) -> Iterator[tuple[str, str]]:
    for part in parts:
        if part.tag in _TEXT_TAGS and part.text.strip():
            yield part.layer, part.text


def _mark_changes(given: list[Part], drawn: list[Part]) -> tuple[TextChange, ...]:
    """The marks with a name, such as a territory, that are drawn otherwise."""
    there, wanted = (Counter(part for part in side if part.label) for side in (given, drawn))
    extra, missing = there - wanted, wanted - there
    names = dict.fromkeys(part.label for part in (*missing, *extra))
    layers = {part.label: part.layer for part in (*extra, *missing)}
    old, new = ({part.label for part in side} for side in (extra, missing))
    return tuple(
        TextChange(
            layers[name],
            f"« {name[:120]} », autre tracé ou autre couleur"
            if name in old and name in new
            else (f"« {name[:120]} »" if name in old else ""),
            f"« {name[:120]} »" if name in new else "",
        )
        for name in list(names)[:MAX_NAMED_MARKS]
    )


def _counts(given: list[Part], drawn: list[Part]) -> Iterator[str]:
    """How many elements were added or taken away, when there are any."""
    more = len(given) - len(drawn)
    if more > 0:
        yield f"elle contient {more} élément{'s' * (more > 1)} de plus"
    elif more < 0:
        yield f"elle contient {-more} élément{'s' * (more < -1)} de moins"
