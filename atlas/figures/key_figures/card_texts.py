"""The texts of one card, broken into lines and measured for a width."""

from __future__ import annotations

from dataclasses import dataclass, field

from atlas.figures.key_figures.card import Card
from atlas.french import keep_with_punctuation
from atlas.rendering.text_metrics import LINE, text_width, wrap

# Pixels of the letters at the factor 1: digits, words of a source in their place, what is counted,
# the rest; no text is smaller than MIN_PX, which is 7 points on paper.
NUMBER_PX, WORDED_PX, LABEL_PX, SMALL_PX, MIN_PX = 27.0, 17.0, 12.0, 10.5, 10.0
# Heroes are larger; the powers of the factor by which labels and small texts grow less than digits.
HERO_NUMBER, HERO_TEXT, LABEL_POWER, SMALL_POWER = 1.75, 1.2, 0.75, 0.65
# Parts of the digits: the unit beside them, the icon; of an icon, the room after it.
UNIT_SHARE, ICON_SHARE, ICON_GAP_SHARE = 0.52, 1.12, 0.25
# Height of an icon that stands over its digits, with the room under it, as a part of its side.
ICON_ABOVE = 1.12
INSET_PX, MAX_NUMBER_LINES = 11.0, 3
# What stands over the digits.
ABOVE_NUMBER = ("heading", "qualifier")
# Parts of the letters of a growth: its arrow, and the room after it.
ARROW_SHARE, ARROW_GAP_SHARE = 0.8, 0.35


@dataclass(frozen=True)
class CardLine:
    """One line: role (heading, number, label, detail, change, when), its text and how large."""

    role: str
    text: str
    size: float
    weight: int
    before: float = 0.0


@dataclass(frozen=True)
class CardSize:
    """The lines of a card in a width. fits: no word is wider; above: height of what stands over
    the digits, and below: of these and the rest, with the room around; number: pixels of the
    digits; icon: its side; icon_beside: it stands left of the digits."""

    fits: bool
    above: float
    below: float
    inset: float
    number: float
    icon: float
    icon_beside: bool
    lines: tuple[CardLine, ...] = field(default_factory=tuple)


def card_size(
    card: Card, width: float, factor: float, *, may_stand_beside: bool = True
) -> CardSize:
    """A card of this width, with letters larger by this factor than at the usual size.

    may_stand_beside: the icon is left of the digits where there is room for it.
    """
    inset = INSET_PX * max(0.8, min(factor, 2.2) ** 0.8)
    inner = width - 2 * inset
    large = HERO_NUMBER if card.is_hero else 1.0
    number = max((WORDED_PX if card.is_worded else NUMBER_PX) * factor * large, 1.3 * MIN_PX)
    icon = NUMBER_PX * factor * large * ICON_SHARE if card.icon else 0.0
    digits = number_lines(card, number, inner)
    beside = may_stand_beside and bool(icon) and digits is not None
    beside = beside and _icon_room(card, number, icon) <= inner
    if beside:
        narrower = number_lines(card, number, inner - icon * (1 + ICON_GAP_SHARE))
        beside, digits = narrower is not None, narrower or digits
    lines = _lines(card, digits or [card.number], number, inner, factor)
    tall = sum(line.before + line.size * LINE for line in lines)
    above = sum(line.size * LINE for line in lines if line.role in ABOVE_NUMBER)
    extra = max(0.0, icon - number * LINE * len(digits or [1])) if beside else icon * ICON_ABOVE
    return CardSize(
        fits=digits is not None and _words_fit(lines, inner),
        above=above + inset,
        below=tall - above + extra + inset,
        inset=inset,
        number=number,
        icon=icon,
        icon_beside=beside,
        lines=tuple(lines),
    )


def number_lines(card: Card, size: float, width: float) -> list[str] | None:
    """The number with its unit on one line, or its words on a few; None when it is too wide."""
    if card.is_worded:
        lines = wrap(card.number, size, 700, width)
        wide = max(text_width(line, size, 700) for line in lines)
        return lines if wide <= width and len(lines) <= MAX_NUMBER_LINES else None
    return [card.number] if number_width(card, size) <= width else None


def number_width(card: Card, size: float) -> float:
    """The digits, the qualifier before them, the unit and the marks after them."""
    parts = [text_width(card.number, size, 700)]
    parts += [unit_gap(size) + text_width(card.unit, size * UNIT_SHARE, 700)] if card.unit else []
    return sum(parts)


def unit_gap(size: float) -> float:
    """Between digits and unit."""
    return size * 0.16


def _icon_room(card: Card, number: float, icon: float) -> float:
    needed = 0.0 if card.is_worded else number_width(card, number)
    return icon * (1 + ICON_GAP_SHARE) + needed


def _lines(
    card: Card, digits: list[str], number: float, inner: float, factor: float
) -> list[CardLine]:
    text = HERO_TEXT if card.is_hero else 1.0
    label = max(LABEL_PX * factor**LABEL_POWER * text, MIN_PX)
    small = max(SMALL_PX * factor**SMALL_POWER * text, MIN_PX)
    counted = f"{card.label}\u202f{card.marks}" if card.marks else card.label
    parts = [
        ("heading", card.heading, small, 600, 0.0, inner),
        ("qualifier", card.qualifier, small, 400, 0.0, inner),
        ("label", counted, label, 600, number * 0.12 if card.is_worded else 0.0, inner),
        ("detail", card.detail, small, 400, 0.0, inner),
        ("change", card.change, small, 600, small * 0.3, inner - arrow_room(card, small)),
        ("when", card.when, small, 400, small * 0.2, inner),
    ]
    lines = []
    for role, said, size, weight, before, width in parts:
        if role == "label":
            lines += [CardLine("number", line, number, 700) for line in digits]
        wrapped = wrap(keep_with_punctuation(said), size, weight, width)
        lines += [
            CardLine(role, line, size, weight, 0.0 if place else before)
            for place, line in enumerate(wrapped)
        ]
    return lines


def arrow_room(card: Card, size: float) -> float:
    """What an arrow takes before the words of a growth."""
    return size * (ARROW_SHARE + ARROW_GAP_SHARE) if card.direction else 0.0


def _words_fit(lines: list[CardLine], inner: float) -> bool:
    return all(
        text_width(line.text, line.size, line.weight) <= inner + 0.01
        for line in lines
        if line.role != "number"
    )
