"""The table of an unknown file that is proposed: its sheet, its header, its columns, its level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from atlas.importing.column_guesses import guess_columns
from atlas.importing.dates import read_period
from atlas.importing.gazetteer import Gazetteer
from atlas.importing.header import (
    Header,
    MatchedTable,
    candidate_headers,
    is_figure,
    match_columns_by_place,
)
from atlas.importing.records import ColumnGuess
from atlas.importing.sheet import Cell, Sheet
from atlas.importing.table_titles import find_territory_in_titles, is_series
from atlas.importing.territory_columns import (
    MIN_SHARE_OF_CELLS,
    detect_territory_columns,
)
from atlas.importing.text_matching import find_corridor
from atlas.observations.checks import KnownKeys
from atlas.settings.import_profiles import ProfileColumn
from atlas.territories import KIND_OF_LEVEL

MAX_SAMPLE_ROWS, MIN_SAMPLE_ROWS = 200, 30
MAX_SAMPLE_CELLS = 40_000
_LEVEL_OF_KIND = {kind: level for level, kind in KIND_OF_LEVEL.items()}
_FIGURE_ROLES = ("value", "change")


@dataclass(frozen=True)
class TableProposal:
    """A reading of one table of a file, to be corrected by a person.

    ``level``: what its rows are, as in an import profile. ``period``, ``territory``: those that the
    titles name, empty when they name none or several. ``question``: about the level, in French,
    empty when it is settled. ``other_tables``: where the other tables of the file begin, which are
    not read; ``hidden_sheets``: names of those that the workbook hides, which are not read either.
    ``series``: the tables of the other sheets that are read with it: the same titles and
    columns, for other years or territories.
    """

    sheet: Sheet
    header: Header
    guesses: tuple[ColumnGuess, ...]
    level: str
    period: str
    territory: str = ""
    question: str = ""
    other_tables: tuple[str, ...] = ()
    series: tuple[TableProposal, ...] = ()
    hidden_sheets: tuple[str, ...] = ()

    @property
    def location(self) -> str:
        """Where the table begins: « Feuille 1 » A3."""
        cell = self.sheet.address(self.header.rows[0], 0)
        return f"« {self.sheet.name} » {cell}" if self.sheet.name else cell

    @property
    def warning(self) -> str:
        """French sentences about what is not read in the file; empty when all is."""
        sentences = [self._other_tables_sentence()] if self.other_tables else []
        if len(self.hidden_sheets) == 1:
            sentences.append(
                f"La feuille « {self.hidden_sheets[0]} » est masquée dans le classeur, elle n’est "
                "pas lue : affichez-la si elle doit l’être."
            )
        elif self.hidden_sheets:
            names = ", ".join(f"« {name} »" for name in self.hidden_sheets)
            sentences.append(
                f"Les feuilles {names} sont masquées dans le classeur, elles ne sont pas lues : "
                "affichez-les si elles doivent l’être."
            )
        return " ".join(sentences)

    def _other_tables_sentence(self) -> str:
        read = ", ".join(table.location for table in (self, *self.series))
        verb = "Un seul tableau est lu, celui de" if not self.series else "Sont lus ceux de"
        return (
            f"{verb} {read}. Aussi dans le fichier, à "
            f"enregistrer à part : {', '.join(self.other_tables)}."
        )

    def matched_tables(self, specs: dict[int, ProfileColumn]) -> list[MatchedTable]:
        """The tables that are proposed, with what a person says of their columns.

        ``specs``: what each column holds, by its place in the rows of the sheet.
        """
        return [
            match_columns_by_place(table.sheet, table.header, specs)
            for table in (self, *self.series)
        ]


def propose_table(sheets: list[Sheet], known_keys: KnownKeys) -> TableProposal | None:
    """The most likely table of a file; None when no sheet has one.

    Hidden sheets are not proposed, unless all are.
    """
    gazetteer = Gazetteer(known_keys.territories)
    shown = [sheet for sheet in sheets if not sheet.hidden] or sheets
    proposals = [
        proposal
        for sheet in shown
        for turned in _both_ways(sheet, gazetteer)
        for saying in [_RowTexts(turned)]
        for header in candidate_headers(turned)
        if (proposal := _propose_under_header(turned, header, known_keys, gazetteer, saying))
    ]
    if not proposals:
        return None
    best = max(_first_of_each_header(proposals), key=_likelihood)
    series = list(_series_of(best, proposals))
    others = _locate_other_tables([best, *series], proposals, gazetteer)
    if series:
        best, *series = (
            replace(table, sheet=replace(table.sheet, says_its_name=True))
            for table in (best, *series)
        )
    hidden = tuple(sheet.name for sheet in sheets if sheet.hidden and sheet.name != best.sheet.name)
    return replace(best, series=tuple(series), other_tables=others, hidden_sheets=hidden)


def _both_ways(sheet: Sheet, gazetteer: Gazetteer) -> Iterator[Sheet]:
    """A sheet, and the same with rows for columns where its territories stand in a row."""
    yield sheet
    for index, row in enumerate(sheet.cells[:MAX_SAMPLE_ROWS]):
        names = [c for c in row if not c.is_empty and not is_figure(c)]
        named = [cell for cell in names if gazetteer.find(cell.text).codes]
        if len(named) >= 2 and len(named) >= MIN_SHARE_OF_CELLS * (len(names) - 1):
            distinct = {cell.text for cell in named}
            if len(distinct) == len(named):
                yield sheet.transpose_from(index)
                return


def _first_of_each_header(proposals: list[TableProposal]) -> list[TableProposal]:
    """The proposals without those under a header that stands higher in their sheet already."""
    first: dict[tuple[str, bool, tuple[str, ...]], TableProposal] = {}
    for proposal in proposals:
        key = (proposal.sheet.name, proposal.sheet.transposed, proposal.header.texts)
        first.setdefault(key, proposal)
    return list(first.values())


def _series_of(best: TableProposal, proposals: list[TableProposal]) -> Iterator[TableProposal]:
    """The tables of other sheets that only differ by their period or territory."""
    first_by_sheet: dict[str, TableProposal] = {}
    for proposal in proposals:
        is_like_best = (
            proposal.sheet is not best.sheet
            and proposal.sheet.transposed == best.sheet.transposed
            and proposal.header.rows == best.header.rows
            and [guess.column for guess in proposal.guesses]
            == [guess.column for guess in best.guesses]
            and proposal.level == best.level
        )
        if is_like_best:
            first_by_sheet.setdefault(proposal.sheet.name, proposal)
    others = list(first_by_sheet.values())
    tables = [best, *others]
    subjects = {(table.period, table.territory) for table in tables}
    # One that does not say its own would be read as that of the first.
    say_alike = len({(bool(period), bool(territory)) for period, territory in subjects}) == 1
    is_cut = len(subjects) == len(tables) and is_series([table.sheet for table in tables])
    if others and say_alike and is_cut:
        yield from others  # « Landes!B2 »: each cell is said with its sheet


def _locate_other_tables(
    read: list[TableProposal], proposals: list[TableProposal], gazetteer: Gazetteer
) -> tuple[str, ...]:
    """Where other tables of the file begin; a row that names a territory is not a header."""
    distinct = list(read)
    for proposal in _first_of_each_header(proposals):
        roles = {guess.column.holds for guess in proposal.guesses}
        is_of_read_sheet = any(proposal.sheet.name == table.sheet.name for table in read)
        has_labels = bool(roles & {"territory", "corridor"}) or not is_of_read_sheet
        header_names_territory = any(
            gazetteer.find(cell.text).codes
            for row in proposal.header.rows
            for cell in proposal.sheet.cells[row]
            if not cell.is_empty
        )
        overlaps = any(_share_header_row(proposal, other) for other in distinct)
        if has_labels and not header_names_territory and not overlaps:
            distinct.append(proposal)
    return tuple(proposal.location for proposal in distinct[len(read) :])


def _share_header_row(one: TableProposal, other: TableProposal) -> bool:
    if one.sheet.name != other.sheet.name:
        return False
    if one.sheet.transposed != other.sheet.transposed:
        return True  # the same cells the other way
    return bool(set(one.header.rows) & set(other.header.rows))


def _likelihood(proposal: TableProposal) -> tuple[int, int, int, int, bool, int, str]:
    """Columns understood, then the sheet as it is, the first of several tables of a sheet, the
    header of groups or that nearest to it, and the last year of several sheets."""
    roles = [guess.column.holds for guess in proposal.guesses]
    figures = sum(2 for role in roles if role in _FIGURE_ROLES)
    labels = sum(role in ("territory", "corridor", "indicator", "period") for role in roles)
    return (
        figures + labels,
        -int(proposal.sheet.transposed),
        sum(bool(guess.question) for guess in proposal.guesses),
        -proposal.header.rows[-1],
        _is_grouped(proposal),
        proposal.header.rows[0],
        proposal.period,
    )


def _is_grouped(proposal: TableProposal) -> bool:
    """Whether a header of two rows has groups of columns in the first: « 2024 », « 2025 »."""
    first, *others = proposal.header.rows
    texts = {cell.text for cell in proposal.sheet.cells[first] if not cell.is_empty}
    return bool(others) and len(texts) > 1


def _propose_under_header(
    sheet: Sheet, header: Header, known_keys: KnownKeys, gazetteer: Gazetteer, saying: _RowTexts
) -> TableProposal | None:
    if not _is_header(sheet, header, gazetteer):
        return None
    rows = _sample_rows(sheet, header, saying)
    if not rows:
        return None
    below = next(row for row in sheet.cells[header.rows[-1] + 1 :] if not _is_blank(row))
    if _continues_header(below, known_keys, gazetteer):
        return None
    places = detect_territory_columns(rows, header.texts, header.title, gazetteer)
    columns = {
        index: [row[index] for row in rows]
        for index, text in enumerate(header.texts)
        if text and index not in sheet.hidden_columns
    }
    guesses = guess_columns(columns, header, places, known_keys)
    if not any(_may_hold_figures(guess, columns) for guess in guesses):
        return None
    level = _LEVEL_OF_KIND[places.kind] if places.kind else "none"
    return TableProposal(
        sheet,
        header,
        guesses,
        level,
        header.period,
        find_territory_in_titles(header.title, gazetteer, with_departements=level == "none"),
        places.question,
    )


def _may_hold_figures(guess: ColumnGuess, columns: dict[int, list[Cell]]) -> bool:
    """Whether a column is one of figures, were they of no indicator of the configuration."""
    if guess.column.holds in _FIGURE_ROLES or guess.question:
        return True
    if guess.column.holds != "ignored":
        return False
    title = guess.column.header  # which a long table repeats
    cells = columns[guess.index]
    filled = [cell for cell in cells if not cell.is_empty and cell.text != title]
    return bool(filled) and all(is_figure(cell) for cell in filled)


def _is_header(sheet: Sheet, header: Header, gazetteer: Gazetteer) -> bool:
    """Whether rows hold titles: no figure, and no territory that has figures beside it."""
    cells = [cell for row in header.rows for cell in sheet.cells[row] if not cell.is_empty]
    if any(is_figure(cell) for cell in cells):
        return False
    firsts = [sheet.cells[row][0] for row in header.rows]
    return not any(gazetteer.find(cell.text, "DEP").codes for cell in firsts)


class _RowTexts:
    """How many different texts each row of a sheet has, counted once for all headers: 0, 1, or 2
    for more."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._count_by_row: dict[int, int] = {}

    def count(self, row: int) -> int:
        """Of one row, by its index."""
        if row not in self._count_by_row:
            texts: set[str] = set()
            for cell in self._sheet.cells[row]:
                if not cell.is_empty:
                    texts.add(cell.text)
                    if len(texts) > 1:
                        break
            self._count_by_row[row] = len(texts)
        return self._count_by_row[row]


def _sample_rows(sheet: Sheet, header: Header, saying: _RowTexts) -> list[list[Cell]]:
    """The first rows under a header that hold figures, up to what may be another table: fewer of
    a very wide one, so that it is no longer to read than another."""
    width = len(sheet.cells[0])
    most = max(MIN_SAMPLE_ROWS, min(MAX_SAMPLE_ROWS, MAX_SAMPLE_CELLS // width))
    rows: list[list[Cell]] = []
    for index in range(header.rows[-1] + 1, len(sheet.cells)):
        if index in sheet.hidden_rows:
            continue
        count = saying.count(index)
        if count > 1:
            rows.append(sheet.cells[index])
        elif not count and len(rows) > 1:
            break
        if len(rows) == most:
            break
    return rows


def _is_blank(cells: list[Cell]) -> bool:
    return all(cell.is_empty for cell in cells)


def _continues_header(cells: list[Cell], known_keys: KnownKeys, gazetteer: Gazetteer) -> bool:
    """Whether a row goes on with the header: texts or periods that no figure stands beside."""
    filled = [cell for cell in cells if not cell.is_empty]
    periods = [cell for cell in filled if cell.period or read_period(cell.text)]
    texts = {cell.text: cell for cell in filled if cell not in periods}
    if not periods and len(texts) < 2:
        return False
    return not any(
        is_figure(cell) or gazetteer.find(text).codes or find_corridor(text, known_keys.settings)
        for text, cell in texts.items()
    )
