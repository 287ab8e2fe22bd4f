"""A slide, and the place that its head and its foot leave on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from atlas.export.slides import layouts
from atlas.export.slides.layouts import Box
from atlas.export.slides.texts import ALERT, Line, boxed, height, measure, paint, write

Item = TypeVar("Item")
SUBTITLE_SIZES = (layouts.SUBTITLE_SIZE, 14.0, 13.0, 12.0, 11.0, 10.0)
SOURCE_SIZE = 10.5


@dataclass(frozen=True)
class Page:
    """A slide and the place that its head and its foot leave."""

    slide: Any
    box: Box

    def text(
        self,
        name: str,
        box: Box,
        lines: Sequence[Line],
        *,
        fill: str = "",
        inset: float = 0,
        middle: bool = False,
    ) -> Any:
        """A box of text, on a colour or on none."""
        shape = self.slide.shapes.add_textbox(*box.emu)
        shape.name = name
        if fill:
            shape.fill.solid()
            paint(shape.fill.fore_color, fill)
        write(boxed(shape.text_frame, inset=inset, middle=middle), lines)
        return shape

    def area(self, box: Box, fill: str) -> None:
        """A plain area of a colour, which screen readers pass over."""
        shape = self.text("Filet", box, [], fill=fill)
        shape._element.xpath(".//p:cNvPr")[0].append(
            parse_xml(
                f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
                '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/'
                'decorative" val="1"/></a:ext></a:extLst>'
            )
        )

    def describe(self, shape: Any, name: str, alt: str) -> None:
        """Name a shape, and say to a screen reader what it shows."""
        shape.name = name
        shape._element.xpath(".//p:cNvPr")[0].set("descr", alt)


def room(subtitle: str = "", *, source: str = "", alert: str = "") -> Box:
    """The place between the head and the foot of a slide that says this."""
    above, below = subtitle_box(subtitle), source_box(source, alert)
    top = above.y + above.height + 10
    return Box(below.x, top, below.width, below.y - 8 - top)


def subtitle_lines(text: str) -> list[Line]:
    """On one line where it can be, else on two."""
    width = layouts.SUBTITLE_BOX.width
    size = next((size for size in SUBTITLE_SIZES if measure(text, size) <= width), 12.0)
    return [Line(text, size)] if text else []


def subtitle_box(text: str) -> Box:
    """Under the title, as high as its lines; of no height without a text."""
    box = layouts.SUBTITLE_BOX
    if not text:
        return Box(box.x, box.y, box.width, 0)
    return Box(box.x, box.y, box.width, max(box.height, height(subtitle_lines(text), box.width)))


def source_lines(source: str, alert: str) -> list[Line]:
    """« Source : » and its text, then what must be said of it; what is empty is left out."""
    lines = [
        Line(source, SOURCE_SIZE, lead="Source\u00a0: ") if source else None,
        Line(alert, SOURCE_SIZE, bold=True, colour=ALERT) if alert else None,
    ]
    return [line for line in lines if line]


def source_box(source: str, alert: str) -> Box:
    """At the foot, as high as its lines."""
    box = layouts.SOURCE_BOX
    tall = height(source_lines(source, alert), box.width)
    return Box(box.x, box.y + box.height - tall, box.width, tall)


def fill(shape: Any, name: str, box: Box, lines: Sequence[Line], *, default: float) -> None:
    """Put lines and a box in a placeholder, or take it off its slide when there are none."""
    if not lines:
        shape._element.getparent().remove(shape._element)
        return
    shape.name = name
    if (shape.left, shape.top, shape.width, shape.height) != box.emu:
        shape.left, shape.top, shape.width, shape.height = box.emu
    write(shape.text_frame, lines, default=default)


def slot(slide: Any, idx: int) -> Any:
    """The placeholder of a slide that has this number."""
    return next(found for found in slide.placeholders if found.placeholder_format.idx == idx)


def numbered(title: str, number: int, pages: int) -> str:
    """« Titre (1/3) » when there are several."""
    return title if pages == 1 else f"{title}\u00a0({number}/{pages})"


def parts(items: Sequence[Item], count: int) -> list[Sequence[Item]]:
    """The items in so many runs of nearly the same length, the longest first."""
    edges = [math.ceil(len(items) * i / count) for i in range(count + 1)]
    return [items[start:end] for start, end in zip(edges, edges[1:], strict=False)]
