"""Figures that read well and look wrong, against what is published and against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

import pandas as pd

from atlas import french, periods
from atlas.importing.records import ImportedRow
from atlas.observations.checks import KnownKeys
from atlas.periods import a_year_before, end_month, reference_period
from atlas.settings import Indicator

PublishedRow = dict[str, Any]  # by name of column of the frame of atlas.observations
Series = tuple[str, str, str]  # territory, indicator, corridor
RowsBySeries = dict[Series, list[PublishedRow]]
DoubtKind = Literal[
    "cumulative", "change", "jump", "differs", "other source", "outlier", "repeats", "shift"
]
# Points or percent, between a printed change and that of two levels that were rounded.
_MAX_ROUNDING_GAP = 0.6
_MAX_FLOAT_GAP = 1e-9
MIN_ROWS_OF_COLUMN = 3  # below, a column is too short to look like another, or shifted
_MIN_SHARE_REPEATED = 0.8  # of the rows of a column, that are those of another period
_SHIFTS = (1_000, 100, 10, 1 / 10, 1 / 100, 1 / 1_000)
_MAX_SHIFT_GAP = 0.35  # of a shift, on either side: figures also grow from year to year
_MAX_DENSITY_RATIO = 8  # of a count per inhabitant, over or under the median of its column


@dataclass(frozen=True)
class Doubt:
    """A figure that reads well and looks wrong.

    ``cell``: its address in the original file; ``message``: a French sentence without its point.
    """

    kind: DoubtKind
    cell: str
    message: str


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


def group_by_series(published: pd.DataFrame) -> RowsBySeries:
    """The published rows by territory, indicator and corridor."""
    rows: RowsBySeries = {}
    for row in published.to_dict("records"):
        series = (row["territory"], row["indicator"], row["corridor"])
        rows.setdefault(series, []).append(row)
    return rows


def series_of(row: ImportedRow) -> Series:
    """What an imported row is a figure of, whatever its period."""
    return row.territory, row.indicator, row.corridor


def levels_of(
    period: str, indicator: Indicator, published_rows: list[PublishedRow]
) -> list[PublishedRow]:
    """The published rows that are compared under the same period."""
    reference = reference_period(period, indicator.accumulation)
    return [published for published in published_rows if published["reference_period"] == reference]


def says_the_same(row: ImportedRow, published: PublishedRow) -> bool:
    """Whether a row gives the value, the change and the qualifier that are published."""
    return (
        is_same_number(row.value, published["value"])
        and is_same_number(row.change, published["change"])
        and row.qualifier == published["qualifier"]
    )


def is_same_number(text: str, number: float) -> bool:
    """Whether a text of an imported row is a published number; empty is as missing."""
    return bool(abs(float(text) - number) < _MAX_FLOAT_GAP) if text else bool(pd.isna(number))


def doubts_about_row(
    row: ImportedRow, published_rows: list[PublishedRow], known_keys: KnownKeys
) -> Iterator[Doubt]:
    """What is doubtful in one row, against what is published of its series."""
    if message := _describe_difference(row, published_rows, known_keys):
        yield Doubt("differs", row.cell, message)
    if not row.value:
        return
    with_value = [published for published in published_rows if not pd.isna(published["value"])]
    messages: list[tuple[DoubtKind, str]] = [
        ("cumulative", _describe_fall(row, with_value, known_keys)),
        ("change", _describe_contradiction(row, with_value, known_keys)),
        ("jump", _describe_jump(row, with_value, known_keys)),
        ("other source", _describe_other_source(row, with_value, known_keys)),
    ]
    for kind, message in messages:
        if message:
            yield Doubt(kind, row.cell, message)


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
        if (last := _last_published(row, published)) and last["value"]
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
        if is_long and all(abs(own[s] - values[s]) < _MAX_FLOAT_GAP for s in common):
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
        last = _last_published(row, published)
        if is_far and (last is None or _is_jump(float(row.value), last["value"], row, known_keys)):
            yield Doubt(
                "outlier",
                row.cell,
                f"{_describe_row(row, known_keys)} : {_format_value(row, column.indicator)}, "
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


def _last_published(row: ImportedRow, published: RowsBySeries) -> PublishedRow | None:
    """The last level published of the series of a row, before its period; None without one."""
    earlier = [
        other
        for other in published.get(series_of(row), [])
        if not pd.isna(other["value"]) and end_month(other["period"]) < end_month(row.period)
    ]
    return max(earlier, key=lambda other: end_month(other["period"]), default=None)


def _is_jump(value: float, before: float, row: ImportedRow, known_keys: KnownKeys) -> bool:
    """Whether a level is too far from the one before it to be its sequel."""
    imports = known_keys.settings.imports
    in_percent = known_keys.settings.indicators[row.indicator].in_percent
    if in_percent and abs(value - before) > imports.jump_points:
        return True
    return before > 0 and not 1 / imports.jump_factor <= value / before <= imports.jump_factor


def _describe_jump(row: ImportedRow, with_value: list[PublishedRow], known_keys: KnownKeys) -> str:
    """A level far from that of a year before, or from the last one; empty for none."""
    indicator = known_keys.settings.indicators[row.indicator]
    for published in levels_of(a_year_before(row.period), indicator, with_value):
        if _is_jump(float(row.value), published["value"], row, known_keys):
            return (
                f"{_describe_row(row, known_keys)} : {_format_value(row, indicator)}, contre "
                f"{french.format_value(published['value'], indicator)} un an plus tôt "
                f"({published['source']})"
            )
    last = _last_published(row, {series_of(row): with_value})
    if last and _is_jump(float(row.value), last["value"], row, known_keys):
        return (
            f"{_describe_row(row, known_keys)} : {_format_value(row, indicator)}, contre "
            f"{french.format_value(last['value'], indicator)} en {periods.label(last['period'])} "
            f"({last['source']})"
        )
    return ""


def _describe_other_source(
    row: ImportedRow, with_value: list[PublishedRow], known_keys: KnownKeys
) -> str:
    """What other sources publish for the same figure, when none agrees; else empty."""
    indicator = known_keys.settings.indicators[row.indicator]
    others = [
        published
        for published in levels_of(row.period, indicator, with_value)
        if published["source"] != row.source
    ]
    if not others or any(is_same_number(row.value, other["value"]) for other in others):
        return ""
    values = french.join_with_et(
        [
            f"{french.format_value(other['value'], indicator, other['qualifier'])} "
            f"({other['source']})"
            for other in others
        ]
    )
    return (
        f"{_describe_row(row, known_keys)} : {_format_value(row, indicator)}, alors qu’une autre "
        f"source publie {values}"
    )


def _describe_fall(row: ImportedRow, with_value: list[PublishedRow], known_keys: KnownKeys) -> str:
    """A cumulative indicator that goes below an earlier level; empty for none."""
    settings = known_keys.settings
    indicator = settings.indicators[row.indicator]
    if not indicator.cumulative:
        return ""
    for published in with_value:
        is_earlier = end_month(published["period"]) < end_month(row.period)
        if is_earlier and published["value"] > float(row.value):
            before = french.format_value(published["value"], indicator)
            return (
                f"{_describe_row(row, known_keys)} : {_format_value(row, indicator)}, moins que "
                f"{before} en {published['period']}, alors que le cumul ne baisse pas"
            )
    return ""


def _describe_contradiction(
    row: ImportedRow, with_value: list[PublishedRow], known_keys: KnownKeys
) -> str:
    """The printed change against the level of its base, when one is published; else empty."""
    if not row.change or not row.compared_to:
        return ""
    indicator = known_keys.settings.indicators[row.indicator]
    value, printed = float(row.value), float(row.change)
    bases = [published["value"] for published in levels_of(row.compared_to, indicator, with_value)]
    changes = [
        value - base if indicator.in_percent else (value / base - 1) * 100 for base in bases if base
    ]
    if not changes or any(abs(change - printed) <= _MAX_ROUNDING_GAP for change in changes):
        return ""
    return (
        f"{_describe_row(row, known_keys)} : évolution {french.format_change(printed, indicator)}, "
        f"alors que les deux niveaux donnent {french.format_change(changes[0], indicator)}"
    )


def _describe_difference(
    row: ImportedRow, published_rows: list[PublishedRow], known_keys: KnownKeys
) -> str:
    """The level that differs from what the same source publishes, or the change when the levels
    agree, or how they are qualified; empty when it publishes the same, or nothing."""
    own = [
        other
        for other in published_rows
        if other["period"] == row.period and other["source"] == row.source
    ]
    if not own or any(says_the_same(row, other) for other in own):
        return ""
    published = own[0]
    indicator = known_keys.settings.indicators[row.indicator]
    subject = _describe_row(row, known_keys)
    levels_agree = is_same_number(row.value, published["value"])
    if levels_agree and not is_same_number(row.change, published["change"]):
        subject += " : évolution "
        new = french.format_change(float(row.change or "nan"), indicator)
        old = french.format_change(published["change"], indicator)
    else:
        subject += " : "
        new = _format_value(row, indicator)
        old = french.format_value(published["value"], indicator, published["qualifier"])
    return f"{subject}{new}, déjà publié par la même source : {old}"


def _format_value(row: ImportedRow, indicator: Indicator) -> str:
    return french.format_value(float(row.value or "nan"), indicator, row.qualifier)


def _describe_row(row: ImportedRow, known_keys: KnownKeys) -> str:
    """« Gironde (33), Hôpital, 2025 »."""
    corridors, territories = known_keys.settings.corridors, known_keys.territories
    corridor = f", {corridors[row.corridor].short}" if row.corridor else ""
    return f"{territories[row.territory].label}{corridor}, {row.period}"
