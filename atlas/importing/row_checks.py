"""Rows of a file that repeat or contradict each other, or that the yearly files would refuse."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pandas as pd

from atlas.importing.records import Extraction, ImportedRow
from atlas.observations.checks import CHECKS, ROW_COLUMNS, KnownKeys
from atlas.problems import Problem

_KEEP_ONE_LINE = "Gardez une seule des deux lignes."
_COLUMN_PATTERN = re.compile(r"[A-Z]+(?=\d+$)")


def check_rows(extraction: Extraction, known_keys: KnownKeys) -> None:
    """Refuse rows that repeat others, and those that the checks of the yearly files refuse.

    Of rows that give one figure two values, or a value and none, neither is kept; nor is what only
    one of two lines says that contradict each other elsewhere.
    """
    opposite_cells: dict[tuple[str, str], str] = {}
    rows, repeated = _without_repetitions(extraction, opposite_cells, known_keys)
    _refuse_repeated_blanks(rows, extraction, opposite_cells, known_keys)
    _refuse_lines(rows, opposite_cells, repeated, extraction, known_keys)
    extraction.rows = list(rows.values())
    if rows:
        _refuse_by_contract(extraction, known_keys)


def _without_repetitions(
    extraction: Extraction, opposite_cells: dict[tuple[str, str], str], known_keys: KnownKeys
) -> tuple[dict[tuple[str, ...], ImportedRow], set[tuple[str, ...]]]:
    """The rows by their key, without those that repeat another, both when they contradict it; and
    the keys of those that several lines give.

    opposite_cells: what contradicts a line is added, by territory and line.
    """
    rows: dict[tuple[str, ...], ImportedRow] = {}
    repeated: set[tuple[str, ...]] = set()
    contradicted: set[tuple[str, ...]] = set()
    for row in extraction.rows:
        first = rows.setdefault(row.key, row)
        if first is row:
            continue
        repeated.add(row.key)
        label = known_keys.territories[row.territory].label
        repeats = f"la cellule répète {first.cell}"
        _refuse(extraction, row.cell, repeats, "Gardez une seule des deux.", label)
        if _say_the_same(first, row):
            continue
        if _line_of(first.cell) != _line_of(row.cell):
            opposite_cells.setdefault((row.territory, _line_of(row.cell)), first.cell)
            opposite_cells.setdefault((row.territory, _line_of(first.cell)), row.cell)
        if row.key not in contradicted:
            contradicted.add(row.key)
            other, own = row.value or row.change, first.value or first.change
            contradicts = f"{label} a aussi {other} en {row.cell}, au lieu de {own}"
            _refuse(extraction, first.cell, contradicts, _KEEP_ONE_LINE, label)
    for key in contradicted:
        del rows[key]
    return rows, repeated


def _refuse_lines(
    rows: dict[tuple[str, ...], ImportedRow],
    opposite_cells: dict[tuple[str, str], str],
    repeated: set[tuple[str, ...]],
    extraction: Extraction,
    known_keys: KnownKeys,
) -> None:
    """Refuse what else is on lines that others contradict.

    opposite_cells: what contradicts them, by territory and line; repeated: keys that several
    lines give.
    """
    for key, row in list(rows.items()):
        opposite = opposite_cells.get((row.territory, _line_of(row.cell)))
        if opposite and key not in repeated:
            del rows[key]
            label = known_keys.territories[row.territory].label
            message = f"{label} : la ligne est contredite par une autre, en {opposite}"
            _refuse(extraction, row.cell, message, _KEEP_ONE_LINE, label)


def _line_of(cell: str) -> str:
    """« 7 » of « C7 », with the sheet of an address that names one."""
    return _COLUMN_PATTERN.sub("", cell)


def _refuse_repeated_blanks(
    rows: dict[tuple[str, ...], ImportedRow],
    extraction: Extraction,
    opposite_cells: dict[tuple[str, str], str],
    known_keys: KnownKeys,
) -> None:
    """Refuse the rows of figures that another row says to be missing, or cannot say.

    opposite_cells: as for `_without_repetitions`.
    """
    for key, row in list(rows.items()):
        other = extraction.without_figure.get(
            (row.territory, row.indicator, row.corridor, row.period)
        )
        if other:
            if _line_of(other) != _line_of(row.cell):
                opposite_cells.setdefault((row.territory, _line_of(row.cell)), other)
            del rows[key]
            message = f"la cellule répète {other}, qui n’a pas de chiffre lisible"
            label = known_keys.territories[row.territory].label
            _refuse(extraction, row.cell, message, _KEEP_ONE_LINE, label)


def _refuse(extraction: Extraction, cell: str, message: str, cure: str, label: str) -> None:
    extraction.refusals.append(Problem(extraction.name, message, cure, where=cell, value=label))


def _refuse_by_contract(extraction: Extraction, known_keys: KnownKeys) -> None:
    """Refuse the rows that the checks of the yearly files refuse."""
    frame = pd.DataFrame(
        [[index, *row.texts()] for index, row in enumerate(extraction.rows)],
        columns=["line", *ROW_COLUMNS],
    )
    problem_by_index: dict[int, Problem] = {}
    for check in CHECKS:
        for problem in check(frame, extraction.name, known_keys):
            # The first of a row: a wrong value makes its change wrong too.
            problem_by_index.setdefault(problem.line or 0, problem)
    extraction.refusals += [
        replace(problem, line=None, where=_address_at_fault(problem, extraction.rows[index]))
        for index, problem in problem_by_index.items()
    ]
    extraction.rows = [
        row for index, row in enumerate(extraction.rows) if index not in problem_by_index
    ]


def _say_the_same(one: ImportedRow, other: ImportedRow) -> bool:
    return all(
        (Decimal(a) == Decimal(b)) if a and b else a == b
        for a, b in ((one.value, other.value), (one.change, other.change))
    )


def _address_at_fault(problem: Problem, row: ImportedRow) -> str:
    return row.change_cell if problem.where in ("change", "compared_to") else row.cell
