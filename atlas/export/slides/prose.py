"""Paragraphs of the publisher."""

from __future__ import annotations

from collections.abc import Iterator

from atlas.export.slides import layouts
from atlas.export.slides.deck import Deck
from atlas.export.slides.page import SUBTITLE_SIZES, fill, numbered, slot
from atlas.export.slides.texts import LEADING, Line, fitted, measure, wrapped

SIZES = (layouts.TEXT_SIZE, 17.0, 16.0, 15.0, 14.0)
BETWEEN = 8.0


def is_short(text: str) -> bool:
    """True when the text can stand on one line under a title."""
    one = len(text.splitlines()) == 1
    return one and measure(text, SUBTITLE_SIZES[1]) <= layouts.SUBTITLE_BOX.width


def add_text(deck: Deck, title: str, text: str) -> None:
    """A text on one slide, else on several at the smallest size."""
    box = layouts.BODY_BOX
    paragraphs = [part.strip() for part in text.splitlines() if part.strip()]
    whole = fitted(
        lambda size: [Line(part, size, before=BETWEEN) for part in paragraphs],
        SIZES,
        box.width,
        box.height,
    )
    runs = [list(whole)] if whole is not None else list(_runs(paragraphs, SIZES[-1]))
    for number, lines in enumerate(runs, start=1):
        page = deck.add(layouts.TEXT, numbered(title, number, len(runs)))
        fill(slot(page.slide, layouts.SUBTITLE), "", box, [], default=0)
        fill(slot(page.slide, layouts.BODY), "Texte", box, lines, default=layouts.TEXT_SIZE)


def _runs(paragraphs: list[str], size: float) -> Iterator[list[Line]]:
    """The lines of each slide, broken where they are wrapped when a paragraph is too long."""
    run: list[Line] = []
    used, box = 0.0, layouts.BODY_BOX
    for paragraph in paragraphs:
        kept: list[str] = []
        used += BETWEEN
        for line in wrapped(paragraph, size, box.width):
            used += LEADING * size
            if used > box.height:
                yield [*run, *_line(kept, size)]
                run, kept, used = [], [], BETWEEN + LEADING * size
            kept.append(line)
        run += _line(kept, size)
    yield run


def _line(kept: list[str], size: float) -> list[Line]:
    return [Line(" ".join(kept), size, before=BETWEEN)] if kept else []
