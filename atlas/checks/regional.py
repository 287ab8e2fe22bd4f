"""The rate of a territory against the rates of the territories that it is made of."""

from __future__ import annotations

from collections.abc import Iterator

from atlas import french
from atlas.checks.observation_index import ObservationIndex
from atlas.checks.ranges import Interval, Range, conflict
from atlas.checks.records import Finding, Observation, Topic
from atlas.checks.totals import children


def regional_rates(evidence: ObservationIndex) -> Iterator[Finding]:
    """Rates outside the range of all their parts, or far from their mean by population."""
    for topic, rows in evidence.levels.items():
        if evidence.kind(topic[1]).kind != "rate":
            continue
        parts = _parts(evidence, topic)
        for row in rows if parts else []:
            yield from _outside(evidence, row, parts)
            yield from _off_mean(evidence, row, parts)


def _parts(evidence: ObservationIndex, topic: Topic) -> list[Observation]:
    """One row for each part, or none when one of them publishes no rate."""
    place, key, corridor, reference_period = topic
    codes = children(evidence, place)
    if place.startswith("DEP"):
        codes = evidence.territories.caisses_of(place)
    levels = evidence.levels_with_departements
    found = [
        levels[part]
        for code in codes
        if (part := (code, key, corridor, reference_period)) in levels
    ]
    return [rows[0] for rows in found] if codes and len(found) == len(codes) else []


def _outside(
    evidence: ObservationIndex, row: Observation, parts: list[Observation]
) -> Iterator[Finding]:
    ranges = [evidence.printed(part) for part in parts]
    severity = conflict(
        evidence.printed(row),
        Range(_hull([r.usual for r in ranges]), _hull([r.widest for r in ranges])),
    )
    if severity:
        lowest, highest = min(parts, key=lambda p: p.value), max(parts, key=lambda p: p.value)
        yield evidence.finding(
            "taux-hors-des-parties",
            severity,
            [row, lowest, highest],
            arithmetic=f"de {evidence.value(lowest)} à {evidence.value(highest)} dans "
            f"{len(parts)} parties ; publié {evidence.value(row)}",
            sentence=f"Le taux {evidence.subject(row)} n’est pas entre le plus bas et le plus "
            "haut de ses parties : l’un des documents se trompe ou parle d’une autre date.",
        )


def _hull(intervals: list[Interval]) -> Interval:
    return Interval(min(i.low for i in intervals), max(i.high for i in intervals))


def _off_mean(
    evidence: ObservationIndex, row: Observation, parts: list[Observation]
) -> Iterator[Finding]:
    weights = [_population(evidence, part.territory) for part in parts]
    if len(parts) < 2 or not all(weights):
        return
    weighted = zip(parts, weights, strict=True)
    mean = sum(part.value * weight for part, weight in weighted) / sum(weights)
    half = max(evidence.printed(p).widest.high - p.value for p in parts)
    tolerance = evidence.settings.checks.regional_tolerance + half
    exact = Interval(mean, mean)
    if not conflict(evidence.printed(row), Range(exact, exact).wider(tolerance)):
        return
    yield evidence.finding(
        "taux-pondere",
        "à vérifier",
        [row, *parts],
        arithmetic=f"moyenne de {len(parts)} parties pondérée par la population : "
        f"{french.format_number(mean, 1)} % ; publié {evidence.value(row)}",
        sentence=f"Le taux {evidence.subject(row)} s’écarte de celui de ses parties, pondéré par "
        "la population : vérifiez que tous sont de la même date et du même champ.",
    )


def _population(evidence: ObservationIndex, code: str) -> int:
    places = evidence.territories
    return sum(places.population.get(inside, 0) for inside in places.of_kind("DEP", code))
