"""One slide: its placeholders filled or taken off, texts and areas added."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls

from atlas.export.slides.box import Box
from atlas.export.slides.template import Placeholder
from atlas.export.slides.typesetting import (
    MIN_POINTS,
    Line,
    fit_lines,
    paint,
    prepare_frame,
    sizes,
    write,
)

Item = TypeVar("Item")


@dataclass(frozen=True)
class SlideBuilder:
    """A slide being made.

    layout: the placeholders of its layout; area: what is left for a chart, a table or texts.
    """

    slide: Any
    layout: Mapping[str, Placeholder]
    area: Box

    def fill(self, name: str, lines: Sequence[Line], box: Box | None = None) -> Any:
        """Write in a placeholder, moved to a box when one is given. Without any line it is taken
        off the slide."""
        shape = self.placeholder(name)
        if not lines:
            shape._element.getparent().remove(shape._element)
            return None
        shape.name = name
        if box is not None and box != self.layout[name].box:
            shape.left, shape.top, shape.width, shape.height = box.emu
        write(shape.text_frame, lines, default=self.layout[name].size)
        return shape

    def fill_fitted(self, name: str, text: str, *, bold: bool, least: float = MIN_POINTS) -> None:
        """Write a text at the largest size at which it fits the placeholder of its layout."""
        if name not in self.layout:
            return
        place = self.layout[name]
        lines = fit_lines(
            lambda size: [Line(text, size, bold=bold)] if text else [],
            sizes(place.size, least),
            place.text_width,
            place.box.height,
        )
        size = lines[0].size if lines else least
        self.fill(name, [Line(text, size)] if text else [])

    def fill_title(
        self, name: str, text: str, box: Box, step: float, *, prefer_one_line: bool
    ) -> None:
        """Write the title at the largest size at which it fits a box.

        step: between the sizes to try; prefer_one_line: with two steps less if that is enough.
        """
        ladder = sizes(self.layout[name].size, MIN_POINTS, step)
        one_line = [size for size in ladder[:3] if Line(text, size, bold=True).width <= box.width]
        lines = fit_lines(
            lambda size: [Line(text, size, bold=True)],
            (prefer_one_line and one_line) or ladder,
            box.width,
            box.height,
        )
        size = lines[0].size if lines else ladder[-1]
        self.fill(name, [Line(text, size)], box)

    def remove(self, *names: str) -> None:
        """Take placeholders off the slide: what they show the place of is drawn there."""
        for name in names:
            if name in self.layout:
                self.fill(name, [])

    def placeholder(self, name: str) -> Any:
        """The placeholder of this slide that has a name in its layout."""
        index = self.layout[name].index
        return next(
            shape for shape in self.slide.placeholders if shape.placeholder_format.idx == index
        )

    def add_text(
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
        write(prepare_frame(shape.text_frame, inset=inset, middle=middle), lines)
        return shape

    def add_rule(self, box: Box, fill: str) -> None:
        """A plain area of a colour, which screen readers pass over."""
        mark_decorative(self.add_text("Filet", box, [], fill=fill))

    def describe(self, shape: Any, name: str, alt: str) -> None:
        """Name a shape, and say to a screen reader what it shows."""
        shape.name = name
        shape._element.xpath(".//p:cNvPr")[0].set("descr", alt)


def mark_decorative(shape: Any) -> None:
    """Let screen readers pass over a shape."""
    shape._element.xpath(".//p:cNvPr")[0].append(
        parse_xml(
            f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
            '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/'
            'decorative" val="1"/></a:ext></a:extLst>'
        )
    )


def numbered_title(title: str, number: int, slides: int) -> str:
    """« Titre (1/3) » when there are several."""
    return title if slides == 1 else f"{title}\u00a0({number}/{slides})"


def split_evenly(items: Sequence[Item], count: int) -> list[Sequence[Item]]:
    """The items in so many runs of nearly the same length, the longest first."""
    edges = [math.ceil(len(items) * i / count) for i in range(count + 1)]
    return [items[start:end] for start, end in zip(edges, edges[1:], strict=False)]
