"""Where the dots and the names of a strip go, without overlap, in a drawing of a given width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

# Pixels between two dots of a row, and between two names of a lane.
DOT_SPACING_PX, NAME_SPACING_PX = 9.0, 12


@dataclass
class _Name:
    """A name and its leader at x; left, right: its ends; side: 1 where it is written to the right
    of its leader, -1 to the left; lane: 0 is the lowest."""

    x: float
    left: float
    right: float
    side: int
    lane: int = 0

    def meets(self, other: _Name) -> bool:
        """True when both cannot be written: one over the other, or over the other's leader."""
        if self.lane == other.lane:
            return (
                self.left < other.right + NAME_SPACING_PX
                and other.left < self.right + NAME_SPACING_PX
            )
        low, high = (self, other) if self.lane < other.lane else (other, self)
        return low.left < high.x < low.right


def rows_of(pixels: Sequence[float], roles: pd.Series) -> list[int]:
    """The row of each dot, 0 the lowest: the first where it touches no other (0 for the nation)."""
    ends: list[float] = []
    rows = [0] * len(pixels)
    dots = [i for i, role in enumerate(roles) if role != "nation"]
    for i in sorted(dots, key=lambda i: pixels[i]):
        row = next(
            (r for r, end in enumerate(ends) if pixels[i] - end >= DOT_SPACING_PX), len(ends)
        )
        ends[row : row + 1] = [pixels[i]]
        rows[i] = row
    return rows


def lanes_of(
    pixels: Sequence[float], long: pd.Series, roles: pd.Series, width: float
) -> list[tuple[int, int]]:
    """The lane (0 the highest) and the side of each name; (0, 1) for dots without one."""
    names = {
        i: _name(pixels[i], long.iloc[i], width) for i, role in enumerate(roles) if role != "other"
    }
    # From the edges towards the middle of what each side writes: a leader then rises beside the
    # names that are lower, not through them.
    placed: list[_Name] = []
    for name in sorted(names.values(), key=lambda name: -name.side * name.x):
        name.lane = _lane(name, placed)
        placed.append(name)
    used = sorted({name.lane for name in placed}, reverse=True)
    return [
        (used.index(names[i].lane), names[i].side) if i in names else (0, 1)
        for i in range(len(pixels))
    ]


def _lane(name: _Name, placed: Sequence[_Name]) -> int:
    """The lowest lane where a name meets fewest others; two names never share a place."""

    def meetings(lane: int) -> tuple[int, int]:
        met = [other for other in placed if replace(name, lane=lane).meets(other)]
        over = sum(other.lane == lane for other in met)
        return len(met) + len(placed) * over, lane

    return min(range(len(placed) + 1), key=meetings)


def _name(x: float, long: float, width: float) -> _Name:
    """Right of its leader, pushed back by the edge; left where half of it would be pushed."""
    if x + 4 + long / 2 <= width or long > x - 4:
        left = min(x + 4, width - long)
        return _Name(x, left, left + long, 1)
    return _Name(x, x - 4 - long, x - 4, -1)
