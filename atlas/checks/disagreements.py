"""The same quantity with different published values, growths or qualifiers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from atlas import french
from atlas.checks.observation_index import ObservationIndex, other_document
from atlas.checks.ranges import Range, Severity, conflict, range_of_change
from atlas.checks.records import Finding, Observation, downgrade_if_uncertain

RangeOf = Callable[[Observation], Range]
_RANK_OF_SEVERITY = {"erreur": 0, "à vérifier": 1}


def values(index: ObservationIndex) -> Iterator[Finding]:
    """Values published for the same thing that no rounding makes equal: the worst pair of each."""
    for rows in index.levels.values():
        worst = _worst_pair(index, rows, index.range_of, lambda row: row.value)
        if worst is None:
            continue
        severity, one, two = worst
        yield index.finding(
            "valeurs-differentes",
            severity,
            [one, two],
            about=other_document(one, two),
            also=rows,
            arithmetic=f"{index.value(one)} ; {index.value(two)}",
            sentence=f"Deux valeurs différentes sont publiées pour {index.subject(one)} : "
            f"{index.value(one)} et {index.value(two)}. Choisissez-en une, gardez-la dans "
            "tout le document et citez sa source.",
        )


def changes(index: ObservationIndex) -> Iterator[Finding]:
    """Changes published for the same thing since the same period that differ."""
    for rows in index.changes_by_base.values():
        worst = _worst_pair(
            index, rows, lambda row: range_of_change(row.change), lambda row: row.change
        )
        if worst is None:
            continue
        severity, one, two = worst
        yield index.finding(
            "evolutions-differentes",
            severity,
            [one, two],
            about=other_document(one, two),
            also=rows,
            arithmetic=f"{index.change(one)} ; {index.change(two)}",
            sentence=f"Deux évolutions différentes sont publiées pour {index.subject(one)} : "
            f"{index.change(one)} et {index.change(two)}. Faites confirmer l’une des deux "
            "avant de la citer.",
        )


def qualifiers(index: ObservationIndex) -> Iterator[Finding]:
    """The same number, said « plus de » by one and « près de » or nothing by another."""
    for rows in index.levels.values():
        for value in dict.fromkeys(row.value for row in rows) if len(rows) > 1 else []:
            same = [row for row in rows if row.value == value]
            said = {row.qualifier: row for row in same}
            if len(said) > 1:
                yield _qualifier_finding(index, said, same)


def _qualifier_finding(
    index: ObservationIndex, said: dict[str, Observation], rows: list[Observation]
) -> Finding:
    opposed = "over" in said and bool(said.keys() & {"nearly", "under"})
    texts = [index.value(row) for row in said.values()]
    return index.finding(
        "qualificatifs",
        "à vérifier" if opposed else "information",
        rows,
        about="-".join(sorted(said.keys() - {""})),
        arithmetic=" ; ".join(texts),
        sentence=f"Le même nombre est publié de plusieurs façons pour "
        f"{index.subject(rows[0])} : {french.join_with_et(texts)}. Reprenez celle de la source "
        "que vous citez.",
    )


def _worst_pair(
    index: ObservationIndex,
    rows: list[Observation],
    range_of: RangeOf,
    amount: Callable[[Observation], float],
) -> tuple[Severity, Observation, Observation] | None:
    """The pair furthest apart among those of the worst severity."""
    found: list[tuple[Severity, Observation, Observation]] = []
    for one, two in combinations(rows, 2):
        # The same number with two qualifiers is another finding.
        severity = conflict(range_of(one), range_of(two)) if amount(one) != amount(two) else None
        if severity:
            found.append((_downgrade_if_explained(index, severity, one, two), one, two))
    if not found:
        return None
    return min(
        found,
        key=lambda pair: (_RANK_OF_SEVERITY[pair[0]], -abs(amount(pair[1]) - amount(pair[2]))),
    )


def _downgrade_if_explained(
    index: ObservationIndex, severity: Severity, one: Observation, two: Observation
) -> Severity:
    """Dates of one month, or definitions of two sources, may explain what no rounding does."""
    elsewhere = one.source != two.source and index.indicator(one.indicator).by_source
    dated = one.period != two.period
    return "à vérifier" if elsewhere or dated else downgrade_if_uncertain(severity, (one, two))
