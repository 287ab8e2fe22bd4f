"""The words of those who speak for the publisher, one a slide."""

from __future__ import annotations

from atlas.export.slides.presentation import PresentationBuilder
from atlas.export.slides.typesetting import MIN_POINTS, Line, fit_lines, sizes
from atlas.french import keep_with_punctuation
from atlas.settings import Quote
from atlas.settings.office_templates import QUOTATION, QUOTED_WORDS, ROLE


def add_quotation(presentation: PresentationBuilder, quote: Quote) -> None:
    """The words, as large as they fit, then who says them and as what."""
    builder = presentation.add_slide(QUOTATION, quote.author)
    place = builder.layout[QUOTED_WORDS]
    words = keep_with_punctuation(f"«\u00a0{quote.text.strip()}\u00a0»")
    ladder = sizes(place.size, MIN_POINTS)
    lines = fit_lines(lambda size: [Line(words, size)], ladder, place.text_width, place.box.height)
    builder.fill(QUOTED_WORDS, lines or [Line(words, ladder[-1])])
    role = quote.role[:1].upper() + quote.role[1:]
    builder.fill_fitted(ROLE, role, bold=False)
