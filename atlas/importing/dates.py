"""Periods as tables write them: 2025, « décembre 2025 », 31/12/2025, « T4 2025 » is refused."""

from __future__ import annotations

import re

from atlas.importing.places import words_of
from atlas.periods import is_period

_MONTHS = {
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
_NAMED = re.compile(
    r"\b\d{1,2}/\d{1,2}/20\d\d\b|\b\d{1,2}/20\d\d\b|\b20\d\d-\d\d(?:-\d\d)?\b"
    r"|\b[^\W\d]{3,9}\.?-\d\d\b|\b(?:(?:\d{1,2}|1er)\s+)?[^\W\d]{3,9}\.?\s+20\d\d\b|\b20\d\d\b"
)


def read_period(cell: str | float) -> str:
    """A cell → « 2025 », « 2025-12 » or « 2025-12-31 »; empty when it is none of them."""
    text = f"{cell:.15g}" if not isinstance(cell, str) else cell.strip()
    if is_period(text):
        return text if _plausible(text) else ""
    short = re.fullmatch(r"([^\W\d]{3,9}\.?)-(\d\d)", text)  # « janv.-25 », as Excel shows a month
    if short:
        text = f"{short[1]} 20{short[2]}"
    slashed = re.fullmatch(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})", text)
    if slashed:
        day = f"-{int(slashed[1]):02d}" if slashed[1] else ""
        return _checked(f"{slashed[3]}-{int(slashed[2]):02d}{day}")
    words = words_of(re.sub(r"\b1er\b", "1", text))
    if words and words[-1].isdecimal() and len(words[-1]) == 4:
        return _spelled(words)
    return ""


def periods_in(text: str) -> dict[str, str]:
    """What a title names periods with, as it is written there → the period."""
    found = {}
    for piece in _NAMED.findall(text):
        for written in (piece, piece[-4:]):  # « taux 2025 »: the year alone
            if period := read_period(written):
                found[written] = period
                break
    return found


def period_in(text: str) -> str:
    """The one period that a title names: « Année 2025 », « au 31 décembre 2025 »; else empty."""
    found = set(periods_in(text).values())
    longest = {p for p in found if not any(o != p and o.startswith(p) for o in found)}
    return longest.pop() if len(longest) == 1 else ""


def _spelled(words: list[str]) -> str:
    year = words[-1]
    if words[:-1] in ([], ["annee"], ["fin"], ["an"]):
        return _checked(year)
    if len(words) in (2, 3) and words[-2] in _MONTHS:
        day = f"-{int(words[0]):02d}" if len(words) == 3 and words[0].isdecimal() else ""
        fair = len(words) == 2 or day or words[0] == "fin"
        return _checked(f"{year}-{_MONTHS[words[-2]]:02d}{day}") if fair else ""
    return ""


def _checked(text: str) -> str:
    return text if is_period(text) and _plausible(text) else ""


def _plausible(text: str) -> bool:
    return "2000" <= text[:4] <= "2100"
