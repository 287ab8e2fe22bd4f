"""Paragraphs of the publisher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from atlas.export.slides.presentation import PresentationBuilder
from atlas.export.slides.slide import numbered_title
from atlas.export.slides.typesetting import (
    LEADING,
    MIN_POINTS,
    Line,
    fit_lines,
    sizes,
    wrap_text,
)
from atlas.settings.office_templates import BODY, SECTION

# Points between two paragraphs.
PARAGRAPH_GAP = 10.0
# The smallest letters of a paragraph that opens a part.
MIN_SECTION_POINTS = 18.0
# Letters of a text beside a figure.
MAX_LETTERS_BESIDE = 160


def is_short(presentation: PresentationBuilder, text: str) -> bool:
    """True when the text can stand on one line under a title."""
    return len(text.splitlines()) == 1 and presentation.fits_subtitle(text)


def is_brief(text: str) -> bool:
    """True of a paragraph, or an address, that can stand beside a figure."""
    return len(text.splitlines()) == 1 and len(text) <= MAX_LETTERS_BESIDE


def add_section_slide(presentation: PresentationBuilder, title: str, text: str) -> bool:
    """A slide that opens a part: its title in large letters over a paragraph; False where the
    paragraph is too long for it."""
    place = presentation.placeholders[SECTION][BODY]
    lines = fit_lines(
        lambda size: [Line(text, size)],
        sizes(place.size, MIN_SECTION_POINTS),
        place.text_width,
        place.box.height,
    )
    if lines is None:
        return False
    presentation.add_slide(SECTION, title).fill(BODY, lines if text else [])
    return True


def add_text_slides(presentation: PresentationBuilder, title: str, text: str) -> None:
    """A text on one slide, else on several at the smallest size."""
    place = presentation.body
    width, height = place.text_width, place.box.height
    paragraphs = [part.strip() for part in text.splitlines() if part.strip()]
    ladder = sizes(place.size, MIN_POINTS)
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
