"""The headline and the lead of a publication: those of its publisher, else facts of its own."""

from __future__ import annotations

from collections.abc import Iterator

from atlas import french
from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.publications.publication import Publication


def headline(publication: Publication) -> str:
    """One line that states a fact; the title where no figure is certain."""
    press = publication.press
    if press is None or press.headline:
        return press.headline if press else publication.title
    card = next(_leading_cards(publication), None)
    if card is None:
        return publication.title
    return french.keep_with_punctuation(french.capitalize_first(card.fact.removesuffix(".")))


def lead(publication: Publication) -> str:
    """The first paragraph: that of the publisher, else the first figure of the territory and one
    of another theme, each with its period."""
    press = publication.press
    if press is None or press.lead:
        return press.lead if press else publication.introduction
    cards = list(_leading_cards(publication))
    if not cards:
        return publication.introduction
    others = [card for card in cards if card.theme != cards[0].theme]
    return french.keep_with_punctuation(
        " ".join(french.capitalize_first(card.reading) for card in [cards[0], *others[:1]])
    )


def _leading_cards(publication: Publication) -> Iterator[KeyFigure]:
    """The certain figures of the territory itself, the large ones first."""
    press = publication.press
    own = [
        card
        for card in publication.cards
        if press is not None
        and card.territory == press.territory
        and not card.uncertain
        and not card.contradiction
        and card.large_value.is_known
    ]
    yield from (card for card in own if card.size == "hero")
    yield from (card for card in own if card.size != "hero")
