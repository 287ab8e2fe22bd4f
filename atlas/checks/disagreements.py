"""The same quantity with different published values, growths or qualifiers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from atlas import french, periods
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
            doubted=_less_supported(index, rows, index.range_of, one, two),
            arithmetic=f"{index.value(one)} ; {index.value(two)}",
            sentence=f"Deux valeurs différentes sont publiées pour {index.subject(one)} : "
            f"{index.value(one)} et {index.value(two)}. Choisissez-en une, gardez-la dans "
            "tout le document et citez sa source.",
        )


def changes(index: ObservationIndex) -> Iterator[Finding]:
    """Changes published for the same thing since the same period that differ."""
    for rows in index.changes_by_base.values():
        worst = _worst_pair(index, rows, _range_of_change, lambda row: row.change)
        if worst is None:
            continue
        severity, one, two = worst
        yield index.finding(
            "evolutions-differentes",
            severity,
            [one, two],
            about=other_document(one, two),
            also=rows,
            doubted=_less_supported(index, rows, _range_of_change, one, two),
            arithmetic=f"{index.change(one)} ; {index.change(two)}",
            sentence=f"Deux évolutions différentes sont publiées pour {index.subject(one)} : "
            f"{index.change(one)} et {index.change(two)}. Faites confirmer l’une des deux "
            "avant de la citer.",
        )


def qualifiers(index: ObservationIndex) -> Iterator[Finding]:
    """The same number, said « plus de » by one and « près de » by another: it cannot be both.

    With a qualifier in one place and without in another it is the same number, said with more care.
    """
    for rows in index.levels.values():
        for value in dict.fromkeys(row.value for row in rows) if len(rows) > 1 else []:
            same = [row for row in rows if row.value == value]
            said = {row.qualifier: row for row in same}
            if "over" in said and said.keys() & {"nearly", "under"}:
                yield _qualifier_finding(index, said, same)


def _qualifier_finding(
    index: ObservationIndex, said: dict[str, Observation], rows: list[Observation]
) -> Finding:
    texts = [index.value(row) for row in said.values()]
    return index.finding(
        "qualificatifs",
        "à vérifier",
        rows,
        about="-".join(sorted(said.keys() - {""})),
        doubted=rows,
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
        if severity and (index.comparable(one, two) or _falls(index, one, two)):
            dated = one.period != two.period
            doubt = "à vérifier" if dated else downgrade_if_uncertain(severity, (one, two))
            found.append((doubt, one, two))
    if not found:
        return None
    return min(
        found,
        key=lambda pair: (_RANK_OF_SEVERITY[pair[0]], -abs(amount(pair[1]) - amount(pair[2]))),
    )


def _falls(index: ObservationIndex, one: Observation, two: Observation) -> bool:
    """True for two days of one month, the later of which has less of what only grows."""
    earlier, later = sorted((one, two), key=lambda row: periods.last_day(row.period))
    indicator = index.indicator(one.indicator)
    known = one.source == two.source or not indicator.by_source
    return indicator.cumulative and known and later.value < earlier.value


def _less_supported(
    index: ObservationIndex,
    rows: list[Observation],
    range_of: RangeOf,
    one: Observation,
    two: Observation,
) -> list[Observation]:
    """Of the two, the one that fewer of the other rows agree with; both when as many do."""
    supports = {
        row: sum(
            conflict(range_of(row), range_of(other)) is None
            for other in rows
            if other not in (one, two)
        )
        for row in (one, two)
    }
    fewest = min(supports.values())
    return [row for row, count in supports.items() if count == fewest]


def _range_of_change(row: Observation) -> Range:
    return range_of_change(row.change)
