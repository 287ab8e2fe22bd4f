"""A part does not exceed its whole: visitors have activated, persons have connected."""

from __future__ import annotations

from collections.abc import Iterator

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
from atlas.settings import Denominator, Inclusion


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
    weeks = relation.times != 1
    times = french.format_number(relation.times, 2)
    most = french.format_count(whole.value * relation.times)
    computed = f"{times} × {index.value(whole)} = {most}" if weeks else index.value(whole)
    explained = _explanation(index, row, whole)
    return index.finding(
        "partie-et-tout",
        "à vérifier",
        [row, whole],
        about=f"{relation.whole}-{whole.source}" if whole.source != row.source else relation.whole,
        arithmetic=f"au plus {computed} ; publié {index.value(row)}{explained}",
        sentence=f"{index.subject(row)}, {index.value(row)}, dépasse {index.subject(whole)}, "
        f"{index.value(whole)}{f' (au plus {most} sur la même durée)' if weeks else ''}, alors "
        "que ceux-là sont comptés parmi ceux-ci. Ne citez pas les deux ensemble ; écrivez de qui "
        "chacun est compté, ou ne gardez que le second.",
    )


def _explanation(index: ObservationIndex, row: Observation, whole: Observation) -> str:
    """Which other denominator gives what is printed: « … ÷ (…) = 25,07 % »; empty for none."""
    for relation in index.settings.checks.denominators:
        if relation.rate != whole.indicator:
            continue
        counts = index.levels.get(
            (row.territory, relation.part, row.corridor, row.reference_period), []
        )
        for count in from_source(counts, row.source):
            text = _other_denominator(index, relation, row, whole, count)
            if text:
                return text
    return ""


def _other_denominator(
    index: ObservationIndex,
    relation: Denominator,
    row: Observation,
    whole: Observation,
    count: Observation,
) -> str:
    scale = per(index.indicator(whole.indicator))
    for known in published_denominators(index, relation, count):
        quotient = index.range_of(count).over(known.range).times(scale)
        if conflict(index.range_of(row), quotient) is None:
            exact = french.format_number(scale * count.value / known.value, 2)
            return f" ; {index.value(count)} ÷ {known.text} = {exact} %, rapporté à {known.name}"
    return ""


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
        f"que donne le taux publié, {index.value(rate)} de la population, soit environ {about}. "
        "Ne les présentez pas comme des personnes différentes ni à côté du taux : demandez ce que "
        "compte ce nombre (personnes, appareils ou visites).",
    )
