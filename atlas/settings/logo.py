"""The logo that config.yaml names, as a text that an image can hold.

It enters images, slides, documents and pages that others open: a drawing may hold shapes, and
nothing that runs, moves, is fetched, or is drawn otherwise by another program. What is not known to
be so is refused by its name; what editors of drawings write for themselves is left out.
"""

from __future__ import annotations

import base64
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from atlas.problems import Problem
from atlas.settings.strict_yaml import read_yaml

MAX_LOGO_BYTES = 1_000_000
MAX_LOGO_PIXELS = 16_000_000
#: Elements of an SVG, those that « use » and masks draw again counted each time.
MAX_LOGO_ELEMENTS = 5_000
MAX_LOGO_DEPTH = 50
_CONFIG = "config.yaml"
_SVG = "{http://www.w3.org/2000/svg}"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_CURE = "Donnez le chemin d’un fichier SVG ou PNG du dossier du projet, de moins de 1 Mo."
_SHAPES = frozenset(["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use"])
_ELEMENTS = _SHAPES | frozenset(
    [
        "svg",
        "g",
        "symbol",
        "defs",
        "clipPath",
        "mask",
        "linearGradient",
        "radialGradient",
        "stop",
        "title",
        "desc",
    ]
)
# How shapes look; the same words as attributes and in « style ».
_PROPERTIES = frozenset(
    [
        "fill",
        "fill-opacity",
        "fill-rule",
        "stroke",
        "stroke-width",
        "stroke-opacity",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-dasharray",
        "stroke-dashoffset",
        "opacity",
        "color",
        "stop-color",
        "stop-opacity",
        "clip-path",
        "clip-rule",
        "mask",
        "display",
        "visibility",
        "overflow",
        "vector-effect",
        "paint-order",
        "shape-rendering",
        "color-interpolation",
    ]
)
_ATTRIBUTES = _PROPERTIES | frozenset(
    [
        "id",
        "transform",
        "transform-origin",
        "d",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "fr",
        "width",
        "height",
        "points",
        "pathLength",
        "offset",
        "viewBox",
        "preserveAspectRatio",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "clipPathUnits",
        "maskUnits",
        "maskContentUnits",
        "mask-type",
        "refX",
        "refY",
        "version",
    ]
)
# Without effect on shapes: settings of letters, names for other programs.
_IGNORED_PATTERN = re.compile(
    r"class|data-.*|aria-.*|role|lang|focusable|baseProfile|enable-background|zoomAndPan|"
    r"font(-.*)?|text-.*|letter-spacing|word-spacing|line-height|white-space|writing-mode|"
    r"direction|unicode-bidi|baseline-shift|dominant-baseline|-.*|mix-blend-mode|isolation|"
    r"color-rendering|image-rendering|solid-.*|filter-.*|flood-.*|lighting-color|"
    r"\{http://www\.w3\.org/XML/1998/namespace\}(space|lang)"
)
_EDITORS = ("{http://www.inkscape.org/", "{http://sodipodi.sourceforge.net/")
_REFERENCE_PATTERN = re.compile(r"""url\(\s*["']?#([\w.:-]+)["']?\s*\)""")
_LOCAL_ADDRESS_PATTERN = re.compile(r"#([\w.:-]+)")
# Numbers, words, colours and functions: neither an address nor an escape can be written with them.
_VALUE_PATTERN = re.compile(r"[\w\s#%.,()+-]*")
_NAME_PATTERN = re.compile(r"[\w.:-]+")


_TOO_COMPLEX = f"le logo a plus de {MAX_LOGO_ELEMENTS} éléments ou {MAX_LOGO_DEPTH} niveaux"


class _Refused(Exception):
    """The drawing is not taken; the text is French and says why, without its point."""


class _Builder(ET.TreeBuilder):
    """Builds the tree of a drawing of bounded size, without declarations of entities."""

    def __init__(self) -> None:
        super().__init__()
        self._count = self._depth = 0

    def doctype(self, name: str, pubid: str, system: str) -> None:
        """Called at the declaration of a document type, before its entities are read."""
        raise _Refused("le logo a un DOCTYPE : enregistrez-le en SVG simple")

    def pi(self, target: str, text: str | None = None) -> ET.Element:
        """Called at each processing instruction, such as that which asks for a style sheet."""
        raise _Refused(f"le logo a une instruction « {target} » : enregistrez-le en SVG simple")

    def start(self, tag: str, attrs: dict[str, str], /) -> ET.Element:
        """Called at each element."""
        self._count, self._depth = self._count + 1, self._depth + 1
        if self._count > MAX_LOGO_ELEMENTS or self._depth > MAX_LOGO_DEPTH:
            raise _Refused(_TOO_COMPLEX)
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ET.Element:
        """Called at the end of each element."""
        self._depth -= 1
        return super().end(tag)


def read_logo(base: Path, name: str) -> tuple[str | None, list[Problem]]:
    """The markup of an SVG, or the data address of a PNG; None with what is wrong."""
    path = Path(os.path.realpath(base / name))  # Path.resolve raises on a link to itself
    if not path.is_relative_to(base.resolve()) or path.suffix not in (".svg", ".png"):
        return None, [_problem(base, name, "ce logo n’est pas un SVG ou un PNG du projet")]
    try:
        content = path.read_bytes()
    except OSError:
        return None, [_problem(base, name, "le fichier du logo est introuvable ou illisible")]
    try:
        if len(content) > MAX_LOGO_BYTES:
            raise _Refused("le fichier du logo est trop lourd")
        return (_picture(content) if path.suffix == ".png" else _drawing(content)), []
    except _Refused as refused:
        return None, [_problem(base, name, str(refused))]


def _picture(content: bytes) -> str:
    """The data address of a PNG that is whole from its signature to its last chunk."""
    start, end = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"IEND\xaeB`\x82"
    if not (content.startswith(start) and content.endswith(end)):
        raise _Refused("le fichier du logo n’est pas un PNG lisible")
    width, height = (int.from_bytes(content[i : i + 4]) for i in (len(start), len(start) + 4))
    if width * height > MAX_LOGO_PIXELS:
        raise _Refused(f"le logo a plus de {MAX_LOGO_PIXELS // 1_000_000} millions de pixels")
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


def _drawing(content: bytes) -> str:
    """The markup of an SVG, written again with what is known alone."""
    try:
        root = ET.fromstring(content, ET.XMLParser(target=_Builder()))
    except (ET.ParseError, LookupError, ValueError):  # of an encoding that does not exist
        raise _Refused("le fichier du logo n’est pas un SVG lisible") from None
    if root.tag != f"{_SVG}svg":
        raise _Refused("le fichier du logo n’est pas un SVG")
    if len(root.get("viewBox", "").split()) != 4 and not (
        _is_number(root.get("width")) and _is_number(root.get("height"))
    ):
        raise _Refused("le logo n’a pas de taille (viewBox)")
    drawing = _known_part(root)
    _check_references(drawing)
    return ET.tostring(drawing, encoding="unicode")


def _known_part(element: ET.Element) -> ET.Element:
    """The element with what is known of its attributes and children; raises _Refused."""
    name = element.tag.removeprefix(_SVG)
    if name not in _ELEMENTS:
        shown = name.rpartition("}")[2]
        raise _Refused(f"le logo contient « {shown} » : il ne serait pas le même partout")
    made = ET.Element(element.tag, dict(_known_attributes(element)))
    if name in ("title", "desc"):
        made.text = element.text
    made.extend([_known_part(child) for child in element if not _is_of_an_editor(child.tag)])
    return made


def _known_attributes(element: ET.Element) -> Iterator[tuple[str, str]]:
    # A style goes before an attribute: it comes last.
    for name, value in sorted(element.items(), key=lambda pair: pair[0] == "style"):
        if _is_of_an_editor(name) or _IGNORED_PATTERN.fullmatch(name):
            continue
        if name in ("href", _XLINK_HREF):
            if not _LOCAL_ADDRESS_PATTERN.fullmatch(value):
                raise _Refused("le logo contient un programme ou une adresse (href)")
            yield name, value
        elif name == "style":
            yield from _properties(value)
        elif name in _ATTRIBUTES:
            yield name, _known_value(name, value)
        else:
            shown = name.rpartition("}")[2]
            raise _Refused(f"le logo contient l’attribut « {shown} », qui n’est pas d’une forme")


def _properties(style: str) -> Iterator[tuple[str, str]]:
    """The attributes that say the same as a « style »: they are then checked alike."""
    for declaration in filter(None, map(str.strip, style.split(";"))):
        name, _, value = declaration.partition(":")
        name, value = name.strip(), value.replace("!important", "").strip()
        if name in _PROPERTIES:
            yield name, _known_value(name, value)
        elif not _IGNORED_PATTERN.fullmatch(name):
            raise _Refused(f"le logo contient le style « {name} », qui n’est pas d’une forme")


def _known_value(name: str, value: str) -> str:
    pattern = _NAME_PATTERN if name == "id" else _VALUE_PATTERN
    if not pattern.fullmatch(_REFERENCE_PATTERN.sub("", value)):
        raise _Refused(f"l’attribut « {name} » du logo contient un programme ou une adresse")
    return value


def _is_of_an_editor(name: str) -> bool:
    """What Inkscape, or a catalogue of pictures, keeps in a file without drawing it."""
    return name.startswith(_EDITORS) or name == f"{_SVG}metadata"


def _check_references(root: ET.Element) -> None:
    """Each element drawn again by « use » or a mask counts again: ten levels of ten uses would be
    ten thousand million shapes."""
    by_id = {found: element for element in root.iter() if (found := element.get("id"))}
    counts: dict[str, int] = {}

    def count(element: ET.Element, above: tuple[str, ...]) -> int:
        total = 1 + sum(count(child, above) for child in element)
        for name in _references(element):
            if name in above:
                raise _Refused("le logo contient une forme qui se contient elle-même (use)")
            if name in by_id and name not in counts:
                counts[name] = count(by_id[name], (*above, name))
            total += counts.get(name, 0)
        if total > MAX_LOGO_ELEMENTS or len(above) > MAX_LOGO_DEPTH:
            raise _Refused(_TOO_COMPLEX)
        return total

    count(root, ())


def _references(element: ET.Element) -> Iterator[str]:
    for name, value in element.items():
        if name in ("href", _XLINK_HREF):
            yield value[1:]
        else:
            yield from _REFERENCE_PATTERN.findall(value)


def _is_number(text: str | None) -> bool:
    return bool(text) and str(text).replace(".", "", 1).isdecimal()


def _problem(base: Path, name: str, message: str) -> Problem:
    _, lines, _ = read_yaml(base / _CONFIG, _CONFIG)
    return Problem(
        _CONFIG, message, _CURE, line=lines.get(("brand", "logo")), where="brand.logo", value=name
    )
