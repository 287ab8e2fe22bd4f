"""The table of corridors that stands under key figures, drawn on the same page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from atlas import french
from atlas.figures.common.composition import Block, Composition, Glyph, TextLine, bar_path
from atlas.figures.common.style import Style
from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.rendering.text_metrics import ABOVE, BELOW, LINE, text_width, wrap

# Pixels of the letters by the width of the table, and at least and at most; the height of a row and
# the room above the table, in letters.
LETTERS_PER_WIDTH, MIN_PX, MAX_PX = 0.0165, 10.0, 15.0
ROW_SHARE, ABOVE_SHARE, INSET_SHARE = 1.75, 1.4, 0.6
# The part of the width that names take, and of what an indicator has, its levels.
NAME_SHARE, LEVEL_SHARE = 0.3, 0.6
BAR_PX, RULE_PX = 4.0, 0.8
#: After a value that another contradicts: its cell has no room for the word.
CONTRADICTED_MARK = "*"
CONTRADICTED_NOTE = f"{CONTRADICTED_MARK} Contredit par un autre chiffre."


@dataclass(frozen=True)
class CardTable:
    """names: of corridors, the total last; colours: one each, empty for the total; heads: what is
    counted, and since when the growths are; cells: per name, the level and the growth of each
    head."""

    names: tuple[str, ...]
    colours: tuple[str, ...]
    heads: tuple[tuple[str, str], ...]
    cells: tuple[tuple[tuple[str, str], ...], ...]


def card_table(
    figures: Sequence[KeyFigure], corridors: Mapping[str, tuple[str, str]]
) -> CardTable | None:
    """The figures of corridors in rows, those without one as their total; None without any.

    corridors: the name and the colour of each, in order.
    """
    if not figures:
        return None
    by_place = {(figure.indicator, figure.corridor): figure for figure in figures}
    indicators = list(dict.fromkeys(figure.indicator for figure in figures))
    keys = [key for key in corridors if any((one, key) in by_place for one in indicators)]
    totals = [""] if any((one, "") in by_place for one in indicators) else []
    heads = []
    for one in indicators:
        own = [figure for figure in figures if figure.indicator == one]
        since = dict.fromkeys(french.since_text(f.values[1]) for f in own if f.values[1].is_known)
        label = next((f.label for f in own if not f.corridor), own[0].label)
        heads.append((label, next(iter(since)) if len(since) == 1 else ""))
    return CardTable(
        tuple(corridors[key][0] for key in keys) + tuple("Total" for _ in totals),
        tuple(corridors[key][1] for key in keys) + tuple("" for _ in totals),
        tuple(heads),
        tuple(
            tuple(_cells(by_place.get((one, key))) for one in indicators)
            for key in [*keys, *totals]
        ),
    )


def _cells(figure: KeyFigure | None) -> tuple[str, str]:
    if figure is None:
        return french.MISSING, ""
    level, change = (
        french.value_text(value, marked=True, exact=value.quantity == "level")
        + (f"\u202f{CONTRADICTED_MARK}" if value.contradiction and value.is_known else "")
        if value.is_known or value.status == "secret"
        else ""
        for value in figure.values
    )
    return level or french.MISSING, change


def table_height(table: CardTable | None, width: float) -> float:
    """Pixels that it takes under the cards, with the room above it."""
    if table is None:
        return 0.0
    size = _letters(width)
    heads = max(len(lines) for lines in _head_lines(table, width, size))
    return size * (ABOVE_SHARE + heads * LINE + 0.4 + ROW_SHARE * len(table.names))


def with_table(composition: Composition, table: CardTable | None, style: Style) -> Composition:
    """The table under a composition that leaves its height free."""
    if table is None:
        return composition
    width, size = composition.width, _letters(composition.width)
    y = composition.height + size * ABOVE_SHARE
    columns = _columns(table, width)
    lines = [
        TextLine(left, y + place * size * LINE + size, text, size, 600, style.muted)
        for (left, _, _), head in zip(columns, _head_lines(table, width, size), strict=True)
        for place, text in enumerate(head)
    ]
    y += size * (max(map(len, _head_lines(table, width, size))) * LINE + 0.4)
    blocks, glyphs = list[Block](), list[Glyph]()
    row = size * ROW_SHARE
    for name, colour, cells in zip(table.names, table.colours, table.cells, strict=True):
        said = ", ".join(text for pair in cells for text in pair if text)
        ground = style.paper if colour else style.neutral
        blocks.append(Block(0.0, y, width, row, ground, f"{name} : {said}"))
        glyphs.append(Glyph(0.0, y, 1.0, bar_path(width, RULE_PX), style.grid))
        base = y + (row + (ABOVE - BELOW) * size) / 2
        weight = 400 if colour else 700
        if colour:
            bar = bar_path(BAR_PX, row * 0.6)
            glyphs.append(Glyph(0.0, y + row * 0.2, 1.0, bar, colour))
        lines.append(TextLine(size, base, name, size, 600 if colour else 700, style.ink))
        for (_, level_end, change_end), (level, change) in zip(columns, cells, strict=True):
            lines += [
                TextLine(end - text_width(text, size, weight), base, text, size, weight, style.ink)
                for text, end in ((level, level_end), (change, change_end))
                if text
            ]
        y += row
    return Composition(
        width,
        y,
        composition.blocks + tuple(blocks),
        composition.glyphs + tuple(glyphs),
        composition.lines + tuple(lines),
        composition.letters,
    )


def _letters(width: float) -> float:
    return min(max(width * LETTERS_PER_WIDTH, MIN_PX), MAX_PX)


def _columns(table: CardTable, width: float) -> list[tuple[float, float, float]]:
    """Of each head: its left, and where its levels and its growths end."""
    start, each = width * NAME_SHARE, width * (1 - NAME_SHARE) / len(table.heads)
    inset = _letters(width) * INSET_SHARE
    return [
        (
            start + place * each + inset,
            start + (place + LEVEL_SHARE) * each - inset,
            start + (place + 1) * each - inset,
        )
        for place in range(len(table.heads))
    ]


def _head_lines(table: CardTable, width: float, size: float) -> list[list[str]]:
    each = width * (1 - NAME_SHARE) / len(table.heads) - 2 * size * INSET_SHARE
    return [wrap(", ".join(text for text in head if text), size, 600, each) for head in table.heads]
