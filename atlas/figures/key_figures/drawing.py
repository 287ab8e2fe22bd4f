"""The cards of a grid as blocks, glyphs and lines of text."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from atlas.figures.common.composition import Block, Composition, Glyph, TextLine, bar_path
from atlas.figures.common.silhouette import SILHOUETTE_HEIGHT, Silhouette
from atlas.figures.common.style import Style, mix_colours, readable_on
from atlas.figures.key_figures.card import Card
from atlas.figures.key_figures.card_texts import (
    ARROW_SHARE,
    ICON_ABOVE,
    ICON_GAP_SHARE,
    UNIT_SHARE,
    CardLine,
    arrow_room,
    unit_gap,
)
from atlas.figures.key_figures.key_figure import Direction
from atlas.figures.key_figures.layout import CardGrid, PlacedCard
from atlas.rendering.text_metrics import ABOVE, BELOW, LINE, text_width
from atlas.settings.icons import ICON_SIDE, icon_paths

# Arrows in a square of 10, for a growth, a fall, and what stays as it was.
ARROWS: Mapping[Direction, str] = {
    "up": "M5 0L10 5.6L6.5 5.6L6.5 10L3.5 10L3.5 5.6L0 5.6Z",
    "down": "M5 10L10 4.4L6.5 4.4L6.5 0L3.5 0L3.5 4.4L0 4.4Z",
    "level": "M10 5L4.4 10L4.4 6.5L0 6.5L0 3.5L4.4 3.5L4.4 0Z",
}
ARROW_SIDE = 10.0
# Pixels of the bar in the colour of a corridor; the part of a hero that its silhouette takes, in
# height and at most in width, and how much of its colour shows.
BAR_PX, ORNAMENT_HEIGHT, ORNAMENT_WIDTH, ORNAMENT_OPACITY = 4.0, 0.86, 0.5, 0.16


@dataclass(frozen=True)
class CardColours:
    """ground: behind the texts; number, text, quiet: of digits, of what is counted, of the rest;
    mark: of icons and arrows; bar: on the left, empty for none."""

    ground: str
    number: str
    text: str
    quiet: str
    mark: str
    bar: str


def card_colours(card: Card, style: Style, corridors: Mapping[str, str]) -> CardColours:
    """A hero is a block of colour, ink for the nation; the others a tint, a corridor its colour.

    corridors: the colour of each.
    """
    nation = card.territory == "FR"
    main = style.ink if nation else style.primary
    if card.is_hero:
        on = readable_on(main)
        return CardColours(main, on, on, mix_colours(on, main, 0.1), on, "")
    own = corridors.get(card.corridor, "")
    return CardColours(style.neutral, main, style.ink, style.muted, own or main, own)


def draw_grid(
    grid: CardGrid,
    width: float,
    *,
    style: Style,
    corridors: Mapping[str, str],
    outline: Callable[[str], Silhouette | None],
) -> Composition:
    """All cards of a grid. corridors: the colour of each; outline: that of a territory."""
    blocks, glyphs, lines = list[Block](), list[Glyph](), list[TextLine]()
    for placed in grid.cards:
        colours = card_colours(placed.card, style, corridors)
        blocks.append(
            Block(
                placed.x,
                placed.y,
                placed.width,
                placed.height,
                colours.ground,
                placed.card.sentence,
            )
        )
        if colours.bar:
            bar = bar_path(BAR_PX, placed.height)
            glyphs.append(Glyph(placed.x, placed.y, 1.0, bar, colours.bar))
        if placed.card.is_hero:
            glyphs += _ornament(placed, outline(placed.card.territory), colours.number)
        drawn, written = _write(placed, colours)
        glyphs += drawn
        lines += written
    return Composition(width, grid.height, tuple(blocks), tuple(glyphs), tuple(lines), grid.factor)


def _ornament(placed: PlacedCard, shape: Silhouette | None, colour: str) -> list[Glyph]:
    """The silhouette of its territory, at the right of a hero."""
    if shape is None:
        return []
    scale = min(
        placed.height * ORNAMENT_HEIGHT / SILHOUETTE_HEIGHT,
        placed.width * ORNAMENT_WIDTH / shape.width,
    )
    x = placed.x + placed.width - shape.width * scale - placed.size.inset
    y = placed.y + (placed.height - SILHOUETTE_HEIGHT * scale) / 2
    return [Glyph(x, y, scale, shape.path, colour, ORNAMENT_OPACITY)]


def _write(placed: PlacedCard, colours: CardColours) -> tuple[list[Glyph], list[TextLine]]:
    """Its lines, centred in its height, with its icon and its arrow."""
    size, card = placed.size, placed.card
    top = placed.y + (placed.height - placed.needed) / 2 + placed.above - size.above
    x, y = placed.x + size.inset, top + size.inset
    glyphs, lines = list[Glyph](), list[TextLine]()
    for role, grouped in itertools.groupby(size.lines, key=lambda line: line.role):
        group, left = list(grouped), x
        if role == "number":
            glyphs += _icon(card, x, y, size.icon, colours.mark)
            if size.icon_beside:
                left += size.icon * (1 + ICON_GAP_SHARE)
                spare = max(0.0, size.icon - size.number * LINE * len(group))
            else:
                y, spare = y + size.icon * ICON_ABOVE, 0.0
            y += spare / 2
            lines.append(_stacked(group, left, y, colours.number))
            lines += _unit(placed, left, y, colours.number)
            y += sum(line.size * LINE for line in group) + spare / 2
            continue
        y += group[0].before
        if role == "change":
            glyphs += _arrow(card, x, y, group[0].size, colours.mark)
            left += arrow_room(card, group[0].size)
        strong = role in ("label", "change")
        lines.append(_stacked(group, left, y, colours.text if strong else colours.quiet))
        y += sum(line.size * LINE for line in group)
    return glyphs, lines


def _stacked(group: Sequence[CardLine], x: float, y: float, colour: str) -> TextLine:
    """Lines of one size, one under the other, from the top y."""
    size, weight = group[0].size, group[0].weight
    return TextLine(
        x, y + _base(size), "\n".join(line.text for line in group), size, weight, colour
    )


def _base(size: float) -> float:
    """From the top of a line to its base line: letters in the middle of its height."""
    return size * (LINE + ABOVE - BELOW) / 2


def _unit(placed: PlacedCard, x: float, y: float, colour: str) -> list[TextLine]:
    """Smaller, after the digits."""
    card, number = placed.card, placed.size.number
    if not card.unit or card.is_worded:
        return []
    after = x + text_width(card.number, number, 700) + unit_gap(number)
    return [TextLine(after, y + _base(number), card.unit, number * UNIT_SHARE, 700, colour)]


def _icon(card: Card, x: float, y: float, side: float, colour: str) -> list[Glyph]:
    return [Glyph(x, y, side / ICON_SIDE, icon_paths()[card.icon], colour)] if card.icon else []


def _arrow(card: Card, x: float, y: float, size: float, colour: str) -> list[Glyph]:
    if not card.direction:
        return []
    side = size * ARROW_SHARE
    top = y + (size * LINE - side) / 2
    return [Glyph(x, top, side / ARROW_SIDE, ARROWS[card.direction], colour)]
