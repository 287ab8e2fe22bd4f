"""The first slide."""

from __future__ import annotations

import datetime as dt
import io

from atlas import periods
from atlas.export.slides import layouts
from atlas.export.slides.deck import FICTITIOUS, Deck, write_title
from atlas.export.slides.layouts import Box
from atlas.export.slides.page import Page, fill, slot
from atlas.export.slides.template import within
from atlas.export.slides.texts import ALERT, INK, MUTED, PAPER, Line, fitted, measure

TITLE_SIZES = (layouts.COVER_SIZE, 36.0, 32.0, 28.0, 24.0, 20.0)
WORDS_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0)
BRAND, EMBARGO, DATE = Box(56, 44, 620, 72), Box(56, 446, 620, 28), Box(56, 486, 620, 24)
BADGE = Box(56, 134, 0, 30)


def add_cover(deck: Deck, date: dt.date) -> None:
    """Title, place and period, publisher, date, and what must be said of the whole."""
    publication = deck.publication
    page = deck.add(layouts.COVER, publication.title)
    write_title(
        page.slide, publication.title, TITLE_SIZES, layouts.COVER_TITLE, default=layouts.COVER_SIZE
    )
    _add_brand(deck, page)
    _add_words(deck, page)
    page.text("Date", DATE, [Line(periods.label(date.isoformat()), 16, colour=INK)])
    if deck.embargo:
        page.text("Embargo", EMBARGO, [Line(deck.embargo, 18, bold=True, colour=ALERT)])
    if publication.fictitious:
        width = measure(FICTITIOUS, 16, bold=True) + 20
        page.text(
            "Mention",
            Box(BADGE.x, BADGE.y, width, BADGE.height),
            [Line(FICTITIOUS, 16, bold=True, colour=PAPER)],
            fill=ALERT,
            inset=4,
            middle=True,
        )


def _add_words(deck: Deck, page: Page) -> None:
    """Place and period, then the introduction."""
    publication, box = deck.publication, layouts.COVER_PLACE
    place = Line(f"{publication.place}, {publication.period}", 22)
    words = fitted(
        lambda size: [place, Line(publication.introduction, size, colour=MUTED, before=8)],
        WORDS_SIZES,
        box.width,
        box.height,
    )
    fill(slot(page.slide, 1), "Lieu et période", box, words or [place], default=22)


def _add_brand(deck: Deck, page: Page) -> None:
    """The logo, and the name of the publisher beside it."""
    x = BRAND.x
    if deck.logo is not None:
        place = within(deck.logo, layouts.COVER_LOGO, left=True)
        shape = page.slide.shapes.add_picture(io.BytesIO(deck.logo), *place.emu)
        page.describe(shape, "Logo", f"Logo\u00a0: {deck.brand.name}")
        x += place.width + 16
    page.text(
        "Éditeur",
        Box(x, BRAND.y, BRAND.x + BRAND.width - x, BRAND.height),
        [Line(deck.brand.name, 20, bold=True, colour=INK)],
        middle=True,
    )
