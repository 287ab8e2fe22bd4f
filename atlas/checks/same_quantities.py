"""One document, two amounts of the same thing, one of them over an unknown length of time."""

from __future__ import annotations

from collections.abc import Iterator

from atlas import periods
from atlas.checks.observation_index import ObservationIndex
from atlas.checks.ranges import conflict
from atlas.checks.records import Finding, Observation


def same_quantities(index: ObservationIndex) -> Iterator[Finding]:
    """Two amounts of a thing in one document, within a year, when the dates of one are unclear.

    Two amounts over two printed lengths of time are no contradiction: a year and the whole since
    the opening. Where one is not printed, a reader takes the one for the other.
    """
    for relation in index.settings.checks.same_quantities:
        rows = [row for _, found in index.levels_of(relation.parts) for row in found]
        for row in filter(lambda one: one.uncertain or one.assumed, rows):
            others = [other for other in rows if _is_the_same(row, other)]
            for other in others[:1]:
                if conflict(index.range_of(row), index.range_of(other)):
                    yield _finding(index, row, other)


def _is_the_same(row: Observation, other: Observation) -> bool:
    same = (row.source, row.territory, row.corridor) == (
        other.source,
        other.territory,
        other.corridor,
    )
    return (
        same
        and row.indicator != other.indicator
        and not other.uncertain
        and periods.end_month(row.period) == periods.end_month(other.period)
    )


def _finding(index: ObservationIndex, row: Observation, other: Observation) -> Finding:
    unit = index.indicator(row.indicator).unit
    return index.finding(
        "durees-differentes",
        "à vérifier",
        [row, other],
        about=other.indicator,
        arithmetic=f"{index.value(row)} ; {index.value(other)}",
        sentence=f"Le même document écrit {index.value(row)} et {index.value(other)} de {unit}, "
        f"sans dire sur quelle durée porte le premier nombre. Citez {index.value(other)} pour "
        f"{index.date(other)}, et n’imprimez pas l’autre avant que l’éditeur ait dit depuis quand "
        "il compte.",
    )
