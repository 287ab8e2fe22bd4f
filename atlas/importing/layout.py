"""How a table is laid out: where its header ends, and which territories it is about."""

from __future__ import annotations

import re

from atlas.importing.cells import read_number
from atlas.importing.dates import read_period
from atlas.importing.gazetteer import Gazetteer
from atlas.importing.header import Header, MatchedTable
from atlas.importing.text_matching import find_corridor, normalise, significant_words
from atlas.importing.workbook_reading import Cell, Sheet
from atlas.observations.checks import KnownKeys
from atlas.territories import Kind

MAX_SAMPLE_ROWS = 200
MIN_SHARE_OF_CELLS = 0.6  # of a column, that must name what the column is taken for
_SHARE_ADDED_BY_HEADER = 0.2  # to that of a kind of territory that the header names
_HEADER_PATTERN_BY_KIND: dict[Kind, str] = {
    "DEP": r"\b(dep|dpt)",
    "CPAM": "caisse|cpam",
    "REG": r"\breg",
}


def continues_header(cells: list[Cell], known_keys: KnownKeys, gazetteer: Gazetteer) -> bool:
    """Whether a row goes on with the header: texts or periods that no figure stands beside."""
    filled = {cell for cell in cells if cell != ""}
    periods = {cell for cell in filled if read_period(cell)}
    texts = filled - periods
    if not periods and len(texts) < 2:
        return False
    return not any(
        read_number(cell).kind != "unreadable"
        or gazetteer.find(cell).codes
        or find_corridor(str(cell), known_keys.settings)
        for cell in texts
    )


def find_territory_in_titles(header: Header, gazetteer: Gazetteer) -> str:
    """The code of the région that the titles name; FR when they name France alone.

    Empty when they name none or several.
    """
    titles = [f" {' '.join(significant_words(line))} " for line in header.title.splitlines()]
    named = {
        territory.code
        for territory in gazetteer.territories.by_code.values()
        if territory.kind in ("FR", "REG")
        and any(f" {' '.join(significant_words(territory.name))} " in title for title in titles)
    }
    codes = named - {"FR"} or named  # « Île-de-France » is not France
    return codes.pop() if len(codes) == 1 else ""


def sample_rows(sheet: Sheet, header: Header) -> list[list[Cell]]:
    """The first rows under a header: up to an empty one, unless there is one row before it."""
    rows: list[list[Cell]] = []
    for cells in sheet.cells[header.rows[-1] + 1 :]:
        if any(cell != "" for cell in cells):
            rows.append(cells)
        elif len(rows) > 1:
            break
        if len(rows) == MAX_SAMPLE_ROWS:
            break
    return rows


def detect_level(rows: list[list[Cell]], header: Header, gazetteer: Gazetteer) -> Kind | None:
    """The kind of territory that most cells of a column name; None when no column does."""
    best: tuple[float, Kind | None] = (0.0, None)
    titles = normalise(" ".join(header.texts))
    for kind, pattern in _HEADER_PATTERN_BY_KIND.items():
        added = _SHARE_ADDED_BY_HEADER * bool(re.search(pattern, titles))
        for index in range(len(header.texts)):
            share = _share_naming_territories(index, rows, gazetteer, kind) + added
            if share > best[0]:
                best = (share, kind)
    share, kind_found = best
    return kind_found if share >= MIN_SHARE_OF_CELLS else None


def _share_naming_territories(
    index: int, rows: list[list[Cell]], gazetteer: Gazetteer, kind: Kind
) -> float:
    filled = [row[index] for row in rows if row[index] != ""]
    naming = [cell for cell in filled if len(gazetteer.find(cell, kind).codes) == 1]
    if all(read_number(cell).kind == "value" for cell in naming):
        naming = [*set(naming)]  # a number that comes again is rather a figure than a code
    return len(naming) / len(rows) if filled else 0.0


def is_without_content(cells: list[Cell], table: MatchedTable) -> bool:
    """Whether a row is empty, one text over several cells (a merged note), or the header again."""
    filled = [cell for cell in cells if cell != ""]
    is_merged_note = len(filled) > 1 and len(set(filled)) == 1 and isinstance(filled[0], str)
    if not filled or is_merged_note:
        return True
    header = [normalise(table.header.texts[column.index]) for column in table.columns]
    return [normalise(str(cells[column.index])) for column in table.columns] == header
