"""A part does not exceed its whole: visitors have activated, persons have connected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from atlas import french
from atlas.checks.known_denominators import (
    PERCENT,
    describe_population,
    highest_population,
    per,
    published_denominators,
)
from atlas.checks.observation_index import ObservationIndex, round_count
from atlas.checks.ranges import Interval, Range, conflict
from atlas.checks.records import Finding, Observation, from_source
from atlas.settings import Inclusion


def inclusions(index: ObservationIndex) -> Iterator[Finding]:
    """Parts above every whole published near their date, or above what a rate makes of it.

    A part whose definition depends on the source is compared with wholes of its own source only.
    """
    for relation in index.settings.checks.inclusions:
        for _, rows in index.levels_of([relation.part]):
            for row in rows:
                yield from _inclusion_findings(index, relation, row)


def _inclusion_findings(
    index: ObservationIndex, relation: Inclusion, row: Observation
) -> Iterator[Finding]:
    wholes = [
        whole
        for whole in index.levels_near(
            row.territory, relation.whole, row.corridor, row.reference_period, row.source
        )
        if whole.window == row.window or not row.window
    ]
    if index.indicator(relation.part).by_source:
        wholes = from_source(wholes, row.source)
    verdicts = [
        conflict(index.range_of(row), _at_most(index.range_of(whole).times(relation.times)))
        for whole in wholes
    ]
    if wholes and all(verdicts):
        yield _published_finding(index, relation, row, wholes[0])
    elif not wholes and relation.times == 1:
        yield from _computed_findings(index, relation, row)


def _at_most(whole: Range) -> Range:
    return Range(Interval(0, whole.usual.high), Interval(0, whole.widest.high))


def _published_finding(
    index: ObservationIndex, relation: Inclusion, row: Observation, whole: Observation
) -> Finding:
    most, computed = "", index.value(whole)
    if relation.times != 1:
        amount = french.format_count(whole.value * relation.times)
        most = f", soit environ {amount} sur la même durée"
        computed = f"{french.format_number(relation.times, 2)} × {computed} = {amount}"
    explained = _other_denominator(index, row, whole)
    cure = (
        f"Rapporté à {explained.name}, le même nombre donne {explained.percent} : écrivez de qui "
        "il est la part, ou ne citez que le second."
        if explained
        else "Ne citez pas les deux ensemble sans écrire ce que chacun compte et à quelle date."
    )
    return index.finding(
        "partie-et-tout",
        "à vérifier",
        [row, whole],
        about=f"{relation.whole}-{whole.source}" if whole.source != row.source else relation.whole,
        arithmetic=f"au plus {computed} ; publié {index.value(row)}"
        + (f" ; {explained.text} = {explained.percent}" if explained else ""),
        sentence=f"{index.subject(row)}, {index.value(row)}, dépasse {index.subject(whole)}, "
        f"{index.value(whole)}{most} : {relation.reason}. {cure}",
    )


class _OtherDenominator(NamedTuple):
    """What a count must be divided by to give the printed share."""

    name: str
    text: str
    percent: str


def _other_denominator(
    index: ObservationIndex, row: Observation, whole: Observation
) -> _OtherDenominator | None:
    """The known denominator that gives the printed share from the count behind the whole."""
    for relation in index.settings.checks.denominators:
        topic = row.territory, relation.part, row.corridor, row.reference_period
        counts = index.levels.get(topic, []) if relation.rate == whole.indicator else []
        scale = per(index.indicator(whole.indicator))
        for count in from_source(counts, row.source):
            for known in published_denominators(index, relation, count):
                quotient = index.range_of(count).over(known.range).times(scale)
                if conflict(index.range_of(row), quotient) is None:
                    exact = french.format_number(scale * count.value / known.value, 2)
                    return _OtherDenominator(
                        known.name,
                        f"{index.value(count)} ÷ {known.text}",
                        f"{exact}{french.NBSP}%",
                    )
    return None


def _computed_findings(
    index: ObservationIndex, relation: Inclusion, row: Observation
) -> Iterator[Finding]:
    """The whole that is not published: its rate times the population, at most."""
    highest = highest_population(index, row.territory)
    for denominator in index.settings.checks.denominators if highest else []:
        if denominator.part != relation.whole or highest is None:
            continue
        rates = index.levels_near(
            row.territory, denominator.rate, row.corridor, row.reference_period, row.source
        )
        scale = per(index.indicator(denominator.rate))
        verdicts = [
            conflict(
                index.range_of(row),
                _at_most(index.range_of(rate).times(highest.usual.high / scale)),
            )
            for rate in rates
        ]
        if rates and all(verdicts):
            yield _computed_finding(index, relation, row, rates[0])


def _computed_finding(
    index: ObservationIndex, relation: Inclusion, row: Observation, rate: Observation
) -> Finding:
    most = rate.value * index.population(row.territory) / PERCENT
    about = round_count(most, 3)
    label = index.indicator(relation.whole).label
    return index.finding(
        "partie-et-tout",
        "à vérifier",
        [row, rate],
        about=relation.whole,
        arithmetic=f"{index.value(rate)} × {describe_population(index, row.territory)} = environ "
        f"{about} ; publié {index.value(row)}",
        sentence=f"{index.subject(row)}, {index.value(row)}, dépasse le nombre de « {label} » "
        f"que donne le taux publié, {index.value(rate)}, même rapporté à toute la population, "
        f"environ {about} : {relation.reason}. N’écrivez pas ce nombre à côté du taux avant que "
        "l’éditeur ait dit ce qu’il compte (personnes, appareils ou visites).",
    )
