"""Key figures as cards, six a slide at most."""

from __future__ import annotations

import math
from collections.abc import Sequence

from atlas.export.slides.deck import Deck
from atlas.export.slides.layouts import Box
from atlas.export.slides.page import Page, numbered, parts, room
from atlas.export.slides.texts import (
    ALERT,
    INK,
    MUTED,
    NEUTRAL,
    PRIMARY,
    Line,
    height,
    measure,
    wrapped,
)
from atlas.figures.key_figures.key_figure import KeyFigure

GAP, BAR, INSET = 14.0, 4.0, 12.0
# Columns and rows: fewer cards a slide when the texts are long.
GRIDS = ((3, 2), (2, 2), (2, 1), (1, 1))
_SIZES = (60.0, 54.0, 48.0, 44.0, 40.0, 36.0, 32.0, 28.0, 24.0, 20.0)
# Lines and letters of the values: on one line while they stay large, else on two.
VALUES = [*((1, size) for size in _SIZES[:8]), *((2, size) for size in _SIZES)]


def add_cards(deck: Deck, title: str, cards: Sequence[KeyFigure], *, subtitle: str = "") -> None:
    """The cards of a section, alike on as many slides as it takes."""
    runs, across, size = _layout(cards, room(subtitle))
    for number, run in enumerate(runs, start=1):
        page = deck.content(
            numbered(title, number, len(runs)),
            subtitle=subtitle,
            notes=[text for card in run for text in _notes(card)],
        )
        width = _width(page.box, across)
        tall = max(height(_lines(card, size), width - 2 * INSET) for card in run) + 2 * INSET
        for place, card in enumerate(run):
            row, column = divmod(place, across)
            _draw(
                page,
                card,
                _lines(card, size),
                Box(
                    page.box.x + column * (width + GAP),
                    page.box.y + row * (tall + GAP),
                    width,
                    tall,
                ),
            )


def _layout(cards: Sequence[KeyFigure], box: Box) -> tuple[list[Sequence[KeyFigure]], int, float]:
    """The cards of each slide, their columns and the size of their values: the fullest grid in
    which every card fits."""
    for columns, rows in GRIDS:
        runs = parts(cards, math.ceil(len(cards) / (columns * rows)))
        down = math.ceil(len(runs[0]) / columns)
        across = max(math.ceil(len(runs[0]) / down), min(columns, 2))
        tallest = (box.height - (down - 1) * GAP) / down - 2 * INSET
        width = _width(box, across) - 2 * INSET
        for lines, size in VALUES:
            if all(_fits(card, lines, size, width, tallest) for card in cards):
                return runs, across, size
    return runs, across, VALUES[-1][1]


def _fits(card: KeyFigure, lines: int, size: float, width: float, tallest: float) -> bool:
    whole = all(measure(word, size, bold=True) <= width for word in card.value.split(" "))
    return (
        whole
        and len(wrapped(card.value, size, width, bold=True)) <= lines
        and height(_lines(card, size), width) <= tallest
    )


def _width(box: Box, columns: int) -> float:
    return (box.width - (columns - 1) * GAP) / columns


def _lines(card: KeyFigure, size: float) -> list[Line]:
    """What is written on a card, the value at this size and the rest in proportion."""
    scale = max(1.0, min(1.3, size / 30))
    said = [
        Line(card.change, 13 * scale, bold=True, before=2),
        Line(card.nation, 13 * scale),
        Line(card.derived, 10.5, lead="Calculé\u00a0: " if card.derived else ""),
        Line("Chiffre incertain" if card.uncertain else "", 12, bold=True, colour=ALERT),
        Line(card.source, 10, colour=MUTED, lead="Source\u00a0: ", before=4),
    ]
    return [
        Line(card.label, 14 * scale, bold=True, colour=INK),
        Line(card.value, size, bold=True, colour=PRIMARY),
        Line(f"{card.place}, {card.period}", 13 * scale, colour=INK),
        *(line for line in said if line.text),
    ]


def _draw(page: Page, card: KeyFigure, lines: Sequence[Line], box: Box) -> None:
    page.text(f"Chiffre clé : {card.label}", box, lines, fill=NEUTRAL, inset=INSET)
    page.area(Box(box.x, box.y, BAR, box.height), PRIMARY)


def _notes(card: KeyFigure) -> list[str]:
    """The sentence of a press text, then what the card has no room for."""
    others = " ; ".join(card.others)
    return [
        card.sentence,
        f"Source\u00a0: {card.source}.",
        *([f"Note\u00a0: {card.note}"] if card.note else []),
        *([f"Calculé\u00a0: {card.derived}"] if card.derived else []),
        *([f"Autres valeurs publiées\u00a0: {others}."] if others else []),
        "",
    ]
