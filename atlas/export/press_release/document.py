"""A publication as a press release, ready to be edited in Word."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable

from docx.document import Document
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from atlas.export.captions_file import FICTITIOUS, remarks, table_caption
from atlas.export.press_release.elements import add_link, add_table, describe, fit_picture
from atlas.export.press_release.template import (
    open_document,
    page_size,
    replace_logos,
    replace_texts,
)
from atlas.export.reproducible_zip import with_fixed_dates
from atlas.figures.common.figure import Figure
from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.french import in_brackets, keep_with_punctuation, row_texts
from atlas.incoming_text import without_forbidden_characters
from atlas.publications.publication import Publication, Section
from atlas.settings import Brand, Milestone, OfficeTemplate
from atlas.settings import office_templates as styles
from atlas.values import Table

_BOLD = re.compile(r"\*\*(.+?)\*\*")
LANGUAGE = "fr-FR"


def press_release(
    publication: Publication,
    *,
    brand: Brand,
    template: OfficeTemplate,
    picture: Callable[[Figure], bytes],
    logo: bytes | None,
    embargo: str,
    date: dt.date,
) -> bytes:
    """The bytes of a DOCX: styles of Word, pictures with their captions as text.

    template: the file that holds its pages and styles; picture: the drawing of a figure with its
    legend, as PNG, without title and caption; logo: PNG or JPEG; embargo: as it must be read,
    empty for none; date: written in the file. Raises ExportError when the template was refused.
    """
    publication = without_forbidden_characters(publication)
    document = open_document(template, brand)
    replace_logos(document, logo, brand.name)
    replace_texts(
        document,
        {
            styles.PUBLISHER: brand.name,
            styles.RESERVE: FICTITIOUS if publication.fictitious else "",
            styles.EMBARGO_REMINDER: embargo,
        },
    )
    _add_opening(document, publication, embargo)
    for section in publication.sections:
        _add_section(document, section, picture)
    _add_sources(document, publication.sources)
    _add_definitions(document, publication.definitions)
    _set_properties(document, publication, brand, date)
    stream = io.BytesIO()
    document.save(stream)
    return with_fixed_dates(stream.getvalue(), date)


def _add_opening(document: Document, publication: Publication, embargo: str) -> None:
    _add_paragraph(document, "Communiqué de presse", styles.KICKER)
    if publication.fictitious:
        _add_paragraph(document, FICTITIOUS, styles.WARNING)
    _add_paragraph(document, embargo, styles.NOTICE)
    _add_paragraph(document, publication.title, "Title")
    _add_paragraph(document, f"{publication.place}, {publication.period}", "Subtitle")
    _add_paragraph(document, publication.introduction, styles.LEAD)


def _add_section(document: Document, section: Section, picture: Callable[[Figure], bytes]) -> None:
    _add_paragraph(document, section.title, "Heading 1")
    _add_text(document, section.text)
    for card in section.cards:
        _add_key_figure(document, card)
    for milestone in section.milestones:
        _add_milestone(document, milestone)
    if section.table is not None:
        add_table(document, section.table, section.title)
        for i, (name, text) in enumerate(table_caption(section)):
            _add_caption_line(document, name, text, first=i == 0)
    if section.figure:
        _add_figure(document, section.figure, picture(section.figure))
    if section.absent:
        _add_paragraph(
            document, f"Chiffres absents des données : {', '.join(section.absent)}.", styles.WARNING
        )


def _add_paragraph(document: Document, text: str, style: str) -> Paragraph | None:
    return document.add_paragraph(keep_with_punctuation(text), style) if text else None


def _add_text(document: Document, text: str) -> None:
    """Paragraphs apart by an empty line, lists begun by a dash, **bold** words."""
    for part in re.split(r"\n(?=- )|\n\s*\n", text.strip()):
        style = "List Bullet" if part.startswith("- ") else "Normal"
        if not part:
            continue
        said = document.add_paragraph(style=style)
        for i, words in enumerate(_BOLD.split(" ".join(part.removeprefix("- ").splitlines()))):
            said.add_run(keep_with_punctuation(words)).bold = bool(i % 2) or None


def _add_key_figure(document: Document, card: KeyFigure) -> None:
    """The sentence, its source, and under them what must be known of the figure."""
    said = document.add_paragraph(keep_with_punctuation(card.sentence), "List Bullet")
    if card.nation:
        said.add_run(keep_with_punctuation(f" {card.nation_line}."))
    said.add_run(
        keep_with_punctuation(f" {in_brackets(f'Source : {card.source}')}"), styles.FIGURE_SOURCE
    )
    strong = card.uncertain + bool(card.derived)
    for i, remark in enumerate(remarks(card, card.note_after_sentence)):
        said.add_run(
            keep_with_punctuation(f"\n{remark}"),
            styles.RESERVE if i < strong else styles.FIGURE_SOURCE,
        )
    if card.others:
        others = " ; ".join(card.others)
        said.add_run(keep_with_punctuation(f"\nAussi publié : {others}."), styles.FIGURE_SOURCE)


def _add_milestone(document: Document, milestone: Milestone) -> None:
    _add_paragraph(document, f"{milestone.year} : {milestone.title}", "Heading 2")
    for point in milestone.points:
        _add_paragraph(document, point, "List Bullet")


def _add_figure(document: Document, figure: Figure, drawn: bytes) -> None:
    _add_paragraph(document, figure.title, styles.FIGURE_TITLE)
    _add_paragraph(document, figure.subtitle, styles.FIGURE_SUBTITLE)
    for i, (piece, width) in enumerate(fit_picture(drawn, page_size(document))):
        run = document.add_paragraph(style=styles.FIGURE_DRAWING).add_run()
        run.add_picture(io.BytesIO(piece), width=width)
        alt = f"Suite. {figure.alt}" if i else figure.alt
        describe(run, alt, figure.file_stem, len(document.inline_shapes))
    lines = [*figure.caption, *([("", FICTITIOUS)] if figure.fictitious else [])]
    for i, (name, text) in enumerate(lines):
        said = _add_caption_line(document, name, text)
        said.paragraph_format.keep_with_next = i + 1 < len(lines)


def _add_caption_line(
    document: Document, name: str, text: str, *, first: bool = False
) -> Paragraph:
    said = document.add_paragraph(style="Caption")
    if first:
        said.paragraph_format.space_before = Mm(1.5)
    if name:
        said.add_run(keep_with_punctuation(f"{name} : ")).bold = True
        said.add_run(keep_with_punctuation(text))
    else:
        said.add_run(text, styles.RESERVE)
    return said


def _add_sources(document: Document, sources: Table) -> None:
    _add_paragraph(document, "Sources", "Heading 1")
    for row in row_texts(sources):
        said = document.add_paragraph(style=styles.ENTRY)
        said.add_run(keep_with_punctuation(f"{row['title']}. ")).bold = True
        said.add_run(
            keep_with_punctuation(
                f"{row['publisher']}, {row['published']}. Licence : {row['licence']}. "
            )
        )
        address = row["address"]
        if address.startswith(("https://", "http://")):
            add_link(said, address)
        else:
            said.add_run(keep_with_punctuation(f"{address}."))


def _add_definitions(document: Document, definitions: Table) -> None:
    _add_paragraph(document, "Définitions", "Heading 1")
    for row in row_texts(definitions):
        said = document.add_paragraph(style=styles.ENTRY)
        said.add_run(keep_with_punctuation(f"{row['indicator']} : ")).bold = True
        said.add_run(keep_with_punctuation(f"{row['definition']} Champ : {row['champ']}."))


def _set_properties(
    document: Document, publication: Publication, brand: Brand, date: dt.date
) -> None:
    properties = document.core_properties
    properties.title, properties.language = publication.title, LANGUAGE
    properties.author = properties.last_modified_by = brand.name
    properties.subject = f"{publication.place}, {publication.period}"
    properties.keywords = properties.comments = FICTITIOUS if publication.fictitious else ""
    properties.created = properties.modified = dt.datetime(date.year, date.month, date.day)
