"""Classes that tell the values of a map apart: the configured bounds, else round ones that fit.

Classes are closed on the left, as in `atlas.indicators.classes`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

import numpy as np

#: Bounds tell values apart when no class holds more than this share, and so many are in use.
MAX_CLASS_SHARE, MIN_CLASSES_IN_USE = 0.4, 4
MAX_CLASSES = 7
#: Widths of round classes are these times a power of ten, and none is under the least: values
#: printed with one decimal do not bear finer ones.
ROUND_WIDTHS, MIN_WIDTH = (1, 2, 5), 0.5
#: Widths of the classes of changes and gaps on each side of zero, and how many are on a side.
SIGNED_WIDTHS_POINTS, CLASSES_PER_SIGN = (0.5, 1, 2, 3, 5, 10), 3


def auto_bounds(values: Sequence[float], configured: Sequence[float]) -> list[float]:
    """The configured bounds where they tell the values apart, else round ones, of one width.

    The widest classes that hold every value between two round ends are taken when they tell apart;
    else those whose fullest class holds least, the first and the last of which may be open. The
    configured ones stay where no round ones do better. values: without missing ones.
    """
    kept = list(configured)
    if not len(values) or tell_apart(values, kept):
        return kept
    closed = list(_closed_bounds(values))
    for bounds in closed:
        if len(bounds) + 1 >= MIN_CLASSES_IN_USE and tell_apart(values, bounds):
            return bounds
    found = [*closed, *_open_bounds(values)]
    best = min(found, key=lambda bounds: _faults(values, bounds), default=kept)
    return best if max(_sizes(values, best)) < max(_sizes(values, kept)) else kept


def auto_signed_bounds(values: Sequence[float], configured: Sequence[float]) -> list[float]:
    """The same around zero: as many classes of one width on each side, the outer ones open."""
    kept = list(configured)
    if not len(values) or tell_apart(values, kept):
        return kept
    places = range(1 - CLASSES_PER_SIGN, CLASSES_PER_SIGN)
    found = [[round(width * place, 1) for place in places] for width in SIGNED_WIDTHS_POINTS]
    best = min(found, key=lambda bounds: _faults(values, bounds))
    return best if max(_sizes(values, best)) < max(_sizes(values, kept)) else kept


def tell_apart(values: Sequence[float], bounds: Sequence[float]) -> bool:
    """True when no class holds over 40 % of the values, and at least four hold some."""
    sizes = _sizes(values, bounds)
    return (
        max(sizes) <= MAX_CLASS_SHARE * len(values)
        and sum(size > 0 for size in sizes) >= MIN_CLASSES_IN_USE
    )


def round_ends(values: Sequence[float], bounds: Sequence[float]) -> tuple[float, float]:
    """The ends of the first and of the last class, infinite where values lie beyond a width.

    bounds: of `auto_bounds`, two at least, of one width.
    """
    width = bounds[1] - bounds[0]
    low, high = round(bounds[0] - width, 1), round(bounds[-1] + width, 1)
    return (
        low if min(values) >= low else -math.inf,
        high if max(values) < high else math.inf,
    )


def _sizes(values: Sequence[float], bounds: Sequence[float]) -> list[int]:
    places = np.searchsorted(np.asarray(bounds, dtype=float), np.asarray(values), side="right")
    return [int(size) for size in np.bincount(places, minlength=len(bounds) + 1)]


def _faults(values: Sequence[float], bounds: Sequence[float]) -> tuple[int, int, int]:
    """What is least in the best bounds: the fullest class, the empty ones, their number."""
    sizes = _sizes(values, bounds)
    return max(sizes), sizes.count(0), len(sizes)


def _closed_bounds(values: Sequence[float]) -> Iterator[list[float]]:
    """Inner bounds of the classes that hold every value, the widest first."""
    for width in _widths(values):
        first, last = math.floor(min(values) / width), math.floor(max(values) / width)
        if 2 <= last - first <= MAX_CLASSES - 1:
            yield [round(width * place, 1) for place in range(first + 1, last + 1)]


def _open_bounds(values: Sequence[float]) -> Iterator[list[float]]:
    """Inner bounds inside the values, so that the first and the last class hold some."""
    for width in _widths(values):
        first, last = math.floor(min(values) / width) + 1, math.floor(max(values) / width)
        for count in range(MIN_CLASSES_IN_USE - 1, MAX_CLASSES):
            for start in range(first, last - count + 2):
                yield [round(width * place, 1) for place in range(start, start + count)]


def _widths(values: Sequence[float]) -> list[float]:
    """Round widths, from the widest that makes several classes to the finest."""
    highest = max(1, math.ceil(math.log10(max(max(values) - min(values), 1)))) + 1
    powers = range(-1, highest)
    widths = [step * 10.0**power for power, step in itertools.product(powers, ROUND_WIDTHS)]
    return sorted((width for width in widths if width >= MIN_WIDTH), reverse=True)
