"""What a rate may be a rate of: the counts that a territory publishes, and its population."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from atlas import french
from atlas.checks.observation_index import ObservationIndex, total
from atlas.checks.ranges import Range, exactly
from atlas.checks.records import Observation
from atlas.settings import Denominator, Indicator

PERCENT = 100


class KnownDenominator(NamedTuple):
    """A number of persons or profiles, the words and the arithmetic for it, and its rows."""

    range: Range
    value: float
    name: str
    text: str
    rows: list[Observation]


def per(indicator: Indicator) -> int:
    """What a rate is expressed per: 100 for a percent, 1 for a mean per inhabitant."""
    return PERCENT if indicator.in_percent else 1


def published_denominators(
    index: ObservationIndex, relation: Denominator, row: Observation
) -> Iterator[KnownDenominator]:
    """The counts published for the territory of a row, near its date, its own source first."""
    for known in relation.known:
        found = [
            index.levels_near(row.territory, key, "", row.reference_period, row.source)
            for key in known.whole
        ]
        for terms in product(*found):
            if len({(term.source, term.reference_period) for term in terms}) == 1:
                texts = " + ".join(index.value(term) for term in terms)
                yield KnownDenominator(
                    total(index.range_of(term) for term in terms),
                    sum(term.value for term in terms),
                    french.join_with_et(
                        [f"« {index.indicator(term.indicator).label} »" for term in terms]
                    ),
                    f"({texts})" if len(terms) > 1 else texts,
                    list(terms),
                )


def population_denominator(
    index: ObservationIndex, relation: Denominator, row: Observation
) -> KnownDenominator | None:
    """The population of the territory times the share of it that has a profile.

    None where the population, or that share at the same date, is not published.
    """
    inhabitants = index.population(row.territory)
    key = relation.population_share
    rows = index.levels.get((row.territory, key, "", row.reference_period), []) if key else []
    if not inhabitants or not rows:
        return None
    share = next((one for one in rows if one.source == row.source), rows[0])
    tolerance = index.settings.checks.population_tolerance_percent / PERCENT
    value = inhabitants * share.value / PERCENT
    near = index.range_of(share).times(inhabitants / PERCENT).wider(value * tolerance)
    text = f"{index.value(share)} de {describe_population(index, row.territory)}"
    return KnownDenominator(near, value, "la population", text, [share])


def highest_population(index: ObservationIndex, place: str) -> Range | None:
    """No more than the inhabitants and the insured from elsewhere; None where not known."""
    inhabitants = index.population(place)
    if not inhabitants:
        return None
    percent = index.settings.checks.profiles_above_population_percent
    return exactly(inhabitants * (1 + percent / PERCENT))


def describe_population(index: ObservationIndex, place: str) -> str:
    """« 885 700 habitants (2024) »."""
    count = french.format_number(index.population(place))
    year = index.territories.population_year
    return f"{count} habitants" + (f" ({year})" if year else "")
