"""How many figures a computed number bears, from those of the numbers it comes from.

A number is written with the figures that are known to one unit of the last (the usual rule of
significant figures: JCGM 100, 7.2.6).
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

# Figures of a number that comes from a growth in whole percents, at most; one more a decimal.
MAX_FIGURES_OF_WHOLE_PERCENT = 3
# Below it the zeros that end a whole number are counted units; from it on, a rounding.
LEAST_ROUNDED_COUNT = 1_000
# From it on, sources write « 300 millions », whose zeros count.
MILLION = 1_000_000
# More figures than any source prints.
EXACT_FIGURES = 15


def printed_figures(amount: float, qualifier: str = "") -> int:
    """The significant figures of a count as a source prints it.

    5 937 688 has seven, 150 000 two at least, « 300 millions » three and « 1 million » one; 110 is
    exact unless a qualifier says that it is round.
    """
    if abs(amount) < LEAST_ROUNDED_COUNT and not qualifier:
        return EXACT_FIGURES
    kept = len(str(abs(round(amount))).rstrip("0"))
    least = 2 if abs(amount) < MILLION else _length(amount / MILLION)
    return max(1, kept, least)


def half_step(amount: float, qualifier: str = "") -> float:
    """How far the rounding of a printed count may have moved it: 5 000 of 150 000, 0 of 338."""
    figures = printed_figures(amount, qualifier)
    if amount == 0 or figures >= _length(amount):
        return 0.0
    return 0.5 * 10.0 ** (_length(amount) - figures)


def round_to_figures(amount: float, figures: int) -> float:
    """5 131 706 with two figures → 5 100 000; halves go up."""
    if amount == 0:
        return 0.0
    exponent = _length(amount) - figures
    return float(Decimal(repr(amount)).quantize(Decimal(1).scaleb(exponent), ROUND_HALF_UP))


def as_rounded(amount: float, decimals: int) -> float:
    """33.25 with one decimal → 33.3; halves go up, as in print."""
    return float(Decimal(repr(float(amount))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def base_of_growth(
    level: float, growth: float, growth_decimals: int, qualifier: str = ""
) -> tuple[float, int]:
    """The count before a growth (in percent, printed with so many decimals), and its figures.

    It has no more figures than the level, nor than the growth allows: the rounding of the growth
    may not move the last figure by more than one unit, and a whole percent allows three at most.
    A count has no decimals. growth: above -100.
    """
    base = level / (1 + growth / 100)
    moved = base * 0.5 * 10.0**-growth_decimals / (100 + growth)
    figures = min(
        printed_figures(level, qualifier),
        MAX_FIGURES_OF_WHOLE_PERCENT + growth_decimals,
        max(1, _length(base)),
    )
    while figures > 1 and moved > 10.0 ** (_length(base) - figures):
        figures -= 1
    return round_to_figures(base, figures), figures


def growth_between(before: float, after: float, *, qualifiers: tuple[str, str] = ("", "")) -> float:
    """The growth in percent between two printed counts, with the decimals that they bear: one at
    most, none or a round ten where the counts are round; NaN where none is certain.

    before: above 0.
    """
    growth = (after / before - 1) * 100
    moved = (growth + 100) * (
        half_step(before, qualifiers[0]) / before
        + (half_step(after, qualifiers[1]) / after if after else 0.0)
    )
    decimals = 1
    while moved > 10.0**-decimals and decimals >= -1:
        decimals -= 1
    if decimals < -1 or (moved and abs(growth) <= moved):
        return math.nan
    return float(Decimal(repr(growth)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def _length(amount: float) -> int:
    """How many digits stand before the decimal sign: 3 of 338; 0 or less below one."""
    return 0 if amount == 0 else math.floor(math.log10(abs(amount))) + 1
