"""What each column of an unknown table most likely is, how surely, and why."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from atlas.figures.checks import Vocabulary
from atlas.importing.cells import Reading, read_number
from atlas.importing.dates import periods_in, read_period
from atlas.importing.header import Header, headers, plain
from atlas.importing.labels import corridor_named
from atlas.importing.layout import goes_on, level_of, titled
from atlas.importing.places import Gazetteer, words_of
from atlas.importing.sheets import Cell, Sheet
from atlas.settings import Indicator
from atlas.settings.recipes import Column, Holds
from atlas.territories import Kind

SAMPLE = 200
_CHANGE = {"evolution", "progression", "variation", "croissance", "hausse", "ecart", "gain", "evol"}
# A document « alimenté » or « versé » is one that was deposited.
_SAME = {"alime": "depos", "verse": "depos", "depot": "depos"}
_EMPTY = {"dans", "par", "sur", "nombr", "ayant", "est", "n", "un", "une", "leur", "que", "ce"}
_PART_OF_YEAR = re.compile(r"\b[tsq][1-4]\b|trimestre|semestre")
_PLACES = r"territoire|code|numero|caisse|nom|libelle|\b(dep|dpt|reg)"
_LEVEL: dict[Kind, str] = {"DEP": "departements", "CPAM": "caisses", "REG": "regions"}


@dataclass(frozen=True)
class Guess:
    """One column. confidence: from 0 to 1; reason: a French sentence for who corrects it."""

    index: int
    column: Column
    confidence: float
    reason: str


@dataclass(frozen=True)
class Proposal:
    """A reading of a sheet to be corrected: its header, its columns and what its rows are.

    period, territory: those that the titles name, empty when they name none or several.
    """

    sheet: Sheet
    header: Header
    guesses: tuple[Guess, ...]
    level: str
    period: str
    territory: str = ""


def propose(sheets: list[Sheet], words: Vocabulary) -> Proposal | None:
    """The most likely table of a file; None when no sheet has one."""
    tables = [proposal for sheet in sheets for header in headers(sheet)
              if (proposal := _proposal(sheet, header, words))]
    return max(tables, key=_worth, default=None)


def _worth(proposal: Proposal) -> tuple[float, int, int]:
    """Columns understood, then the header nearest to the figures, over two rows when it must."""
    known = sum(g.confidence for g in proposal.guesses if g.column.holds != "ignored")
    return known, proposal.header.rows[0], -len(proposal.header.rows)


def _proposal(sheet: Sheet, header: Header, words: Vocabulary) -> Proposal | None:
    first = header.rows[-1] + 1
    below = list(islice((r for r in sheet.cells[first:] if any(c != "" for c in r)), SAMPLE))
    places = Gazetteer(words.territories)
    if not below or goes_on(below[0], words, places) or any(
            _numeric(c) and not read_period(c) for r in header.rows for c in sheet.cells[r]):
        return None
    level, share = level_of(below, header, places)
    guesses = tuple(_guess(i, text, [row[i] for row in below], header, level, words, places)
                    for i, text in enumerate(header.texts) if text)
    if not any(g.column.holds in ("value", "change") for g in guesses):
        return None
    return Proposal(sheet, header, guesses, _LEVEL[level] if level and share else "none",
                    header.period, titled(header, places))


def _numeric(cell: Cell) -> bool:
    return read_number(cell).kind == "value"


def _guess(index: int, text: str, cells: list[Cell], header: Header, level: Kind | None,
           words: Vocabulary, places: Gazetteer) -> Guess:
    filled = [cell for cell in cells if cell != ""]
    if not filled:
        return Guess(index, Column(header=text, holds="ignored"), 1, "La colonne est vide.")
    for holds, share, reason in _labels(filled, level, words, places, text):
        if share >= 0.6:
            return Guess(index, Column(header=text, holds=holds), min(1, share), reason)
    readings = [read_number(cell) for cell in filled]
    numbers = [r for r in readings if r.kind == "value"]
    if not numbers or sum(r.kind == "unreadable" for r in readings) * 2 > len(filled):
        return Guess(index, Column(header=text, holds="ignored"), 0.5,
                     "La plupart des cellules ne sont ni des nombres ni des territoires.")
    return _amount(index, text, numbers, header, words)


def _labels(cells: list[Cell], level: Kind | None, words: Vocabulary, places: Gazetteer,
            text: str) -> list[tuple[Holds, float, str]]:
    count = len(cells)
    where = sum(len(places.find(c, level).codes) == 1 for c in cells) / count if level else 0
    looks = bool(re.search(_PLACES, plain(text)))
    if where and all(_numeric(c) for c in cells) and not looks:
        where = 0  # numbers that happen to be codes
    who = sum(bool(corridor_named(str(c), words.settings)) for c in cells) / count
    dates = sum(bool(read_period(c)) for c in cells) / count
    return [("territory", where, f"{where:.0%} des cellules nomment un territoire."),
            ("corridor", who, f"{who:.0%} des cellules nomment un couloir."),
            ("period", dates, f"{dates:.0%} des cellules sont des périodes.")]


def _amount(index: int, text: str, numbers: list[Reading], header: Header,
            words: Vocabulary) -> Guess:
    change = bool(_CHANGE & set(words_of(text)))
    indicator, score = _indicator(text, header, numbers, words, change)
    holds: Holds = "change" if change else "value"
    if _PART_OF_YEAR.search(plain(text)):
        return Guess(index, Column(header=text, holds="ignored"), 1,
                     "Un trimestre ou un semestre n’est pas une période du tableau de bord.")
    dates = list(periods_in(text))
    placeholder = "{compared_to}" if change else "{period}"
    pattern = text.replace(dates[0], placeholder) if len(dates) == 1 else text
    entry = words.settings.indicators[indicator] if score else None
    fraction = entry is not None and entry.in_percent and not change and all(
        not r.unit and 0 <= float(r.value) <= 1 for r in numbers)
    column = Column(header=pattern, holds=holds if score else "ignored",
                    indicator=indicator if score else "", unit="fraction" if fraction else "")
    reason = (f"Le titre ressemble à « {entry.label} »." if entry else
              "Aucun indicateur ne ressemble à ce titre.")
    return Guess(index, column, score, reason + (
        " Les valeurs vont de 0 à 1 : des fractions." if fraction else ""))


def _indicator(text: str, header: Header, numbers: list[Reading], words: Vocabulary,
               change: bool) -> tuple[str, float]:
    """The indicator whose label and definition share most words with the header and titles."""
    own = Counter(_stems(text))
    around = set(_stems(header.title)) | {s for t in header.texts for s in _stems(t)}
    percent = any(r.unit == "%" for r in numbers)
    best = ("", 0.0)
    for key, indicator in words.settings.indicators.items():
        label, said = set(_stems(indicator.label)), set(_stems(indicator.definition))
        if not label or not (change or _plausible(indicator, numbers, percent)):
            continue
        close = len(label & set(own)) / len(label | set(own))
        close += 0.3 * len(label & around) / len(label)
        close += 0.3 * len(said & set(own)) / max(1, len(own))
        best = max(best, (key, min(1.0, close)), key=lambda found: found[1])
    return best if best[1] >= 0.2 else ("", 0.0)


def _plausible(indicator: Indicator, numbers: list[Reading], percent: bool) -> bool:
    """Whether the cells can be values of an indicator of this kind."""
    highest = max(float(r.value) for r in numbers)
    limits = {"rate": 100.0, "share": 100.0, "average": 1_000.0, "rank": 101.0}
    return highest <= limits.get(indicator.kind, 1e15) and (indicator.in_percent or not percent)


def _stems(text: str) -> list[str]:
    """Words without their endings: « activés » and « activation » begin alike."""
    stems = [word[:5] for word in words_of(text) if not word.isdecimal()]
    return [_SAME.get(stem, stem) for stem in stems if stem not in _EMPTY]
