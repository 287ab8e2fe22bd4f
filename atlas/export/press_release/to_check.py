"""« À vérifier avant diffusion »: what the editor of a press release must know of its figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from docx.document import Document

from atlas.export.captions_file import FICTITIOUS, table_caption
from atlas.export.press_release.parts import add_paragraph, document_bytes
from atlas.export.press_release.template import open_document, replace_logos, replace_texts
from atlas.figures.common.captions import revision_note
from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.french import capitalize_first, keep_with_punctuation, value_text
from atlas.incoming_text import without_forbidden_characters
from atlas.publications.publication import PressTexts, Publication
from atlas.settings import Brand, OfficeTemplate
from atlas.settings import office_templates as styles
from atlas.values import Table, Value

TITLE = "À vérifier avant diffusion"
_PURPOSE = (
    "Document interne, qui n’est pas à diffuser. Il accompagne le communiqué et le dossier de "
    "presse : chaque chiffre dont un élément est supposé, contredit, incertain ou calculé y est, "
    "avec ce qu’il faut en savoir. Dans le communiqué, les phrases contredites ou incertaines sont "
    "surlignées en jaune."
)
_NOTHING = "Rien à signaler : chaque chiffre est daté, certain et publié tel quel par sa source."
# What a figure is, and what must be known of it.
Remark = tuple[str, str]


def to_check(
    publication: Publication,
    *,
    brand: Brand,
    template: OfficeTemplate,
    logo: bytes | None,
    embargo: str,
    date: dt.date,
) -> bytes:
    """The bytes of a DOCX: what is to be completed, then the figures that are contradicted,
    uncertain, computed, of an assumed date, with the remarks of the data and of the drawings.

    Arguments and errors as `press_release`.
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
    add_paragraph(document, "Pour la rédaction", styles.KICKER)
    if publication.fictitious:
        add_paragraph(document, FICTITIOUS, styles.WARNING)
    add_paragraph(document, embargo, styles.NOTICE)
    add_paragraph(document, TITLE, "Title")
    add_paragraph(document, publication.title, "Subtitle")
    add_paragraph(document, _PURPOSE, styles.LEAD)
    groups = [(title, remarks) for title, remarks in _groups(publication) if remarks]
    for title, remarks in groups:
        _add_group(document, title, remarks)
    if not groups:
        add_paragraph(document, _NOTHING, "Normal")
    return document_bytes(document, publication, brand, date, f"{TITLE} : {publication.title}")


def _groups(publication: Publication) -> Iterator[tuple[str, list[Remark]]]:
    cards = publication.cards
    yield "Champs à compléter", [(name, "") for name in _missing_texts(publication.press)]
    absent = [(text, "") for section in publication.sections for text in section.absent]
    yield "Chiffres absents des données", absent
    yield (
        "Chiffres contredits",
        _of_cards(card for card in cards if card.contradiction and not card.uncertain),
    )
    yield "Chiffres incertains", _of_cards(card for card in cards if card.uncertain)
    yield (
        "Valeurs calculées",
        [(card.reading, f"Calcul : {card.derived}.") for card in _with(cards, "derived")],
    )
    revised = ((card, revision_note([card.large_value])) for card in cards)
    yield (
        "Chiffres provisoires ou révisés",
        [(card.reading, note) for card, note in revised if note],
    )
    yield (
        "Dates supposées",
        [
            (card.reading, card.assumption)
            for card in _with(cards, "assumption")
            if not card.uncertain
        ],
    )
    yield (
        "Précisions des sources",
        [(card.reading, card.row_note) for card in _with(cards, "row_note") if not card.uncertain],
    )
    yield (
        "Autres valeurs publiées",
        [(card.reading, " ; ".join(card.others) + ".") for card in _with(cards, "others")],
    )
    figures = [(figure.title, figure.note) for figure in publication.figures if figure.note]
    tables = [
        (section.title, text)
        for section in publication.sections
        if section.table is not None
        for name, text in table_caption(section)
        if name == "Note"
    ]
    contradicted = [
        remark
        for section in publication.sections
        if section.table is not None
        for remark in _contradicted_cells(section.title, section.table)
    ]
    yield "Figures et tableaux", [*tables, *contradicted, *figures]


def _contradicted_cells(title: str, table: Table) -> list[Remark]:
    """Each value of a table that another figure contradicts, by its row and its column."""
    (names, *_) = [column for column in table.columns if column.role == "name"] or table.columns
    return [
        (
            f"{title}, {names.cells[place]}, {column.heading} : {value_text(cell)}",
            cell.contradiction,
        )
        for column in table.columns
        for place, cell in enumerate(column.cells)
        if isinstance(cell, Value) and cell.contradiction and cell.is_known
    ]


def _of_cards(cards: Iterator[KeyFigure]) -> list[Remark]:
    return [
        (
            card.reading,
            " ".join(text for text in (card.contradiction, card.row_note, card.assumption) if text),
        )
        for card in cards
    ]


def _with(cards: Sequence[KeyFigure], name: str) -> list[KeyFigure]:
    return [card for card in cards if getattr(card, name)]


def _missing_texts(press: PressTexts | None) -> list[str]:
    """What the entry of the dossier may still say."""
    press = press or PressTexts("")
    incomplete = [c.organisation for c in press.contacts if not (c.email or c.phone)]
    named = {
        "Lieu (place)": press.place,
        "Citation (quotes)": press.quotes,
        "Présentation du service (about)": press.about,
        "Contacts presse (contacts)": press.contacts,
        "Chapô (lead), fait des premiers chiffres": press.lead,
    }
    missing = [name for name, given in named.items() if not given]
    return missing + [f"Téléphone ou courriel : {name}" for name in incomplete]


def _add_group(document: Document, title: str, remarks: Sequence[Remark]) -> None:
    """One entry a remark; figures that it is true of alike are said together."""
    add_paragraph(document, title, "Heading 1")
    subjects: dict[str, list[str]] = {}
    for subject, remark in remarks:
        subjects.setdefault(remark, []).append(subject.removesuffix("."))
    for remark, together in subjects.items():
        if not remark:
            for subject in together:
                add_paragraph(document, subject, "List Bullet")
            continue
        if len(together) == 1:
            said = document.add_paragraph(style="List Bullet")
            said.add_run(keep_with_punctuation(f"{capitalize_first(together[0])}. ")).bold = True
            said.add_run(keep_with_punctuation(remark))
            continue
        said = document.add_paragraph(style="Normal")
        said.add_run(keep_with_punctuation(remark)).bold = True
        said.paragraph_format.keep_with_next = True
        for subject in together:
            add_paragraph(document, f"{capitalize_first(subject)}.", "List Bullet")
