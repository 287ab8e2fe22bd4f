"""A sheet read by an import profile → rows of data/<year>.csv, and every refusal with its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import pandas as pd

from atlas.importing.amounts import read_amount
from atlas.importing.cells import ParsedNumber
from atlas.importing.gazetteer import Gazetteer
from atlas.importing.header import MatchedColumn, match_table, no_match_problem
from atlas.importing.layout import is_without_content
from atlas.importing.records import BlankCell, Extraction, ImportedRow
from atlas.importing.row_metadata import (
    RowMetadata,
    read_row_indicator,
    read_row_metadata,
    read_row_period,
)
from atlas.importing.row_subject import Cells, RowReader, RowRejected, RowSubject
from atlas.importing.workbook_reading import Sheet
from atlas.observations.checks import CHECKS, COLUMNS, KnownKeys
from atlas.problems import Problem
from atlas.settings.import_profiles import ImportProfile

ROWS_BETWEEN_PROGRESS_UPDATES = 2_000


@dataclass(frozen=True)
class _TableRow:
    """A row of the table, and what its own cells say beside its figures.

    ``index``: its place in the cells of the sheet.
    """

    index: int
    cells: Cells
    subject: RowSubject
    metadata: RowMetadata
    reader: RowReader

    def address(self, column: MatchedColumn) -> str:
        return self.reader.table.sheet.address(self.index, column.index)


@dataclass(frozen=True)
class _FigureCell:
    column: MatchedColumn
    number: ParsedNumber


_FigureKey = tuple[str, str, str]  # indicator, corridor, period
_FigureCells = dict[str, _FigureCell]  # by role of the column: value, change


def extract_rows(
    sheets: list[Sheet],
    name: str,
    profile: ImportProfile,
    known_keys: KnownKeys,
    report_progress: Callable[[float], None] = lambda share: None,
) -> Extraction:
    """The rows that a profile reads in a file. What one cell has wrong refuses its row alone.

    ``name``: the file, as its owner knows it. ``report_progress``: called now and then with the
    share of the rows that are read, from 0 to 1. A file without the columns of the profile, or
    without a known source, gives one refusal and no row.
    """
    extraction = Extraction(name)
    table = match_table(sheets, profile)
    if table is None or table.missing:
        extraction.refusals.append(no_match_problem(table, sheets, name, profile))
        return extraction
    reader = RowReader(table, profile, known_keys, Gazetteer(known_keys.territories))
    if profile.source not in known_keys.sources and not reader.columns_of("source"):
        extraction.refusals.append(
            Problem(
                name,
                f"source inconnue : « {profile.source} »" if profile.source else "la source manque",
                "Indiquez une clé de data/sources.yaml (--source).",
                where=table.sheet.address(0, 0),
            )
        )
        return extraction
    totals: list[ImportedRow] = []
    count = len(table.sheet.cells)
    for index in range(table.header.rows[-1] + 1, count):
        if index % ROWS_BETWEEN_PROGRESS_UPDATES == 0:
            report_progress(index / count)
        _read_row(index, reader, extraction, totals)
    _add_totals(totals, extraction, known_keys)
    _check_rows(extraction, known_keys)
    return extraction


def _read_row(
    index: int, reader: RowReader, extraction: Extraction, totals: list[ImportedRow]
) -> None:
    """Add what one row gives to the extraction, or to the totals that await their territory."""
    table = reader.table
    cells: Cells = [
        cell.strip() if isinstance(cell, str) else cell for cell in table.sheet.cells[index]
    ]
    if is_without_content(cells, table):
        return
    try:
        subject = reader.read_subject(cells)
        metadata = read_row_metadata(cells, reader)
        row = _TableRow(index, cells, subject, metadata, reader)
        is_dropped_total = subject.total and not reader.profile.totals.keep
        is_left_out = bool(metadata.derivation) or is_dropped_total
        rows = [] if is_left_out else list(_rows_of_figures(row, extraction))
    except RowRejected as rejected:
        if any(cells[i] != "" for i in reader.columns_of("value", "change")):
            extraction.rows_read += 1
            extraction.refusals.append(rejected.problem(extraction.name, table, index))
        return  # without any figure it is a text under the table
    extraction.rows_read += 1
    extraction.rows_computed += bool(metadata.derivation)
    if subject.lost_zero:
        extraction.notes.append(
            Problem(
                extraction.name,
                f"le code a perdu son zéro, lu {subject.territory}",
                "Mettez la colonne au format texte dans le tableur.",
                line=table.sheet.top + index + 1,
                where=row.address(table.columns[0]),
            )
        )
    awaits_territory = subject.total and not subject.territory
    (totals if awaits_territory else extraction.rows).extend(rows)


def _rows_of_figures(row: _TableRow, extraction: Extraction) -> Iterable[ImportedRow]:
    """One row for each indicator, corridor and period that a row of the table has a figure of."""
    figures: dict[_FigureKey, _FigureCells] = {}
    for column in _columns_of_figures(row.reader):
        indicator = read_row_indicator(column, row.cells, row.reader)
        corridor = column.spec.corridor or row.subject.corridor
        period = (
            column.period
            or read_row_period(row.cells, row.reader)
            or _default_period(figures, indicator, corridor, row.reader, column)
        )
        cell = row.cells[column.index]
        number = read_amount(cell, column, row.reader.known_keys.settings.indicators[indicator])
        figure = figures.setdefault((indicator, corridor, period), {})
        if column.spec.holds in figure:
            raise RowRejected(
                column.index,
                f"la cellule répète {row.address(figure[column.spec.holds].column)}",
                "Ignorez l’une des deux colonnes.",
                str(cell),
            )
        figure[column.spec.holds] = _FigureCell(column, number)
    for key, figure in figures.items():
        imported = _build_row(key, figure, row)
        if imported:
            yield imported
        _record_blanks_and_notes(figure, key[0], row, extraction)


def _columns_of_figures(reader: RowReader) -> list[MatchedColumn]:
    """The columns of values, then those of changes: a change has the period of its value."""
    return [
        column
        for role in ("value", "change")
        for column in reader.table.columns
        if column.spec.holds == role
    ]


def _default_period(
    figures: dict[_FigureKey, _FigureCells],
    indicator: str,
    corridor: str,
    reader: RowReader,
    column: MatchedColumn,
) -> str:
    """Of a change: that of the last value beside it; else that of the profile or of the titles.

    Raises RowRejected when there is none.
    """
    periods = [p for i, c, p in figures if (i, c) == (indicator, corridor)]
    if column.spec.holds == "change" and periods:
        return max(periods)
    period = reader.profile.period or reader.table.period
    if not period:
        raise RowRejected(
            column.index,
            "la période n’est écrite ni dans les titres ni dans le profil",
            "Indiquez-la (--period 2025).",
        )
    return period


def _build_row(key: _FigureKey, figure: _FigureCells, row: _TableRow) -> ImportedRow | None:
    """The row of the contract of one figure; None when it has neither value nor change."""
    value, change = figure.get("value"), figure.get("change")
    value_text = value.number.value if value else ""
    change_text = change.number.value if change else ""
    if not value_text and not change_text:
        return None
    qualifier = value.number.qualifier if value else ""
    if value and value_text and not qualifier:
        qualifier = value.column.spec.qualifier or row.metadata.qualifier
    compared_to = ""
    if change and change_text:
        compared_to = (
            change.column.compared_to or change.column.spec.compared_to or row.metadata.compared_to
        )
    addresses = [row.address(cell.column) for cell in (value, change) if cell]
    return ImportedRow(
        row.subject.territory,
        *key,
        value=value_text,
        qualifier=qualifier,
        change=change_text,
        compared_to=compared_to,
        source=row.metadata.source,
        page=row.metadata.page,
        note=" ".join(text for text in (row.metadata.note, row.subject.note) if text),
        cell=addresses[0],
        change_cell=addresses[-1],
    )


def _record_blanks_and_notes(
    figure: _FigureCells, indicator: str, row: _TableRow, extraction: Extraction
) -> None:
    has_number = any(cell.number.value for cell in figure.values())
    for cell in figure.values():
        if has_number and row.reader.table.sheet.cells[row.index][cell.column.index] == "":
            continue  # a value without a change, or a change without a value
        address = row.address(cell.column)
        if cell.number.kind != "value":
            extraction.blanks.append(
                BlankCell(row.subject.territory, indicator, cell.number.kind, address)
            )
        elif cell.number.ambiguous:
            extraction.notes.append(
                Problem(
                    extraction.name,
                    f"nombre lisible de deux façons, lu {cell.number.value}",
                    "Vérifiez-le.",
                    where=address,
                )
            )


def _add_totals(totals: list[ImportedRow], extraction: Extraction, known_keys: KnownKeys) -> None:
    """A total without a territory is that of the smallest one that holds all rows."""
    if not totals:
        return
    regions = {known_keys.territories.region_of(row.territory) for row in extraction.rows}
    territory = regions.pop() if len(regions) == 1 else "FR"
    extraction.rows += [replace(row, territory=territory) for row in totals]


def _check_rows(extraction: Extraction, known_keys: KnownKeys) -> None:
    """Refuse rows that repeat others, and those that the checks of the yearly files refuse."""
    rows: dict[tuple[str, ...], ImportedRow] = {}
    for row in extraction.rows:
        first = rows.setdefault(row.key, row)
        if first is not row:
            extraction.refusals.append(
                Problem(
                    extraction.name,
                    f"la cellule répète {first.cell}",
                    "Gardez une seule des deux.",
                    where=row.cell,
                    value=known_keys.territories[row.territory].label,
                )
            )
    extraction.rows = list(rows.values())
    if not rows:
        return
    frame = pd.DataFrame(
        [[index, *row.texts()] for index, row in enumerate(extraction.rows)],
        columns=["line", *COLUMNS],
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


def _address_at_fault(problem: Problem, row: ImportedRow) -> str:
    return row.change_cell if problem.where in ("change", "compared_to") else row.cell
