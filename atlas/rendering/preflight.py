"""What is looked at before an image is handed over: its texts, their size and place, its marks."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from atlas.rendering import text_metrics
from atlas.rendering.page_svg import SVG, RenderRejected
from atlas.rendering.text_lines import Line, text_lines

MIN_FONT_SIZE_PT = 7.0
# Two texts overlap when they share more than this part of the smaller one.
MAX_OVERLAP_SHARE = 0.08
_TRANSFORM_STEP = re.compile(r"(translate|scale|rotate|matrix)\(([^)]*)\)")
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Text:
    """One line of text as it is drawn, with its box on the page, in points."""

    text: str
    size: float
    left: float
    top: float
    right: float
    bottom: float

    def shares(self, other: Text) -> float:
        """The part of the smaller of two boxes that the other covers."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.bottom, other.bottom) - max(self.top, other.top)
        if wide <= 0 or tall <= 0:
            return 0.0
        return wide * tall / min(self.area, other.area)

    @property
    def area(self) -> float:
        """In square points."""
        return (self.right - self.left) * (self.bottom - self.top)


def preflight(
    page: ET.Element, *, expected: list[str], marks: int, fills: dict[str, int] | None = None
) -> list[Text]:
    """The texts of a page that may be printed.

    expected: words that must be there, in this order of their parts; marks: how many named marks
    there are at least; fills: how many territories have each colour. Raises RenderRejected
    otherwise, with the reason in French.
    """
    texts = list(texts_of(page))
    width, height = (float(side) for side in page.attrib["viewBox"].split()[2:])
    drawn = sum(
        1
        for part in page.iter()
        if part.attrib.get("role") == "graphics-symbol" and part.attrib.get("aria-label")
    )
    if drawn < marks or not len(page.find(f"{{{SVG}}}g[@id='dessin']") or []):
        raise RenderRejected(
            f"{drawn} marques sont dessinées, {marks} attendues" if drawn else "le dessin est vide"
        )
    if fills and _colours(page) != fills:
        raise RenderRejected("les couleurs de la carte ne sont pas celles de sa légende")
    said = letters_of("".join(text.text for text in texts))
    for words in expected:
        if letters_of(words) not in said:
            raise RenderRejected(f"le texte « {words[:60]} » manque")
    for text in texts:
        if missing := text_metrics.missing_glyphs(text.text):
            raise RenderRejected(f"la police n’a pas le signe « {missing} »")
        if text.size < MIN_FONT_SIZE_PT - 0.02:
            raise RenderRejected(
                f"le texte « {text.text[:40]} » aurait {text.size:.1f} points, "
                f"moins de {MIN_FONT_SIZE_PT:.0f}".replace(".", ",")
            )
        if not (
            text.left > -1 and text.top > -1 and text.right < width + 1 and text.bottom < height + 1
        ):
            raise RenderRejected(f"le texte « {text.text[:40]} » sort de l’image")
    _no_overlap(texts)
    return texts


def _colours(page: ET.Element) -> dict[str, int]:
    """How many territories have each colour; one that is drawn twice counts once."""
    drawn = {
        part.attrib["aria-label"]: part.attrib.get("fill", "")
        for part in page.iter()
        if part.attrib.get("role") == "graphics-symbol" and part.attrib.get("aria-label")
    }
    return dict(Counter(drawn.values()))


def letters_of(text: str) -> str:
    """Without its spaces, which the ends of lines take away."""
    return "".join(text.split())


def _no_overlap(texts: list[Text]) -> None:
    ordered = sorted(texts, key=lambda text: text.top)
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.top >= one.bottom:
                break
            if one.shares(other) > MAX_OVERLAP_SHARE:
                raise RenderRejected(
                    f"les textes « {one.text[:30]} » et « {other.text[:30]} » se chevauchent"
                )


def texts_of(page: ET.Element) -> Iterator[Text]:
    """Every line of text of a page with its box; empty ones left out."""
    stack: list[tuple[ET.Element, Matrix]] = [(page, (1, 0, 0, 1, 0, 0))]
    while stack:
        part, outer = stack.pop()
        here = _compose_transforms(outer, part.attrib.get("transform", ""))
        if part.tag == f"{{{SVG}}}text":
            yield from (_measure(line, here) for line in text_lines(part))
        if part.tag != f"{{{SVG}}}defs":
            stack += [(child, here) for child in reversed(part)]


def _measure(line: Line, here: Matrix) -> Text:
    a, b, c, d, e, f = here
    corners = [
        (a * px + c * py + e, b * px + d * py + f)
        for px in (line.x, line.x + line.width)
        for py in (line.y - text_metrics.ABOVE * line.size, line.y + text_metrics.BELOW * line.size)
    ]
    across, down = zip(*corners, strict=True)
    return Text(
        line.text, line.size * math.hypot(c, d), min(across), min(down), max(across), max(down)
    )


def _compose_transforms(outer: Matrix, transform: str) -> Matrix:
    for name, listed in _TRANSFORM_STEP.findall(transform):
        numbers = [float(n) for n in re.split(r"[ ,]+", listed.strip())]
        outer = _product(outer, _matrix(name, numbers))
    return outer


def _matrix(name: str, n: list[float]) -> Matrix:
    if name == "translate":
        return (1, 0, 0, 1, n[0], n[1] if len(n) > 1 else 0)
    if name == "scale":
        return (n[0], 0, 0, n[-1], 0, 0)
    if name == "rotate":
        cos, sin = math.cos(math.radians(n[0])), math.sin(math.radians(n[0]))
        return (cos, sin, -sin, cos, 0, 0)
    return (n[0], n[1], n[2], n[3], n[4], n[5])


def _product(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[2] * n[1],
        m[1] * n[0] + m[3] * n[1],
        m[0] * n[2] + m[2] * n[3],
        m[1] * n[2] + m[3] * n[3],
        m[0] * n[4] + m[2] * n[5] + m[4],
        m[1] * n[4] + m[3] * n[5] + m[5],
    )
