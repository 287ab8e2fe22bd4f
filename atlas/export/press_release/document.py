"""A publication as a press release, ready to be edited in Word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.text.paragraph import Paragraph

from atlas import periods
from atlas.export.captions_file import FICTITIOUS
from atlas.export.embargo import IMMEDIATE_RELEASE
from atlas.export.press_release.elements import add_table
from atlas.export.press_release.notes import SourceNotes
from atlas.export.press_release.parts import (
    add_caption_line,
    add_document_line,
    add_field,
    add_figure,
    add_milestone,
    add_paragraph,
    add_text,
    document_bytes,
)
from atlas.export.press_release.template import open_document, replace_logos, replace_texts
from atlas.figures.common.figure import Figure
from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.french import DERIVED_MARK, capitalize_first, keep_with_punctuation, row_texts
from atlas.incoming_text import without_forbidden_characters
from atlas.publications.linked_sentences import (
    LinkedSentence,
    cited_cards,
    is_doubtful,
    linked_paragraphs,
)
from atlas.publications.press_texts import headline, lead
from atlas.publications.publication import PressTexts, Publication, Section
from atlas.settings import Brand, Contact, OfficeTemplate, Quote
from atlas.settings import office_templates as styles

# Under a figure whose own note speaks of what an editor checks.
_WHOLE_CAPTION = "la légende complète de cette figure est dans le dossier de presse."


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
    """The bytes of a DOCX: a headline, a lead, linked sentences with their sources as notes a, b,
    c; quotes, contacts; tables and figures as annexes. What nobody wrote is a marked field.

    template: the file that holds its pages and styles; picture: the drawing of a figure with its
    legend, as PNG, without title and caption; logo: PNG or JPEG; embargo: as it must be read,
    empty for none; date: of the text, written in the file. Raises ExportError when the template was
    refused.
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
    texts = publication.press or PressTexts("")
    notes = SourceNotes()
    _add_opening(document, publication, texts, embargo or IMMEDIATE_RELEASE, date)
    for section in publication.sections:
        _add_body(document, section, publication.cards, notes)
    _add_quotes(document, texts.quotes)
    _add_about(document, brand, texts.about)
    _add_contacts(document, texts.contacts)
    _add_annexes(document, publication, picture)
    _add_notes(document, publication, notes)
    return document_bytes(document, publication, brand, date, headline(publication))


def _add_opening(
    document: Document, publication: Publication, texts: PressTexts, until: str, date: dt.date
) -> None:
    add_paragraph(document, f"Communiqué de presse. {publication.title}", styles.KICKER)
    if publication.fictitious:
        add_paragraph(document, FICTITIOUS, styles.WARNING)
    add_paragraph(document, until, styles.NOTICE)
    dated = document.add_paragraph(style="Normal")
    if texts.place:
        dated.add_run(keep_with_punctuation(texts.place))
    else:
        add_field(dated, "lieu")
    dated.add_run(keep_with_punctuation(f", le {periods.label(date.isoformat())}"))
    add_paragraph(document, headline(publication), "Title")
    add_paragraph(document, lead(publication), styles.LEAD)


def _add_body(
    document: Document, section: Section, around: Sequence[KeyFigure], notes: SourceNotes
) -> None:
    """The words of a section under its title; what is no text is in the annexes."""
    if not section.cards and not (section.text and section.figure is None):
        return
    add_paragraph(document, section.title, "Heading 1")
    add_text(document, section.text)
    for paragraph in linked_paragraphs(section.cards, around):
        _add_sentences(document.add_paragraph(style="Normal"), paragraph, around, notes)


def _add_sentences(
    paragraph: Paragraph,
    sentences: Sequence[LinkedSentence],
    around: Sequence[KeyFigure],
    notes: SourceNotes,
) -> None:
    """Sentences that follow each other from one source have its letter once, after the last. A
    figure that must be checked is on yellow."""
    marks = [
        notes.letters([card.source for card in cited_cards(sentence, around)])
        for sentence in sentences
    ]
    for place, (sentence, mark) in enumerate(zip(sentences, marks, strict=True)):
        run = paragraph.add_run(sentence.text)
        if any(is_doubtful(card) for card in sentence.cards):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        is_last = place + 1 == len(sentences)
        if is_last or marks[place + 1] != mark:
            paragraph.add_run(f"\u202f{mark}").font.superscript = True
        if not is_last:
            paragraph.add_run(" ")


def _add_quotes(document: Document, quotes: Sequence[Quote]) -> None:
    for quote in quotes:
        said = document.add_paragraph(style="Quote" if "Quote" in document.styles else "Normal")
        said.add_run(keep_with_punctuation(f"« {quote.text.strip()} »"))
        who = ", ".join(part for part in (quote.author, quote.role) if part)
        said.add_run(keep_with_punctuation(f"\n{who}")).bold = True
    if not quotes:
        add_field(document.add_paragraph(style="Normal"), "citation, nom et fonction")


def _add_about(document: Document, brand: Brand, about: str) -> None:
    add_paragraph(document, f"À propos de {brand.name}", "Heading 2")
    if about:
        add_text(document, about)
    else:
        add_field(document.add_paragraph(style="Normal"), "présentation du service")


def _add_contacts(document: Document, contacts: Sequence[Contact]) -> None:
    add_paragraph(document, "Contacts presse", "Heading 2")
    for contact in contacts:
        said = document.add_paragraph(style=styles.ENTRY)
        said.add_run(keep_with_punctuation(contact.organisation)).bold = True
        rest = ", ".join(part for part in (contact.name, contact.email, contact.phone) if part)
        said.add_run(keep_with_punctuation(f" : {rest}" if rest else ""))
        if not (contact.email or contact.phone):
            said.add_run(", " if rest else " : ")
            add_field(said, "téléphone ou courriel")
    if not contacts:
        add_field(document.add_paragraph(style="Normal"), "nom, téléphone, courriel")


def _add_annexes(
    document: Document, publication: Publication, picture: Callable[[Figure], bytes]
) -> None:
    """Tables, milestones and figures, on pages of their own."""
    sections = [
        section
        for section in publication.sections
        if section.table is not None or section.figure or section.milestones
    ]
    if sections:
        title = add_paragraph(document, "Annexes", "Heading 1")
        assert title is not None
        title.paragraph_format.page_break_before = True
    for section in sections:
        if section.table is not None:
            add_paragraph(document, section.title, styles.FIGURE_TITLE)
            add_table(document, section.table, section.title)
            computed = section.table.has_marked_values
            lines = [
                *([("Note", f"{DERIVED_MARK} Valeur calculée.")] if computed else []),
                ("Source", section.table_source),
            ]
            for i, (name, text) in enumerate(lines):
                add_caption_line(document, name, text, first=i == 0)
        elif section.milestones:
            add_paragraph(document, section.title, styles.FIGURE_TITLE)
            for milestone in section.milestones:
                add_milestone(document, milestone)
        if section.figure:
            add_figure(document, section.figure, picture, _caption(section.figure))


def _caption(figure: Figure) -> list[tuple[str, str]]:
    """What a reader of the figure needs; what an editor checks is in « À vérifier »."""
    must_say = "" if figure.says_assumed_periods else figure.must_say
    computed = f"{DERIVED_MARK} Valeur calculée." if figure.table.has_marked_values else ""
    note = " ".join(text for text in (must_say, computed) if text)
    if figure.says_assumed_periods:
        note = f"{note} {capitalize_first(_WHOLE_CAPTION)}".strip()
    lines = [("Lecture", figure.lecture), ("Note", note), ("Source", figure.source)]
    return [(name, text) for name, text in lines if text]


def _add_notes(document: Document, publication: Publication, notes: SourceNotes) -> None:
    """The letters with what they stand for, then every document."""
    add_paragraph(document, "Sources", "Heading 1")
    for letter, source in notes.entries:
        said = document.add_paragraph(style=styles.ENTRY)
        said.add_run(f"{letter}. ").bold = True
        said.add_run(keep_with_punctuation(f"{source}."))
    for row in row_texts(publication.sources):
        add_document_line(document, row, brief=True)
