"""A publication as slides: native charts, tables and key figures in the template of the brand."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from dataclasses import replace
from itertools import zip_longest

from atlas.export.reproducible_zip import with_fixed_dates
from atlas.export.slides.annex import add_annex
from atlas.export.slides.contacts import add_contacts
from atlas.export.slides.cover import add_cover
from atlas.export.slides.figures import Drawer, add_figure
from atlas.export.slides.key_figures import add_key_figures
from atlas.export.slides.one_page import add_one_page
from atlas.export.slides.presentation import FICTITIOUS, PresentationBuilder
from atlas.export.slides.quotations import add_quotation
from atlas.export.slides.tables import add_table
from atlas.export.slides.text_slides import (
    add_section_slide,
    add_text_slides,
    is_brief,
    is_short,
)
from atlas.export.slides.timeline import add_timeline
from atlas.incoming_text import without_forbidden_characters
from atlas.publications.publication import Publication, Section
from atlas.settings import Brand, OfficeTemplate

__all__ = ["slides"]
# Letters that a property of an office file may have.
MAX_PROPERTY_LENGTH = 255
OPENING_TITLE = "L’essentiel"
# Letters of a text that opens a part; a longer one is a slide of text.
MAX_PART_LETTERS = 300


def slides(
    publication: Publication,
    brand: Brand,
    *,
    template: OfficeTemplate,
    drawing: Drawer,
    logo: bytes | None,
    embargo: str,
    date: dt.date,
) -> bytes:
    """A PowerPoint file, 16:9: cover, a slide or more a section, sources and definitions.

    template: the file that holds its layouts; drawing: of a map at a size, as SVG, with its
    legend, without title and caption; logo: PNG; embargo: the line that says until
    when, empty when there is none; date: of the edition. Raises ExportError when the template was
    refused.
    """
    publication = without_forbidden_characters(publication)
    presentation = PresentationBuilder(publication, brand, template, logo, embargo)
    add_cover(presentation, date)
    _add_opening(presentation)
    titles = Counter(figure.title for figure in publication.figures)
    sections = zip_longest(publication.sections, publication.sections[1:])
    for section, following in sections:
        if _add_on_one_slide(presentation, section, following):
            next(sections)
        else:
            _add_section(presentation, section, drawing, titles)
    if publication.press:
        for quote in publication.press.quotes:
            add_quotation(presentation, quote)
    add_annex(presentation)
    if publication.press:
        add_contacts(presentation, publication.press.contacts, publication.press.about)
    _set_properties(presentation, date)
    stream = io.BytesIO()
    presentation.file.save(stream)
    return with_fixed_dates(stream.getvalue(), date)


def _add_opening(presentation: PresentationBuilder) -> None:
    """What its publisher says first, where it is written: nothing is made up for a room."""
    press = presentation.publication.press
    if press and (press.headline or press.lead):
        title = press.headline or OPENING_TITLE
        if not add_section_slide(presentation, title, press.lead):
            add_text_slides(presentation, title, press.lead)


def _add_on_one_slide(
    presentation: PresentationBuilder, section: Section, following: Section | None
) -> bool:
    """Key figures with the table that follows them, where their document prints one page."""
    if not section.is_page_with_next or following is None or following.table is None:
        return False
    return add_one_page(
        presentation,
        section.title or presentation.publication.title,
        section.cards,
        following.table,
        following.title,
        section.text if is_short(presentation, section.text) else "",
    )


def _add_section(
    presentation: PresentationBuilder, section: Section, drawing: Drawer, titles: Counter[str]
) -> None:
    """What a section has, in the order of the page; a short text goes under the title."""
    figure = section.figure
    title = section.title or (figure.title if figure else presentation.publication.title)
    alone = not (section.cards or section.milestones or section.table is not None or figure)
    beside = section.text if figure and is_brief(section.text) else ""
    under = section.text if is_short(presentation, section.text) and not alone else ""
    if section.text and not (beside or under):
        is_part = alone and section.title and len(section.text) <= MAX_PART_LETTERS
        if not (is_part and add_section_slide(presentation, title, section.text)):
            add_text_slides(presentation, title, section.text)
    if section.cards:
        add_key_figures(presentation, title, section.cards, subtitle=under)
    if section.milestones:
        add_timeline(presentation, title, section.milestones, subtitle=under)
    if section.table is not None:
        add_table(presentation, title, section.table, subtitle=under, source=section.table_source)
    if figure:
        several = titles[figure.title] > 1 and figure.name
        named = f"{figure.title}\u00a0: {figure.name.lower()}" if several else figure.title
        figure = replace(figure, title=named)
        add_figure(presentation, figure, drawing, title=section.title, text=beside)
    if section.absent:
        add_text_slides(
            presentation, title, f"Absent des données\u00a0: {', '.join(section.absent)}."
        )
    if section.notes:
        presentation.add_notes(section.notes)


def _set_properties(presentation: PresentationBuilder, date: dt.date) -> None:
    """What file managers and screen readers say of the file; no time of its making."""
    publication, kept = presentation.publication, presentation.file.core_properties
    kept.title, kept.subject = (
        publication.title[:MAX_PROPERTY_LENGTH],
        publication.place[:MAX_PROPERTY_LENGTH],
    )
    kept.author = kept.last_modified_by = presentation.brand.name[:MAX_PROPERTY_LENGTH]
    kept.keywords = FICTITIOUS if publication.fictitious else ""
    kept.comments = f"Version des données\u00a0: {publication.version}"
    kept.language, kept.revision, kept.category = "fr-FR", 1, ""
    kept.created = kept.modified = dt.datetime.combine(date, dt.time())
