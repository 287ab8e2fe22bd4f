"""The report of a file before anything is written: what is absent, doubtful or there already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from atlas import french
from atlas.importing.records import Extraction, ImportedRow
from atlas.observations.checks import KnownKeys
from atlas.periods import a_year_before, end_month, reference_period
from atlas.settings import Indicator
from atlas.settings.import_profiles import ImportProfile
from atlas.territories import KIND_OF_LEVEL

PublishedRow = dict[str, Any]  # by name of column of the frame of atlas.observations
# Points or percent, between a printed change and that of two levels that were rounded.
_MAX_ROUNDING_GAP = 0.6
_MAX_FLOAT_GAP = 1e-9
DoubtKind = Literal["cumulative", "change", "jump", "differs"]


@dataclass(frozen=True)
class Doubt:
    """A figure that reads well and looks wrong.

    ``cell``: its address in the original file; ``message``: a French sentence without its point.
    """

    kind: DoubtKind
    cell: str
    message: str


@dataclass
class FileReport:
    """What a file would change.

    ``expected``: codes of the territories of its level; ``absent``: those without a row nor a blank
    cell. ``blanks``: counts of blank cells by kind. ``new``, ``same``, ``changed``: rows that the
    same source does not publish yet, publishes with the same figure, or with another. ``agreeing``,
    ``disagreeing``: counts of new rows whose figure another source publishes too.
    """

    extraction: Extraction
    expected: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    blanks: Counter[str] = field(default_factory=Counter)
    doubts: list[Doubt] = field(default_factory=list)
    new: list[ImportedRow] = field(default_factory=list)
    same: list[ImportedRow] = field(default_factory=list)
    changed: list[ImportedRow] = field(default_factory=list)
    agreeing: int = 0
    disagreeing: int = 0

    @property
    def rows_to_write(self) -> list[ImportedRow]:
        """The rows that would change the data: the new ones, then those that differ."""
        return self.new + self.changed


def compare_with_published(
    extraction: Extraction,
    profile: ImportProfile,
    published: pd.DataFrame,
    known_keys: KnownKeys,
) -> FileReport:
    """What a file would change in the figures of the project.

    ``published``: rows of all years, as ``atlas.observations`` loads them from data/.
    """
    report = FileReport(extraction, blanks=Counter(blank.kind for blank in extraction.blanks))
    report.expected, report.absent = _expected_and_absent(extraction, profile, known_keys)
    rows_by_series: dict[tuple[str, str, str], list[PublishedRow]] = {}
    for published_row in published.to_dict("records"):
        series = (
            published_row["territory"],
            published_row["indicator"],
            published_row["corridor"],
        )
        rows_by_series.setdefault(series, []).append(published_row)
    for row in extraction.rows:
        published_rows = rows_by_series.get((row.territory, row.indicator, row.corridor), [])
        _classify(row, published_rows, report, known_keys)
        report.doubts += _find_doubts(row, published_rows, known_keys)
    return report


def _expected_and_absent(
    extraction: Extraction, profile: ImportProfile, known_keys: KnownKeys
) -> tuple[list[str], list[str]]:
    """Territories of the level in the région of the rows, or in France when they are of several."""
    kind, territories = KIND_OF_LEVEL.get(profile.level), known_keys.territories
    named = {row.territory for row in extraction.rows}
    named |= {blank.territory for blank in extraction.blanks}
    present = {code for code in named if code in territories and territories[code].kind == kind}
    if kind is None or not present:
        return [], []
    regions = {territories.region_of(code) for code in present}
    within = regions.pop() if len(regions) == 1 and kind != "REG" else "FR"
    expected = territories.of_kind(kind, within)
    return expected, [code for code in expected if code not in present]


def _classify(
    row: ImportedRow,
    published_rows: list[PublishedRow],
    report: FileReport,
    known_keys: KnownKeys,
) -> None:
    """Add a row to those that are new, the same or changed, and compare it with other sources.

    ``published_rows``: of the same territory, indicator and corridor.
    """
    own = [
        published
        for published in published_rows
        if published["period"] == row.period and published["source"] == row.source
    ]
    if any(_says_the_same(row, published) for published in own):
        report.same.append(row)
        return
    if own:
        report.changed.append(row)
        message = _describe_difference(row, own[0], known_keys)
        report.doubts.append(Doubt("differs", row.cell, message))
        return
    report.new.append(row)
    indicator = known_keys.settings.indicators[row.indicator]
    others = _levels_of(row.period, indicator, published_rows)
    if not others:
        return
    agrees = any(_is_same_number(row.value, published["value"]) for published in others)
    report.agreeing += agrees
    report.disagreeing += not agrees


def _levels_of(
    period: str, indicator: Indicator, published_rows: list[PublishedRow]
) -> list[PublishedRow]:
    """The published rows that are compared under the same period."""
    reference = reference_period(period, indicator.accumulation)
    return [published for published in published_rows if published["reference_period"] == reference]


def _says_the_same(row: ImportedRow, published: PublishedRow) -> bool:
    return (
        _is_same_number(row.value, published["value"])
        and _is_same_number(row.change, published["change"])
        and row.qualifier == published["qualifier"]
    )


def _is_same_number(text: str, number: float) -> bool:
    """Whether a text of an imported row is a published number; empty is as missing."""
    return bool(abs(float(text) - number) < _MAX_FLOAT_GAP) if text else bool(pd.isna(number))


def _find_doubts(
    row: ImportedRow, published_rows: list[PublishedRow], known_keys: KnownKeys
) -> Iterator[Doubt]:
    if not row.value:
        return
    with_value = [published for published in published_rows if not pd.isna(published["value"])]
    messages: list[tuple[DoubtKind, str]] = [
        ("cumulative", _describe_fall(row, with_value, known_keys)),
        ("change", _describe_contradiction(row, with_value, known_keys)),
        ("jump", _describe_jump(row, with_value, known_keys)),
    ]
    for kind, message in messages:
        if message:
            yield Doubt(kind, row.cell, message)


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
    bases = [published["value"] for published in _levels_of(row.compared_to, indicator, with_value)]
    changes = [
        value - base if indicator.in_percent else (value / base - 1) * 100 for base in bases if base
    ]
    if not changes or any(abs(change - printed) <= _MAX_ROUNDING_GAP for change in changes):
        return ""
    return (
        f"{_describe_row(row, known_keys)} : évolution {french.format_change(printed, indicator)}, "
        f"alors que les deux niveaux donnent {french.format_change(changes[0], indicator)}"
    )


def _describe_jump(row: ImportedRow, with_value: list[PublishedRow], known_keys: KnownKeys) -> str:
    """A level many times that of a year before, or as many times below; empty for none."""
    indicator = known_keys.settings.indicators[row.indicator]
    factor = known_keys.settings.imports.jump_factor
    for published in _levels_of(a_year_before(row.period), indicator, with_value):
        before = published["value"]
        if before > 0 and not 1 / factor <= float(row.value) / before <= factor:
            return (
                f"{_describe_row(row, known_keys)} : {_format_value(row, indicator)}, contre "
                f"{french.format_value(before, indicator)} un an plus tôt ({published['source']})"
            )
    return ""


def _describe_difference(row: ImportedRow, published: PublishedRow, known_keys: KnownKeys) -> str:
    """The level that differs, or the change when the levels agree, or how they are qualified."""
    indicator = known_keys.settings.indicators[row.indicator]
    subject = _describe_row(row, known_keys)
    levels_agree = _is_same_number(row.value, published["value"])
    if levels_agree and not _is_same_number(row.change, published["change"]):
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
