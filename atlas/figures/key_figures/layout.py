"""Where the cards of key figures go in a box, and how large: the largest letters that fit."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from atlas.figures.common.composition import largest_that_fits
from atlas.figures.key_figures.card import Card
from atlas.figures.key_figures.card_texts import CardSize, card_size

#: Pixels between two cards at the usual size of letters.
GAP_PX = 10.0
# Factors of the size of letters that are tried, the largest first; 1 is that of a strip.
LARGEST, SMALLEST, STEP = 4.5, 0.62, 0.04
# The size of letters where the height is free, and the width from which it is the larger one.
FREE_FACTORS, WIDE_PX = (1.0, 1.2), 520.0
MAX_COLUMNS = 4
# The part of the width that heroes take beside the others, and the width that this needs.
HERO_SHARES, MIN_SIDE_WIDTH_PX = (0.34, 0.42, 0.5), 480.0
# How much a card that is missing in the last row costs, as a part of the size of letters.
MISSING_COST = 0.05


@dataclass(frozen=True)
class PlacedCard:
    """A card in its rectangle; above and needed: the most that a card of its row has over its
    digits, and in all: the digits of a row stand on one line."""

    card: Card
    x: float
    y: float
    width: float
    height: float
    size: CardSize
    above: float
    needed: float


@dataclass(frozen=True)
class CardGrid:
    """All cards placed; height: what they need; factor: of their letters; missing: how many fewer
    cards the last row has than the others; fits: no word is wider than its card."""

    cards: tuple[PlacedCard, ...]
    height: float
    factor: float
    missing: int
    fits: bool


Arrangement = Callable[[float], CardGrid]


def natural_grid(cards: Sequence[Card], width: float) -> CardGrid:
    """The grid where the height is free: letters of the usual size, as few blanks as can be."""
    arrangements = list(_arrangements(cards, width))
    factor = FREE_FACTORS[width >= WIDE_PX]
    while factor >= SMALLEST:
        if made := [grid for place in arrangements if (grid := place(factor)) and grid.fits]:
            return min(made, key=lambda grid: grid.height * (1 + 2 * MISSING_COST * grid.missing))
        factor -= STEP
    return arrangements[0](SMALLEST)


def largest_grid(cards: Sequence[Card], width: float, height: float) -> CardGrid | None:
    """The grid of a box: the largest letters that fit, stretched to its height; None when none
    does."""
    best: CardGrid | None = None
    for place in _arrangements(cards, width):
        lowest = SMALLEST if best is None else _merit(best) + STEP
        made = largest_that_fits(
            place,
            lambda grid: grid.fits and grid.height <= height,
            lowest=lowest,
            highest=LARGEST,
            step=STEP,
        )
        if made is not None and (best is None or _merit(made) > _merit(best)):
            best = made
    return None if best is None else _stretch(best, height)


def _merit(grid: CardGrid) -> float:
    return grid.factor * (1 - MISSING_COST * grid.missing)


def _arrangements(cards: Sequence[Card], width: float) -> Iterator[Arrangement]:
    """Every way to place them, each a function of the factor of their letters."""
    heroes = [card for card in cards if card.is_hero]
    others = [card for card in cards if not card.is_hero]
    for hero_columns, columns in itertools.product(
        range(1, min(len(heroes), 2) + 1) if heroes else (1,),
        range(1, min(len(others), MAX_COLUMNS) + 1) if others else (1,),
    ):
        yield partial(_one_above_the_other, heroes, others, width, hero_columns, columns)
    if heroes and others and width >= MIN_SIDE_WIDTH_PX:
        for share, columns in itertools.product(
            HERO_SHARES, range(1, min(len(others), MAX_COLUMNS - 1) + 1)
        ):
            yield partial(_side_by_side, heroes, others, width, share, columns)


def _gap(factor: float) -> float:
    return GAP_PX * max(1.0, math.sqrt(factor))


def _one_above_the_other(
    heroes: Sequence[Card],
    others: Sequence[Card],
    width: float,
    hero_columns: int,
    columns: int,
    factor: float,
) -> CardGrid:
    above = _rows(heroes, hero_columns, (0.0, 0.0), width, factor)
    top = above.height + _gap(factor) if heroes else 0.0
    below = _rows(others, columns, (0.0, top), width, factor)
    return _join_grids(above, below, below.height if others else above.height)


def _side_by_side(
    heroes: Sequence[Card],
    others: Sequence[Card],
    width: float,
    share: float,
    columns: int,
    factor: float,
) -> CardGrid:
    gap = _gap(factor)
    left = share * (width - gap)
    beside = _rows(heroes, 1, (0.0, 0.0), left, factor)
    rest = _rows(others, columns, (left + gap, 0.0), width - left - gap, factor)
    tall = max(beside.height, rest.height)
    return _join_grids(_stretch(beside, tall), _stretch(rest, tall), tall)


def _join_grids(one: CardGrid, other: CardGrid, height: float) -> CardGrid:
    return CardGrid(
        one.cards + other.cards,
        height,
        one.factor,
        one.missing + other.missing,
        one.fits and other.fits,
    )


def _rows(
    cards: Sequence[Card], columns: int, corner: tuple[float, float], width: float, factor: float
) -> CardGrid:
    """Rows of cards from a corner, each row as high as its highest, the last one as wide as the
    others."""
    x, y = corner
    gap, placed = _gap(factor), list[PlacedCard]()
    rows = [cards[start : start + columns] for start in range(0, len(cards), columns)]
    widths = [(width - gap * (len(row) - 1)) / len(row) for row in rows]
    sizes = _sizes_of_rows(rows, widths, factor)
    for row, each, row_sizes in zip(rows, widths, sizes, strict=True):
        above = max(size.above for size in row_sizes)
        tall = above + max(size.below for size in row_sizes)
        placed += [
            PlacedCard(card, x + place * (each + gap), y, each, tall, size, above, tall)
            for place, (card, size) in enumerate(zip(row, row_sizes, strict=True))
        ]
        y += tall + gap
    fits = all(placed_card.size.fits for placed_card in placed)
    return CardGrid(tuple(placed), y - gap if cards else 0.0, factor, -len(cards) % columns, fits)


def _sizes_of_rows(
    rows: Sequence[Sequence[Card]], widths: Sequence[float], factor: float
) -> list[list[CardSize]]:
    """All icons stand beside their digits, or none."""

    def sizes(may_stand_beside: bool) -> list[list[CardSize]]:
        return [
            [card_size(card, width, factor, may_stand_beside=may_stand_beside) for card in row]
            for row, width in zip(rows, widths, strict=True)
        ]

    made = sizes(True)
    return made if all(size.icon_beside for row in made for size in row) else sizes(False)


def _stretch(grid: CardGrid, height: float) -> CardGrid:
    """The same cards down to this height: what is left goes to all rows alike."""
    if not grid.cards or grid.height >= height:
        return grid
    ratio = height / grid.height
    cards = tuple(
        PlacedCard(
            placed.card,
            placed.x,
            placed.y * ratio,
            placed.width,
            placed.height * ratio + _lost(placed, grid, ratio),
            placed.size,
            placed.above,
            placed.needed,
        )
        for placed in grid.cards
    )
    return CardGrid(cards, height, grid.factor, grid.missing, grid.fits)


def _lost(placed: PlacedCard, grid: CardGrid, ratio: float) -> float:
    """What the gap under a card would grow by, given to the card: gaps stay what they are."""
    below = [
        other.y
        for other in grid.cards
        if other.y > placed.y + placed.height - 0.01
        and other.x < placed.x + placed.width
        and placed.x < other.x + other.width
    ]
    gap = min(below) - placed.y - placed.height if below else grid.height - placed.y - placed.height
    return max(0.0, gap * (ratio - 1)) if below else gap * ratio
