"""A sheet read by an import profile → rows of data/<year>.csv, and every refusal with its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

import pandas as pd

from atlas.importing.amounts import read_amount
from atlas.importing.cells import ParsedNumber
from atlas.importing.gazetteer import Gazetteer
from atlas.importing.header import MatchedColumn, MatchedTable, match_tables, no_match_problem
from atlas.importing.records import BlankCell, Extraction, ImportedRow
from atlas.importing.row_metadata import (
    RowMetadata,
    read_row_indicator,
    read_row_metadata,
    read_row_period,
)
from atlas.importing.row_subject import Cells, RowReader, RowRejected, RowSubject
from atlas.importing.sheet import Sheet
from atlas.importing.table_body import BodyRow, TableBody, find_body
from atlas.importing.table_notes import TableNotes, read_notes
from atlas.importing.table_titles import (
    PROVISIONAL_NOTE,
    find_territory_in_titles,
    says_provisional,
)
from atlas.importing.titles import without_marks
from atlas.importing.total_rows import territory_of_group
from atlas.observations.checks import CHECKS, COLUMNS, KnownKeys
from atlas.problems import Problem
from atlas.settings.import_profiles import ImportProfile
from atlas.territories import KIND_OF_LEVEL

ROWS_BETWEEN_PROGRESS_UPDATES = 2_000
MIN_SHARE_IN_ANNOUNCED = 0.5  # of the rows, in the région of the titles, for these to be about it


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
    notes: TableNotes

    def address(self, column: MatchedColumn) -> str:
        return self.reader.table.sheet.address(self.index, column.index)


@dataclass(frozen=True)
class _FigureCell:
    column: MatchedColumn
    number: ParsedNumber


@dataclass
class _Group:
    """The rows since the last total of a table: what the next one sums up.

    ``members``: codes of their territories; ``section``: the région that stands above them.
    """

    members: set[str]
    section: str = ""


_FigureKey = tuple[str, str, str]  # indicator, corridor, period
_FigureCells = dict[str, _FigureCell]  # by role of the column: value, change


def extract_rows(
    sheets: list[Sheet],
    name: str,
    profile: ImportProfile,
    known_keys: KnownKeys,
    report_progress: Callable[[float], None] = lambda share: None,
) -> Extraction:
    """The rows that a profile reads in a file. What one cell has wrong refuses its figure alone.

    ``name``: the file, as its owner knows it. ``report_progress``: called now and then with the
    share of the rows that are read, from 0 to 1. A file without the columns of the profile, one
    where several sheets have them, or one without a known source, gives one refusal and no row.
    """
    tables = match_tables(sheets, profile)
    problem: Problem | None = None
    if not tables or tables[0].missing:
        problem = no_match_problem(tables[0] if tables else None, sheets, name, profile)
    elif len(tables) > 1:
        names = ", ".join(f"« {table.sheet.name} »" for table in tables)
        problem = Problem(
            name,
            f"plusieurs feuilles ont les colonnes du profil : {names}",
            "Écrivez dans « sheet » du profil le nom de celle qu’il lit.",
            where="A1",
        )
    if problem:
        return Extraction(name, refusals=[problem])
    return extract_tables(tables[:1], name, profile, known_keys, report_progress)


def extract_tables(
    tables: list[MatchedTable],
    name: str,
    profile: ImportProfile,
    known_keys: KnownKeys,
    report_progress: Callable[[float], None] = lambda share: None,
) -> Extraction:
    """The rows of tables that are settled: those of a proposal, or the one that a profile finds.

    See extract_rows. ``tables``: one, or those of a series of sheets.
    """
    extraction = Extraction(name)
    if profile.source not in known_keys.sources and not profile.has("source"):
        extraction.refusals.append(
            Problem(
                name,
                f"source inconnue : « {profile.source} »" if profile.source else "la source manque",
                "Indiquez une clé de data/sources.yaml (--source).",
                where=tables[0].sheet.address(0, 0),
            )
        )
        return extraction
    gazetteer = Gazetteer(known_keys.territories)
    for number, table in enumerate(tables):

        def report_share(share: float, done: int = number) -> None:
            report_progress((done + share) / len(tables))

        _extract_table(table, profile, known_keys, gazetteer, extraction, report_share)
    _check_rows(extraction, known_keys)
    return extraction


def _extract_table(
    table: MatchedTable,
    profile: ImportProfile,
    known_keys: KnownKeys,
    gazetteer: Gazetteer,
    extraction: Extraction,
    report_progress: Callable[[float], None],
) -> None:
    specs = {column.index: column.spec for column in table.columns}
    body = find_body(table.sheet, table.header, specs, gazetteer, known_keys.settings)
    notes = read_notes((text for _, text in body.notes), table.header.title)
    _note_what_is_not_read(table, body, notes, extraction)
    announced = find_territory_in_titles(
        table.header.title, gazetteer, with_departements=profile.level == "none"
    )
    reader = RowReader(table, profile, known_keys, gazetteer, announced)
    if profile.level == "none" and announced and table.sheet.says_its_name:
        reader = replace(reader, profile=profile.model_copy(update={"territory": announced}))
    if profile.level != "none" and not _rows_are_in(announced, body, reader):
        reader = replace(reader, announced="")
    group = _Group(set())
    everything = _Group(set())
    for count, row in enumerate(body.rows):
        if count % ROWS_BETWEEN_PROGRESS_UPDATES == 0:
            report_progress(count / len(body.rows))
        _read_row(row, reader, notes, extraction, group, everything)


def _rows_are_in(announced: str, body: TableBody, reader: RowReader) -> bool:
    """Whether titles name the région of the rows, and not that of who wrote the file."""
    if announced in ("", "FR"):
        return True
    kind = KIND_OF_LEVEL.get(reader.profile.level)
    codes = [
        next(iter(found))
        for row in body.rows
        for index in reader.columns_of("territory")
        if len(
            found := reader.gazetteer.find(
                reader.table.sheet.cells[row.index][index].text, kind
            ).codes
        )
        == 1
    ]
    within = sum(reader.known_keys.territories.is_within(code, announced) for code in codes)
    return within >= MIN_SHARE_IN_ANNOUNCED * len(codes)


def _note_what_is_not_read(
    table: MatchedTable, body: TableBody, notes: TableNotes, extraction: Extraction
) -> None:
    """Say what of the sheet is left out: hidden rows and columns, another table, notes."""
    sheet, name = table.sheet, extraction.name
    for index in body.hidden:
        extraction.notes.append(
            Problem(
                name,
                "cette ligne est masquée dans le classeur, elle n’est pas lue",
                "Affichez-la si elle doit l’être.",
                where=sheet.address(index, 0),
            )
        )
    for index in sorted(sheet.hidden_columns):
        if index < len(table.header.texts) and table.header.texts[index]:
            extraction.notes.append(
                Problem(
                    name,
                    f"la colonne « {table.header.texts[index]} » est masquée dans le classeur, "
                    "elle n’est pas lue",
                    "Affichez-la si elle doit l’être.",
                    where=sheet.address(table.header.rows[-1], index),
                )
            )
    if body.end is not None:
        text = next((c.text for c in sheet.cells[body.end] if not c.is_empty), "")
        extraction.notes.append(
            Problem(
                name,
                f"le tableau s’arrête au-dessus de « {text} » : ce qui suit, jusqu’à "
                f"{sheet.address(body.last, 0)}, n’est pas lu",
                "Enregistrez à part l’autre tableau.",
                where=sheet.address(body.end, 0),
            )
        )
    extraction.table_notes += notes.texts


def _read_row(
    row: BodyRow,
    reader: RowReader,
    notes: TableNotes,
    extraction: Extraction,
    group: _Group,
    everything: _Group,
) -> None:
    """Add what one row gives to the extraction, and its territory to those that a total sums up."""
    table = reader.table
    cells = table.sheet.cells[row.index]
    if row.section != group.section:
        group.members, group.section = set(), row.section
    try:
        subject = reader.read_subject(cells, row.section)
        if subject.total and not subject.territory:
            subject = _total_of_group(cells, subject, reader, group, everything)
        if subject.total:
            group.members = set()
        else:
            group.members.add(subject.territory)
            everything.members.add(subject.territory)
        metadata = read_row_metadata(cells, reader)
        read = _TableRow(row.index, cells, subject, metadata, reader, notes)
        is_dropped_total = subject.total and not reader.profile.totals.keep
        is_left_out = bool(metadata.derivation) or is_dropped_total
        rows = [] if is_left_out else list(_rows_of_figures(read, extraction))
    except RowRejected as rejected:
        if any(not cells[i].is_empty for i in reader.columns_of("value", "change")):
            extraction.rows_read += 1
            extraction.refusals.append(rejected.problem(extraction.name, table, row.index))
        return  # without any figure it is a text under the table
    extraction.rows_read += 1
    extraction.rows_computed += bool(metadata.derivation)
    if subject.lost_zero:
        extraction.notes.append(
            Problem(
                extraction.name,
                f"le code a perdu son zéro, lu {subject.territory}",
                "Mettez la colonne au format texte dans le tableur.",
                line=table.sheet.line(row.index, table.columns[0].index),
                where=read.address(table.columns[0]),
            )
        )
    extraction.rows.extend(rows)


def _total_of_group(
    cells: Cells,
    subject: RowSubject,
    reader: RowReader,
    group: _Group,
    everything: _Group,
) -> RowSubject:
    """A total without a name with the territory that the rows above make up.

    Raises RowRejected when they make up none.
    """
    kind = KIND_OF_LEVEL.get(reader.profile.level)
    territories = reader.known_keys.territories
    territory = territory_of_group(group.members, kind, territories)
    if not subject.is_partial:
        territory = territory or territory_of_group(everything.members, kind, territories)
    elif territory == "FR":
        territory = ""
    if not territory:
        index = (reader.columns_of("territory") or reader.columns_of("corridor"))[0]
        text = cells[index].text
        raise RowRejected(
            index,
            f"« {text} » : les lignes au-dessus ne sont pas celles d’une région entière ni de la "
            "France, on ne sait pas de quel territoire est ce total",
            "Laissez cette ligne de côté, ou nommez son territoire.",
            text,
        )
    return replace(subject, territory=territory)


def _rows_of_figures(row: _TableRow, extraction: Extraction) -> Iterable[ImportedRow]:
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


def _check_cell(row: _TableRow, column: MatchedColumn) -> None:
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
    notes = (
        row.metadata.note,
        row.subject.note,
        row.notes.of(marks),
        _provisional_note(row, [cell.column for cell in (value, change) if cell], marks),
    )
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
    )


def _provisional_note(row: _TableRow, columns: list[MatchedColumn], marks: list[str]) -> str:
    """What titles or notes say of a provisional figure, unless a mark says it; empty for none."""
    texts = row.reader.table.header.texts
    said = row.notes.provisional
    if not said and any(says_provisional(texts[column.index]) for column in columns):
        said = PROVISIONAL_NOTE
    return "" if "provisoire" in row.notes.of(marks) else said


def _record_blanks_and_notes(
    figure: _FigureCells, key: _FigureKey, row: _TableRow, extraction: Extraction
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


def _check_rows(extraction: Extraction, known_keys: KnownKeys) -> None:
    """Refuse rows that repeat others, and those that the checks of the yearly files refuse.

    Of rows that give one figure two values, or a value and none, neither is kept.
    """
    rows: dict[tuple[str, ...], ImportedRow] = {}
    contradicted: set[tuple[str, ...]] = set()
    for row in extraction.rows:
        first = rows.setdefault(row.key, row)
        if first is row:
            continue
        label = known_keys.territories[row.territory].label
        same = _say_the_same(first, row)
        extraction.refusals.append(
            Problem(
                extraction.name,
                f"la cellule répète {first.cell}",
                "Gardez une seule des deux.",
                where=row.cell,
                value=label,
            )
        )
        if not same and row.key not in contradicted:
            contradicted.add(row.key)
            extraction.refusals.append(
                Problem(
                    extraction.name,
                    f"{label} a aussi {row.value or row.change} en {row.cell}, au lieu de "
                    f"{first.value or first.change}",
                    "Gardez une seule des deux lignes.",
                    where=first.cell,
                    value=label,
                )
            )
    for key in contradicted:
        del rows[key]
    for key, row in list(rows.items()):
        other = extraction.without_figure.get(
            (row.territory, row.indicator, row.corridor, row.period)
        )
        if other:
            del rows[key]
            extraction.refusals.append(
                Problem(
                    extraction.name,
                    f"la cellule répète {other}, qui n’a pas de chiffre lisible",
                    "Gardez une seule des deux lignes.",
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


def _say_the_same(one: ImportedRow, other: ImportedRow) -> bool:
    return all(
        (Decimal(a) == Decimal(b)) if a and b else a == b
        for a, b in ((one.value, other.value), (one.change, other.change))
    )


def _address_at_fault(problem: Problem, row: ImportedRow) -> str:
    return row.change_cell if problem.where in ("change", "compared_to") else row.cell
