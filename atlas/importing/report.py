"""The report of a file before anything is written: what is absent, doubtful or there already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from atlas import french
from atlas.importing.records import Extract, Row
from atlas.observations.checks import KnownKeys
from atlas.periods import a_year_before, end_month, reference_period
from atlas.settings.import_profiles import ImportProfile
from atlas.territories import Kind

Known = dict[Any, Any]  # a published row, by name of column
_LEVELS: dict[str, Kind] = {"departements": "DEP", "caisses": "CPAM", "regions": "REG"}
_ROUNDED = 0.6  # points or percent between a printed change and that of two rounded levels


@dataclass(frozen=True)
class Doubt:
    """A figure that reads well and looks wrong. kind: the name of the doubt, for counting."""

    kind: Literal["cumulative", "change", "jump", "differs"]
    cell: str
    message: str


@dataclass
class FileReport:
    """expected: territories of the level; absent: those without a row. same: rows there already
    with the same figure; other_sources: rows that another source publishes too, by agreement."""

    extract: Extract
    expected: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    blanks: Counter[str] = field(default_factory=Counter)
    doubts: list[Doubt] = field(default_factory=list)
    new: list[Row] = field(default_factory=list)
    same: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    agreeing: int = 0
    disagreeing: int = 0


def report_on(
    extract: Extract, recipe: ImportProfile, published: pd.DataFrame, words: KnownKeys
) -> FileReport:
    """Compares what a file gives with the figures of the project.

    published: rows as loaded from data/, of all years.
    """
    report = FileReport(extract, blanks=Counter(blank.kind for blank in extract.blanks))
    report.expected, report.absent = _coverage(extract, recipe, words)
    known: dict[tuple[str, str, str], list[Known]] = {}
    for row in published.to_dict("records"):
        known.setdefault((row["territory"], row["indicator"], row["corridor"]), []).append(row)
    for row in extract.rows:
        before = known.get((row.territory, row.indicator, row.corridor), [])
        _sort(row, before, report, words)
        report.doubts += _doubts(row, before, words)
    return report


def _coverage(
    extract: Extract, recipe: ImportProfile, words: KnownKeys
) -> tuple[list[str], list[str]]:
    """Territories of the level in the région of the rows, or in France when they are of several."""
    kind, places = _LEVELS.get(recipe.level), words.territories
    present = {row.territory for row in extract.rows} | {b.territory for b in extract.blanks}
    present = {code for code in present if code in places and places[code].kind == kind}
    if kind is None or not present:
        return [], []
    regions = {places.region_of(code) for code in present}
    within = regions.pop() if len(regions) == 1 and kind != "REG" else "FR"
    expected = places.of_kind(kind, within)
    return expected, [code for code in expected if code not in present]


def _sort(row: Row, before: list[Known], report: FileReport, words: KnownKeys) -> None:
    """New, there already from the same source, or beside another source's."""
    own = [b for b in before if b["period"] == row.period and b["source"] == row.source]
    if any(
        _equal(row.value, b["value"])
        and _equal(row.change, b["change"])
        and row.qualifier == b["qualifier"]
        for b in own
    ):
        report.same.append(row)
        return
    if own:
        report.changed.append(row)
        report.doubts.append(Doubt("differs", row.cell, _difference(row, own[0], words)))
        return
    report.new.append(row)
    accumulation = words.settings.indicators[row.indicator].accumulation
    others = [
        b for b in before if b["reference_period"] == reference_period(row.period, accumulation)
    ]
    report.agreeing += any(_equal(row.value, b["value"]) for b in others)
    report.disagreeing += bool(others) and not any(_equal(row.value, b["value"]) for b in others)


def _equal(text: str, number: float) -> bool:
    return pd.isna(number) if not text else bool(abs(float(text) - number) < 1e-9)


def _doubts(row: Row, before: list[Known], words: KnownKeys) -> Iterator[Doubt]:
    if not row.value:
        return
    value, name = float(row.value), _name(row, words)
    levels = [b for b in before if not pd.isna(b["value"])]
    settings = words.settings
    indicator = settings.indicators[row.indicator]
    said = french.format_value(value, indicator, row.qualifier)
    if row.indicator in settings.checks.cumulative:
        higher = [
            b
            for b in levels
            if end_month(b["period"]) < end_month(row.period) and b["value"] > value
        ]
        for b in higher[:1]:
            yield Doubt(
                "cumulative",
                row.cell,
                f"{name} : {said}, moins que "
                f"{french.format_value(b['value'], indicator)} en {b['period']}, alors que le "
                "cumul ne baisse pas",
            )
    yield from _contradicted(row, value, levels, words)
    last = reference_period(a_year_before(row.period), indicator.accumulation)
    factor = settings.imports.jump_factor
    jumps = [
        b
        for b in levels
        if b["reference_period"] == last
        and b["value"] > 0
        and not 1 / factor <= value / b["value"] <= factor
    ]
    for b in jumps[:1]:
        yield Doubt(
            "jump",
            row.cell,
            f"{name} : {said}, contre "
            f"{french.format_value(b['value'], indicator)} un an plus tôt ({b['source']})",
        )


def _contradicted(row: Row, value: float, levels: list[Known], words: KnownKeys) -> Iterator[Doubt]:
    """The printed change against the level of its base, when one is published."""
    if not row.change or not row.compared_to:
        return
    indicator = words.settings.indicators[row.indicator]
    bases = [
        b["value"]
        for b in levels
        if b["reference_period"] == reference_period(row.compared_to, indicator.accumulation)
    ]
    changes = [
        value - base if indicator.in_percent else (value / base - 1) * 100 for base in bases if base
    ]
    if changes and all(abs(c - float(row.change)) > _ROUNDED for c in changes):
        said, found = (
            french.format_change(number, indicator) for number in (float(row.change), changes[0])
        )
        yield Doubt(
            "change",
            row.cell,
            f"{_name(row, words)} : évolution {said}, alors que les deux niveaux donnent {found}",
        )


def _difference(row: Row, known: Known, words: KnownKeys) -> str:
    """The level that differs, or the change when the levels agree, or how they are qualified."""
    indicator = words.settings.indicators[row.indicator]
    if _equal(row.value, known["value"]) and not _equal(row.change, known["change"]):
        what, word = "évolution ", french.format_change
        new, old = (float(row.change or "nan"), known["change"])
        said, before = (word(n, indicator) if n == n else french.MISSING for n in (new, old))
    else:
        what, new = "", float(row.value or "nan")
        said = french.format_value(new, indicator, row.qualifier)
        before = french.format_value(known["value"], indicator, known["qualifier"])
    return f"{_name(row, words)} : {what}{said}, déjà publié par la même source : {before}"


def _name(row: Row, words: KnownKeys) -> str:
    corridor = f", {words.settings.corridors[row.corridor].short}" if row.corridor else ""
    return f"{words.territories[row.territory].label}{corridor}, {row.period}"
