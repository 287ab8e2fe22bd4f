"""How much more: changes in words, never a sign alone after « soit »."""

from __future__ import annotations

from atlas import french
from atlas.french import NBSP, QUALIFIERS
from atlas.sentences.period_phrases import against_phrase, than_phrase
from atlas.settings import Indicator
from atlas.values import Value

#: From this growth on, in percent, an amount is said as so many times the former one.
MIN_MULTIPLE_PERCENT = 100
_TIMES_IN_LETTERS = {
    2: "deux",
    3: "trois",
    4: "quatre",
    5: "cinq",
    6: "six",
    7: "sept",
    8: "huit",
    9: "neuf",
    10: "dix",
}


def change_clause(change: Value) -> str:
    """What follows a level: « , trois fois plus qu’en 2024 (+204 %) », « , en hausse de 79 % par
    rapport à 2024 », « , soit 7,8 points de plus qu’en décembre 2024 »; empty without a change.

    Raises ValueError for a change of no indicator.
    """
    indicator = _indicator_of(change)
    if change.amount is None:
        return ""
    if indicator.in_percent or indicator.kind == "rank":
        return _points_clause(change, change.amount, indicator)
    if change.amount >= MIN_MULTIPLE_PERCENT and change.compared_to:
        return f", {times_text(change)} plus {than_phrase(change)} ({signed_text(change)})"
    if change.amount == 0:
        return f", stable {against_phrase(change)}" if change.compared_to else ", stable"
    way = "hausse" if change.amount > 0 else "baisse"
    said = f", en {way} {french.with_de(_percent_text(change))}"
    return f"{said} {against_phrase(change)}" if change.compared_to else f"{said} {NO_BASE}"


NO_BASE = "(base non précisée par la source)"


def _points_clause(change: Value, amount: float, indicator: Indicator) -> str:
    """« , soit 7,8 points de plus qu’en décembre 2024 »; « , comme en… » when nothing moved."""
    if change.within_rounding and change.compared_to:
        return f", sans écart distinguable de l’arrondi {against_phrase(change)}"
    if amount == 0 and change.compared_to:
        return f", au même niveau {than_phrase(change)}"
    size = points_text(change, indicator)
    if change.compared_to:
        way = "plus" if amount >= 0 else "moins"
        return f", soit {QUALIFIERS[change.qualifier]}{size} de {way} {than_phrase(change)}"
    way = "hausse" if amount >= 0 else "baisse"
    return f", en {way} {french.with_de(QUALIFIERS[change.qualifier] + size)} {NO_BASE}"


def points_text(change: Value, indicator: Indicator) -> str:
    """« 7,8 points », « 1 point »: the size of a difference, without its sign."""
    text = french.format_change(abs(change.number), indicator)
    return text.removeprefix("+")


def signed_text(change: Value) -> str:
    """« +204 % », « environ +8 % »."""
    return french.format_change(change.number, _indicator_of(change), change.qualifier)


def times_text(change: Value) -> str:
    """« trois fois », « 3,6 fois », « environ deux fois »: an amount against the former one, of a
    growth in percent (+204 % → 3,04 → « trois fois »)."""
    multiple = 1 + change.number / 100
    number = french.format_number(multiple, 1 if multiple < 10 else 0)
    whole = number.removesuffix(",0")
    in_letters = _TIMES_IN_LETTERS.get(int(whole)) if whole.isdecimal() else None
    return f"{QUALIFIERS[change.qualifier]}{in_letters or whole} fois"


def _percent_text(change: Value) -> str:
    digits = french.written_decimals(change.number, 1)
    size = french.format_number(abs(change.number), digits)
    return f"{QUALIFIERS[change.qualifier]}{size}{NBSP}%"


def more_of(change: Value, noun: str) -> str:
    """What a sentence says instead of a level that nobody publishes: « 3,6 fois plus de
    documents », « 45 % de documents de plus ». noun: in the plural."""
    if change.number >= MIN_MULTIPLE_PERCENT:
        return f"{times_text(change)} plus {french.with_de(noun)}"
    if change.number == 0:
        return f"autant {french.with_de(noun)}"
    way = "plus" if change.number > 0 else "moins"
    return f"{_percent_text(change)} {french.with_de(noun)} de {way}"


def _indicator_of(change: Value) -> Indicator:
    if change.indicator is None:
        raise ValueError("only the change of an indicator can be said")
    return change.indicator
