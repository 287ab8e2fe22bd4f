"""Periods as tables write them: 2025, « décembre 2025 », 31/12/2025, « T4 2025 » is refused."""

from __future__ import annotations

import re
from functools import lru_cache

from atlas.importing.text_matching import MAX_REMEMBERED_TEXTS, significant_words
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
_MONTH_NAMES = (
    r"(?:janv(?:ier)?|jan|f[ée]v(?:r(?:ier)?)?|mars?|avr(?:il)?|mai|juin|juil(?:let)?|ao[uû]t|"
    r"sept?(?:embre)?|oct(?:obre)?|nov(?:embre)?|d[ée]c(?:embre)?)"
)
_PERIOD_PATTERN = re.compile(
    r"\b\d{1,2}[/.]\d{1,2}[/.]20\d\d\b|\b\d{1,2}/20\d\d\b|\b20\d\d-\d\d(?:-\d\d)?\b"
    r"|\b20\d\d(?:0[1-9]|1[0-2])\b|\b20\d\d[Mm/](?:0?[1-9]|1[0-2])\b"
    rf"|\b{_MONTH_NAMES}\.?-\d\d\b"
    rf"|\b(?:(?:\d{{1,2}}|1er|fin)\s+)?{_MONTH_NAMES}\.?\s+20\d\d\b|\b20\d\d\b",
    re.IGNORECASE,
)
_DAY_PATTERN = (
    r"(?:\d{1,2}[/.]\d{1,2}[/.]20\d\d|20\d\d-\d\d-\d\d"
    rf"|(?:\d{{1,2}}|1er)\s+{_MONTH_NAMES}\s+20\d\d)"
)
# When a file was made is not what its figures are about: « extraction du 12/01/2026 », « © Cnam
# 2026 », « publié le 3 mars 2026 ». Of « documents envoyés en 2025 », the year stays.
_FILE_DATE_PATTERN = re.compile(
    r"(?:\b(?:extraction|extraite?s?|mises? à jour|mis à jour|m\.?à\.?j\.?|édition|publication|"
    r"parution|téléchargement|export|impression|version|diffusion|actualisation|date d[e’']|"
    r"recensement|rp|géographie|cog|copyright|nomenclature)\b|©)"
    rf"[^\n]{{0,40}}?(?:{_PERIOD_PATTERN.pattern})"
    r"|\b(?:édité|généré|publié|téléchargé|exporté|imprimé|diffusé|transmis|envoyé|reçu|créé|produit|"
    rf"actualisé)e?s?\s*(?:le|du|:)\s*{_DAY_PATTERN}",
    re.IGNORECASE,
)
_SOURCE_LINE_PATTERN = re.compile(r"(?mi)^\W*(?:sources?|contacts?|champ)\b.*$")
_PART_OF_YEAR_PATTERN = re.compile(r"\b[tsq][1-4]\b|\b[1-4][tsq]\b|trimestr|semestr", re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = "2000", "2100"


def read_period(cell: str | float) -> str:
    """A cell → « 2025 », « 2025-12 » or « 2025-12-31 »; empty when it is none of them."""
    return _read_text(f"{cell:.15g}" if not isinstance(cell, str) else cell.strip())


@lru_cache(maxsize=MAX_REMEMBERED_TEXTS)  # a cell is looked at under each header that is tried
def _read_text(text: str) -> str:
    if is_period(text):
        return _valid_or_empty(text)
    month_first = re.fullmatch(r"(20\d\d)[Mm/]?(\d{1,2})", text)  # « 202612 », « 2026M12 »
    if month_first and (len(text) > len("20261")):
        return _valid_or_empty(f"{month_first[1]}-{int(month_first[2]):02d}")
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
    for words in _PERIOD_PATTERN.findall(text.replace("_", " ")):
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


def names_file_date(title: str) -> bool:
    """Whether the title of a column of dates says when a file or a row was made."""
    return bool(_FILE_DATE_PATTERN.search(f"{title} 12/01/2025"))


def names_part_of_year(text: str) -> bool:
    """Whether a text names a quarter or a half-year, which are no periods of the dashboard."""
    return bool(_PART_OF_YEAR_PATTERN.search(text))


def without_file_dates(text: str) -> str:
    """Titles without what says when and from what the file was made, nor quarters.

    « Au 31/12/2025, extraction du 12/01/2026 » → « Au 31/12/2025, ».
    """
    lines = _SOURCE_LINE_PATTERN.sub("", _FILE_DATE_PATTERN.sub("", text)).splitlines()
    return "\n".join(line for line in lines if not names_part_of_year(line))


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
