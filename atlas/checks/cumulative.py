"""Series that only grow."""

from __future__ import annotations

from collections.abc import Iterator

from atlas import periods
from atlas.checks.observation_index import ObservationIndex
from atlas.checks.ranges import Interval, Range, conflict
from atlas.checks.records import Finding, Observation


def cumulative(evidence: ObservationIndex) -> Iterator[Finding]:
    """A cumulative figure below an earlier one, whatever the roundings."""
    series: dict[tuple[str, str, str], list[Observation]] = {}
    indicators = evidence.settings.indicators
    growing = [key for key, indicator in indicators.items() if indicator.cumulative]
    for topic, rows in evidence.of(growing):
        series.setdefault(topic[:3], []).extend(rows)
    for found in series.values():
        yield from _decreases(
            evidence, sorted(found, key=lambda row: periods.end_month(row.reference_period))
        )


def _decreases(evidence: ObservationIndex, rows: list[Observation]) -> Iterator[Finding]:
    """Each row against the highest before its month: one finding for each that is too low."""
    highest: Observation | None = None
    for row in rows:
        if highest is not None and highest.reference_period != row.reference_period:
            yield from _lower(evidence, row, highest)
        if highest is None or _low(evidence, row) > _low(evidence, highest):
            highest = row


def _low(evidence: ObservationIndex, row: Observation) -> float:
    return evidence.printed(row).widest.low


def _lower(evidence: ObservationIndex, row: Observation, before: Observation) -> Iterator[Finding]:
    said = evidence.printed(before)
    infinite = float("inf")
    at_least = Range(Interval(said.usual.low, infinite), Interval(said.widest.low, infinite))
    severity = conflict(evidence.printed(row), at_least)
    if severity is None:
        return
    yield evidence.finding(
        "cumul",
        severity if row.source == before.source else "à vérifier",
        [row, before],
        about=before.source,
        arithmetic=f"{evidence.value(before)} ({_date(evidence, before)}) puis "
        f"{evidence.value(row)} ({_date(evidence, row)})",
        sentence=f"{evidence.subject(row)} ne devrait jamais baisser, mais une valeur plus "
        "haute est publiée pour une date antérieure : ne tracez pas de courbe avec les deux.",
    )


def _date(evidence: ObservationIndex, row: Observation) -> str:
    return periods.label(row.period, evidence.kind(row.indicator).accumulation)
