"""A rate and a count imply a denominator, which must lie near a known one."""

from __future__ import annotations

from collections.abc import Iterator

from atlas.checks.known_denominators import (
    KnownDenominator,
    describe_population,
    highest_population,
    per,
    population_denominator,
    published_denominators,
)
from atlas.checks.observation_index import ObservationIndex, round_count
from atlas.checks.ranges import Interval, Range, conflict
from atlas.checks.records import Finding, Observation, from_source
from atlas.settings import Denominator

FIGURES = 3  # of a number computed from a count of two or three and a rate of three


def implied_denominators(index: ObservationIndex) -> Iterator[Finding]:
    """Counts that, divided by the rate of the same territory and date, give no known number.

    Known are the counts that config/checks.yaml names and the population of the territory times
    the published share of it that has a profile. Where neither is known, the implied number must
    not exceed the population.
    """
    for relation in index.settings.checks.denominators:
        for topic, rates in index.levels_of([relation.rate]):
            part_topic = (topic[0], relation.part, topic[2], topic[3])
            for rate in rates:
                parts = index.levels.get(part_topic, [])
                for part in (from_source(parts, rate.source) or parts)[:1]:
                    yield from _denominator_findings(index, relation, rate, part)


def _denominator_findings(
    index: ObservationIndex, relation: Denominator, rate: Observation, part: Observation
) -> Iterator[Finding]:
    scale = per(index.indicator(rate.indicator))
    implied = index.range_of(part).over(index.range_of(rate)).times(scale)
    known = list(published_denominators(index, relation, rate))
    by_population = population_denominator(index, relation, rate)
    known += [by_population] if by_population else []
    if known:
        if all(conflict(implied, one.range) for one in known):
            nearest = min(known, key=lambda one: implied.usual.gap(one.range.usual))
            yield _finding(index, rate, part, scale, nearest)
        return
    highest = highest_population(index, rate.territory)
    if highest and conflict(implied, _at_most(highest)):
        text = describe_population(index, rate.territory)
        value = float(index.population(rate.territory))
        yield _finding(
            index, rate, part, scale, KnownDenominator(highest, value, "la population", text, [])
        )


def _at_most(known: Range) -> Range:
    return Range(Interval(0, known.usual.high), Interval(0, known.widest.high))


def _finding(
    index: ObservationIndex,
    rate: Observation,
    part: Observation,
    scale: int,
    nearest: KnownDenominator,
) -> Finding:
    implied = round_count(scale * part.value / rate.value, FIGURES)
    known = round_count(nearest.value, FIGURES)
    return index.finding(
        "denominateur",
        "à vérifier",
        [part, rate, *nearest.rows],
        about=rate.source if rate.source != part.source else "",
        doubted=[part, rate],
        arithmetic=f"{index.value(part)} ÷ {index.value(rate)} = {implied} ; connu : "
        f"{nearest.text}, soit {known}",
        sentence=f"{index.subject(part)}, {index.value(part)}, et {index.label(rate)}, "
        f"{index.value(rate)}, ne vont pas ensemble : ils supposent un total de {implied}, alors "
        f"que {nearest.name} donne {known}, soit {nearest.text}. Citez le taux seul, ou demandez "
        "le nombre exact avant d’écrire les deux.",
    )
