"""Figures that read well and look wrong, against what is published and against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
MAX_FLOAT_GAP = 1e-9


@dataclass(frozen=True)
class Doubt:
    """A figure that reads well and looks wrong.

    ``cell``: its address in the original file; ``message``: a French sentence without its point.
    """

    kind: DoubtKind
    cell: str
    message: str


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
    return bool(abs(float(text) - number) < MAX_FLOAT_GAP) if text else bool(pd.isna(number))


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


def last_published(row: ImportedRow, published: RowsBySeries) -> PublishedRow | None:
    """The last level published of the series of a row, before its period; None without one."""
    earlier = [
        other
        for other in published.get(series_of(row), [])
        if not pd.isna(other["value"]) and end_month(other["period"]) < end_month(row.period)
    ]
    return max(earlier, key=lambda other: end_month(other["period"]), default=None)


def is_jump(value: float, before: float, row: ImportedRow, known_keys: KnownKeys) -> bool:
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
        if is_jump(float(row.value), published["value"], row, known_keys):
            return (
                f"{describe_row(row, known_keys)} : {format_row_value(row, indicator)}, contre "
                f"{french.format_value(published['value'], indicator)} un an plus tôt "
                f"({_document(published, known_keys)})"
            )
    last = last_published(row, {series_of(row): with_value})
    if last and is_jump(float(row.value), last["value"], row, known_keys):
        return (
            f"{describe_row(row, known_keys)} : {format_row_value(row, indicator)}, contre "
            f"{french.format_value(last['value'], indicator)} en {periods.label(last['period'])} "
            f"({_document(last, known_keys)})"
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
            f"({_document(other, known_keys)})"
            for other in others
        ]
    )
    return (
        f"{describe_row(row, known_keys)} : {format_row_value(row, indicator)}, alors qu’une autre "
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
            when = periods.label(published["period"])
            return (
                f"{describe_row(row, known_keys)} : {format_row_value(row, indicator)}, moins que "
                f"{before} en {when}, alors que le cumul ne baisse pas"
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
        f"{describe_row(row, known_keys)} : évolution {french.format_change(printed, indicator)}, "
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
    subject = describe_row(row, known_keys)
    levels_agree = is_same_number(row.value, published["value"])
    if levels_agree and not is_same_number(row.change, published["change"]):
        subject += " : évolution "
        new = french.format_change(float(row.change or "nan"), indicator)
        old = french.format_change(published["change"], indicator)
    else:
        subject += " : "
        new = format_row_value(row, indicator)
        old = french.format_value(published["value"], indicator, published["qualifier"])
    return f"{subject}{new}, déjà publié par la même source : {old}"


def format_row_value(row: ImportedRow, indicator: Indicator) -> str:
    """The value of a row in French, all its digits and its qualifier; « non publié » without."""
    if not row.value:
        return french.MISSING
    return french.format_exact(row.value, indicator, row.qualifier)


def describe_row(row: ImportedRow, known_keys: KnownKeys) -> str:
    """What a row is a figure of: « Gironde (33), Hôpital, décembre 2025 »."""
    corridors, territories = known_keys.settings.corridors, known_keys.territories
    corridor = f", {corridors[row.corridor].short}" if row.corridor else ""
    return f"{territories[row.territory].label}{corridor}, {periods.label(row.period)}"


def _document(published: PublishedRow, known_keys: KnownKeys) -> str:
    """The document of a published row, by its title and publisher."""
    source = known_keys.sources[published["source"]]
    return f"{source.title}, {source.publisher}"
