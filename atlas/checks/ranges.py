"""Numbers as printed: the values that a rounded or qualified number may stand for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from atlas.settings import Checks, Indicator, Tolerance

Severity = Literal["erreur", "à vérifier", "information"]
_RELATIVE_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Interval:
    """Every value from low to high, both included; high may be infinite."""

    low: float
    high: float

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def over(self, other: Interval) -> Interval:
        """The quotient of two counts, neither below zero; that of two zeros may be anything."""
        least = self.low / other.high if other.high > 0 else math.inf if self.low > 0 else 0.0
        most = self.high / other.low if other.low > 0 else math.inf
        return Interval(least, most)

    def times(self, factor: float) -> Interval:
        """Each value multiplied by a positive number."""
        return Interval(self.low * factor, self.high * factor)

    def gap(self, other: Interval) -> float:
        """How far apart they stand, relative to their size; below zero where they overlap."""
        apart = max(self.low, other.low) - min(self.high, other.high)
        finite = [
            abs(end) for end in (self.low, self.high, other.low, other.high) if math.isfinite(end)
        ]
        return apart / max([1.0, *finite])


@dataclass(frozen=True)
class Range:
    """One number in two readings: usual, and the widest that its words allow."""

    usual: Interval
    widest: Interval

    def __add__(self, other: Range) -> Range:
        return Range(self.usual + other.usual, self.widest + other.widest)

    def __sub__(self, other: Range) -> Range:
        return Range(self.usual - other.usual, self.widest - other.widest)

    def over(self, other: Range) -> Range:
        """The quotient of two counts."""
        return Range(self.usual.over(other.usual), self.widest.over(other.widest))

    def times(self, factor: float) -> Range:
        """Multiplied by a positive number."""
        return Range(self.usual.times(factor), self.widest.times(factor))

    def wider(self, by: float) -> Range:
        """Stretched both ways, for what is computed on an approximate weight."""
        around = Interval(-by, by)
        return Range(self.usual + around, self.widest + around)


def exactly(value: float) -> Range:
    """A number without any doubt: 100 % of a whole."""
    return Range(Interval(value, value), Interval(value, value))


def conflict(said: Range, computed: Range) -> Severity | None:
    """« erreur » when no reading reconciles them, « à vérifier » when only the widest does."""
    if not _agree(said.widest, computed.widest):
        return "erreur"
    return None if _agree(said.usual, computed.usual) else "à vérifier"


def _agree(one: Interval, two: Interval) -> bool:
    """Two roundings that only touch (24.5 ends « 24 » and starts « environ 25 ») do not agree."""
    points = one.high - one.low <= _RELATIVE_TOLERANCE or two.high - two.low <= _RELATIVE_TOLERANCE
    return one.gap(two) <= (_RELATIVE_TOLERANCE if points else -_RELATIVE_TOLERANCE)


def range_of_value(value: float, qualifier: str, indicator: Indicator, checks: Checks) -> Range:
    """What a value printed with a qualifier stands for: « 33,6 % » is 33.55 to 33.65.

    At its widest a printed number is up to a whole step away: cut instead of rounded (65.7 million
    become « 65 millions »), or rounded twice.
    """
    half = _half_step(value, indicator, checks.significant_digits)
    usual = Interval(value - half, value + half)
    widest = Interval(value - 2 * half, value + 2 * half)
    if qualifier:
        tolerance: Tolerance = getattr(checks.qualifiers, qualifier)
        if qualifier == "about":
            half = max(half, _half_of_round_number(value))
        usual = _extend_by_qualifier(
            value, half, qualifier, _usual_share(value, qualifier, tolerance.usual, indicator)
        )
        widest = _extend_by_qualifier(
            value, half, qualifier, math.inf if tolerance.widest is None else tolerance.widest
        )
        # « plus d’un tiers », kept as 33.3, may start at 33.25: the number itself is a rounding.
        widest = widest + Interval(-half if qualifier == "over" else 0, half)
    top = 100.0 if indicator.in_percent else math.inf
    return Range(_clip(usual, top), _clip(widest, top))


def range_of_change(change: float) -> Range:
    """A growth or a difference in points, to the last decimal printed; a whole step at widest."""
    half = decimal_half(change)
    return Range(
        Interval(change - half, change + half), Interval(change - 2 * half, change + 2 * half)
    )


def _clip(interval: Interval, top: float) -> Interval:
    return Interval(max(0.0, interval.low), min(top, interval.high))


def _extend_by_qualifier(value: float, half: float, qualifier: str, share: float) -> Interval:
    reach = math.inf if math.isinf(share) else value * share
    if qualifier == "about":
        return Interval(value - max(half, reach), value + max(half, reach))
    if qualifier == "over":
        return Interval(value, value + max(half, reach))
    return Interval(value - max(half, reach), value)


def _usual_share(value: float, qualifier: str, share: float, indicator: Indicator) -> float:
    """Near 100 % it is what is left that a reader sees: « plus de 97 % » is not 98,4 %."""
    if qualifier == "over" and indicator.in_percent and 50 < value <= 100:
        return share * (100 - value) / value
    return share


def _half_of_round_number(value: float) -> float:
    """Half the place of a count of one digit: « une cinquantaine » is 45 to 55."""
    text = f"{round(value)}"
    return 10.0 ** (len(text) - 1) / 2 if value >= 10 and not text[1:].strip("0") else 0.0


def _half_step(value: float, indicator: Indicator, significant: int) -> float:
    if indicator.kind == "rank":
        return 0
    if indicator.kind != "count":
        return decimal_half(value)
    text = str(round(value))
    zeros = len(text) - len(text.rstrip("0"))
    if not zeros or value == 0:
        return 0
    return 10.0 ** max(0, min(zeros, len(text) - significant)) / 2


def decimal_half(value: float) -> float:
    """Half a unit of the last decimal: 0.05 for 33.6, 0.5 for 33."""
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    return 10.0 ** min(0, int(exponent)) / 2
