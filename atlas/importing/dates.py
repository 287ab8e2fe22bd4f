"""Periods as tables write them: 2025, « décembre 2025 », 31/12/2025, « T4 2025 » is refused."""

from __future__ import annotations

import re

from atlas.importing.text_matching import significant_words
from atlas.periods import is_period

_MONTH_NUMBERS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan",
            "fevrier fevr fev",
            "mars mar",
            "avril avr",
            "mai",
            "juin",
            "juillet juil",
            "aout",
            "septembre sept sep",
            "octobre oct",
            "novembre nov",
            "decembre dec",
        ),
        1,
    )
    for name in names.split()
}
_PERIOD_PATTERN = re.compile(
    r"\b\d{1,2}/\d{1,2}/20\d\d\b|\b\d{1,2}/20\d\d\b|\b20\d\d-\d\d(?:-\d\d)?\b"
    r"|\b[^\W\d]{3,9}\.?-\d\d\b|\b(?:(?:\d{1,2}|1er)\s+)?[^\W\d]{3,9}\.?\s+20\d\d\b|\b20\d\d\b"
)
_FIRST_YEAR, _LAST_YEAR = "2000", "2100"


def read_period(cell: str | float) -> str:
    """A cell → « 2025 », « 2025-12 » or « 2025-12-31 »; empty when it is none of them."""
    text = f"{cell:.15g}" if not isinstance(cell, str) else cell.strip()
    if is_period(text):
        return _valid_or_empty(text)
    month = re.fullmatch(r"([^\W\d]{3,9}\.?)-(\d\d)", text)  # « janv.-25 », as Excel shows a month
    if month:
        text = f"{month[1]} 20{month[2]}"
    date = re.fullmatch(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})", text)
    if date:
        day = f"-{int(date[1]):02d}" if date[1] else ""
        return _valid_or_empty(f"{date[3]}-{int(date[2]):02d}{day}")
    words = significant_words(re.sub(r"\b1er\b", "1", text))
    if words and words[-1].isdecimal() and len(words[-1]) == 4:
        return _read_words(words)
    return ""


def periods_in(text: str) -> dict[str, str]:
    """The periods that a title names: the words that it names each with → the period."""
    found: dict[str, str] = {}
    for words in _PERIOD_PATTERN.findall(text):
        for written in (words, words[-4:]):  # « taux 2025 »: the year alone
            if period := read_period(written):
                found[written] = period
                break
    return found


def single_period_in(text: str) -> str:
    """The one period that a title names: « Année 2025 », « au 31 décembre 2025 »; else empty.

    A year beside one of its months or days counts as that month or day.
    """
    periods = set(periods_in(text).values())
    precise = {
        period
        for period in periods
        if not any(other != period and other.startswith(period) for other in periods)
    }
    return precise.pop() if len(precise) == 1 else ""


def _read_words(words: list[str]) -> str:
    """« décembre 2025 », « 31 décembre 2025 », « fin 2025 »: words that end with a year."""
    *before, year = words
    if before in ([], ["annee"], ["fin"], ["an"]):
        return _valid_or_empty(year)
    if len(before) > 2 or before[-1] not in _MONTH_NUMBERS:
        return ""
    month = f"{year}-{_MONTH_NUMBERS[before[-1]]:02d}"
    if len(before) == 1 or before[0] == "fin":
        return _valid_or_empty(month)
    return _valid_or_empty(f"{month}-{int(before[0]):02d}") if before[0].isdecimal() else ""


def _valid_or_empty(text: str) -> str:
    return text if is_period(text) and _FIRST_YEAR <= text[:4] <= _LAST_YEAR else ""
