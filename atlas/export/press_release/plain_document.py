"""A publication as a plain Word document: each section with its figure and its whole caption."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from atlas.export.captions_file import FICTITIOUS
from atlas.export.press_release.parts import (
    add_document_line,
    add_figure,
    add_paragraph,
    add_text,
    document_bytes,
)
from atlas.export.press_release.template import open_document, replace_logos, replace_texts
from atlas.figures.common.figure import Figure
from atlas.french import keep_with_punctuation, row_texts
from atlas.incoming_text import without_forbidden_characters
from atlas.publications.publication import Publication
from atlas.settings import Brand, OfficeTemplate
from atlas.settings import office_templates as styles


def plain_document(
    publication: Publication,
    *,
    brand: Brand,
    template: OfficeTemplate,
    picture: Callable[[Figure], bytes],
    logo: bytes | None,
    date: dt.date,
) -> bytes:
    """The bytes of a DOCX of what is no press release, the notebook of a meeting. Arguments and
    errors as `press_release`."""
    publication = without_forbidden_characters(publication)
    document = open_document(template, brand)
    replace_logos(document, logo, brand.name)
    reserve = FICTITIOUS if publication.fictitious else ""
    replace_texts(
        document,
        {styles.PUBLISHER: brand.name, styles.RESERVE: reserve, styles.EMBARGO_REMINDER: ""},
    )
    add_paragraph(document, reserve, styles.WARNING)
    add_paragraph(document, publication.title, "Title")
    add_paragraph(document, f"{publication.place}, {publication.period}", "Subtitle")
    add_paragraph(document, publication.introduction, styles.LEAD)
    for section in publication.sections:
        add_paragraph(document, section.title, "Heading 1")
        add_text(document, section.text)
        if section.figure:
            add_figure(document, section.figure, picture, section.figure.caption)
    add_paragraph(document, "Sources", "Heading 1")
    for row in row_texts(publication.sources):
        add_document_line(document, row)
    add_paragraph(document, "Définitions", "Heading 1")
    for row in row_texts(publication.definitions):
        said = document.add_paragraph(style=styles.ENTRY)
        said.add_run(keep_with_punctuation(f"{row['indicator']} : ")).bold = True
        said.add_run(keep_with_punctuation(f"{row['definition']} Champ : {row['champ']}."))
    return document_bytes(document, publication, brand, date)
