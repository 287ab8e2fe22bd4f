"""What a column of numbers most likely counts: its indicator, corridor, unit and periods."""

from __future__ import annotations

import re
from typing import Literal

from atlas.importing.cells import ParsedNumber
from atlas.importing.dates import periods_in
from atlas.importing.header import Header, plain
from atlas.importing.labels import corridor_named
from atlas.importing.places import words_of
from atlas.importing.records import Guess
from atlas.observations.checks import KnownKeys
from atlas.settings import Indicator
from atlas.settings.import_profiles import Column, Holds

Unit = Literal["", "fraction", "thousands", "millions"]
_CHANGE = {"evolution", "progression", "variation", "croissance", "hausse", "ecart", "gain", "evol"}
# A document « alimenté » or « versé » is one that was deposited.
_SAME = {"alime": "depos", "verse": "depos", "depot": "depos"}
_EMPTY = {
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
_SCALES: dict[str, Unit] = {"millier": "thousands", "million": "millions"}
_UNITS: dict[Unit, str] = {
    "": "",
    "fraction": " Les valeurs vont de 0 à 1 : des fractions.",
    "thousands": " Il dit : en milliers.",
    "millions": " Il dit : en millions.",
}
_PART_OF_YEAR = re.compile(r"\b[tsq][1-4]\b|trimestre|semestre")


def detect_measure(
    index: int,
    text: str,
    numbers: list[ParsedNumber],
    header: Header,
    words: KnownKeys,
    *,
    named: bool,
) -> Guess:
    """The reading of a column of numbers under a title. named: the rows name their indicator."""
    change = bool(_CHANGE & set(words_of(text)))
    holds: Holds = "change" if change else "value"
    if _PART_OF_YEAR.search(plain(text)):
        return Guess(
            index,
            Column(header=text, holds="ignored"),
            1,
            "Un trimestre ou un semestre n’est pas une période du tableau de bord.",
        )
    if named:
        return Guess(
            index,
            Column(header=_pattern(text, change), holds=holds),
            0.6,
            "Chaque ligne nomme son indicateur.",
        )
    corridor, rest = _corridor(text, words)
    indicator, score = _indicator(rest, header, numbers, words, change)
    if not score:
        return Guess(
            index,
            Column(header=text, holds="ignored"),
            0,
            "Aucun indicateur ne ressemble à ce titre.",
        )
    entry = words.settings.indicators[indicator]
    unit = _unit(text, numbers, header, entry, change)
    column = Column(
        header=_pattern(text, change),
        holds=holds,
        indicator=indicator,
        corridor=corridor,
        unit=unit,
    )
    return Guess(index, column, score, f"Le titre ressemble à « {entry.label} ».{_UNITS[unit]}")


def _corridor(text: str, words: KnownKeys) -> tuple[str, str]:
    """The corridor that a title of one or two rows names, and what else it says."""
    parts = {part: corridor_named(part, words.settings) for part in text.split(" / ")}
    named = [key for key in parts.values() if key]
    if len(named) != 1:
        return "", text
    return named[0], " ".join(part for part, key in parts.items() if not key)


def _pattern(text: str, change: bool) -> str:
    """A title without its periods, so that next year's is the same."""
    dates = periods_in(text)
    if len(dates) == 1:
        return text.replace(next(iter(dates)), "{compared_to}" if change else "{period}")
    if change and len(dates) == 2 and all(map(str.isdecimal, dates)):
        base, year = sorted(dates)
        return text.replace(base, "{compared_to}").replace(year, "{period}")
    return text


def _unit(
    text: str, numbers: list[ParsedNumber], header: Header, entry: Indicator, change: bool
) -> Unit:
    if change:
        return ""
    if entry.in_percent:
        return "fraction" if all(not r.unit and 0 <= float(r.value) <= 1 for r in numbers) else ""
    said = re.search(r"\b(millier|million)s?\b", plain(text)) or re.search(
        r"\ben (millier|million)s\b", plain(header.title)
    )
    return _SCALES[said[1]] if said and entry.kind == "count" else ""


def _indicator(
    text: str, header: Header, numbers: list[ParsedNumber], words: KnownKeys, change: bool
) -> tuple[str, float]:
    """The indicator whose label and definition share most words with the header and titles."""
    own = set(_stems(text)) or set(_stems(header.title))
    around = set(_stems(header.title)) | {s for t in header.texts for s in _stems(t)}
    percent = any(r.unit == "%" for r in numbers)
    best = ("", 0.0)
    for key, indicator in words.settings.indicators.items():
        label, said = set(_stems(indicator.label)), set(_stems(indicator.definition))
        if not label or not (change or _plausible(indicator, numbers, percent)):
            continue
        close = len(label & own) / len(label | own)
        close += 0.3 * len(label & around) / len(label)
        close += 0.3 * len(said & own) / max(1, len(own))
        best = max(best, (key, min(1.0, close)), key=lambda found: found[1])
    return best if best[1] >= 0.2 else ("", 0.0)


def _plausible(indicator: Indicator, numbers: list[ParsedNumber], percent: bool) -> bool:
    """Whether the cells can be values of an indicator of this kind."""
    highest = max(float(r.value) for r in numbers)
    limits = {"rate": 100.0, "share": 100.0, "average": 1_000.0, "rank": 101.0}
    return highest <= limits.get(indicator.kind, 1e15) and (indicator.in_percent or not percent)


def _stems(text: str) -> list[str]:
    """Words without their endings: « activés » and « activation » begin alike."""
    stems = [word[:5] for word in words_of(text) if not word.isdecimal()]
    return [_SAME.get(stem, stem) for stem in stems if stem not in _EMPTY]
