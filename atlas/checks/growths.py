"""Published growths: against the growths of the parts, and against two published levels."""

from __future__ import annotations

import math
from collections.abc import Iterator

from atlas import french, periods
from atlas.checks.observation_index import ObservationIndex, total
from atlas.checks.ranges import (
    Interval,
    Range,
    Severity,
    conflict,
    exactly,
    printed_change,
)
from atlas.checks.records import Finding, Observation, among
from atlas.checks.totals import part_topics


def growths_of_totals(evidence: ObservationIndex) -> Iterator[Finding]:
    """The growth of a total that does not follow from the levels and growths of its rows.

    Without the levels, it must lie between the smallest and the largest growth of its rows.
    """
    for row in evidence.changes:
        if evidence.kind(row.indicator).in_percent:
            continue
        for topics in part_topics(evidence, row.topic):
            parts = [
                part
                for part in among(evidence.changes_of(topics), row.source)
                if part.compared_to == row.compared_to
            ]
            if len(parts) == len(topics):
                yield from _of_total(evidence, row, parts)


def _of_total(
    evidence: ObservationIndex, row: Observation, parts: list[Observation]
) -> Iterator[Finding]:
    known = all(not math.isnan(part.value) and part.change > -100 for part in parts) and any(
        part.value for part in parts
    )
    computed = _from_bases(evidence, parts) if known else _between(parts)
    severity = conflict(printed_change(row.change), computed)
    if severity is None:
        return
    yield evidence.finding(
        "croissance-du-total",
        severity,
        [row, *parts],
        arithmetic=_base_text(evidence, row, parts, computed)
        if known
        else (
            f"évolutions des lignes : {', '.join(evidence.change(part) for part in parts)} ; "
            f"publié {evidence.change(row)}"
        ),
        sentence=f"La croissance publiée du total {evidence.subject(row)}, "
        f"{evidence.change(row)}, ne découle pas des lignes du tableau : ne la citez pas à côté "
        "d’elles sans l’avoir fait confirmer par l’éditeur.",
    )


def _from_bases(evidence: ObservationIndex, parts: list[Observation]) -> Range:
    now = total(evidence.printed(part) for part in parts)
    before = total(evidence.printed(part).over(_factor(part.change)) for part in parts)
    return _percent(now.over(before))


def _factor(change: float) -> Range:
    """+55 % multiplies by 1.545 to 1.555."""
    return printed_change(change).times(0.01) + exactly(1)


def _percent(ratio: Range) -> Range:
    return (ratio - exactly(1)).times(100)


def _between(parts: list[Observation]) -> Range:
    changes = [printed_change(part.change).usual for part in parts]
    interval = Interval(min(c.low for c in changes), max(c.high for c in changes))
    return Range(interval, interval)


def _base_text(
    evidence: ObservationIndex, row: Observation, parts: list[Observation], computed: Range
) -> str:
    bases = [part.value / (1 + part.change / 100) for part in parts]
    terms = " + ".join(
        f"{french.format_number(part.value)} ÷ {french.format_number(1 + part.change / 100, 2)}"
        for part in parts
    )
    now = sum(part.value for part in parts)
    growth = (now / sum(bases) - 1) * 100
    return (
        f"base {periods.label(row.compared_to)} : {terms} = {french.format_number(sum(bases))} ; "
        f"{french.format_number(now)} ÷ {french.format_number(sum(bases))} = "
        f"{french.format_number(now / sum(bases), 2)}, soit {_signed(growth)} (de "
        f"{_signed(computed.usual.low)} à {_signed(computed.usual.high)} selon les arrondis) ; "
        f"publié {evidence.change(row)}"
    )


def _signed(growth: float) -> str:
    return f"{french.format_number(growth, 1, sign=True)}{french.NBSP}%"


def growths(evidence: ObservationIndex) -> Iterator[Finding]:
    """A growth that no published level of its base year reconciles with its own level."""
    for row in evidence.changes:
        kind = evidence.kind(row.indicator)
        if math.isnan(row.value) or not row.compared_to or kind.kind == "rank":
            continue
        base = periods.reference_period(row.compared_to, kind.accumulation)
        known = evidence.levels.get((row.territory, row.indicator, row.corridor, base), [])
        bases = among(known, row.source) or known
        found = [(_severity(evidence, row, before), before) for before in bases]
        if found and all(severity for severity, _ in found):
            yield _contradicted(evidence, row, found[0][1], found[0][0] or "à vérifier")


def _severity(evidence: ObservationIndex, row: Observation, before: Observation) -> Severity | None:
    now, then = evidence.printed(row), evidence.printed(before)
    points = evidence.kind(row.indicator).in_percent
    return conflict(printed_change(row.change), now - then if points else _percent(now.over(then)))


def _contradicted(
    evidence: ObservationIndex, row: Observation, before: Observation, severity: Severity
) -> Finding:
    if evidence.kind(row.indicator).in_percent:
        sign, computed = (
            "−",
            french.format_change(row.value - before.value, evidence.kind(row.indicator)),
        )
    else:
        sign = "÷"
        computed = _signed((row.value / before.value - 1) * 100) if before.value else "impossible"
    return evidence.finding(
        "croissance",
        severity if row.source == before.source else "à vérifier",
        [row, before],
        about=before.source,
        arithmetic=f"{evidence.value(row)} {sign} {evidence.value(before)}, soit {computed} ; "
        f"publié {evidence.change(row)}",
        sentence=f"L’évolution publiée de {evidence.subject(row)}, {evidence.change(row)}, "
        "ne correspond pas aux deux niveaux publiés : citez les niveaux ou l’évolution, pas les "
        "trois ensemble.",
    )
