"""Where the table begins: its header, over one row or two, under rows of titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from atlas.importing.dates import read_period, single_period_in
from atlas.importing.text_matching import normalise
from atlas.importing.workbook_reading import Sheet
from atlas.problems import Problem
from atlas.settings.import_profiles import ImportProfile, ProfileColumn

MAX_ROWS_SEARCHED_FOR_HEADER = 60
_PLACEHOLDER_PATTERN = re.compile(r"\{(period|compared_to)\}")


@dataclass(frozen=True)
class Header:
    """The titles of the columns of a table.

    ``rows``: indexes of its one or two rows in the cells of the sheet. ``texts``: one per column,
    both rows joined by « / ». ``title``: the name of the sheet and the texts above, one a line.
    """

    rows: tuple[int, ...]
    texts: tuple[str, ...]
    title: str

    @property
    def period(self) -> str:
        """The one period that the titles above name, empty without one."""
        return single_period_in(self.title)


@dataclass(frozen=True)
class MatchedColumn:
    """A column of the import profile in the file.

    ``index``: its place in the rows of the sheet. ``spec``: what the profile says of it.
    ``period``, ``compared_to``: the periods that its header names, empty for none.
    """

    index: int
    spec: ProfileColumn
    period: str = ""
    compared_to: str = ""


@dataclass(frozen=True)
class MatchedTable:
    """Where an import profile finds its columns.

    ``missing``: headers of the profile that the table does not have.
    """

    sheet: Sheet
    header: Header
    columns: tuple[MatchedColumn, ...]
    missing: tuple[str, ...]

    @property
    def period(self) -> str:
        """The one period that the titles name, or else the headers; empty without one."""
        named = {column.period for column in self.columns if column.period}
        return self.header.period or (named.pop() if len(named) == 1 else "")


def match_table(sheets: list[Sheet], profile: ImportProfile) -> MatchedTable | None:
    """The table that has most columns of a profile; None when no sheet has any of them."""
    if profile.sheet:
        sheets = [s for s in sheets if normalise(profile.sheet) in normalise(s.name)]
    best: MatchedTable | None = None
    for sheet in sheets:
        for header in candidate_headers(sheet):
            table = _match_columns(sheet, header, profile)
            if table.columns and (best is None or len(table.columns) > len(best.columns)):
                best = table
        if best and not best.missing:
            return best
    return best


def no_match_problem(
    table: MatchedTable | None, sheets: list[Sheet], name: str, profile: ImportProfile
) -> Problem:
    """Why a profile reads nothing in a file: no such sheet, or columns that it does not have.

    ``table``: the nearest one, with what it lacks; ``name``: the file, as its owner knows it.
    """
    if not any(normalise(profile.sheet) in normalise(sheet.name) for sheet in sheets):
        names = ", ".join(f"« {sheet.name} »" for sheet in sheets)
        return Problem(
            name,
            f"aucune feuille ne s’appelle « {profile.sheet} »",
            f"Feuilles du fichier : {names}. Corrigez « sheet » dans le profil.",
            where="A1",
        )
    if table:
        missing = table.missing
        where = table.sheet.address(table.header.rows[0], 0)
    else:
        missing = tuple(c.header for c in profile.columns if c.holds != "ignored")
        where = sheets[0].address(0, 0) if sheets else "A1"
    quoted = ", ".join(f"« {text} »" for text in missing)
    return Problem(
        name,
        f"colonnes introuvables : {quoted}",
        "Choisissez un autre profil, ou corrigez les titres de colonnes de celui-ci.",
        where=where,
    )


def candidate_headers(sheet: Sheet) -> Iterator[Header]:
    """Every row that could be the header, alone, then with the row under it."""
    for row in range(min(len(sheet.cells), MAX_ROWS_SEARCHED_FOR_HEADER)):
        texts = [_cell_text(cell) for cell in sheet.cells[row]]
        if len({text for text in texts if text}) < 2:
            continue
        title = _titles_above(sheet, row)
        yield Header((row,), tuple(texts), title)
        if row + 1 < len(sheet.cells):
            below = [_cell_text(cell) for cell in sheet.cells[row + 1]]
            yield Header((row, row + 1), _join_header_rows(texts, below), title)


def _cell_text(cell: str | float) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else f"{cell:.15g}"


def _titles_above(sheet: Sheet, row: int) -> str:
    filled = (cell for cells in sheet.cells[:row] for cell in cells if cell != "")
    return "\n".join([sheet.name, *dict.fromkeys(map(_cell_text, filled))])


def _join_header_rows(above: list[str], below: list[str]) -> tuple[str, ...]:
    """Two rows as one; a text above holds for the empty cells on its right, as when merged."""
    texts: list[str] = []
    group = ""
    for upper, lower in zip(above, below, strict=True):
        group = upper or (group if lower else "")
        if lower in ("", group):
            texts.append(group)
        else:
            texts.append(f"{group} / {lower}" if group else lower)
    return tuple(texts)


def _match_columns(sheet: Sheet, header: Header, profile: ImportProfile) -> MatchedTable:
    matched: dict[int, MatchedColumn] = {}
    missing: list[str] = []
    for spec in profile.columns:
        free = [(index, text) for index, text in enumerate(header.texts) if index not in matched]
        candidates = (_match_column(index, text, spec) for index, text in free)
        column = next((candidate for candidate in candidates if candidate), None)
        if column:
            matched[column.index] = column
        elif spec.holds != "ignored":
            missing.append(spec.header)
    return MatchedTable(sheet, header, tuple(matched.values()), tuple(missing))


def _match_column(index: int, text: str, spec: ProfileColumn) -> MatchedColumn | None:
    """The column when its header is that of the profile, where placeholders stand for periods."""
    match = re.fullmatch(_header_pattern(spec.header), normalise(text))
    if not match:
        return None
    periods = {
        placeholder: read_period(written.replace(" ", "-")) or read_period(written)
        for placeholder, written in match.groupdict().items()
    }
    return MatchedColumn(index, spec, **periods) if all(periods.values()) else None


def _header_pattern(header: str) -> str:
    """The regular expression of a header of the profile, a group for each of its placeholders."""
    pattern = ""
    named: set[str] = set()
    for position, part in enumerate(_PLACEHOLDER_PATTERN.split(header)):
        is_placeholder = position % 2 == 1  # between the texts around it
        if not is_placeholder:
            pattern += re.escape(normalise(part))
        elif part in named:  # « Taux {period} / {period} » names one period twice
            pattern += rf"\s*(?P={part})\s*"
        else:
            pattern += rf"\s*(?P<{part}>\b\S.*?\b)\s*"
            named.add(part)
    return pattern
