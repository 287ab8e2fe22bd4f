"""The presentation that is being made: each slide with its title, foot and notes."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from atlas.export.slides.box import Box
from atlas.export.slides.slide import SlideBuilder
from atlas.export.slides.template import (
    Placeholder,
    measure_layouts,
    open_presentation,
    theme_font,
)
from atlas.export.slides.typesetting import (
    ALERT,
    MIN_POINTS,
    MUTED,
    PAPER,
    Line,
    lines_height,
    measure,
    sizes,
    write,
)
from atlas.publications.publication import Publication
from atlas.settings import Brand, OfficeTemplate
from atlas.settings.office_documents import layouts_by_name
from atlas.settings.office_templates import (
    AREA,
    BODY,
    CAPTION,
    COVER,
    FOOTER,
    KEY_FIGURES,
    MENTION,
    NUMBER,
    SECTION,
    SOURCE,
    SUBTITLE,
    TEXT,
    TITLE,
)

FICTITIOUS, BADGE = "Données fictives, sans valeur statistique", "Données fictives"
# Points between the title and the mention beside it; steps of the sizes that are tried for a title.
MENTION_GAP, TITLE_STEP = 16.0, 2.0
# The letters of a page of notes, as its master has them.
NOTES_POINTS = 12.0
_NOTES_NAMES = {
    PP_PLACEHOLDER.SLIDE_IMAGE: "Image de la diapositive",
    PP_PLACEHOLDER.BODY: "Commentaires",
    PP_PLACEHOLDER.SLIDE_NUMBER: "Numéro de page",
}


@dataclass(frozen=True)
class Surroundings:
    """The texts around what a slide shows, on which its place depends; empty where there is none.

    subtitle, source and alert: as of `add_content_slide`; caption: paragraphs.
    """

    subtitle: str
    source: str
    alert: str
    caption: tuple[Line, ...]


class PresentationBuilder:
    """The slides so far, and what each of them must say."""

    def __init__(
        self,
        publication: Publication,
        brand: Brand,
        template: OfficeTemplate,
        logo: bytes | None,
        embargo: str,
    ) -> None:
        self.publication, self.brand, self.logo, self.embargo = publication, brand, logo, embargo
        self.file = open_presentation(template, brand, logo)
        self.font = theme_font(self.file)
        self.placeholders = measure_layouts(self.file)
        self._layouts = layouts_by_name(self.file)

    def add_cover(self) -> SlideBuilder:
        """The first slide, empty."""
        slide = self.file.slides.add_slide(self._layouts[COVER])
        return SlideBuilder(slide, self.placeholders[COVER], self.placeholders[COVER][TITLE].box)

    def add_text_slide(self, title: str, lines: Sequence[Line]) -> None:
        """A slide of paragraphs."""
        self.add_slide(TEXT, title).fill(BODY, lines)

    def add_content_slide(
        self,
        title: str,
        *,
        layout: str,
        subtitle: str = "",
        source: str = "",
        alert: str = "",
        caption: Sequence[Line] = (),
        notes: Sequence[str] = (),
    ) -> SlideBuilder:
        """A slide for figures, key figures or tables.

        source: line at its foot; alert: a second one; caption: paragraphs beside or under what it
        shows; notes: lines of its page of notes.
        """
        builder = self.add_slide(layout, title)
        around = Surroundings(subtitle, source, alert, tuple(caption))
        builder.fill(
            SUBTITLE, self._subtitle(layout, subtitle), self._subtitle_box(layout, subtitle)
        )
        builder.fill(SOURCE, self._source(layout, around), self._source_box(layout, around))
        if CAPTION in builder.layout:
            builder.fill(CAPTION, caption, self._caption_box(layout, around))
        builder.remove(AREA)
        write_notes(builder.slide, notes)
        return replace(builder, area=self._area(layout, around))

    def add_notes(self, notes: Sequence[str]) -> None:
        """Say more in the page of notes of the last slide, before what it says."""
        slide = self.file.slides[-1]
        said = slide.notes_slide.notes_text_frame.text.split("\n") if slide.has_notes_slide else []
        write_notes(slide, [*notes, *said])

    def area(
        self,
        layout: str,
        *,
        subtitle: str = "",
        source: str = "",
        alert: str = "",
        caption: Sequence[Line] = (),
    ) -> Box:
        """The place of what a slide shows. It takes that of a subtitle and of a source that there
        are not, and leaves to long ones what they need."""
        return self._area(layout, Surroundings(subtitle, source, alert, tuple(caption)))

    def caption_place(self, layout: str, *, subtitle: str, source: str, alert: str) -> Placeholder:
        """The place of a caption, as high as it may be."""
        around = Surroundings(subtitle, source, alert, ())
        place = self.placeholders[layout][CAPTION]
        if self._is_below(layout, place):
            return place
        return replace(place, box=self._caption_box(layout, around))

    def is_caption_below(self, layout: str) -> bool:
        """True when a caption stands under what it is of, false beside it."""
        return self._is_below(layout, self.placeholders[layout][CAPTION])

    def fits_subtitle(self, text: str) -> bool:
        """True when a text can stand on one line under a title."""
        place = self.placeholders[KEY_FIGURES][SUBTITLE]
        return measure(text, max(MIN_POINTS, place.size - 2)) <= place.text_width

    @property
    def body(self) -> Placeholder:
        """The place of paragraphs on a slide of text."""
        return self.placeholders[TEXT][BODY]

    @property
    def mentions(self) -> list[str]:
        """What each slide must say: the embargo, and that the data are fictitious."""
        fictitious = FICTITIOUS if self.publication.fictitious else ""
        return [text for text in (self.embargo, fictitious) if text]

    def add_slide(self, layout: str, title: str) -> SlideBuilder:
        """A slide with its title, its foot and its mention."""
        slide = self.file.slides.add_slide(self._layouts[layout])
        places = self.placeholders[layout]
        builder = SlideBuilder(slide, places, places[TITLE].box)
        box, mention = places[TITLE].box, places[MENTION].box
        if self.publication.fictitious and box.overlaps(mention) and box.x < mention.x:
            box = Box(box.x, box.y, mention.x - box.x - MENTION_GAP, box.height)
        builder.fill_title(TITLE, title, box, TITLE_STEP, prefer_one_line=True)
        self._write_foot(builder, self._layouts[layout])
        builder.fill_fitted(MENTION, BADGE if self.publication.fictitious else "", bold=True)
        return builder

    def _subtitle(self, layout: str, text: str) -> list[Line]:
        """On one line where it can be, else on two."""
        place = self.placeholders[layout][SUBTITLE]
        ladder = sizes(place.size, MIN_POINTS)
        fitting = (size for size in ladder if measure(text, size) <= place.text_width)
        return [Line(text, next(fitting, min(place.size, MIN_POINTS)))] if text else []

    def _subtitle_box(self, layout: str, text: str) -> Box:
        """As high as its lines; of no height without a text."""
        place = self.placeholders[layout][SUBTITLE]
        tall = lines_height(self._subtitle(layout, text), place.text_width)
        height = max(place.box.height, tall) if text else 0.0
        return replace(place.box, height=height)

    def _source(self, layout: str, around: Surroundings) -> list[Line]:
        """« Source : » and its text, then what must be said of it; what is empty is left out."""
        size, source, alert = self.placeholders[layout][SOURCE].size, around.source, around.alert
        lines = [
            Line(source, size, lead="Source\u00a0: ") if source else None,
            Line(alert, size, bold=True, colour=ALERT) if alert else None,
        ]
        return [line for line in lines if line]

    def _source_box(self, layout: str, around: Surroundings) -> Box:
        """As high as its lines, ending where the layout says."""
        place = self.placeholders[layout][SOURCE]
        tall = lines_height(self._source(layout, around), place.text_width)
        return replace(place.box, y=place.box.bottom - tall, height=tall)

    def _area(self, layout: str, around: Surroundings) -> Box:
        """Between the subtitle and what stands under it."""
        places = self.placeholders[layout]
        box, below = places[AREA].box, places[SOURCE].box
        top, bottom = self._top(layout, box, around), box.bottom
        if below.y >= box.bottom:
            bottom -= self._source_box(layout, around).height - below.height
        if CAPTION in places and self._is_below(layout, places[CAPTION]):
            wanted, usual = self._caption_box(layout, around), places[CAPTION].box
            bottom -= wanted.height - usual.height
        return Box(box.x, top, box.width, bottom - top)

    def _top(self, layout: str, box: Box, around: Surroundings) -> float:
        above = self.placeholders[layout][SUBTITLE].box
        if above.bottom > box.y:
            return box.y
        return box.y + self._subtitle_box(layout, around.subtitle).height - above.height

    def _caption_box(self, layout: str, around: Surroundings) -> Box:
        """Beside what is shown, as high as it; or under it, as high as its lines."""
        place, below = self.placeholders[layout][CAPTION], self.placeholders[layout][SOURCE].box
        grown = self._source_box(layout, around).height - below.height
        if self._is_below(layout, place):
            tall = lines_height(around.caption, place.text_width)
            return replace(place.box, y=place.box.bottom - grown - tall, height=tall)
        top = self._top(layout, place.box, around)
        return Box(place.box.x, top, place.box.width, place.box.bottom - grown - top)

    def _is_below(self, layout: str, caption: Placeholder) -> bool:
        return caption.box.y >= self.placeholders[layout][AREA].box.bottom

    def _write_foot(self, builder: SlideBuilder, layout: Any) -> None:
        """The mentions first, then the title of the publication where there is room for it."""
        for shape in layout.placeholders:
            if shape.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
                builder.slide.shapes.clone_placeholder(shape)
                on_colour = layout.name == SECTION
                builder.fill(FOOTER, [self._foot_line(builder.layout[FOOTER], on_colour)])
            elif shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
                builder.slide.shapes.clone_placeholder(shape)
                self._write_number(builder.placeholder(NUMBER), shape)

    def _write_number(self, number: Any, of_layout: Any) -> None:
        """The field of the layout, which follows the slide when it moves."""
        number.name = NUMBER
        body = number.text_frame._txBody
        body.replace(body.p_lst[0], copy.deepcopy(of_layout.text_frame._txBody.p_lst[0]))
        for text in body.iter(qn("a:t")):
            if text.getparent().tag == qn("a:fld"):
                text.text = str(len(self.file.slides))

    def _foot_line(self, place: Placeholder, on_colour: bool) -> Line:
        said, title = " · ".join(self.mentions), self.publication.title
        both = " · ".join([*self.mentions, title])
        if measure(both, place.size, bold=True) > place.text_width:
            title = ""
        return Line(
            title,
            place.size,
            colour=PAPER if on_colour else MUTED,
            lead_colour=PAPER if on_colour else ALERT,
            lead=f"{said} · " if said and title else said,
        )


def write_notes(slide: Any, notes: Sequence[str]) -> None:
    """Fill the page of notes, when there is anything to say there."""
    if not notes:
        return
    page = slide.notes_slide
    for shape in page.placeholders:
        shape.name = _NOTES_NAMES.get(shape.placeholder_format.type, shape.name)
    write(page.notes_text_frame, [Line(text, NOTES_POINTS) for text in notes], default=NOTES_POINTS)
