"""What each column of an unknown table most likely is, how surely, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from atlas.importing.cells import read_number
from atlas.importing.dates import read_period
from atlas.importing.gazetteer import Gazetteer
from atlas.importing.header import Header, candidate_headers
from atlas.importing.layout import (
    MIN_SHARE_OF_CELLS,
    continues_header,
    detect_level,
    find_territory_in_titles,
    sample_rows,
)
from atlas.importing.measure_detection import detect_measure
from atlas.importing.records import ColumnGuess
from atlas.importing.text_matching import find_corridor, find_indicator, normalise
from atlas.importing.workbook_reading import Cell, Sheet
from atlas.observations.checks import KnownKeys
from atlas.settings.import_profiles import Holds, ProfileColumn
from atlas.territories import KIND_OF_LEVEL, Kind

_LEVEL_OF_KIND = {kind: level for level, kind in KIND_OF_LEVEL.items()}
_TERRITORY_HEADER_PATTERN = r"territoire|code|numero|caisse|nom|libelle|\b(dep|dpt|reg)"


@dataclass(frozen=True)
class TableProposal:
    """A reading of one table of a file, to be corrected by a person.

    ``level``: what its rows are, as in an import profile. ``period``, ``territory``: those that the
    titles name, empty when they name none or several. ``other_tables``: where the other tables of
    the file begin, which are not read.
    """

    sheet: Sheet
    header: Header
    guesses: tuple[ColumnGuess, ...]
    level: str
    period: str
    territory: str = ""
    other_tables: tuple[str, ...] = ()

    @property
    def location(self) -> str:
        """Where the table begins: « Feuille 1 » A3."""
        cell = self.sheet.address(self.header.rows[0], 0)
        return f"« {self.sheet.name} » {cell}" if self.sheet.name else cell

    @property
    def warning(self) -> str:
        """A French sentence about the other tables of the file; empty without any."""
        if not self.other_tables:
            return ""
        return (
            f"Un seul tableau est lu, celui de {self.location}. Aussi dans le fichier, à "
            f"enregistrer à part : {', '.join(self.other_tables)}."
        )


def propose_table(sheets: list[Sheet], known_keys: KnownKeys) -> TableProposal | None:
    """The most likely table of a file; None when no sheet has one."""
    gazetteer = Gazetteer(known_keys.territories)
    proposals = [
        proposal
        for sheet in sheets
        for header in candidate_headers(sheet)
        if (proposal := _propose_under_header(sheet, header, known_keys, gazetteer))
    ]
    if not proposals:
        return None
    best = max(proposals, key=_likelihood)
    return replace(best, other_tables=_locate_other_tables(best, proposals, gazetteer))


def _locate_other_tables(
    best: TableProposal, proposals: list[TableProposal], gazetteer: Gazetteer
) -> tuple[str, ...]:
    """Where other tables of the file begin; a row that names a territory is not a header."""
    distinct = [best]
    for proposal in proposals:
        has_labels = any(
            guess.column.holds in ("territory", "corridor") for guess in proposal.guesses
        )
        header_names_territory = any(
            gazetteer.find(cell).codes
            for row in proposal.header.rows
            for cell in proposal.sheet.cells[row]
            if cell != ""
        )
        overlaps = any(_share_header_row(proposal, other) for other in distinct)
        if has_labels and not header_names_territory and not overlaps:
            distinct.append(proposal)
    return tuple(proposal.location for proposal in distinct[1:])


def _share_header_row(one: TableProposal, other: TableProposal) -> bool:
    return one.sheet is other.sheet and bool(set(one.header.rows) & set(other.header.rows))


def _likelihood(proposal: TableProposal) -> tuple[float, int, int]:
    """Columns understood, then the first of several tables, then the header nearest to it."""
    understood = sum(g.confidence for g in proposal.guesses if g.column.holds != "ignored")
    return understood, -proposal.header.rows[-1], proposal.header.rows[0]


def _propose_under_header(
    sheet: Sheet, header: Header, known_keys: KnownKeys, gazetteer: Gazetteer
) -> TableProposal | None:
    rows = sample_rows(sheet, header)
    header_has_figures = any(
        _is_number(cell) and not read_period(cell)
        for row in header.rows
        for cell in sheet.cells[row]
    )
    if not rows or header_has_figures or continues_header(rows[0], known_keys, gazetteer):
        return None
    level = detect_level(rows, header, gazetteer)
    columns = {
        index: [row[index] for row in rows] for index, text in enumerate(header.texts) if text
    }
    rows_name_indicator = any(
        _share_naming_indicators(cells, known_keys) >= MIN_SHARE_OF_CELLS
        for cells in columns.values()
    )
    guesses = tuple(
        _guess_column(
            index,
            cells,
            header,
            level,
            known_keys,
            gazetteer,
            rows_name_indicator=rows_name_indicator,
        )
        for index, cells in columns.items()
    )
    if not any(guess.column.holds in ("value", "change") for guess in guesses):
        return None
    return TableProposal(
        sheet,
        header,
        guesses,
        _LEVEL_OF_KIND[level] if level else "none",
        header.period,
        find_territory_in_titles(header, gazetteer),
    )


def _is_number(cell: Cell) -> bool:
    return read_number(cell).kind == "value"


def _guess_column(
    index: int,
    cells: list[Cell],
    header: Header,
    level: Kind | None,
    known_keys: KnownKeys,
    gazetteer: Gazetteer,
    *,
    rows_name_indicator: bool,
) -> ColumnGuess:
    text = header.texts[index]
    filled = [cell for cell in cells if cell != ""]
    if not filled:
        return ColumnGuess(
            index, ProfileColumn(header=text, holds="ignored"), 1, "La colonne est vide."
        )
    for holds, share, reason in _label_shares(filled, level, known_keys, gazetteer, text):
        if share >= MIN_SHARE_OF_CELLS:
            return ColumnGuess(
                index, ProfileColumn(header=text, holds=holds), min(1, share), reason
            )
    readings = [read_number(cell) for cell in filled]
    numbers = [reading for reading in readings if reading.kind == "value"]
    unreadable = sum(reading.kind == "unreadable" for reading in readings)
    if not numbers or unreadable * 2 > len(filled):
        return ColumnGuess(
            index,
            ProfileColumn(header=text, holds="ignored"),
            0.5,
            "La plupart des cellules ne sont ni des nombres ni des territoires.",
        )
    return detect_measure(
        index, text, numbers, header, known_keys, rows_name_indicator=rows_name_indicator
    )


def _label_shares(
    cells: list[Cell], level: Kind | None, known_keys: KnownKeys, gazetteer: Gazetteer, text: str
) -> list[tuple[Holds, float, str]]:
    """The share of the filled cells that are each kind of label, and a French reason."""
    count = len(cells)
    territories = (
        sum(len(gazetteer.find(cell, level).codes) == 1 for cell in cells) / count if level else 0
    )
    header_announces_territory = bool(re.search(_TERRITORY_HEADER_PATTERN, normalise(text)))
    if territories and all(map(_is_number, cells)) and not header_announces_territory:
        territories = 0  # numbers that happen to be codes
    corridors = sum(bool(find_corridor(str(cell), known_keys.settings)) for cell in cells) / count
    indicators = _share_naming_indicators(cells, known_keys)
    periods = sum(bool(read_period(cell)) for cell in cells) / count
    return [
        ("territory", territories, f"{territories:.0%} des cellules nomment un territoire."),
        ("corridor", corridors, f"{corridors:.0%} des cellules nomment un couloir."),
        ("indicator", indicators, f"{indicators:.0%} des cellules nomment un indicateur."),
        ("period", periods, f"{periods:.0%} des cellules sont des périodes."),
    ]


def _share_naming_indicators(cells: list[Cell], known_keys: KnownKeys) -> float:
    """The share of the filled cells of a column that name an indicator, from 0 to 1."""
    filled = [str(cell) for cell in cells if cell != ""]
    naming = sum(bool(find_indicator(text, known_keys.settings)) for text in filled)
    return naming / max(1, len(filled))
