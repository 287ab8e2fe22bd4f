"""A growth of a small count comes from a whole number."""

from __future__ import annotations

import math
from collections.abc import Iterator

from atlas import french
from atlas.checks.observation_index import ObservationIndex
from atlas.checks.ranges import Interval, Severity, range_of_change
from atlas.checks.records import Finding, Observation


def whole_bases(index: ObservationIndex) -> Iterator[Finding]:
    """Growths of an exact count that no whole number, grown by as much, would give.

    A rate cut instead of rounded (−5,6 % printed « −5 % ») may be the reason: « à vérifier » then.
    """
    for row in index.changes:
        if index.indicator(row.indicator).kind != "count" or not _is_exact(index, row):
            continue
        said = range_of_change(row.change)
        if not _holds_a_whole_base(row.value, said.usual):
            severity: Severity = (
                "à vérifier" if _holds_a_whole_base(row.value, said.widest) else "erreur"
            )
            yield _finding(index, row, severity)


def _is_exact(index: ObservationIndex, row: Observation) -> bool:
    """True for a count printed to the unit, and not empty."""
    if math.isnan(row.value) or row.value < 1 or row.qualifier or row.change <= -100:
        return False
    reading = index.range_of(row).widest
    return reading.low == reading.high


def _holds_a_whole_base(value: float, change: Interval) -> bool:
    """True when a whole number lies between the bases that the growth allows."""
    low, high = value / (1 + change.high / 100), value / (1 + change.low / 100)
    return math.floor(high) >= math.ceil(low)


def _finding(index: ObservationIndex, row: Observation, severity: Severity) -> Finding:
    base = row.value / (1 + row.change / 100)
    texts = " ; ".join(
        f"de {french.format_number(whole)} à {index.value(row)}, "
        f"{french.format_number((row.value / whole - 1) * 100, 1, sign=True)}{french.NBSP}%"
        for whole in (math.floor(base), math.ceil(base))
        if whole > 0 and whole != row.value
    )
    return index.finding(
        "base-entiere",
        severity,
        [row],
        arithmetic=f"{texts} ; publié {index.change(row)}",
        sentence=f"Aucun nombre entier ne donne {index.change(row)} et {index.value(row)} pour "
        f"{index.subject(row)}. Écrivez le nombre sans son évolution, ou demandez celui de la "
        "période précédente.",
    )
