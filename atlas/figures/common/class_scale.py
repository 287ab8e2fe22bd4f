"""The classes of a map: bounds, ends and colours, and the legend that is a scale of them.

A colour reaches the browser as a place on a ramp, with the values: with other bounds, or another
number of classes, the specification of a map stays the same text.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from atlas import french
from atlas.figures.common.figure import LegendEntry
from atlas.figures.common.style import class_of, palette
from atlas.figures.common.value_expressions import Classes

# Every number of classes up to seven divides the ramp evenly.
RAMP_STEPS = 60
SHADE = "shade"


@dataclass(frozen=True)
class ClassScale:
    """bounds: inner bounds; ramp: the colours between the lowest class and the highest; ends: of
    the first and of the last class, infinite where it is open; adapted: bounds were fitted to the
    values shown."""

    bounds: Sequence[float]
    ramp: Sequence[str]
    ends: tuple[float, float] = (-math.inf, math.inf)
    adapted: bool = False

    @property
    def places(self) -> list[int]:
        """Of each class on the ramp."""
        last = len(self.bounds)
        if last == 0:
            return [RAMP_STEPS]
        return [round(RAMP_STEPS * place / last) for place in range(last + 1)]

    @property
    def colours(self) -> list[str]:
        """Of each class, in order."""
        return [self.ramp[place] for place in self.places]

    @property
    def drawing_classes(self) -> Classes:
        """How a drawing colours its column `shade`, whatever the bounds."""
        return Classes(range(1, RAMP_STEPS + 1), self.ramp, SHADE)

    def shades(self, values: pd.Series) -> pd.Series:
        """The place on the ramp of each value, None where it is missing."""
        found = [class_of(value, self.bounds) for value in values.astype(float)]
        places = self.places
        return pd.Series([None if i is None else places[i] for i in found], values.index, object)

    def labels(self, form: str = "words") -> list[str]:
        """The label of each class, in order: « de 30 à 34 », or « [30 ; 34[ » as intervals."""
        return class_labels(self.bounds, self.ends, form=form)

    def legend(self, tallies: Sequence[LegendEntry], form: str) -> tuple[LegendEntry, ...]:
        """As `scale_legend` says."""
        return scale_legend(self.bounds, self.colours, tallies, form, ends=self.ends)


def scale_legend(
    bounds: Sequence[float],
    colours: Sequence[str],
    tallies: Sequence[LegendEntry],
    form: str,
    *,
    ends: tuple[float, float] = (-math.inf, math.inf),
) -> tuple[LegendEntry, ...]:
    """The classes from the first to the last in use, as a scale; as intervals, those in use.

    tallies: entries of which only what they count is read, one for each class; form: as of
    `class_labels`.
    """
    labels, digits = class_labels(bounds, ends, form=form), _digits(bounds)
    printed = [_bound_text(bound, digits) for bound in (ends[0], *bounds, ends[1])]
    entries = [
        replace(
            tally,
            label=label,
            colour=colour,
            edges=(low, high) if form == "words" and bounds else None,
        )
        for tally, label, colour, low, high in zip(
            tallies, labels, colours, printed, printed[1:], strict=False
        )
    ]
    used = [place for place, entry in enumerate(entries) if entry.is_used]
    if form != "words":
        return tuple(entries[place] for place in used)
    return tuple(entries[used[0] : used[-1] + 1]) if used else ()


def colour_ramp(colours: Sequence[str]) -> list[str]:
    """The colours between the ends of a palette, in as many steps as a ramp has."""
    return palette(colours, RAMP_STEPS + 1)


def class_labels(
    bounds: Sequence[float],
    ends: tuple[float, float] = (-math.inf, math.inf),
    *,
    form: str = "words",
) -> list[str]:
    """The label of each class, in order. form: « words » or « intervals »."""
    if not bounds:
        return ["toutes les valeurs"]
    digits, edges = _digits(bounds), [ends[0], *bounds, ends[1]]
    write = french.format_interval if form == "intervals" else french.format_class
    return [write(low, high, digits) for low, high in zip(edges, edges[1:], strict=False)]


def _digits(bounds: Iterable[float]) -> int:
    return 0 if all(float(bound).is_integer() for bound in bounds) else 1


def _bound_text(bound: float, digits: int) -> str:
    return "" if math.isinf(bound) else french.format_number(bound, digits)
