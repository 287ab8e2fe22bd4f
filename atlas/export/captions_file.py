"""The words of a publication as one text: captions, alternative texts, sentences."""

from __future__ import annotations

from atlas.figures.common.figure import Figure
from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.french import DERIVED_MARK
from atlas.publications.publication import Publication, Section

FICTITIOUS = "Données fictives, sans valeur statistique."


def captions_text(publication: Publication, *, embargo: str) -> str:
    """What goes under each image, and the key figures in sentences, to be copied.

    embargo: as it must be read, empty for none.
    """
    head = [
        publication.title,
        f"{publication.place}, {publication.period}",
        FICTITIOUS if publication.fictitious else "",
        embargo,
    ]
    parts = ["\n".join(line for line in head if line)]
    if publication.images:
        parts += [_heading("Légendes des figures"), *map(_of_figure, publication.images)]
    parts += [
        f"{_heading(section.title or 'Chiffres clés')}\n\n"
        + "\n\n".join(map(_of_card, section.cards))
        for section in publication.sections
        if section.cards
    ]
    return "\n\n".join(parts) + "\n"


def remarks(card: KeyFigure, note: str) -> list[str]:
    """What must be said with a key figure: that it is computed, uncertain, and its note, that of a
    card or that after a sentence."""
    computed = [f"Valeur calculée : {card.derived}."] if card.derived else []
    if not card.uncertain:
        return [*computed, note] if note else computed
    doubt = note.removeprefix("Incertain : ")
    return [*computed, f"Chiffre incertain : {doubt}" if doubt else "Chiffre incertain."]


def table_caption(section: Section) -> list[tuple[str, str]]:
    """The lines under the table of a section: (« Source », text)…"""
    assert section.table is not None
    lines = [
        ("Note", f"{DERIVED_MARK} Valeur calculée." if section.table.has_marked_values else ""),
        ("Source", section.table_source),
    ]
    return [(name, text) for name, text in lines if text]


def _of_figure(figure: Figure) -> str:
    lines = [
        f"Fichier : {figure.file_stem}",
        figure.title,
        figure.subtitle,
        *(f"{name} : {text}" for name, text in figure.caption),
        FICTITIOUS if figure.fictitious else "",
        f"Texte de remplacement : {figure.alt}",
    ]
    return "\n".join(line for line in lines if line)


def _of_card(card: KeyFigure) -> str:
    return "\n".join(
        [card.sentence, f"Source : {card.source}.", *remarks(card, card.note_after_sentence)]
    )


def _heading(text: str) -> str:
    return f"{text}\n{'=' * len(text)}"
