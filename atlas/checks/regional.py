"""The rate of a territory against the rates of the territories that it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from atlas import french
from atlas.checks.observation_index import ObservationIndex
from atlas.checks.ranges import Interval, Range, conflict
from atlas.checks.records import Finding, Observation, Topic
from atlas.checks.totals import children


def regional_rates(index: ObservationIndex) -> Iterator[Finding]:
    """Rates outside the range of all their parts, or far from their mean by population."""
    for topic, rows in index.levels.items():
        if index.indicator(topic[1]).kind != "rate":
            continue
        parts = _parts(index, topic)
        for row in rows if parts else []:
            yield from _outside_findings(index, row, parts)
            yield from _mean_findings(index, row, parts)


def _parts(index: ObservationIndex, topic: Topic) -> list[Observation]:
    """One row for each part, or none when one of them publishes no rate."""
    place, key, corridor, reference_period = topic
    codes = children(index, place)
    if place.startswith("DEP"):
        codes = index.territories.caisses_of(place)
    levels = index.levels_with_departements
    found = [
        levels[part]
        for code in codes
        if (part := (code, key, corridor, reference_period)) in levels
    ]
    return [rows[0] for rows in found] if codes and len(found) == len(codes) else []


def _outside_findings(
    index: ObservationIndex, row: Observation, parts: list[Observation]
) -> Iterator[Finding]:
    ranges = [index.range_of(part) for part in parts]
    severity = conflict(
        index.range_of(row),
        Range(_hull([r.usual for r in ranges]), _hull([r.widest for r in ranges])),
    )
    if severity:
        lowest, highest = min(parts, key=lambda p: p.value), max(parts, key=lambda p: p.value)
        yield index.finding(
            "taux-hors-des-parties",
            severity,
            [row, lowest, highest],
            arithmetic=f"de {index.value(lowest)} à {index.value(highest)} dans "
            f"{len(parts)} parties ; publié {index.value(row)}",
            sentence=f"Le taux {index.subject(row)} n’est pas entre le plus bas et le plus "
            "haut de ses parties : l’un des documents se trompe ou parle d’une autre date.",
        )


def _hull(intervals: list[Interval]) -> Interval:
    return Interval(min(i.low for i in intervals), max(i.high for i in intervals))


def _mean_findings(
    index: ObservationIndex, row: Observation, parts: list[Observation]
) -> Iterator[Finding]:
    weights = [index.population(part.territory) for part in parts]
    if len(parts) < 2 or not all(weights):
        return
    weighted = zip(parts, weights, strict=True)
    mean = sum(part.value * weight for part, weight in weighted) / sum(weights)
    half = max(index.range_of(p).widest.high - p.value for p in parts)
    tolerance = index.settings.checks.regional_tolerance + half
    exact = Interval(mean, mean)
    if not conflict(index.range_of(row), Range(exact, exact).wider(tolerance)):
        return
    yield index.finding(
        "taux-pondere",
        "à vérifier",
        [row, *parts],
        arithmetic=f"moyenne de {len(parts)} parties pondérée par la population : "
        f"{french.format_number(mean, 1)} % ; publié {index.value(row)}",
        sentence=f"Le taux {index.subject(row)} s’écarte de celui de ses parties, pondéré par "
        "la population : vérifiez que tous sont de la même date et du même champ.",
    )
