"""A rate of a whole against the rates of its parts, weighted by their counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from atlas import french
from atlas.checks.observation_index import ObservationIndex, total
from atlas.checks.ranges import Interval, Range, conflict
from atlas.checks.records import Finding, Observation
from atlas.settings import MeanRate


class _WeightedPart(NamedTuple):
    rate: Observation
    weights: list[Observation]


def mean_rates(index: ObservationIndex) -> Iterator[Finding]:
    """Rates that are not the mean of those of their parts, weighted where the counts are known.

    The parts are of the same document and period as each other; the rate is of a period that
    theirs contains, or that contains theirs.
    """
    for relation in index.settings.checks.mean_rates:
        for _, rows in index.levels_of([relation.rate]):
            for row in rows:
                parts = _parts(index, relation, row)
                if parts:
                    yield from _mean_findings(index, row, parts)


def _parts(index: ObservationIndex, relation: MeanRate, row: Observation) -> list[_WeightedPart]:
    """Every part of one document and period, or none."""
    first = relation.parts[0].rate
    for start in index.series(row.territory, first, row.corridor):
        if not _overlap(start.period, row.period):
            continue
        found = []
        for part in relation.parts:
            rates = _of_the_same(index, start, part.rate)
            weights = [w for key in part.weights for w in _of_the_same(index, start, key)[:1]]
            if rates:
                known = weights if len(weights) == len(part.weights) else []
                found.append(_WeightedPart(rates[0], known))
        if len(found) == len(relation.parts):
            return found
    return []


def _of_the_same(index: ObservationIndex, row: Observation, key: str) -> list[Observation]:
    return [
        other
        for other in index.series(row.territory, key, row.corridor)
        if (other.source, other.period) == (row.source, row.period)
    ]


def _overlap(one: str, two: str) -> bool:
    return one.startswith(two) or two.startswith(one)


def _mean_findings(
    index: ObservationIndex, row: Observation, parts: list[_WeightedPart]
) -> Iterator[Finding]:
    weighted = all(part.weights for part in parts)
    said = index.range_of(row)
    computed = _weighted_mean(index, parts) if weighted else _hull(index, parts)
    if conflict(said, computed) is None:
        return
    rates = [part.rate for part in parts]
    texts = french.join_with_et([index.value(rate) for rate in rates])
    mean = f"{french.format_number((computed.usual.low + computed.usual.high) / 2, 1)} %"
    terms = " + ".join(
        f"{index.value(part.rate)} × {french.format_count(sum(w.value for w in part.weights))}"
        for part in parts
    )
    yield index.finding(
        "taux-moyen",
        "à vérifier",
        [row, *rates, *(weight for part in parts for weight in part.weights)],
        about=rates[0].source if rates[0].source != row.source else "",
        arithmetic=f"moyenne pondérée : ({terms}) ÷ leur total = {mean} ; publié {index.value(row)}"
        if weighted
        else f"entre {texts} ; publié {index.value(row)}",
        sentence=f"{index.subject(row)}, {index.value(row)}, n’est pas la moyenne des taux publiés "
        f"pour ses parties, {texts}"
        + (f", qui donneraient environ {mean}" if weighted else "")
        + ". Ne citez pas les trois ensemble : gardez ceux des parties, ou faites préciser ce que "
        "compte le premier.",
    )


def _weighted_mean(index: ObservationIndex, parts: list[_WeightedPart]) -> Range:
    """Between the mean of the lowest and that of the highest rates, each with its weight."""
    weights = [sum(weight.value for weight in part.weights) for part in parts]
    ranges = [index.range_of(part.rate) for part in parts]
    return total(
        one.times(weight / sum(weights)) for one, weight in zip(ranges, weights, strict=True)
    )


def _hull(index: ObservationIndex, parts: list[_WeightedPart]) -> Range:
    ranges = [index.range_of(part.rate) for part in parts]
    return Range(
        Interval(min(r.usual.low for r in ranges), max(r.usual.high for r in ranges)),
        Interval(min(r.widest.low for r in ranges), max(r.widest.high for r in ranges)),
    )
