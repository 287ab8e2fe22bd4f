"""The same quantity with different published values, growths or qualifiers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from atlas import french
from atlas.checks.observation_index import ObservationIndex, another
from atlas.checks.ranges import Range, Severity, conflict, printed_change
from atlas.checks.records import Finding, Observation, downgrade_if_uncertain

Reading = Callable[[Observation], Range]
_ORDER = {"erreur": 0, "à vérifier": 1}


def values(evidence: ObservationIndex) -> Iterator[Finding]:
    """Values published for the same thing that no rounding makes equal: the worst pair of each."""
    for rows in evidence.levels.values():
        worst = _worst_pair(evidence, rows, evidence.printed, lambda row: row.value)
        if worst is None:
            continue
        severity, one, two = worst
        yield evidence.finding(
            "valeurs-differentes",
            severity,
            [one, two],
            about=another(one, two),
            also=rows,
            arithmetic=f"{evidence.value(one)} ; {evidence.value(two)}",
            sentence=f"Deux valeurs différentes sont publiées pour {evidence.subject(one)} : "
            f"{evidence.value(one)} et {evidence.value(two)}. Choisissez-en une, gardez-la dans "
            "tout le document et citez sa source.",
        )


def changes(evidence: ObservationIndex) -> Iterator[Finding]:
    """Changes published for the same thing since the same period that differ."""
    for rows in evidence.changes_by_base.values():
        worst = _worst_pair(
            evidence, rows, lambda row: printed_change(row.change), lambda row: row.change
        )
        if worst is None:
            continue
        severity, one, two = worst
        yield evidence.finding(
            "evolutions-differentes",
            severity,
            [one, two],
            about=another(one, two),
            also=rows,
            arithmetic=f"{evidence.change(one)} ; {evidence.change(two)}",
            sentence=f"Deux évolutions différentes sont publiées pour {evidence.subject(one)} : "
            f"{evidence.change(one)} et {evidence.change(two)}. Faites confirmer l’une des deux "
            "avant de la citer.",
        )


def qualifiers(evidence: ObservationIndex) -> Iterator[Finding]:
    """The same number, said « plus de » by one and « près de » or nothing by another."""
    for rows in evidence.levels.values():
        for value in dict.fromkeys(row.value for row in rows) if len(rows) > 1 else []:
            same = [row for row in rows if row.value == value]
            said = {row.qualifier: row for row in same}
            if len(said) > 1:
                yield _qualified(evidence, said, same)


def _qualified(
    evidence: ObservationIndex, said: dict[str, Observation], rows: list[Observation]
) -> Finding:
    opposed = "over" in said and bool(said.keys() & {"nearly", "under"})
    texts = [evidence.value(row) for row in said.values()]
    return evidence.finding(
        "qualificatifs",
        "à vérifier" if opposed else "information",
        rows,
        about="-".join(sorted(said.keys() - {""})),
        arithmetic=" ; ".join(texts),
        sentence=f"Le même nombre est publié de plusieurs façons pour "
        f"{evidence.subject(rows[0])} : {french.join_with_et(texts)}. Reprenez celle de la source "
        "que vous citez.",
    )


def _worst_pair(
    evidence: ObservationIndex,
    rows: list[Observation],
    reading: Reading,
    amount: Callable[[Observation], float],
) -> tuple[Severity, Observation, Observation] | None:
    """The pair furthest apart among those of the worst severity."""
    found: list[tuple[Severity, Observation, Observation]] = []
    for one, two in combinations(rows, 2):
        # The same number with two qualifiers is another finding.
        severity = conflict(reading(one), reading(two)) if amount(one) != amount(two) else None
        if severity:
            found.append((_explained(evidence, severity, one, two), one, two))
    if not found:
        return None
    return min(found, key=lambda pair: (_ORDER[pair[0]], -abs(amount(pair[1]) - amount(pair[2]))))


def _explained(
    evidence: ObservationIndex, severity: Severity, one: Observation, two: Observation
) -> Severity:
    """Dates of one month, or definitions of two sources, may explain what no rounding does."""
    elsewhere = one.source != two.source and evidence.kind(one.indicator).by_source
    dated = one.period != two.period
    return "à vérifier" if elsewhere or dated else downgrade_if_uncertain(severity, (one, two))
