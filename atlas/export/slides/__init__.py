"""A publication as slides: native charts, tables and key figures in the template of the brand."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter

from atlas.export.reproducible_zip import with_fixed_dates
from atlas.export.slides.cover import add_cover
from atlas.export.slides.figures import Picture, add_figure
from atlas.export.slides.key_figures import add_key_figures
from atlas.export.slides.presentation import FICTITIOUS, PresentationBuilder
from atlas.export.slides.tables import SMALL_SIZES, add_table
from atlas.export.slides.text_slides import add_text_slides, is_short
from atlas.export.slides.timeline import add_timeline
from atlas.incoming_text import without_forbidden_characters
from atlas.publications.publication import Publication, Section
from atlas.settings import Brand, Format, OfficeTemplate

__all__ = ["PICTURE", "slides"]
# The size at which a map is placed, so that its letters keep theirs.
PICTURE = Format(label="Carte d’une diapositive", width_mm=225, height_mm=123, text=11)
# Letters that a property of an office file may have.
MAX_PROPERTY_LENGTH = 255
# Counts that help to judge a source on screen and say nothing in a room.
_COLUMNS_LEFT_OUT = ("observations", "territories", "indicators")


def slides(
    publication: Publication,
    brand: Brand,
    *,
    template: OfficeTemplate,
    picture: Picture,
    logo: bytes | None,
    embargo: str,
    date: dt.date,
) -> bytes:
    """A PowerPoint file, 16:9: cover, a slide or more a section, sources and definitions.

    template: the file that holds its layouts; picture: draws a map as PNG, with its legend,
    without title and caption, at the size PICTURE; logo: PNG; embargo: the line that says until
    when, empty when there is none; date: of the edition. Raises ExportError when the template was
    refused.
    """
    publication = without_forbidden_characters(publication)
    presentation = PresentationBuilder(publication, brand, template, logo, embargo)
    add_cover(presentation, date)
    titles = Counter(figure.title for figure in publication.figures)
    for section in publication.sections:
        _add_section(presentation, section, picture, titles)
    if len(publication.sources):
        add_table(
            presentation,
            "Sources",
            publication.sources.without(*_COLUMNS_LEFT_OUT),
            sizes=SMALL_SIZES,
        )
    if len(publication.definitions):
        add_table(presentation, "Définitions", publication.definitions, sizes=SMALL_SIZES)
    _set_properties(presentation, date)
    stream = io.BytesIO()
    presentation.file.save(stream)
    return with_fixed_dates(stream.getvalue(), date)


def _add_section(
    presentation: PresentationBuilder, section: Section, picture: Picture, titles: Counter[str]
) -> None:
    """What a section has, in the order of the page; a short text goes under the title."""
    figure = section.figure
    title = section.title or (figure.title if figure else presentation.publication.title)
    alone = not (section.cards or section.milestones or section.table is not None)
    under = section.text if is_short(presentation, section.text) and not alone else ""
    if section.text and not under:
        add_text_slides(presentation, title, section.text)
    if section.cards:
        add_key_figures(presentation, title, section.cards, subtitle=under)
    if section.milestones:
        add_timeline(presentation, title, section.milestones, subtitle=under)
    if section.table is not None:
        add_table(presentation, title, section.table, subtitle=under, source=section.table_source)
    if figure:
        several = titles[figure.title] > 1 and figure.name
        add_figure(
            presentation,
            figure,
            picture,
            title=(f"{figure.title}\u00a0: {figure.name.lower()}" if several else figure.title),
        )
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
