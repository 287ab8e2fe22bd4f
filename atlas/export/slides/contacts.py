"""Whom the press may ask, and the paragraph about the service."""

from __future__ import annotations

from collections.abc import Sequence

from atlas.export.slides.box import Box
from atlas.export.slides.presentation import PresentationBuilder
from atlas.export.slides.slide import SlideBuilder, split_evenly
from atlas.export.slides.text_slides import add_text_slides
from atlas.export.slides.typesetting import (
    INK,
    MIN_POINTS,
    MUTED,
    PRIMARY,
    Line,
    fit_lines,
    sizes,
)
from atlas.settings import Contact
from atlas.settings.office_templates import AREA, BODY, CONTACTS

MAX_PER_SLIDE = 3
# Points: between two contacts, of the rule above each, from the rule to its texts; largest letters.
GAP, RULE_HEIGHT, RULE_GAP, LARGEST = 22.0, 2.5, 8.0, 24.0


def add_contacts(
    presentation: PresentationBuilder, contacts: Sequence[Contact], about: str
) -> None:
    """The contacts side by side over the paragraph; a slide of text where there is it alone."""
    heading = f"À propos de {presentation.brand.name}"
    if not contacts:
        if about:
            add_text_slides(presentation, heading, about)
        return
    count = -(-len(contacts) // MAX_PER_SLIDE)
    for number, run in enumerate(split_evenly(contacts, count), start=1):
        said = f"\u00a0({number}/{count})" if count > 1 else ""
        builder = presentation.add_slide(CONTACTS, f"Contacts presse{said}")
        place = builder.layout[BODY]
        lines = fit_lines(
            lambda size: [Line(heading, size, bold=True, colour=PRIMARY), Line(about, size)],
            sizes(place.size, MIN_POINTS),
            place.text_width,
            place.box.height,
        )
        builder.fill(BODY, (lines or []) if about else [])
        area = builder.layout[AREA].box
        if not about:
            area = Box(area.x, area.y, area.width, place.box.bottom - area.y)
        builder.remove(AREA)
        _draw(builder, run, area)


def _draw(builder: SlideBuilder, run: Sequence[Contact], area: Box) -> None:
    width = (area.width - GAP * (len(run) - 1)) / len(run)
    size = min(_size(contact, width, area.height) for contact in run)
    for place, contact in enumerate(run):
        box = Box(area.x + place * (width + GAP), area.y, width, area.height)
        builder.add_rule(Box(box.x, box.y, box.width, RULE_HEIGHT), PRIMARY)
        top = box.y + RULE_HEIGHT + RULE_GAP
        builder.add_text(
            f"Contact : {contact.organisation}",
            Box(box.x, top, box.width, box.bottom - top),
            _lines(contact, size),
        )


def _size(contact: Contact, width: float, tall: float) -> float:
    lines = fit_lines(
        lambda size: _lines(contact, size),
        sizes(LARGEST, MIN_POINTS),
        width,
        tall - RULE_HEIGHT - RULE_GAP,
    )
    return lines[0].size if lines else MIN_POINTS


def _lines(contact: Contact, size: float) -> list[Line]:
    said = (contact.name, contact.phone, contact.email)
    return [
        Line(contact.organisation, size, bold=True, colour=INK),
        *(
            Line(text, max(MIN_POINTS, size - 2), colour=INK if text == contact.name else MUTED)
            for text in said
            if text
        ),
    ]
