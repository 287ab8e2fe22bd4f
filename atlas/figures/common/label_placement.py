"""Where labels stand so that none covers another, and how wide they are about."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

# Pixels that a letter of 13 px takes on average, and a digit or a sign of a bold number.
LETTER, DIGIT = 6.2, 7.0


def spread_apart(
    wanted: Sequence[float], gap: float, low: float = -math.inf, high: float = math.inf
) -> list[float]:
    """Each place moved as little as it takes to stand `gap` from its neighbours, in the order of
    the values; of equal values, the first to come stands highest.

    Labels that are too close form a block, which stays centred on the values that it names, and
    between low and high where there is room for all.
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], -i))
    blocks: list[list[int]] = []
    for i in order:
        blocks.append([i])
        while (
            len(blocks) > 1
            and _start(blocks[-1], wanted, gap)
            < _start(blocks[-2], wanted, gap) + gap * len(blocks[-2]) - 1e-9
        ):
            last = blocks.pop()
            blocks[-1] += last
    places = {
        i: _start(block, wanted, gap) + gap * step
        for block in blocks
        for step, i in enumerate(block)
    }
    for step, i in enumerate(order):
        places[i] = max(places[i], low + gap * step)
    for step, i in enumerate(reversed(order)):
        places[i] = min(places[i], high - gap * step)
    return [places[i] for i in range(len(wanted))]


def _start(block: list[int], wanted: Sequence[float], gap: float) -> float:
    centre = sum(wanted[i] for i in block) / len(block)
    return centre - gap * (len(block) - 1) / 2


def widest(texts: Iterable[str], letter: float = LETTER) -> int:
    """Pixels that the longest of some texts takes, about; 0 when all are empty."""
    return round(max((len(text) for text in texts), default=0) * letter)


def axis_window(values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis without bars: from zero when zero is near, else around the values."""
    low, high = min(values), max(values)
    room = 0.08 * ((high - low) or abs(high) or 1.0)
    if 0 <= low < 0.4 * high:
        return 0.0, high + room
    return (max(0.0, low - room) if low >= 0 else low - room), high + room
