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
    range_of_change,
)
from atlas.checks.records import Finding, Observation, from_source
from atlas.checks.totals import part_topics


def growths_of_totals(index: ObservationIndex) -> Iterator[Finding]:
    """The growth of a total that does not follow from the levels and growths of its rows.

    Without the levels, it must lie between the smallest and the largest growth of its rows.
    """
    for row in index.changes:
        if index.indicator(row.indicator).in_percent:
            continue
        for topics in part_topics(index, row.topic):
            parts = [
                part
                for part in from_source(index.changes_of(topics), row.source)
                if part.compared_to == row.compared_to
            ]
            if len(parts) == len(topics):
                yield from _total_growth_findings(index, row, parts)


def _total_growth_findings(
    index: ObservationIndex, row: Observation, parts: list[Observation]
) -> Iterator[Finding]:
    known = all(not math.isnan(part.value) and part.change > -100 for part in parts) and any(
        part.value for part in parts
    )
    computed = _from_bases(index, parts) if known else _range_of_extremes(parts)
    severity = conflict(range_of_change(row.change), computed)
    if severity is None:
        return
    yield index.finding(
        "croissance-du-total",
        severity,
        [row, *parts],
        arithmetic=_describe_computation(index, row, parts, computed)
        if known
        else (
            f"évolutions des lignes : {', '.join(index.change(part) for part in parts)} ; "
            f"publié {index.change(row)}"
        ),
        sentence=f"La croissance publiée du total {index.subject(row)}, "
        f"{index.change(row)}, ne découle pas des lignes du tableau : ne la citez pas à côté "
        "d’elles sans l’avoir fait confirmer par l’éditeur.",
    )


def _from_bases(index: ObservationIndex, parts: list[Observation]) -> Range:
    now = total(index.range_of(part) for part in parts)
    before = total(index.range_of(part).over(_factor(part.change)) for part in parts)
    return _as_growth(now.over(before))


def _factor(change: float) -> Range:
    """+55 % multiplies by 1.545 to 1.555."""
    return range_of_change(change).times(0.01) + exactly(1)


def _as_growth(ratio: Range) -> Range:
    return (ratio - exactly(1)).times(100)


def _range_of_extremes(parts: list[Observation]) -> Range:
    changes = [range_of_change(part.change).usual for part in parts]
    interval = Interval(min(c.low for c in changes), max(c.high for c in changes))
    return Range(interval, interval)


def _describe_computation(
    index: ObservationIndex, row: Observation, parts: list[Observation], computed: Range
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
        f"{french.format_number(now / sum(bases), 2)}, soit {_format_growth(growth)} (de "
        f"{_format_growth(computed.usual.low)} à {_format_growth(computed.usual.high)} selon les "
        f"arrondis) ; publié {index.change(row)}"
    )


def _format_growth(growth: float) -> str:
    return f"{french.format_number(growth, 1, sign=True)}{french.NBSP}%"


def growths(index: ObservationIndex) -> Iterator[Finding]:
    """A growth that no published level of its base year reconciles with its own level.

    Its own level is that of its row, else one that is published for the same period.
    """
    for row in index.changes:
        if not row.compared_to or index.indicator(row.indicator).kind == "rank":
            continue
        pairs = [(now, base) for now in _own_levels(index, row) for base in _bases(index, row, now)]
        found = [(_severity(index, row, now, base), now, base) for now, base in pairs]
        if found and all(severity for severity, _, _ in found):
            severity, now, base = found[0]
            yield _growth_finding(index, row, now, base, severity or "à vérifier")


def _own_levels(index: ObservationIndex, row: Observation) -> list[Observation]:
    """The levels that the change leads to: that of its row, else those of its document, else any
    of what is defined as it is."""
    if not math.isnan(row.value):
        return [row]
    known = [
        level
        for level in index.levels.get(row.topic, [])
        if (level.noun, level.window) == (row.noun, row.window)
        and not (index.indicator(row.indicator).by_source and level.source != row.source)
    ]
    return from_source(known, row.source) or known


def _bases(index: ObservationIndex, row: Observation, now: Observation) -> list[Observation]:
    """The levels that the change starts from, as `_own_levels`."""
    base = periods.reference_period(row.compared_to, index.indicator(row.indicator).accumulation)
    known = index.levels.get((row.territory, row.indicator, row.corridor, base), [])
    if now is not row:
        known = [one for one in known if (one.noun, one.window) == (now.noun, now.window)]
    return from_source(known, row.source) or known


def _severity(
    index: ObservationIndex, row: Observation, level: Observation, base: Observation
) -> Severity | None:
    now, then = index.range_of(level), index.range_of(base)
    points = index.indicator(row.indicator).in_percent
    return conflict(
        range_of_change(row.change), now - then if points else _as_growth(now.over(then))
    )


def _growth_finding(
    index: ObservationIndex,
    row: Observation,
    now: Observation,
    before: Observation,
    severity: Severity,
) -> Finding:
    indicator = index.indicator(row.indicator)
    if indicator.in_percent:
        sign, computed = "−", french.format_change(now.value - before.value, indicator)
    else:
        sign = "÷"
        computed = (
            _format_growth((now.value / before.value - 1) * 100) if before.value else "impossible"
        )
    return index.finding(
        "croissance",
        severity if row.source == before.source == now.source else "à vérifier",
        [row, before] if now is row else [row, now, before],
        about=before.source,
        arithmetic=f"{index.value(now)} {sign} {index.value(before)}, soit {computed} ; "
        f"publié {index.change(row)}",
        sentence=f"L’évolution publiée de {index.subject(row)}, {index.change(row)}, "
        "ne correspond pas aux deux niveaux publiés : citez les niveaux ou l’évolution, pas les "
        "trois ensemble.",
    )
