"""A publication as a press release, ready to be edited in Word."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable

import pandas as pd
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
from atlas.french import keep_with_punctuation
from atlas.publications.publication import Publication, Section
from atlas.settings import Brand, Milestone, OfficeTemplate
from atlas.settings import office_templates as styles

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
    _opening(document, publication, embargo)
    for section in publication.sections:
        _section(document, section, picture)
    _sources(document, publication.sources)
    _definitions(document, publication.definitions)
    _properties(document, publication, brand, date)
    stream = io.BytesIO()
    document.save(stream)
    return with_fixed_dates(stream.getvalue(), date)


def _opening(document: Document, publication: Publication, embargo: str) -> None:
    _say(document, "Communiqué de presse", styles.KICKER)
    if publication.fictitious:
        _say(document, FICTITIOUS, styles.WARNING)
    _say(document, embargo, styles.NOTICE)
    _say(document, publication.title, "Title")
    _say(document, f"{publication.place}, {publication.period}", "Subtitle")
    _say(document, publication.introduction, styles.LEAD)


def _section(document: Document, section: Section, picture: Callable[[Figure], bytes]) -> None:
    _say(document, section.title, "Heading 1")
    _prose(document, section.text)
    for card in section.cards:
        _key_figure(document, card)
    for milestone in section.milestones:
        _milestone(document, milestone)
    if section.table is not None:
        add_table(document, section.table, section.title)
        for i, (name, text) in enumerate(table_caption(section)):
            _caption(document, name, text, first=i == 0)
    if section.figure:
        _figure(document, section.figure, picture(section.figure))
    if section.absent:
        _say(
            document, f"Chiffres absents des données : {', '.join(section.absent)}.", styles.WARNING
        )


def _say(document: Document, text: str, style: str) -> Paragraph | None:
    return document.add_paragraph(keep_with_punctuation(text), style) if text else None


def _prose(document: Document, text: str) -> None:
    """Paragraphs apart by an empty line, lists begun by a dash, **bold** words."""
    for part in re.split(r"\n(?=- )|\n\s*\n", text.strip()):
        style = "List Bullet" if part.startswith("- ") else "Normal"
        if not part:
            continue
        said = document.add_paragraph(style=style)
        for i, words in enumerate(_BOLD.split(" ".join(part.removeprefix("- ").splitlines()))):
            said.add_run(keep_with_punctuation(words)).bold = bool(i % 2) or None


def _key_figure(document: Document, card: KeyFigure) -> None:
    """The sentence, its source, and under them what must be known of the figure."""
    said = document.add_paragraph(keep_with_punctuation(card.sentence), "List Bullet")
    if card.nation:
        said.add_run(keep_with_punctuation(f" {card.nation}."))
    said.add_run(keep_with_punctuation(f" (Source : {card.source})"), styles.FIGURE_SOURCE)
    strong = card.uncertain + bool(card.derived)
    for i, remark in enumerate(remarks(card)):
        said.add_run(
            keep_with_punctuation(f"\n{remark}"),
            styles.RESERVE if i < strong else styles.FIGURE_SOURCE,
        )
    if card.others:
        others = " ; ".join(card.others)
        said.add_run(keep_with_punctuation(f"\nAussi publié : {others}."), styles.FIGURE_SOURCE)


def _milestone(document: Document, milestone: Milestone) -> None:
    _say(document, f"{milestone.year} : {milestone.title}", "Heading 2")
    for point in milestone.points:
        _say(document, point, "List Bullet")


def _figure(document: Document, figure: Figure, drawn: bytes) -> None:
    _say(document, figure.title, styles.FIGURE_TITLE)
    _say(document, figure.subtitle, styles.FIGURE_SUBTITLE)
    for i, (piece, width) in enumerate(fit_picture(drawn, page_size(document))):
        run = document.add_paragraph(style=styles.FIGURE_DRAWING).add_run()
        run.add_picture(io.BytesIO(piece), width=width)
        alt = f"Suite. {figure.alt}" if i else figure.alt
        describe(run, alt, figure.file_stem, len(document.inline_shapes))
    lines = [*figure.caption, *([("", FICTITIOUS)] if figure.fictitious else [])]
    for i, (name, text) in enumerate(lines):
        said = _caption(document, name, text)
        said.paragraph_format.keep_with_next = i + 1 < len(lines)


def _caption(document: Document, name: str, text: str, *, first: bool = False) -> Paragraph:
    said = document.add_paragraph(style="Caption")
    if first:
        said.paragraph_format.space_before = Mm(1.5)
    if name:
        said.add_run(keep_with_punctuation(f"{name} : ")).bold = True
        said.add_run(keep_with_punctuation(text))
    else:
        said.add_run(text, styles.RESERVE)
    return said


def _sources(document: Document, sources: pd.DataFrame) -> None:
    _say(document, "Sources", "Heading 1")
    for row in sources.to_dict("records"):
        said = document.add_paragraph(style=styles.ENTRY)
        said.add_run(keep_with_punctuation(f"{row['Titre']}. ")).bold = True
        said.add_run(
            keep_with_punctuation(
                f"{row['Éditeur']}, {row['Publié']}. Licence : {row['Licence']}. "
            )
        )
        address = row["Adresse ou fichier"]
        if address.startswith(("https://", "http://")):
            add_link(said, address)
        else:
            said.add_run(keep_with_punctuation(f"{address}."))


def _definitions(document: Document, definitions: pd.DataFrame) -> None:
    _say(document, "Définitions", "Heading 1")
    for row in definitions.to_dict("records"):
        said = document.add_paragraph(style=styles.ENTRY)
        said.add_run(keep_with_punctuation(f"{row['Indicateur']} : ")).bold = True
        said.add_run(keep_with_punctuation(f"{row['Définition']} Champ : {row['Champ']}."))


def _properties(document: Document, publication: Publication, brand: Brand, date: dt.date) -> None:
    properties = document.core_properties
    properties.title, properties.language = publication.title, LANGUAGE
    properties.author = properties.last_modified_by = brand.name
    properties.subject = f"{publication.place}, {publication.period}"
    properties.keywords = properties.comments = FICTITIOUS if publication.fictitious else ""
    properties.created = properties.modified = dt.datetime(date.year, date.month, date.day)
