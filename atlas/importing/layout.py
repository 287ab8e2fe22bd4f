"""How a table is laid out: where its header ends, and which territories it is about."""

from __future__ import annotations

import re

from atlas.importing.cells import read_number
from atlas.importing.dates import read_period
from atlas.importing.header import Header, MatchedTable, plain
from atlas.importing.labels import corridor_named
from atlas.importing.places import Gazetteer, words_of
from atlas.importing.workbook_reading import Cell, Sheet
from atlas.observations.checks import KnownKeys
from atlas.territories import Kind

SAMPLE = 200


def goes_on(cells: list[Cell], words: KnownKeys, places: Gazetteer) -> bool:
    """Whether a row goes on with the header: texts or periods that no figure stands beside."""
    filled = {cell for cell in cells if cell != ""}
    dates = {cell for cell in filled if read_period(cell)}
    texts = filled - dates
    return (bool(dates) or len(texts) > 1) and not any(
        read_number(cell).kind != "unreadable"
        or places.find(cell).codes
        or corridor_named(str(cell), words.settings)
        for cell in texts
    )


def titled(header: Header, places: Gazetteer) -> str:
    """The région that the titles name; France when they name no région."""
    titles = [f" {' '.join(words_of(line))} " for line in header.title.splitlines()]
    named = {
        place.code
        for place in places.territories.by_code.values()
        if place.kind in ("FR", "REG")
        and any(f" {' '.join(words_of(place.name))} " in title for title in titles)
    }
    found = named - {"FR"} or named  # « Île-de-France »
    return found.pop() if len(found) == 1 else ""


def sample(sheet: Sheet, header: Header) -> list[list[Cell]]:
    """The first rows under a header: up to an empty one, unless there is one row before it."""
    rows: list[list[Cell]] = []
    for cells in sheet.cells[header.rows[-1] + 1 :]:
        if any(cell != "" for cell in cells):
            rows.append(cells)
        elif len(rows) > 1:
            break
        if len(rows) == SAMPLE:
            break
    return rows


def level_of(
    rows: list[list[Cell]], header: Header, places: Gazetteer
) -> tuple[Kind | None, float]:
    """The kind of territory that most cells of a column name."""
    best: tuple[float, Kind | None] = (0.0, None)
    said = plain(" ".join(header.texts))
    hints: dict[Kind, str] = {"DEP": r"\b(dep|dpt)", "CPAM": "caisse|cpam", "REG": r"\breg"}
    for kind, hint in hints.items():
        for i in range(len(header.texts)):
            share = _named(i, rows, places, kind) + 0.2 * bool(re.search(hint, said))
            best = max(best, (share, kind), key=lambda found: found[0])
    return (best[1], best[0]) if best[0] >= 0.6 else (None, 0.0)


def _named(index: int, rows: list[list[Cell]], places: Gazetteer, kind: Kind) -> float:
    filled = [row[index] for row in rows if row[index] != ""]
    found = [cell for cell in filled if len(places.find(cell, kind).codes) == 1]
    if all(read_number(cell).kind == "value" for cell in found):
        found = [*set(found)]  # a number that comes again is rather a figure than a code
    return len(found) / len(rows) if filled else 0.0


def says_nothing(cells: list[Cell], located: MatchedTable) -> bool:
    """Empty, one text over several cells (a merged note), or the header again."""
    filled = [cell for cell in cells if cell != ""]
    if not filled or (len(filled) > 1 and len(set(filled)) == 1 and isinstance(filled[0], str)):
        return True
    again = [located.header.texts[f.index] for f in located.columns]
    return [plain(str(cells[f.index])) for f in located.columns] == [plain(t) for t in again]
