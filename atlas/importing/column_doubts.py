"""Columns that read well and look wrong: shifted, repeated, or with a figure far from others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import pandas as pd

from atlas import periods
from atlas.importing.doubts import (
    MAX_FLOAT_GAP,
    Doubt,
    RowsBySeries,
    Series,
    describe_row,
    format_row_value,
    is_jump,
    last_published,
    series_of,
)
from atlas.importing.records import ImportedRow
from atlas.observations.checks import KnownKeys
from atlas.periods import reference_period
from atlas.settings import Indicator

MIN_ROWS_OF_COLUMN = 3  # below, a column is too short to look like another, or shifted


_MIN_SHARE_REPEATED = 0.8  # of the rows of a column, that are those of another period


_SHIFTS = (1_000, 100, 10, 1 / 10, 1 / 100, 1 / 1_000)


_MAX_SHIFT_GAP = 0.35  # of a shift, on either side: figures also grow from year to year


_MAX_DENSITY_RATIO = 8  # of a count per inhabitant, over or under the median of its column


@dataclass(frozen=True)
class _Column:
    """The rows of a file that are one indicator, corridor and period, of one kind of territory."""

    rows: list[ImportedRow]
    indicator: Indicator

    @property
    def period(self) -> str:
        return self.rows[0].period

    @property
    def first_cell(self) -> str:
        return self.rows[0].cell


def doubts_about_columns(
    rows: Sequence[ImportedRow], published: RowsBySeries, known_keys: KnownKeys
) -> Iterator[Doubt]:
    """What is doubtful in the columns of a file: shifted, repeated, or with a figure far off."""
    columns: dict[tuple[str, str, str, str], _Column] = {}
    for row in rows:
        if row.value:
            kind = known_keys.territories[row.territory].kind
            key = (row.indicator, row.corridor, row.period, kind)
            indicator = known_keys.settings.indicators[row.indicator]
            columns.setdefault(key, _Column([], indicator)).rows.append(row)
    for column in columns.values():
        if len(column.rows) < MIN_ROWS_OF_COLUMN:
            continue
        shift = _describe_shift(column, published)
        if shift:
            yield Doubt("shift", column.first_cell, shift)
        repeated = _describe_repetition(column, list(columns.values()), published)
        if repeated:
            yield Doubt("repeats", column.first_cell, repeated)
        if not shift:
            yield from _outliers(column, published, known_keys)


def _describe_shift(column: _Column, published: RowsBySeries) -> str:
    """A whole column ten, a hundred or a thousand times the last published one; else empty."""
    ratios = [
        float(row.value) / last["value"]
        for row in column.rows
        if (last := last_published(row, published)) and last["value"]
    ]
    if len(ratios) < MIN_ROWS_OF_COLUMN:
        return ""
    ratio = median(ratios)
    for shift in _SHIFTS:
        if abs(ratio / shift - 1) <= _MAX_SHIFT_GAP:
            times = (
                f"{shift:.0f} fois plus grands"
                if shift > 1
                else f"{1 / shift:.0f} fois plus petits"
            )
            return (
                f"les chiffres de « {column.indicator.label} », {periods.label(column.period)}, "
                f"sont environ {times} que les derniers publiés : l’unité est-elle la bonne"
            )
    return ""


def _describe_repetition(column: _Column, columns: list[_Column], published: RowsBySeries) -> str:
    """A column whose figures are those of another period, published or in the file; else empty."""
    own = {series_of(row): float(row.value) for row in column.rows}
    by_period: dict[str, dict[Series, float]] = {}
    reference = reference_period(column.period, column.indicator.accumulation)
    for series in own:
        for row in published.get(series, []):
            if row["reference_period"] != reference and not pd.isna(row["value"]):
                by_period.setdefault(row["period"], {})[series] = row["value"]
    for other in columns:
        if other is not column and other.period < column.period:
            by_period.setdefault(other.period, {}).update(
                {series_of(row): float(row.value) for row in other.rows}
            )
    for period, values in sorted(by_period.items()):
        common = [series for series in own if series in values]
        is_long = len(common) >= max(MIN_ROWS_OF_COLUMN, _MIN_SHARE_REPEATED * len(own))
        if is_long and all(abs(own[s] - values[s]) < MAX_FLOAT_GAP for s in common):
            return (
                f"les chiffres de « {column.indicator.label} », {periods.label(column.period)}, "
                f"sont ceux de {periods.label(period)}, à l’identique"
            )
    return ""


def _outliers(column: _Column, published: RowsBySeries, known_keys: KnownKeys) -> Iterator[Doubt]:
    """The figures far from the others of their column, but near to none of their own past."""
    imports = known_keys.settings.imports
    amounts = _comparable_amounts(column, known_keys)
    middle = median(amounts.values()) if amounts else 0.0
    if not middle:
        return
    for row in column.rows:
        if row.territory not in amounts:
            continue
        amount = amounts[row.territory]
        if column.indicator.in_percent:
            is_far = abs(amount - middle) > imports.jump_points or not (
                1 / imports.jump_factor <= amount / middle <= imports.jump_factor
            )
        else:
            is_far = not 1 / _MAX_DENSITY_RATIO <= amount / middle <= _MAX_DENSITY_RATIO
        last = last_published(row, published)
        if is_far and (last is None or is_jump(float(row.value), last["value"], row, known_keys)):
            yield Doubt(
                "outlier",
                row.cell,
                f"{describe_row(row, known_keys)} : {format_row_value(row, column.indicator)}, "
                "très loin des autres chiffres de la colonne",
            )


def _comparable_amounts(column: _Column, known_keys: KnownKeys) -> dict[str, float]:
    """The values of a column by territory: percentages, or counts per inhabitant of départements.

    Empty for what does not compare: counts of other territories, ranks.
    """
    if column.indicator.in_percent:
        return {row.territory: float(row.value) for row in column.rows}
    if column.indicator.kind != "count":
        return {}
    population = known_keys.territories.population
    return {
        row.territory: float(row.value) / population[row.territory]
        for row in column.rows
        if population.get(row.territory)
    }
