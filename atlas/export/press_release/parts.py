"""The pieces that press release, notebook and « À vérifier » are made of: paragraphs, captions,
figures, tables, in the styles of the Word template."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Sequence

from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from atlas.export.captions_file import FICTITIOUS
from atlas.export.press_release.elements import add_link, describe, fit_picture
from atlas.export.press_release.template import page_size
from atlas.export.reproducible_zip import with_fixed_dates
from atlas.figures.common.figure import Figure
from atlas.french import keep_with_punctuation
from atlas.publications.publication import Publication
from atlas.settings import Brand, Milestone
from atlas.settings import office_templates as styles

LANGUAGE = "fr-FR"
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def add_paragraph(document: Document, text: str, style: str) -> Paragraph | None:
    """None for a text that is empty, which makes no paragraph."""
    return document.add_paragraph(keep_with_punctuation(text), style) if text else None


def add_text(document: Document, text: str, style: str = "Normal") -> None:
    """Paragraphs apart by an empty line, lists begun by a dash, **bold** words."""
    for part in re.split(r"\n(?=- )|\n\s*\n", text.strip()):
        if not part:
            continue
        said = document.add_paragraph(style="List Bullet" if part.startswith("- ") else style)
        for i, words in enumerate(_BOLD.split(" ".join(part.removeprefix("- ").splitlines()))):
            said.add_run(keep_with_punctuation(words)).bold = bool(i % 2) or None


def add_field(paragraph: Paragraph, name: str) -> None:
    """« [À compléter : lieu] », on the yellow that an editor looks for."""
    run = paragraph.add_run(keep_with_punctuation(f"[À compléter : {name}]"))
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def add_milestone(document: Document, milestone: Milestone) -> None:
    """A year and what it brought."""
    add_paragraph(document, f"{milestone.year} : {milestone.title}", "Heading 2")
    for point in milestone.points:
        add_paragraph(document, point, "List Bullet")


def add_figure(
    document: Document,
    figure: Figure,
    picture: Callable[[Figure], bytes],
    caption: Sequence[tuple[str, str]],
) -> None:
    """Title, drawing cut to the page, and the lines (« Lecture », text)… under it."""
    add_paragraph(document, figure.title, styles.FIGURE_TITLE)
    add_paragraph(document, figure.subtitle, styles.FIGURE_SUBTITLE)
    for i, (piece, width) in enumerate(fit_picture(picture(figure), page_size(document))):
        run = document.add_paragraph(style=styles.FIGURE_DRAWING).add_run()
        run.add_picture(io.BytesIO(piece), width=width)
        alt = f"Suite. {figure.alt}" if i else figure.alt
        describe(run, alt, figure.file_stem, len(document.inline_shapes))
    lines = [*caption, *([("", FICTITIOUS)] if figure.fictitious else [])]
    for i, (name, text) in enumerate(lines):
        said = add_caption_line(document, name, text)
        said.paragraph_format.keep_with_next = i + 1 < len(lines)


def add_caption_line(document: Document, name: str, text: str, *, first: bool = False) -> Paragraph:
    """« Lecture : … »; a line without a name is a warning. first: under a table."""
    said = document.add_paragraph(style="Caption")
    if first:
        said.paragraph_format.space_before = Mm(1.5)
    if name:
        said.add_run(keep_with_punctuation(f"{name} : ")).bold = True
        said.add_run(keep_with_punctuation(text))
    else:
        said.add_run(text, styles.RESERVE)
    return said


def add_document_line(document: Document, row: dict[str, str], *, brief: bool = False) -> None:
    """A row of the table of sources: title, publisher, date, licence, address. brief: without
    licence, and without the words that stand for an address."""
    said = document.add_paragraph(style=styles.ENTRY)
    said.add_run(keep_with_punctuation(f"{row['title']}. ")).bold = True
    licence = "" if brief else f"Licence : {row['licence']}. "
    said.add_run(keep_with_punctuation(f"{row['publisher']}, {row['published']}. {licence}"))
    address = row["address"]
    if address.startswith(("https://", "http://")):
        add_link(said, address)
    elif not brief:
        said.add_run(keep_with_punctuation(f"{address}."))


def document_bytes(
    document: Document, publication: Publication, brand: Brand, date: dt.date, title: str = ""
) -> bytes:
    """The file, with its properties, the same bytes each time. title: that of the publication
    without one."""
    properties = document.core_properties
    properties.title, properties.language = title or publication.title, LANGUAGE
    properties.author = properties.last_modified_by = brand.name
    properties.subject = f"{publication.place}, {publication.period}"
    properties.keywords = properties.comments = FICTITIOUS if publication.fictitious else ""
    properties.created = properties.modified = dt.datetime(date.year, date.month, date.day)
    stream = io.BytesIO()
    document.save(stream)
    return with_fixed_dates(stream.getvalue(), date)
