"""Bounds of the classes of a map, computed from its values as they are printed.

Classes are closed on the left, [30 ; 33[, so that equal values are never in two of them. With
fewer distinct values than classes there are fewer classes. Bounds are those that a reader can
find among the values (quantiles, natural breaks) or compute (equal steps).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np

from atlas.indicators.round_classes import auto_bounds

ClassMethod = Literal["auto", "fixed", "quantiles", "natural", "equal"]


def class_bounds(
    values: Iterable[float], method: ClassMethod, fixed: Sequence[float]
) -> list[float]:
    """Inner bounds of the classes of `values` (NaN left out), as many as the fixed ones make.

    fixed: those of config/indicators.yaml, which come back as they are for that method, and for
    auto where they tell the values apart.
    """
    if method == "fixed":
        return list(fixed)
    if method == "auto":
        return auto_bounds(_known_values(values), fixed)
    made = {"quantiles": quantiles, "natural": natural_breaks, "equal": equal_steps}[method]
    return made(_known_values(values), len(fixed) + 1)


def quantiles(values: Iterable[float], classes: int) -> list[float]:
    """Bounds of classes that hold as many values each, as nearly as ties allow.

    A bound is the first value of its class. One that ties would bring down to the lowest value,
    or on another bound, is left out: its class would be empty.
    """
    ordered = _known_values(values)
    cuts = [math.floor(len(ordered) * place / classes + 0.5) for place in range(1, classes)]
    bounds = {ordered[cut] for cut in cuts if cut < len(ordered)}
    return sorted(bounds - set(ordered[:1]))


def equal_steps(values: Iterable[float], classes: int, *, digits: int = 1) -> list[float]:
    """Bounds of classes of the same width between the lowest and the highest value.

    digits: decimals of the values; bounds are rounded to them, and those that then meet another
    or the lowest value are left out.
    """
    ordered = _known_values(values)
    if not ordered:
        return []
    low, high = ordered[0], ordered[-1]
    bounds = {round(low + (high - low) * place / classes, digits) for place in range(1, classes)}
    return sorted(bound for bound in bounds if low < bound <= high)


def natural_breaks(values: Iterable[float], classes: int) -> list[float]:
    """Bounds of the classes whose values are nearest to the mean of their class (Fisher, Jenks).

    The exact partition, by dynamic programming over distinct values: the smallest sum over all
    values of the squared distance to the mean of their class. A bound is the first value of its
    class.
    """
    counts = Counter(_known_values(values))
    levels = sorted(counts)
    if len(levels) <= classes:
        return levels[1:]
    costs = _costs(np.array(levels), np.array([counts[level] for level in levels], dtype=float))
    best, cuts = costs[0], []
    for _ in range(classes - 1):
        # total[start, end]: the best classes before `start`, then one class from start to end
        total = np.vstack([np.full(len(levels), np.inf), best[:-1, None] + costs[1:]])
        cuts.append(total.argmin(axis=0))
        best = total.min(axis=0)
    starts, end = list[int](), len(levels) - 1
    for cut in reversed(cuts):
        starts.append(int(cut[end]))
        end = starts[-1] - 1
    return [levels[start] for start in reversed(starts)]


def _costs(levels: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """[start, end]: the squared distances to their mean of the values from start to end, rounded
    so that equal partitions are equal; infinite where the end comes first."""
    sums = [np.concatenate([[0.0], np.cumsum(weights * levels**power)]) for power in (0, 1, 2)]
    size, first, second = (after[None, 1:] - after[:-1, None] for after in sums)
    start, end = np.indices(size.shape)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.round(second - first**2 / size, 9)
    return np.where(end >= start, spread, np.inf)


def _known_values(values: Iterable[float]) -> list[float]:
    """In order, without the missing ones."""
    return sorted(float(value) for value in values if not math.isnan(value))
