"""The report of a file before anything is written: what is absent, doubtful or there already."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from atlas.importing.column_doubts import doubts_about_columns
from atlas.importing.doubts import (
    Doubt,
    PublishedRow,
    doubts_about_row,
    group_by_series,
    is_same_number,
    levels_of,
    says_the_same,
    series_of,
)
from atlas.importing.records import Extraction, ImportedRow
from atlas.observations.checks import KnownKeys
from atlas.settings.import_profiles import ImportProfile
from atlas.territories import KIND_OF_LEVEL


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
    rows_by_series = group_by_series(published)
    for row in extraction.rows:
        published_rows = rows_by_series.get(series_of(row), [])
        _classify(row, published_rows, report, known_keys)
        report.doubts += doubts_about_row(row, published_rows, known_keys)
    report.doubts += doubts_about_columns(extraction.rows, rows_by_series, known_keys)
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
    if any(says_the_same(row, published) for published in own):
        report.same.append(row)
        return
    if own:
        report.changed.append(row)
        return
    report.new.append(row)
    indicator = known_keys.settings.indicators[row.indicator]
    others = levels_of(row.period, indicator, published_rows)
    if not others:
        return
    agrees = any(is_same_number(row.value, published["value"]) for published in others)
    report.agreeing += agrees
    report.disagreeing += not agrees
