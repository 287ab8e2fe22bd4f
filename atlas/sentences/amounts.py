"""How much: a level in a sentence, to the digits or in the words of its source."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from atlas import french
from atlas.french import NBSP
from atlas.values import Value

# « 1 document sur 2 »: the number does not go alone to the next line.
_OF_A_NUMBER = re.compile(r"\b(sur) (\d)")


def amount_text(value: Value, noun: str = "") -> str:
    """« 957 118 documents », « 33,6 % », « un assuré sur quatre », « environ 5,1 millions de
    documents » of what was computed, « entre 35,5 et 39,0 % » when its weights are unknown.

    noun: what a count counts, in the plural; empty to leave it out. Raises ValueError for a value
    without amount or indicator.
    """
    if value.indicator is None or value.amount is None:
        raise ValueError("only a known value of an indicator can be said")
    if value.printed:
        return _in_words(value, noun)
    if value.indicator.kind == "rank":
        return french.format_ordinal(int(value.amount), is_feminine=True)
    if value.reach is not None:
        return french.reach_text(value) + (f"{NBSP}{noun}" if noun else "")
    amount = _rounded(value.amount, value.significant_figures)
    text = french.value_text(replace(value, amount=amount), exact=True)
    if value.is_computed and not value.qualifier:
        text = f"environ {text}"
    if not noun or value.indicator.in_percent:
        return text
    return french.with_counted(text, amount, noun)


def _in_words(value: Value, noun: str) -> str:
    """« plus d’une centaine d’ambassadeurs »: the words of the source, and what they count unless
    they say it."""
    is_rate = value.indicator is not None and value.indicator.in_percent
    printed = _OF_A_NUMBER.sub(rf"\1{NBSP}\2", value.printed)
    if not noun or is_rate or noun.partition(" ")[0].rstrip("s") in printed:
        return printed
    return f"{printed} {french.with_de(noun)}"


def _rounded(amount: float, significant_figures: int | None) -> float:
    """As many figures as the inputs of a computed amount bear; None keeps all."""
    if significant_figures is None or amount == 0:
        return amount
    places = significant_figures - 1 - math.floor(math.log10(abs(amount)))
    return float(round(amount, places))
