"""A sheet read by an import profile → rows of data/<year>.csv, and every refusal with its cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from atlas.importing.figure_cells import TableRow, rows_of_figures
from atlas.importing.gazetteer import Gazetteer
from atlas.importing.header import MatchedTable, match_tables, no_match_problem
from atlas.importing.records import Extraction
from atlas.importing.row_checks import check_rows
from atlas.importing.row_metadata import (
    read_row_metadata,
)
from atlas.importing.row_subject import Cells, RowReader, RowRejected, RowSubject
from atlas.importing.sheet import Sheet
from atlas.importing.table_body import BodyRow, TableBody, find_body
from atlas.importing.table_notes import TableNotes, read_notes
from atlas.importing.table_titles import (
    find_territory_in_titles,
)
from atlas.importing.total_rows import territory_of_group
from atlas.observations.checks import KnownKeys
from atlas.problems import Problem
from atlas.settings.import_profiles import ImportProfile
from atlas.territories import KIND_OF_LEVEL

ROWS_BETWEEN_PROGRESS_UPDATES = 2_000
MIN_SHARE_IN_ANNOUNCED = 0.5  # of the rows, in the région of the titles, for these to be about it


@dataclass
class _Group:
    """The rows since the last total of a table: what the next one sums up.

    ``members``: codes of their territories; ``section``: the région that stands above them.
    """

    members: set[str]
    section: str = ""


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
    check_rows(extraction, known_keys)
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
        read = TableRow(row.index, cells, subject, metadata, reader, notes)
        is_dropped_total = subject.total and not reader.profile.totals.keep
        is_left_out = bool(metadata.derivation) or is_dropped_total
        rows = [] if is_left_out else list(rows_of_figures(read, extraction))
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
    elif territory == "FR" or len(group.members) == 1:
        territory = ""  # a sub-total of all of France, or of one row, sums up something else
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
