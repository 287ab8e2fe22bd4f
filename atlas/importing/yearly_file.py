"""The text of a yearly file with the rows of an import; the other rows keep their bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from atlas.importing.records import ROW_KEY_COLUMNS, ImportedRow
from atlas.observations.checks import COLUMNS
from atlas.observations.optional_columns import OPTIONAL_COLUMNS
from atlas.observations.reading import is_header
from atlas.problems import Problem

_BYTE_ORDER_MARK = "\ufeff"


@dataclass
class MergedFile:
    """A yearly file to be written.

    ``content``: its bytes. ``added``, ``replaced``: counts of rows. ``problems``: rows that
    contradict it.
    """

    content: bytes = b""
    added: int = 0
    replaced: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class _ExistingRow:
    """A row of the file: its cells, and the lines that it stands on, from 0."""

    cells: dict[str, str]
    lines: slice


def merge_rows(
    old: bytes | None, rows: Sequence[ImportedRow], name: str, *, replace: bool
) -> MergedFile:
    """The file with the rows that it does not have yet.

    ``old``: its present bytes, None without a file. ``name``: for messages. ``replace``: a figure
    that the same page of the same source gives otherwise takes the place of the old one; without
    it, it is a problem.
    """
    before = old or (",".join(COLUMNS) + "\n").encode()
    line_ending = "\r\n" if b"\r\n" in before else "\n"
    mark = _BYTE_ORDER_MARK if before.startswith(_BYTE_ORDER_MARK.encode()) else ""
    lines = io.StringIO(before.decode("utf-8-sig", "replace"), newline="").readlines()
    columns = _columns_with(_header(lines), rows)
    if columns != _header(lines):
        lines = _widen(lines, columns, line_ending)
    existing_rows = _index_rows(lines, columns)
    merged = MergedFile()
    new_lines: list[str] = []
    for row in rows:
        existing = existing_rows.get(row.key)
        if existing is None:
            new_lines.append(_csv_line(_cells(row), columns, line_ending))
            merged.added += 1
        elif not _differs(existing.cells, row):
            continue
        elif replace:
            # As many lines as before, so that those of the rows below stay where they are.
            blank_lines = [""] * (len(lines[existing.lines]) - 1)
            replaced = _with_kept_columns(row, existing.cells)
            lines[existing.lines] = [_csv_line(replaced, columns, line_ending), *blank_lines]
            merged.replaced += 1
        else:
            merged.problems.append(_contradiction_problem(existing.cells, row, name))
    if new_lines and lines[-1] and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += line_ending
    merged.content = (mark + "".join(lines + new_lines)).encode()
    return merged


def _header(lines: list[str]) -> list[str]:
    """The columns of a file, those of the contract alone in one that does not load."""
    header = next(csv.reader(iter(lines)), [])
    return header if is_header(header) else list(COLUMNS)


def _columns_with(header: list[str], rows: Sequence[ImportedRow]) -> list[str]:
    """The columns of a file, and the optional ones that its new rows fill."""
    filled = {column for row in rows for column in row.optional_columns}
    return [*COLUMNS, *(c for c in OPTIONAL_COLUMNS if c in header or c in filled)]


def _widen(lines: list[str], columns: list[str], line_ending: str) -> list[str]:
    """The lines with more columns: each row written again, on as many lines as before."""
    widened: list[str] = []
    header: list[str] = []
    reader = csv.reader(iter(lines))
    start = 0
    for cells in reader:
        place, start = slice(start, reader.line_num), reader.line_num
        if not header:
            header, cells = cells, columns
        elif len(cells) != len(header):
            widened += lines[place]  # for its reader to refuse, or an empty line
            continue
        else:
            by_column = dict(zip(header, cells, strict=True))
            cells = [by_column.get(column, "") for column in columns]
        text = _csv_line(dict(zip(columns, cells, strict=True)), columns, line_ending)
        widened += io.StringIO(text, newline="").readlines()
    return widened


def _cells(row: ImportedRow) -> dict[str, str]:
    return {column: getattr(row, column) for column in (*COLUMNS, *OPTIONAL_COLUMNS)}


def _with_kept_columns(row: ImportedRow, existing: dict[str, str]) -> dict[str, str]:
    """The cells of a row that replaces another: what its import does not say of noun, window and
    status stays; the printed form was that of the former value."""
    kept = {c: existing.get(c, "") for c in OPTIONAL_COLUMNS if c != "printed"}
    return _cells(row) | {c: text for c, text in kept.items() if not getattr(row, c)}


def _index_rows(lines: list[str], columns: list[str]) -> dict[tuple[str, ...], _ExistingRow]:
    """The rows by key; a file that does not load is refused later, by its reader."""
    rows: dict[tuple[str, ...], _ExistingRow] = {}
    reader = csv.reader(iter(lines))
    start = 0
    for cells in reader:
        is_first = start == 0
        if len(cells) == len(columns) and not is_first:
            cell_by_column = dict(zip(columns, cells, strict=True))
            key = tuple(cell_by_column[column] for column in ROW_KEY_COLUMNS)
            rows[key] = _ExistingRow(cell_by_column, slice(start, reader.line_num))
        start = reader.line_num
    return rows


def _csv_line(cells: dict[str, str], columns: list[str], line_ending: str) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator=line_ending).writerow([cells[column] for column in columns])
    return text.getvalue()


def _contradiction_problem(existing: dict[str, str], row: ImportedRow, name: str) -> Problem:
    return Problem(
        f"data/{name}",
        f"la même source publie déjà « {existing['value']} » pour {row.territory}, le "
        f"fichier dit « {row.value} »",
        "Demandez le remplacement si la source a corrigé son chiffre, ou changez de source.",
        where=row.cell,
    )


def _differs(existing: dict[str, str], row: ImportedRow) -> bool:
    return (
        _as_number(existing["value"]) != _as_number(row.value)
        or _as_number(existing["change"]) != _as_number(row.change)
        or existing["qualifier"] != row.qualifier
        or any(existing.get(c, "") != getattr(row, c) for c in row.optional_columns)
    )


def _as_number(text: str) -> float | str:
    """« 40 » and « 40.0 » are the same number; a text that is none is compared as it is."""
    try:
        return float(text)
    except ValueError:
        return text
