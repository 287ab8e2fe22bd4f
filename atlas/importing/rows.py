"""A sheet read by a recipe → rows of data/<year>.csv, and every refusal with its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pandas as pd

from atlas.importing.amounts import read_amount
from atlas.importing.cells import ParsedNumber
from atlas.importing.header import Found, MatchedTable, locate, no_header
from atlas.importing.labels import Reader, Refused, RowSubject
from atlas.importing.layout import says_nothing
from atlas.importing.places import Gazetteer
from atlas.importing.records import Blank, Extract, Row
from atlas.importing.row_metadata import (
    Cells,
    RowMetadata,
    column_of,
    indicator_of,
    period_of,
    row_metadata,
)
from atlas.importing.workbook_reading import Sheet
from atlas.observations.checks import CHECKS, COLUMNS, KnownKeys
from atlas.problems import Problem
from atlas.settings.import_profiles import ImportProfile

EVERY = 2_000  # rows between two words on the progress


def extract(
    sheets: list[Sheet],
    name: str,
    recipe: ImportProfile,
    words: KnownKeys,
    progress: Callable[[float], None] = lambda share: None,
) -> Extract:
    """The rows of a table. What one cell has wrong refuses its row, never the others.

    progress: told now and then which share of the rows is read.
    """
    made = Extract(name)
    located = locate(sheets, recipe)
    if located is None or located.missing:
        made.refusals.append(no_header(located, sheets, name, recipe))
        return made
    reader = Reader(
        located, recipe, words.settings, words.territories, Gazetteer(words.territories)
    )
    if recipe.source not in words.sources and column_of(reader, "source") is None:
        made.refusals.append(
            Problem(
                name,
                f"source inconnue : « {recipe.source} »" if recipe.source else "la source manque",
                "Indiquez une clé de data/sources.yaml (--source).",
                where=located.sheet.address(0, 0),
            )
        )
        return made
    totals: list[Row] = []
    last = len(located.sheet.cells)
    for index in range(located.header.rows[-1] + 1, last):
        if index % EVERY == 0:
            progress(index / last)
        _read_row(index, reader, words, made, totals)
    _place_totals(totals, made, words)
    _check(made, words)
    return made


def _read_row(
    index: int, reader: Reader, words: KnownKeys, made: Extract, totals: list[Row]
) -> None:
    located = reader.located
    cells: Cells = [c.strip() if isinstance(c, str) else c for c in located.sheet.cells[index]]
    if says_nothing(cells, located):
        return
    try:
        label = reader.label(cells)
        said = row_metadata(cells, reader, words)
        left_out = bool(said.computed) or (label.total and not reader.recipe.totals.keep)
        rows = [] if left_out else list(_figures(index, cells, label, said, reader, made))
    except Refused as refused:
        if _amounts(cells, located):  # without any it is a text under the table
            made.read += 1
            made.refusals.append(refused.problem(made.name, located, index))
        return
    made.read += 1
    made.computed += bool(said.computed)
    if label.lost_zero:
        made.notes.append(
            Problem(
                made.name,
                f"le code a perdu son zéro, lu {label.territory}",
                "Mettez la colonne au format texte dans le tableur.",
                line=located.sheet.top + index + 1,
                where=located.sheet.address(index, located.columns[0].index),
            )
        )
    (totals if label.total and not label.territory else made.rows).extend(rows)


def _amounts(cells: Cells, located: MatchedTable) -> Cells:
    return [
        cells[f.index]
        for f in located.columns
        if f.column.holds in ("value", "change") and cells[f.index] != ""
    ]


def _figures(
    index: int, cells: Cells, label: RowSubject, said: RowMetadata, reader: Reader, made: Extract
) -> Iterable[Row]:
    """One row for each indicator, corridor and period that a row of the table has a figure of."""
    groups: dict[tuple[str, str, str], dict[str, tuple[Found, ParsedNumber]]] = {}
    values = sorted(
        (f for f in reader.located.columns if f.column.holds in ("value", "change")),
        key=lambda f: f.column.holds == "change",
    )
    for found in values:
        indicator = indicator_of(found, cells, reader)
        corridor = found.column.corridor or label.corridor
        period = (
            found.period
            or period_of(cells, reader)
            or _level_period(groups, indicator, corridor, reader, found)
        )
        reading = read_amount(cells[found.index], found, reader.settings.indicators[indicator])
        group = groups.setdefault((indicator, corridor, period), {})
        if found.column.holds in group:
            other = reader.located.sheet.address(index, group[found.column.holds][0].index)
            raise Refused(
                found.index,
                f"la cellule répète {other}",
                "Ignorez l’une des deux colonnes.",
                str(cells[found.index]),
            )
        group[found.column.holds] = found, reading
    for (indicator, corridor, period), group in groups.items():
        row = _row((indicator, corridor, period), group, label, said, reader, index)
        if row:
            yield row
        _tell(group, indicator, label, reader, index, made)


def _level_period(
    groups: dict[tuple[str, str, str], dict[str, tuple[Found, ParsedNumber]]],
    indicator: str,
    corridor: str,
    reader: Reader,
    found: Found,
) -> str:
    """Of a change: that of the last level beside it; else of the recipe or of the titles."""
    beside = [p for i, c, p in groups if (i, c) == (indicator, corridor)]
    if found.column.holds == "change" and beside:
        return max(beside)
    period = reader.recipe.period or reader.located.period
    if not period:
        raise Refused(
            found.index,
            "la période n’est écrite ni dans les titres ni dans la recette",
            "Indiquez-la (--period 2025).",
        )
    return period


def _row(
    key: tuple[str, str, str],
    group: dict[str, tuple[Found, ParsedNumber]],
    label: RowSubject,
    said: RowMetadata,
    reader: Reader,
    index: int,
) -> Row | None:
    nothing = ParsedNumber("missing")
    found, value = group.get("value", (None, nothing))
    grown, change = group.get("change", (None, nothing))
    if not value.value and not change.value:
        return None
    where = [reader.located.sheet.address(index, f.index) for f in (found, grown) if f]
    qualifier = value.qualifier or (
        found.column.qualifier or said.qualifier if found and value.value else ""
    )
    compared_to = (
        (grown.compared_to or grown.column.compared_to or said.compared_to)
        if grown and change.value
        else ""
    )
    note = " ".join(text for text in (said.note, label.note) if text)
    return Row(
        label.territory,
        *key,
        value.value,
        qualifier,
        change.value,
        compared_to,
        said.source,
        said.page,
        note,
        where[0],
        where[-1],
    )


def _tell(
    group: dict[str, tuple[Found, ParsedNumber]],
    indicator: str,
    label: RowSubject,
    reader: Reader,
    index: int,
    made: Extract,
) -> None:
    figures = any(reading.value for _, reading in group.values())
    for found, reading in group.values():
        cell = reader.located.sheet.address(index, found.index)
        if figures and reader.located.sheet.cells[index][found.index] == "":
            continue  # a level without a change, or a change without a level
        if reading.kind != "value":
            made.blanks.append(Blank(label.territory, indicator, reading.kind, cell))
        elif reading.ambiguous:
            made.notes.append(
                Problem(
                    made.name,
                    f"nombre lisible de deux façons, lu {reading.value}",
                    "Vérifiez-le.",
                    where=cell,
                )
            )


def _place_totals(totals: list[Row], made: Extract, words: KnownKeys) -> None:
    """A total without a territory is that of the smallest one that holds all rows."""
    places = {row.territory for row in made.rows}
    if not totals:
        return
    regions = {words.territories.region_of(place) for place in places}
    territory = regions.pop() if len(regions) == 1 else "FR"
    made.rows += [replace(row, territory=territory) for row in totals]


def _cell_of(problem: Problem, row: Row) -> str:
    return row.change_cell if problem.where in ("change", "compared_to") else row.cell


def _check(made: Extract, words: KnownKeys) -> None:
    """The checks of the yearly files, on rows that are not in one yet, and repeated rows."""
    first: dict[tuple[str, ...], Row] = {}
    kept = []
    for row in made.rows:
        key = (row.territory, row.indicator, row.corridor, row.period, row.source, row.page)
        if key in first:
            made.refusals.append(
                Problem(
                    made.name,
                    f"la cellule répète {first[key].cell}",
                    "Gardez une seule des deux.",
                    where=row.cell,
                    value=words.territories[row.territory].label,
                )
            )
        else:
            first[key] = row
            kept.append(row)
    frame = pd.DataFrame(
        [[i, *row.texts()] for i, row in enumerate(kept)], columns=["line", *COLUMNS]
    )
    found = [p for check in CHECKS for p in check(frame, made.name, words)] if kept else []
    bad: dict[int, Problem] = {}
    for problem in found:  # the first of a row: a wrong value makes its change wrong too
        bad.setdefault(problem.line or 0, problem)
    made.refusals += [replace(p, line=None, where=_cell_of(p, kept[i])) for i, p in bad.items()]
    made.rows = [row for i, row in enumerate(kept) if i not in bad]
