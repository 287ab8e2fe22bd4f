"""The cells of figures in one row of a table → rows of the contract, or why a figure is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from atlas.importing.amounts import read_amount
from atlas.importing.cells import ParsedNumber
from atlas.importing.header import MatchedColumn
from atlas.importing.records import BlankCell, Extraction, ImportedRow
from atlas.importing.row_metadata import (
    RowMetadata,
    read_row_indicator,
    read_row_period,
)
from atlas.importing.row_subject import Cells, RowReader, RowRejected, RowSubject
from atlas.importing.table_notes import TableNotes
from atlas.importing.table_titles import (
    PROVISIONAL_NOTE,
    says_provisional,
)
from atlas.importing.titles import without_marks
from atlas.problems import Problem


@dataclass(frozen=True)
class TableRow:
    """A row of the table, and what its own cells say beside its figures.

    ``index``: its place in the cells of the sheet.
    """

    index: int
    cells: Cells
    subject: RowSubject
    metadata: RowMetadata
    reader: RowReader
    notes: TableNotes

    def address(self, column: MatchedColumn) -> str:
        return self.reader.table.sheet.address(self.index, column.index)


@dataclass(frozen=True)
class _FigureCell:
    column: MatchedColumn
    number: ParsedNumber


_FigureKey = tuple[str, str, str]  # indicator, corridor, period


_FigureCells = dict[str, _FigureCell]  # by role of the column: value, change


def rows_of_figures(row: TableRow, extraction: Extraction) -> Iterable[ImportedRow]:
    """One row for each indicator, corridor and period that a row of the table has a figure of.

    A cell that cannot be read refuses its figure, value and change together; the others stand.
    """
    figures: dict[_FigureKey, _FigureCells] = {}
    refused: set[_FigureKey] = set()
    for column in _columns_of_figures(row.reader):
        indicator = read_row_indicator(column, row.cells, row.reader)
        corridor = column.spec.corridor or row.subject.corridor
        period = (
            column.period
            or read_row_period(row.cells, row.reader)
            or _default_period(figures, indicator, corridor, row.reader, column)
        )
        cell = row.cells[column.index]
        key = (indicator, corridor, period)
        figure = figures.setdefault(key, {})
        try:
            _check_cell(row, column)
            if column.spec.holds in figure:
                raise RowRejected(
                    column.index,
                    f"la cellule répète {row.address(figure[column.spec.holds].column)}",
                    "Ignorez l’une des deux colonnes.",
                    cell.text,
                )
            number = read_amount(cell, column, row.reader.known_keys.settings.indicators[indicator])
        except RowRejected as rejected:
            refused.add(key)
            extraction.without_figure.setdefault((row.subject.territory, *key), row.address(column))
            extraction.refusals.append(
                rejected.problem(extraction.name, row.reader.table, row.index)
            )
            continue
        figure[column.spec.holds] = _FigureCell(column, number)
    for key, figure in figures.items():
        if key in refused:
            continue
        imported = _build_row(key, figure, row)
        if imported:
            yield imported
        _record_blanks_and_notes(figure, key, row, extraction)


def _check_cell(row: TableRow, column: MatchedColumn) -> None:
    """Refuse a formula without a result, an error, and one value over several territories."""
    sheet = row.reader.table.sheet
    cell = row.cells[column.index]
    if cell.state == "not calculated":
        raise RowRejected(
            column.index,
            "la formule n’a jamais été calculée",
            "Ouvrez et enregistrez le classeur dans un tableur.",
            cell.text,
        )
    if cell.state == "error":
        raise RowRejected(
            column.index,
            f"la formule finit par une erreur ({cell.text})",
            "Corrigez la formule dans le classeur.",
            cell.text,
        )
    if cell.state == "unclear":
        stored = "" if cell.value is None else f" ({cell.value:.15g} dans la cellule)"
        raise RowRejected(
            column.index,
            f"« {cell.text} »{stored} : le format de la cellule montre autre chose que son nombre",
            "Donnez à la cellule un format de nombre ordinaire.",
            cell.text,
        )
    if cell.merged is not None and not cell.is_empty:
        others = [
            (r, c)
            for r, c in (
                (row.index - 1, column.index),
                (row.index + 1, column.index),
                (row.index, column.index - 1),
                (row.index, column.index + 1),
            )
            if 0 <= r < len(sheet.cells)
            and 0 <= c < len(sheet.cells[r])
            and sheet.cells[r][c].merged == cell.merged
        ]
        if others:
            raise RowRejected(
                column.index,
                f"« {cell.text} » est fusionné sur plusieurs cellules : il n’est le chiffre "
                "d’aucune",
                "Défusionnez, et donnez à chaque ligne son chiffre.",
                cell.text,
            )


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


def _build_row(key: _FigureKey, figure: _FigureCells, row: TableRow) -> ImportedRow | None:
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
    marks = [
        *row.subject.marks,
        *(mark for cell in (value, change) if cell for mark in cell.number.marks),
        *(
            mark
            for cell in (value, change)
            if cell
            for mark in without_marks(row.reader.table.header.texts[cell.column.index])[1]
        ),
    ]
    provisional = _provisional_note(row, [cell.column for cell in (value, change) if cell], marks)
    notes = (row.metadata.note, row.subject.note, row.notes.of(marks), provisional)
    is_provisional = bool(provisional) or "provisoire" in row.notes.of(marks)
    return ImportedRow(
        row.subject.territory,
        *key,
        value=value_text,
        qualifier=qualifier,
        change=change_text,
        compared_to=compared_to,
        source=row.metadata.source,
        page=row.metadata.page,
        note=" ".join(text for text in notes if text),
        cell=addresses[0],
        change_cell=addresses[-1],
        noun=row.metadata.noun,
        window=row.metadata.window,
        status=row.metadata.status or ("provisional" if is_provisional else ""),
        printed=row.metadata.printed,
    )


def _provisional_note(row: TableRow, columns: list[MatchedColumn], marks: list[str]) -> str:
    """What titles or notes say of a provisional figure, unless a mark says it; empty for none."""
    texts = row.reader.table.header.texts
    said = row.notes.provisional
    if not said and any(says_provisional(texts[column.index]) for column in columns):
        said = PROVISIONAL_NOTE
    return "" if "provisoire" in row.notes.of(marks) else said


def _record_blanks_and_notes(
    figure: _FigureCells, key: _FigureKey, row: TableRow, extraction: Extraction
) -> None:
    has_number = any(cell.number.value for cell in figure.values())
    for cell in figure.values():
        if has_number and row.cells[cell.column.index].is_empty:
            continue  # a value without a change, or a change without a value
        address = row.address(cell.column)
        if cell.number.kind != "value":
            if not row.cells[cell.column.index].is_empty and not has_number:
                extraction.without_figure.setdefault((row.subject.territory, *key), address)
            extraction.blanks.append(
                BlankCell(row.subject.territory, key[0], cell.number.kind, address)
            )
        elif unexplained := row.notes.unexplained(cell.number.marks):
            quoted = ", ".join(f"« {mark} »" for mark in unexplained)
            extraction.notes.append(
                Problem(
                    extraction.name,
                    f"appel de note {quoted} sans note sous le tableau, lu {cell.number.value}",
                    "Vérifiez-le.",
                    where=address,
                )
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
