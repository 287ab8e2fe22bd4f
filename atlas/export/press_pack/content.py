"""What the template of the press pack reads: a publication as plain texts and numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from atlas import periods
from atlas.export.captions_file import FICTITIOUS, table_caption
from atlas.figures.common.figure import Figure
from atlas.figures.key_figures.key_figure import KeyFigure, plain_amount, plain_change
from atlas.french import keep_with_punctuation, row_texts, table_texts
from atlas.publications.press_texts import headline, lead
from atlas.publications.publication import PressTexts, Publication, Section
from atlas.settings import Brand

# The smallest share of a column of a table, and the letters that a wide one is counted for.
MIN_COLUMN_LETTERS, MAX_COLUMN_LETTERS = 8, 40
DEFAULT_TIMELINE_TITLE = "Année après année"


@dataclass
class NumberedNotes:
    """What must be known of the key figures, each remark once, from 1 on."""

    texts: list[str] = field(default_factory=list)

    def number(self, text: str) -> int | None:
        """That of a remark; None for an empty one."""
        if not text:
            return None
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text) + 1


def pack_content(
    publication: Publication,
    *,
    brand: Brand,
    logo: str,
    drawings: Sequence[tuple[Figure, str, float]],
    embargo: str,
    date: dt.date,
    bleed_mm: float,
) -> dict[str, Any]:
    """Texts ready to print, by the keys of docs/office-templates.md.

    logo: name of its file, empty for none; drawings: each figure, the name of its file, its width
    in millimetres; bleed_mm: around the page.
    """
    press = publication.press or PressTexts("")
    notes = NumberedNotes()
    cards = [_section(section, notes) for section in publication.sections if section.cards]
    warning = FICTITIOUS if publication.fictitious else ""
    outline = publication.silhouette
    return {
        "bleed_mm": bleed_mm,
        "title": keep_with_punctuation(publication.title),
        "headline": headline(publication),
        "lead": lead(publication),
        "place": publication.place,
        "period": publication.period,
        "publisher": brand.name,
        "keywords": [warning] if warning else [],
        "town": press.place,
        "date": periods.label(date.isoformat()),
        "day": [date.year, date.month, date.day],
        "embargo": embargo,
        "warning": warning,
        "logo": logo,
        "colours": {
            name: getattr(brand, name) for name in ("primary", "accent", "ink", "muted", "neutral")
        }
        | {"light": brand.sequential[len(brand.sequential) // 2]},
        "silhouette": {"path": outline.path, "width": outline.width} if outline else None,
        "quotes": [
            {"text": keep_with_punctuation(q.text.strip()), "author": q.author, "role": q.role}
            for q in press.quotes
        ],
        "about": keep_with_punctuation(press.about),
        "contacts": [
            {
                "organisation": one.organisation,
                "rest": ", ".join(part for part in (one.name, one.email, one.phone) if part),
                "reachable": bool(one.email or one.phone),
            }
            for one in press.contacts
        ],
        "cards": cards,
        "texts": [
            {"title": section.title, "paragraphs": section.text.split("\n\n")}
            for section in publication.sections
            if section.text and not section.cards
        ],
        "figures": [_figure(*drawing) for drawing in drawings],
        "tables": [
            _table(section) for section in publication.sections if section.table is not None
        ],
        **_timeline(publication),
        "closing": keep_with_punctuation(publication.closing),
        "method": [[title, keep_with_punctuation(text)] for title, text in publication.method],
        "notes": notes.texts,
        "definitions": [
            [
                row["indicator"],
                keep_with_punctuation(f"{row['definition']} Champ : {row['champ']}."),
            ]
            for row in row_texts(publication.definitions)
        ],
        "sources": [_source(row) for row in row_texts(publication.sources)],
    }


def _section(section: Section, notes: NumberedNotes) -> dict[str, Any]:
    return {
        "title": keep_with_punctuation(section.title or "Chiffres clés"),
        "cards": [_card(card, notes) for card in section.cards],
    }


def _card(card: KeyFigure, notes: NumberedNotes) -> dict[str, Any]:
    computed = f"Valeur calculée : {card.derived}." if card.derived else ""
    others = f"Aussi publié : {' ; '.join(card.others)}." if card.others else ""
    remarks = (computed, card.row_note, card.contradiction, card.assumption, others)
    period = periods.label(card.large_value.period) if card.large_value.period else ""
    return {
        "value": plain_amount(card),
        "label": keep_with_punctuation(card.label),
        "heading": card.heading,
        "place": card.place,
        "period": period,
        "change": "" if card.large_value is card.values[1] else plain_change(card),
        "note": notes.number(keep_with_punctuation(" ".join(text for text in remarks if text))),
        "hero": card.size == "hero",
    }


def _figure(figure: Figure, file: str, width_mm: float) -> dict[str, Any]:
    lines = [*figure.caption, *([("", FICTITIOUS)] if figure.fictitious else [])]
    return {
        "title": keep_with_punctuation(figure.title),
        "subtitle": keep_with_punctuation(figure.subtitle),
        "file": file,
        "width_mm": width_mm,
        "alt": figure.alt,
        "caption": _lines(lines),
    }


def _table(section: Section) -> dict[str, Any]:
    assert section.table is not None
    frame = table_texts(section.table)
    rows = [[keep_with_punctuation(str(cell)) for cell in row] for row in frame.to_numpy().tolist()]
    headings = [keep_with_punctuation(str(name)) for name in frame.columns]
    longest = [
        max(map(len, (*heading.split(" "), *column)))
        for heading, column in zip(headings, zip(*rows, strict=True), strict=True)
    ]
    return {
        "title": keep_with_punctuation(section.title),
        "headings": headings,
        "rows": rows,
        "widths": [max(MIN_COLUMN_LETTERS, min(MAX_COLUMN_LETTERS, size)) for size in longest],
        "numeric": [column.is_numeric and not column.says_base for column in section.table.columns],
        "caption": _lines(table_caption(section)),
    }


def _lines(lines: Sequence[tuple[str, str]]) -> list[list[str]]:
    return [[name, keep_with_punctuation(text)] for name, text in lines]


def _timeline(publication: Publication) -> dict[str, Any]:
    """The milestones of the first section that has some, under its title."""
    for section in publication.sections:
        if section.milestones:
            return {
                "timeline": keep_with_punctuation(section.title or DEFAULT_TIMELINE_TITLE),
                "milestones": [
                    {
                        "year": str(one.year),
                        "title": keep_with_punctuation(one.title),
                        "points": [keep_with_punctuation(point) for point in one.points],
                    }
                    for one in section.milestones
                ],
            }
    return {"timeline": "", "milestones": []}


def _definition(row: dict[str, str]) -> str:
    return keep_with_punctuation(f"{row['definition']} Champ : {row['champ']}.")


def _source(row: dict[str, str]) -> dict[str, Any]:
    address = row["address"]
    return {
        "title": keep_with_punctuation(row["title"]),
        "publisher": keep_with_punctuation(row["publisher"]),
        "published": row["published"],
        "licence": row["licence"],
        "address": address,
        "is_link": address.startswith(("https://", "http://")),
    }
