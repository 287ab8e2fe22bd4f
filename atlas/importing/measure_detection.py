"""What a column of numbers most likely counts: its indicator, corridor, unit and periods."""

from __future__ import annotations

import re
from typing import Literal

from atlas.importing.cells import ParsedNumber
from atlas.importing.dates import periods_in
from atlas.importing.header import Header
from atlas.importing.records import ColumnGuess
from atlas.importing.text_matching import find_corridor, normalise, significant_words
from atlas.observations.checks import KnownKeys
from atlas.settings import Indicator
from atlas.settings.import_profiles import Holds, ProfileColumn

ColumnUnit = Literal["", "fraction", "thousands", "millions"]
_CHANGE_WORDS = {
    "evolution",
    "progression",
    "variation",
    "croissance",
    "hausse",
    "ecart",
    "gain",
    "evol",
}
# Words are compared by their first letters: « activés » and « activation » begin alike.
_STEM_LETTERS = 5
# A document « alimenté » or « versé » is one that was deposited.
_STEM_SYNONYMS = {"alime": "depos", "verse": "depos", "depot": "depos"}
_STOP_STEMS = {
    "dans",
    "par",
    "sur",
    "nombr",
    "ayant",
    "est",
    "n",
    "un",
    "une",
    "leur",
    "que",
    "ce",
    "total",
    "ensem",
    "milli",
}
# What the words of a title and of its surroundings add to the likeness of an indicator, which is
# the share of words in common of its label and the title. All are from 0 to 1.
_WEIGHT_OF_SURROUNDINGS, _WEIGHT_OF_DEFINITION = 0.3, 0.3
_MIN_LIKENESS = 0.2
_CONFIDENCE_IN_ROWS = 0.6
_MAX_VALUE_BY_KIND = {"rate": 100.0, "share": 100.0, "average": 1_000.0, "rank": 101.0}
_MAX_VALUE = 1e15
_UNIT_BY_WORD: dict[str, ColumnUnit] = {"millier": "thousands", "million": "millions"}
_REMARK_BY_UNIT: dict[ColumnUnit, str] = {
    "": "",
    "fraction": " Les valeurs vont de 0 à 1 : des fractions.",
    "thousands": " Il dit : en milliers.",
    "millions": " Il dit : en millions.",
}
_PART_OF_YEAR_PATTERN = re.compile(r"\b[tsq][1-4]\b|trimestre|semestre")


def detect_measure(
    index: int,
    text: str,
    numbers: list[ParsedNumber],
    header: Header,
    known_keys: KnownKeys,
    *,
    rows_name_indicator: bool,
) -> ColumnGuess:
    """What a column of numbers holds, told from its title and those around it.

    ``index``: its place in the rows of the sheet; ``text``: its title; ``numbers``: those of its
    cells that are values, at least one. The column is proposed as ignored when its title looks like
    no indicator, or names a quarter or a half-year, which are no periods of the dashboard.
    """
    if _PART_OF_YEAR_PATTERN.search(normalise(text)):
        return ColumnGuess(
            index,
            ProfileColumn(header=text, holds="ignored"),
            1,
            "Un trimestre ou un semestre n’est pas une période du tableau de bord.",
        )
    is_change = bool(_CHANGE_WORDS & set(significant_words(text)))
    holds: Holds = "change" if is_change else "value"
    if rows_name_indicator:
        return ColumnGuess(
            index,
            ProfileColumn(header=_insert_placeholders(text, is_change), holds=holds),
            _CONFIDENCE_IN_ROWS,
            "Chaque ligne nomme son indicateur.",
        )
    corridor, rest = _split_corridor(text, known_keys)
    key, likeness = _closest_indicator(rest, header, numbers, known_keys, is_change)
    if not key:
        return ColumnGuess(
            index,
            ProfileColumn(header=text, holds="ignored"),
            0,
            "Aucun indicateur ne ressemble à ce titre.",
        )
    indicator = known_keys.settings.indicators[key]
    unit: ColumnUnit = "" if is_change else _detect_unit(text, numbers, header, indicator)
    column = ProfileColumn(
        header=_insert_placeholders(text, is_change),
        holds=holds,
        indicator=key,
        corridor=corridor,
        unit=unit,
    )
    reason = f"Le titre ressemble à « {indicator.label} ».{_REMARK_BY_UNIT[unit]}"
    return ColumnGuess(index, column, likeness, reason)


def _split_corridor(text: str, known_keys: KnownKeys) -> tuple[str, str]:
    """The corridor that a title of one or two rows names, and the rest of the title."""
    corridor_by_part = {
        part: find_corridor(part, known_keys.settings) for part in text.split(" / ")
    }
    corridors = [corridor for corridor in corridor_by_part.values() if corridor]
    if len(corridors) != 1:
        return "", text
    return corridors[0], " ".join(part for part, key in corridor_by_part.items() if not key)


def _insert_placeholders(text: str, is_change: bool) -> str:
    """A title with placeholders for its periods, so that next year's is the same."""
    dates = periods_in(text)
    if len(dates) == 1:
        return text.replace(next(iter(dates)), "{compared_to}" if is_change else "{period}")
    if is_change and len(dates) == 2 and all(map(str.isdecimal, dates)):
        base, year = sorted(dates)
        return text.replace(base, "{compared_to}").replace(year, "{period}")
    return text


def _detect_unit(
    text: str, numbers: list[ParsedNumber], header: Header, indicator: Indicator
) -> ColumnUnit:
    if indicator.in_percent:
        are_fractions = all(not n.unit and 0 <= float(n.value) <= 1 for n in numbers)
        return "fraction" if are_fractions else ""
    match = re.search(r"\b(millier|million)s?\b", normalise(text)) or re.search(
        r"\ben (millier|million)s\b", normalise(header.title)
    )
    return _UNIT_BY_WORD[match[1]] if match and indicator.kind == "count" else ""


def _closest_indicator(
    text: str,
    header: Header,
    numbers: list[ParsedNumber],
    known_keys: KnownKeys,
    is_change: bool,
) -> tuple[str, float]:
    """The key of the indicator most like a title, and that likeness from 0 to 1.

    An empty key when none is like it, or when the numbers cannot be values of those that are.
    """
    title = _word_stems(text) or _word_stems(header.title)
    surroundings = _word_stems(header.title).union(*map(_word_stems, header.texts))
    best = ("", 0.0)
    for key, indicator in known_keys.settings.indicators.items():
        label, definition = _word_stems(indicator.label), _word_stems(indicator.definition)
        if not label or not (is_change or _admits_values(indicator, numbers)):
            continue
        likeness = len(label & title) / len(label | title)
        likeness += _WEIGHT_OF_SURROUNDINGS * len(label & surroundings) / len(label)
        likeness += _WEIGHT_OF_DEFINITION * len(definition & title) / max(1, len(title))
        likeness = min(1.0, likeness)
        if likeness > best[1]:
            best = (key, likeness)
    return best if best[1] >= _MIN_LIKENESS else ("", 0.0)


def _admits_values(indicator: Indicator, numbers: list[ParsedNumber]) -> bool:
    """Whether the numbers of a column can be values of an indicator of this kind."""
    if not indicator.in_percent and any(number.unit == "%" for number in numbers):
        return False
    highest = max(float(number.value) for number in numbers)
    return highest <= _MAX_VALUE_BY_KIND.get(indicator.kind, _MAX_VALUE)


def _word_stems(text: str) -> set[str]:
    """The beginnings of the words of a text that say what is counted."""
    words = [word for word in significant_words(text) if not word.isdecimal()]
    stems = {word[:_STEM_LETTERS] for word in words} - _STOP_STEMS
    return {_STEM_SYNONYMS.get(stem, stem) for stem in stems}
