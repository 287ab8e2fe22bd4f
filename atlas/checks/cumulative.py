"""Series that only grow."""

from __future__ import annotations

from collections.abc import Iterator

from atlas import periods
from atlas.checks.observation_index import ObservationIndex
from atlas.checks.ranges import Interval, Range, conflict
from atlas.checks.records import Finding, Observation


def cumulative(index: ObservationIndex) -> Iterator[Finding]:
    """A cumulative figure below an earlier one, whatever the roundings."""
    series: dict[tuple[str, str, str], list[Observation]] = {}
    indicators = index.settings.indicators
    growing = [key for key, indicator in indicators.items() if indicator.cumulative]
    for topic, rows in index.levels_of(growing):
        series.setdefault(topic[:3], []).extend(rows)
    for found in series.values():
        yield from _decreases(
            index, sorted(found, key=lambda row: periods.end_month(row.reference_period))
        )


def _decreases(index: ObservationIndex, rows: list[Observation]) -> Iterator[Finding]:
    """Each row against the highest before its month: one finding for each that is too low."""
    highest: Observation | None = None
    for row in rows:
        if highest is not None and highest.reference_period != row.reference_period:
            yield from _decrease_findings(index, row, highest)
        if highest is None or _low(index, row) > _low(index, highest):
            highest = row


def _low(index: ObservationIndex, row: Observation) -> float:
    return index.range_of(row).usual.low


def _decrease_findings(
    index: ObservationIndex, row: Observation, before: Observation
) -> Iterator[Finding]:
    if before.source != row.source and index.indicator(row.indicator).by_source:
        return
    said = index.range_of(before)
    infinite = float("inf")
    at_least = Range(Interval(said.usual.low, infinite), Interval(said.widest.low, infinite))
    severity = conflict(index.range_of(row), at_least)
    if severity is None:
        return
    yield index.finding(
        "cumul",
        severity if row.source == before.source else "à vérifier",
        [row, before],
        about=before.source,
        arithmetic=f"{index.value(before)} ({_date(index, before)}) puis "
        f"{index.value(row)} ({_date(index, row)})",
        sentence=f"{index.subject(row)} ne devrait jamais baisser, mais une valeur plus "
        "haute est publiée pour une date antérieure : ne tracez pas de courbe avec les deux.",
    )


def _date(index: ObservationIndex, row: Observation) -> str:
    return periods.label(row.period, index.indicator(row.indicator).accumulation)
