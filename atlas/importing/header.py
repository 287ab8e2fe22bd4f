"""Where the table begins: its header, over one row or two, under rows of titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from atlas.importing.cells import read_cell
from atlas.importing.dates import read_period, single_period_in, without_file_dates
from atlas.importing.sheet import Cell, Sheet
from atlas.importing.text_matching import normalise
from atlas.observations.optional_columns import OPTIONAL_COLUMNS
from atlas.problems import Problem
from atlas.settings.import_profiles import UNTITLED, ImportProfile, ProfileColumn

MAX_ROWS_SEARCHED_FOR_HEADER = 60
_PLACEHOLDER_PATTERN = re.compile(r"\{(period|compared_to)\}")


@dataclass(frozen=True)
class Header:
    """The titles of the columns of a table.

    ``rows``: indexes of its one or two rows in the cells of the sheet. ``texts``: one per column,
    both rows joined by « / »; « (sans titre) » for a column that has cells and no title.
    ``title``: the name of the sheet and the texts above, one a line.
    """

    rows: tuple[int, ...]
    texts: tuple[str, ...]
    title: str

    @property
    def period(self) -> str:
        """The one period that the titles above name, empty without one."""
        return single_period_in(without_file_dates(self.title))


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
        """The one period that the titles name, or else the headers; empty without one.

        An ignored column dates nothing.
        """
        named = {c.period for c in self.columns if c.period and c.spec.holds != "ignored"}
        return self.header.period or (named.pop() if len(named) == 1 else "")


def match_tables(sheets: list[Sheet], profile: ImportProfile) -> list[MatchedTable]:
    """The tables that a profile may read, those that have most of its columns: one as a rule.

    Several where sheets are alike, of which the profile does not say the name. Empty when no sheet
    has any of its columns.
    """
    if profile.sheet:
        sheets = [s for s in sheets if normalise(profile.sheet) in normalise(s.name)]
    else:
        sheets = [s for s in sheets if not s.hidden] or sheets
    best: list[MatchedTable] = []
    for sheet in sheets:
        of_sheet: MatchedTable | None = None
        for header in candidate_headers(sheet):
            table = _match_columns(sheet, header, profile)
            if of_sheet is None or len(table.columns) > len(of_sheet.columns):
                of_sheet = table
        if of_sheet is None or not of_sheet.columns:
            continue
        if not best or len(of_sheet.columns) > len(best[0].columns):
            best = [of_sheet]
        elif len(of_sheet.columns) == len(best[0].columns):
            best.append(of_sheet)
    return best


def match_columns_by_place(
    sheet: Sheet, header: Header, specs: dict[int, ProfileColumn]
) -> MatchedTable:
    """The table under a header whose columns are known by their places in the rows of the sheet."""
    columns = tuple(
        _match_column(index, header.texts[index], spec) or MatchedColumn(index, spec)
        for index, spec in specs.items()
    )
    return MatchedTable(sheet, header, columns, ())


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
    """Every row that could be the header, alone, then with the row under it; titles are none."""
    last = min(len(sheet.cells), MAX_ROWS_SEARCHED_FOR_HEADER)
    titles: list[str] = []  # the texts above the row, up to the table before it
    for row in range(last):
        title = "\n".join([sheet.name, *sheet.heading, *titles])
        cells = sheet.cells[row]
        if any(is_figure(cell) for cell in cells):
            titles = []
        else:
            titles += dict.fromkeys(header_text(cell) for cell in cells if not cell.is_empty)
        texts = [header_text(cell) for cell in sheet.cells[row]]
        if row in sheet.hidden_rows or not any(texts) or _is_title(sheet.cells[row]):
            continue
        yield Header((row,), _with_untitled(texts, sheet, row), title)
        if row + 1 < len(sheet.cells):
            below = [header_text(cell) for cell in sheet.cells[row + 1]]
            if any(below):
                joined = _join_header_rows(texts, below)
                yield Header((row, row + 1), _with_untitled(joined, sheet, row + 1), title)


def _is_title(cells: list[Cell]) -> bool:
    """Whether a row is the title of a table, and no group of columns: one text, at its left."""
    filled = [index for index, cell in enumerate(cells) if not cell.is_empty]
    return filled == [0] and len(cells) > 1 and cells[0].merged is None


def header_text(cell: Cell) -> str:
    """The text of a cell as a title, on one line."""
    return " ".join(cell.text.split())


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a number or says why it has none, and is no period."""
    if cell.is_empty or cell.period or read_period(cell.text):
        return False
    return bool(cell.state) or read_cell(cell).kind != "unreadable"


def _with_untitled(texts: list[str], sheet: Sheet, last_row: int) -> tuple[str, ...]:
    """The titles, with a stand-in for those of columns that have cells and none."""
    below = sheet.cells[last_row + 1 : last_row + 1 + MAX_ROWS_SEARCHED_FOR_HEADER]
    return tuple(
        text or (UNTITLED if any(not row[index].is_empty for row in below) else "")
        for index, text in enumerate(texts)
    )


def _join_header_rows(above: list[str], below: list[str]) -> list[str]:
    """Two rows as one; a text above holds for the empty cells on its right, as when merged."""
    texts: list[str] = []
    group = ""
    for upper, lower in zip(above, below, strict=True):
        group = upper or (group if lower else "")
        if lower in ("", group):
            texts.append(group)
        else:
            texts.append(f"{group} / {lower}" if group else lower)
    return texts


def _match_columns(sheet: Sheet, header: Header, profile: ImportProfile) -> MatchedTable:
    matched: dict[int, MatchedColumn] = {}
    missing: list[str] = []
    for spec in profile.columns:
        free = [(index, text) for index, text in enumerate(header.texts) if index not in matched]
        candidates = (_match_column(index, text, spec) for index, text in free)
        column = next((candidate for candidate in candidates if candidate), None)
        if column:
            matched[column.index] = column
        elif spec.holds != "ignored" and spec.holds not in OPTIONAL_COLUMNS:
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
