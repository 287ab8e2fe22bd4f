"""Where the table begins: its header, over one row or two, under rows of titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from atlas.importing.dates import period_in, read_period
from atlas.importing.workbook_reading import Sheet
from atlas.problems import Problem
from atlas.settings.import_profiles import Column, ImportProfile

SEARCHED = 60  # first rows of a sheet among which its header is looked for
_PLACEHOLDER = re.compile(r"\{(period|compared_to)\}")


@dataclass(frozen=True)
class Header:
    """rows: where it stands in the grid; texts: one per column; title: what stands above."""

    rows: tuple[int, ...]
    texts: tuple[str, ...]
    title: str

    @property
    def period(self) -> str:
        """The one period that the titles name, empty without one."""
        return period_in(self.title)


@dataclass(frozen=True)
class Found:
    """A column of the recipe in the file, and the periods that its header names."""

    index: int
    column: Column
    period: str = ""
    compared_to: str = ""


@dataclass(frozen=True)
class MatchedTable:
    """Where a recipe finds its columns; missing: headers that the sheet does not have."""

    sheet: Sheet
    header: Header
    columns: tuple[Found, ...]
    missing: tuple[str, ...]

    @property
    def period(self) -> str:
        """The one period that the titles name, or else the headers; empty without one."""
        named = {found.period for found in self.columns if found.period}
        return self.header.period or (named.pop() if len(named) == 1 else "")


def locate(sheets: list[Sheet], recipe: ImportProfile) -> MatchedTable | None:
    """The header that holds most columns of the recipe; None when no sheet has any of them."""
    named = [s for s in sheets if plain(recipe.sheet) in plain(s.name)] if recipe.sheet else sheets
    best: MatchedTable | None = None
    for sheet in named:
        for header in headers(sheet):
            found = _matched(sheet, header, recipe)
            if found.columns and (best is None or len(found.columns) > len(best.columns)):
                best = found
        if best and not best.missing:
            return best
    return best


def no_header(
    located: MatchedTable | None, sheets: list[Sheet], name: str, recipe: ImportProfile
) -> Problem:
    """Why a recipe reads nothing in a file: no such sheet, or columns that it does not have."""
    if not any(plain(recipe.sheet) in plain(sheet.name) for sheet in sheets):
        names = ", ".join(f"« {sheet.name} »" for sheet in sheets)
        return Problem(
            name,
            f"aucune feuille ne s’appelle « {recipe.sheet} »",
            f"Feuilles du fichier : {names}. Corrigez « sheet » dans la recette.",
            where="A1",
        )
    missing = (
        located.missing
        if located
        else tuple(c.header for c in recipe.columns if c.holds != "ignored")
    )
    where = (
        located.sheet.address(located.header.rows[0], 0)
        if located
        else (sheets[0].address(0, 0) if sheets else "A1")
    )
    quoted = ", ".join(f"« {text} »" for text in missing)
    return Problem(
        name,
        f"colonnes introuvables : {quoted}",
        "Choisissez une autre recette, ou corrigez les titres de colonnes de celle-ci.",
        where=where,
    )


def headers(sheet: Sheet) -> Iterator[Header]:
    """Every row that could be the header, alone, then with the row under it."""
    last = min(len(sheet.cells), SEARCHED)
    for row in range(last):
        texts = [_text(cell) for cell in sheet.cells[row]]
        if len({text for text in texts if text}) >= 2:
            title = _title(sheet, row)
            yield Header((row,), tuple(texts), title)
            if row + 1 < len(sheet.cells):
                below = [_text(cell) for cell in sheet.cells[row + 1]]
                yield Header((row, row + 1), _joined(texts, below), title)


@lru_cache(maxsize=4096)  # a long table repeats its texts
def plain(text: str) -> str:
    """Lower case, without accents nor punctuation: how headers are compared."""
    return " ".join(re.findall(r"[a-z0-9%]+", _ascii(text)))


def _ascii(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.replace("œ", "oe"))
    return "".join(c for c in bare if not unicodedata.combining(c)).lower()


def _text(cell: str | float) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else f"{cell:.15g}"


def _title(sheet: Sheet, row: int) -> str:
    seen = dict.fromkeys(_text(cell) for line in sheet.cells[:row] for cell in line if cell != "")
    return "\n".join([sheet.name, *seen])


def _joined(above: list[str], below: list[str]) -> tuple[str, ...]:
    """Two rows as one; a text above holds for the empty cells on its right, as when merged."""
    texts, last = [], ""
    for upper, lower in zip(above, below, strict=True):
        last = upper or (last if lower else "")
        texts.append(last if lower in ("", last) else f"{last} / {lower}" if last else lower)
    return tuple(texts)


def _matched(sheet: Sheet, header: Header, recipe: ImportProfile) -> MatchedTable:
    found, missing, taken = [], [], set[int]()
    for column in recipe.columns:
        one = next(
            (
                match
                for index, text in enumerate(header.texts)
                if index not in taken and (match := _match(index, text, column))
            ),
            None,
        )
        if one:
            taken.add(one.index)
            found.append(one)
        elif column.holds != "ignored":
            missing.append(column.header)
    return MatchedTable(sheet, header, tuple(found), tuple(missing))


def _match(index: int, text: str, column: Column) -> Found | None:
    parts = _PLACEHOLDER.split(column.header)
    pattern = "".join(
        rf"\s*(?P<{part}>\b\S.*?\b)\s*" if place % 2 else re.escape(plain(part))
        for place, part in enumerate(parts)
    )
    match = re.fullmatch(pattern, plain(text))
    if not match:
        return None
    named = {
        key: read_period(said.replace(" ", "-")) or read_period(said)
        for key, said in match.groupdict().items()
    }
    return Found(index, column, **named) if all(named.values()) else None
