"""Paragraphs of the publisher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from atlas.export.slides.presentation import PresentationBuilder
from atlas.export.slides.slide import numbered_title
from atlas.export.slides.typesetting import LEADING, Line, fit_lines, sizes, wrap_text

# Points: the smallest letters of a paragraph, the space between two.
MIN_TEXT_POINTS, PARAGRAPH_GAP = 14.0, 8.0


def is_short(presentation: PresentationBuilder, text: str) -> bool:
    """True when the text can stand on one line under a title."""
    return len(text.splitlines()) == 1 and presentation.fits_subtitle(text)


def add_text_slides(presentation: PresentationBuilder, title: str, text: str) -> None:
    """A text on one slide, else on several at the smallest size."""
    place = presentation.body
    width, height = place.text_width, place.box.height
    paragraphs = [part.strip() for part in text.splitlines() if part.strip()]
    ladder = sizes(place.size, MIN_TEXT_POINTS)
    whole = fit_lines(
        lambda size: [Line(part, size, before=PARAGRAPH_GAP) for part in paragraphs],
        ladder,
        width,
        height,
    )
    runs = [whole] if whole is not None else [*_runs(paragraphs, ladder[-1], width, height)]
    for number, lines in enumerate(runs, start=1):
        presentation.add_text_slide(numbered_title(title, number, len(runs)), lines)


def _runs(
    paragraphs: list[str], size: float, width: float, height: float
) -> Iterator[Sequence[Line]]:
    """The lines of each slide, broken where they are wrapped when a paragraph is too long."""
    run: list[Line] = []
    used = 0.0
    for paragraph in paragraphs:
        kept: list[str] = []
        used += PARAGRAPH_GAP
        for line in wrap_text(paragraph, size, width):
            used += LEADING * size
            if used > height:
                yield [*run, *_line(kept, size)]
                run, kept, used = [], [], PARAGRAPH_GAP + LEADING * size
            kept.append(line)
        run += _line(kept, size)
    yield run


def _line(kept: list[str], size: float) -> list[Line]:
    return [Line(" ".join(kept), size, before=PARAGRAPH_GAP)] if kept else []
