"""What each column of an unknown table most likely is, how surely, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from atlas.importing.cells import read_number
from atlas.importing.dates import read_period
from atlas.importing.header import Header, headers, plain
from atlas.importing.labels import corridor_named, indicator_named
from atlas.importing.layout import goes_on, level_of, sample, titled
from atlas.importing.measure_detection import detect_measure
from atlas.importing.places import Gazetteer
from atlas.importing.records import Guess
from atlas.importing.workbook_reading import Cell, Sheet
from atlas.observations.checks import KnownKeys
from atlas.settings.import_profiles import Column, Holds
from atlas.territories import Kind

LIKELY = 0.6  # share of the cells of a column that must name what it is taken for
_PLACES = r"territoire|code|numero|caisse|nom|libelle|\b(dep|dpt|reg)"
_LEVEL: dict[Kind, str] = {"DEP": "departements", "CPAM": "caisses", "REG": "regions"}


@dataclass(frozen=True)
class Proposal:
    """A reading of a sheet to be corrected: its header, its columns and what its rows are.

    period, territory: those that the titles name, empty when they name none or several.
    others: where the other tables of the file begin, which are not read.
    """

    sheet: Sheet
    header: Header
    guesses: tuple[Guess, ...]
    level: str
    period: str
    territory: str = ""
    others: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where the table begins: « Feuille 1 » A3."""
        cell = self.sheet.address(self.header.rows[0], 0)
        return f"« {self.sheet.name} » {cell}" if self.sheet.name else cell

    @property
    def warning(self) -> str:
        """What is said of the other tables; empty without any."""
        return (
            (
                f"Un seul tableau est lu, celui de {self.place}. Aussi dans le fichier, à "
                f"enregistrer à part : {', '.join(self.others)}."
            )
            if self.others
            else ""
        )


def propose(sheets: list[Sheet], words: KnownKeys) -> Proposal | None:
    """The most likely table of a file; None when no sheet has one."""
    tables = [
        proposal
        for sheet in sheets
        for header in headers(sheet)
        if (proposal := _proposal(sheet, header, words))
    ]
    best = max(tables, key=_worth, default=None)
    return best and replace(best, others=_others(best, tables, Gazetteer(words.territories)))


def _others(best: Proposal, tables: list[Proposal], places: Gazetteer) -> tuple[str, ...]:
    """Where other tables of the file begin; a row that names a territory is not a header."""
    found: list[Proposal] = [best]
    for table in tables:
        labelled = any(g.column.holds in ("territory", "corridor") for g in table.guesses)
        row = any(
            places.find(cell).codes
            for line in table.header.rows
            for cell in table.sheet.cells[line]
            if cell != ""
        )
        if labelled and not row and not any(_same(table, other) for other in found):
            found.append(table)
    return tuple(table.place for table in found[1:])


def _same(one: Proposal, other: Proposal) -> bool:
    return one.sheet is other.sheet and bool(set(one.header.rows) & set(other.header.rows))


def _worth(proposal: Proposal) -> tuple[float, int, int]:
    """Columns understood, then the first of several tables, then the header nearest to it."""
    known = sum(g.confidence for g in proposal.guesses if g.column.holds != "ignored")
    return known, -proposal.header.rows[-1], proposal.header.rows[0]


def _proposal(sheet: Sheet, header: Header, words: KnownKeys) -> Proposal | None:
    below = sample(sheet, header)
    places = Gazetteer(words.territories)
    if (
        not below
        or goes_on(below[0], words, places)
        or any(_numeric(c) and not read_period(c) for r in header.rows for c in sheet.cells[r])
    ):
        return None
    level, share = level_of(below, header, places)
    columns = {i: [row[i] for row in below] for i, text in enumerate(header.texts) if text}
    named = any(_indicators(cells, words) >= LIKELY for cells in columns.values())
    guesses = tuple(
        _guess(i, cells, header, level, words, places, named=named) for i, cells in columns.items()
    )
    if not any(g.column.holds in ("value", "change") for g in guesses):
        return None
    return Proposal(
        sheet,
        header,
        guesses,
        _LEVEL[level] if level and share else "none",
        header.period,
        titled(header, places),
    )


def _numeric(cell: Cell) -> bool:
    return read_number(cell).kind == "value"


def _guess(
    index: int,
    cells: list[Cell],
    header: Header,
    level: Kind | None,
    words: KnownKeys,
    places: Gazetteer,
    *,
    named: bool,
) -> Guess:
    text = header.texts[index]
    filled = [cell for cell in cells if cell != ""]
    if not filled:
        return Guess(index, Column(header=text, holds="ignored"), 1, "La colonne est vide.")
    for holds, share, reason in _labels(filled, level, words, places, text):
        if share >= LIKELY:
            return Guess(index, Column(header=text, holds=holds), min(1, share), reason)
    readings = [read_number(cell) for cell in filled]
    numbers = [r for r in readings if r.kind == "value"]
    if not numbers or sum(r.kind == "unreadable" for r in readings) * 2 > len(filled):
        return Guess(
            index,
            Column(header=text, holds="ignored"),
            0.5,
            "La plupart des cellules ne sont ni des nombres ni des territoires.",
        )
    return detect_measure(index, text, numbers, header, words, named=named)


def _labels(
    cells: list[Cell], level: Kind | None, words: KnownKeys, places: Gazetteer, text: str
) -> list[tuple[Holds, float, str]]:
    count = len(cells)
    where = sum(len(places.find(c, level).codes) == 1 for c in cells) / count if level else 0
    looks = bool(re.search(_PLACES, plain(text)))
    if where and all(_numeric(c) for c in cells) and not looks:
        where = 0  # numbers that happen to be codes
    who = sum(bool(corridor_named(str(c), words.settings)) for c in cells) / count
    dates = sum(bool(read_period(c)) for c in cells) / count
    what = _indicators(cells, words)
    return [
        ("territory", where, f"{where:.0%} des cellules nomment un territoire."),
        ("corridor", who, f"{who:.0%} des cellules nomment un couloir."),
        ("indicator", what, f"{what:.0%} des cellules nomment un indicateur."),
        ("period", dates, f"{dates:.0%} des cellules sont des périodes."),
    ]


def _indicators(cells: list[Cell], words: KnownKeys) -> float:
    """The share of the cells of a column that name an indicator."""
    filled = [str(cell) for cell in cells if cell != ""]
    return sum(bool(indicator_named(cell, words.settings)) for cell in filled) / max(1, len(filled))
