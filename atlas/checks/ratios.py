"""Rates against the counts that they are the quotient of; months against their year."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from atlas import french
from atlas.checks.observation_index import ObservationIndex, total
from atlas.checks.ranges import Range, conflict, decimal_half
from atlas.checks.records import Finding, Observation, from_source
from atlas.settings import Ratio


def ratios(index: ObservationIndex) -> Iterator[Finding]:
    """Rates that no published pair of counts of the same territory and period gives.

    Shares by corridor are often adjusted to make 100: they may be a whole step off.
    """
    for relation in index.settings.checks.ratios:
        for _, rows in index.levels_of([relation.rate]):
            for row in rows:
                said = index.range_of(row)
                if relation.by_corridor:
                    said = said.wider(decimal_half(row.value))
                yield from _ratio_findings(
                    index, row, said, _choices_of_counts(index, row, relation)
                )


def _choices_of_counts(
    index: ObservationIndex, row: Observation, relation: Ratio
) -> list[tuple[Observation, ...]]:
    """Every choice of a numerator and of the terms of the denominator, own source first."""
    corridor = "" if relation.by_corridor else row.corridor
    topics = [
        (row.territory, relation.part, row.corridor, row.reference_period),
        *((row.territory, key, corridor, row.reference_period) for key in relation.whole),
    ]
    if relation.by_corridor and not row.corridor:
        return []
    found = [index.levels.get(topic, []) for topic in topics]
    own = [from_source(rows, row.source) for rows in found]
    choices = product(*(own if all(own) else found))
    return [choice for choice in choices if any(term.value for term in choice[1:])]


def _ratio_findings(
    index: ObservationIndex,
    row: Observation,
    said: Range,
    choices: list[tuple[Observation, ...]],
) -> Iterator[Finding]:
    verdicts = [(conflict(said, _quotient(index, choice)), choice) for choice in choices]
    if not verdicts or not all(severity for severity, _ in verdicts):
        return
    severity, (part, *whole) = verdicts[0]
    one_source = {part.source, *(term.source for term in whole)} == {row.source}
    exact = 100 * part.value / sum(term.value for term in whole)
    terms = " + ".join(index.value(term) for term in whole)
    yield index.finding(
        "taux-effectifs",
        (severity or "à vérifier") if one_source else "à vérifier",
        [row, part, *whole],
        arithmetic=f"{index.value(part)} ÷ {f'({terms})' if len(whole) > 1 else terms} = "
        f"{french.format_number(exact, 1)} % ; publié {index.value(row)}",
        sentence=f"Le pourcentage publié pour {index.subject(row)} ne correspond pas aux "
        "effectifs publiés pour la même période : citez l’un ou les autres, avec leur source.",
    )


def _quotient(index: ObservationIndex, choice: tuple[Observation, ...]) -> Range:
    part, *whole = (index.range_of(row) for row in choice)
    return part.over(total(whole)).times(100)


def yearly(index: ObservationIndex) -> Iterator[Finding]:
    """Years that are not twelve times their mean month, nor the sum of their twelve months."""
    for relation in index.settings.checks.yearly:
        for (place, _, corridor, reference_period), years in index.levels_of([relation.year]):
            means = index.levels.get((place, relation.monthly, corridor, reference_period), [])
            for mean in means:
                rows = from_source(years, mean.source) or years
                yield from _year_findings(index, rows, [mean], index.range_of(mean).times(12))
            months = [
                index.levels.get((place, relation.monthly, corridor, f"{reference_period}-{n:02d}"))
                for n in range(1, 13)
            ]
            twelve = [rows[0] for rows in months if rows]
            if len(twelve) == 12:
                yield from _year_findings(
                    index, years, twelve, total(index.range_of(month) for month in twelve)
                )


def _year_findings(
    index: ObservationIndex, years: list[Observation], months: list[Observation], computed: Range
) -> Iterator[Finding]:
    """One finding when none of the totals published for the year agrees."""
    loose = len(months) == 1 and (  # the mean of which months: the source alone could say
        index.indicator(months[0].indicator).by_source
    )
    if loose:
        percent = index.settings.checks.mean_month_tolerance_percent
        computed = computed.wider(12 * months[0].value * percent / 100)
    verdicts = [conflict(index.range_of(row), computed) for row in years]
    if not all(verdicts):
        return
    row, severity = years[0], verdicts[0]
    text = (
        f"12 × {index.value(months[0])} = {french.format_count(12 * months[0].value)}"
        if len(months) == 1
        else f"somme des douze mois : {french.format_count(sum(month.value for month in months))}"
    )
    one_source = {month.source for month in months} == {row.source}
    yield index.finding(
        "mois-annee",
        (severity or "à vérifier") if one_source and not loose else "à vérifier",
        [row, *months[:1]],
        also=years[1:],
        about=months[0].source,
        arithmetic=f"{text} ; publié pour l’année {index.value(row)}",
        sentence=f"Le total {index.subject(row)} et le nombre par mois ne s’accordent pas : ne "
        "citez que le total, ou faites préciser sur quels mois porte la moyenne.",
    )
