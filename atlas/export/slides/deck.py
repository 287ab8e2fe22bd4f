"""The presentation that is being made: each slide with its title, foot and notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml

from atlas.export.slides import layouts
from atlas.export.slides.layouts import Box
from atlas.export.slides.page import (
    SOURCE_SIZE,
    Page,
    fill,
    room,
    slot,
    source_box,
    source_lines,
    subtitle_box,
    subtitle_lines,
)
from atlas.export.slides.template import template
from atlas.export.slides.texts import ALERT, MUTED, PAPER, Line, fitted, measure, write
from atlas.publications.publication import Publication
from atlas.settings import Brand

FICTITIOUS, BADGE = "Données fictives, sans valeur statistique", "Données fictives"
BADGE_BOX = Box(790, 20, 130, 24)
TITLE_SIZES = (layouts.TITLE_SIZE, 24.0, 22.0, 20.0, 18.0, 16.0, 14.0, 12.0)


class Deck:
    """The slides so far, and what each of them must say."""

    def __init__(
        self, publication: Publication, brand: Brand, logo: bytes | None, embargo: str
    ) -> None:
        self.publication, self.brand, self.logo, self.embargo = publication, brand, logo, embargo
        self.file = template(brand, logo)

    def add(self, layout: str, title: str) -> Page:
        """A slide of a layout, with its title, its foot and what it must say of its data."""
        chosen = self.file.slide_layouts.get_by_name(layout)
        slide = self.file.slides.add_slide(chosen)
        page = Page(slide, layouts.BODY_BOX)
        slide.shapes.title.name = "Titre"
        if layout != layouts.COVER:
            self._head(slide, title)
            self._foot(slide, chosen)
            if self.publication.fictitious:
                page.text(
                    "Mention",
                    BADGE_BOX,
                    [Line(BADGE, 13, bold=True, colour=PAPER)],
                    fill=ALERT,
                    inset=3,
                    middle=True,
                )
        return page

    def content(
        self,
        title: str,
        *,
        subtitle: str = "",
        source: str = "",
        alert: str = "",
        notes: Sequence[str] = (),
    ) -> Page:
        """A slide for figures, cards or tables. source: line at its foot; alert: a second one."""
        slide = self.add(layouts.CONTENT, title).slide
        fill(
            slot(slide, layouts.SUBTITLE),
            "Sous-titre",
            subtitle_box(subtitle),
            subtitle_lines(subtitle),
            default=layouts.SUBTITLE_SIZE,
        )
        fill(
            slot(slide, layouts.SOURCE),
            "Source",
            source_box(source, alert),
            source_lines(source, alert),
            default=SOURCE_SIZE,
        )
        annotate(slide, notes)
        return Page(slide, room(subtitle, source=source, alert=alert))

    def _head(self, slide: Any, title: str) -> None:
        box = layouts.TITLE_BOX
        if self.publication.fictitious:
            box = Box(box.x, box.y, BADGE_BOX.x - box.x - 16, box.height)
            shape = slide.shapes.title
            shape.left, shape.top, shape.width, shape.height = box.emu
        on_one = [size for size in TITLE_SIZES[:3] if measure(title, size, bold=True) <= box.width]
        write_title(slide, title, on_one or TITLE_SIZES, box, default=layouts.TITLE_SIZE)

    def _foot(self, slide: Any, layout: Any) -> None:
        """The mentions first, then the title of the publication where there is room for it."""
        for kept in layout.placeholders:
            if kept.placeholder_format.type in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
                slide.shapes.clone_placeholder(kept)
        foot, number = slot(slide, layouts.FOOTER), slot(slide, layouts.NUMBER)
        foot.name, number.name = "Pied de page", "Numéro de diapositive"
        write(foot.text_frame, [self._foot_line()], default=layouts.FOOT_SIZE)
        number.text_frame.paragraphs[0]._p.append(
            parse_xml(layouts.number_field(str(len(self.file.slides))))
        )

    def _foot_line(self) -> Line:
        said, title = " · ".join(self.mentions), self.publication.title
        both = " · ".join([*self.mentions, title])
        if measure(both, layouts.FOOT_SIZE, bold=True) > layouts.FOOTER_BOX.width:
            title = ""
        return Line(
            title,
            layouts.FOOT_SIZE,
            colour=MUTED,
            lead_colour=ALERT,
            lead=f"{said} · " if said and title else said,
        )

    @property
    def mentions(self) -> list[str]:
        """What each slide must say: the embargo, and that the data are fictitious."""
        fictitious = FICTITIOUS if self.publication.fictitious else ""
        return [text for text in (self.embargo, fictitious) if text]


def write_title(
    slide: Any, title: str, sizes: Sequence[float], box: Box, *, default: float
) -> None:
    """Fill the title at the first size at which it fits its box."""
    lines = fitted(lambda size: [Line(title, size, bold=True)], sizes, box.width, box.height)
    size = lines[0].size if lines else sizes[-1]
    write(slide.shapes.title.text_frame, [Line(title, size)], default=default)


def annotate(slide: Any, notes: Sequence[str]) -> None:
    """Write the page of notes."""
    if not notes:
        return
    page = slide.notes_slide
    names = {
        "SLIDE_IMAGE": "Image de la diapositive",
        "BODY": "Commentaires",
        "SLIDE_NUMBER": "Numéro de page",
    }
    for shape in page.placeholders:
        shape.name = names[shape.element.ph_type.name]
    write(page.notes_text_frame, [Line(text, 12) for text in notes], default=12)
