"""What a stock gains in a month against the monthly flows published around."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from atlas import french, periods
from atlas.checks.observation_index import ObservationIndex, round_count
from atlas.checks.ranges import Interval
from atlas.checks.records import Finding, Observation
from atlas.settings import StockFlow

SHORTEST_MONTHS, LONGEST_MONTHS = 1, 6
MONTHS_IN_A_YEAR = 12
YEAR_TOLERANCE_MONTHS = 1
FEWEST_MONTHLY_FLOWS = 2  # one month says little of those around it


class _Gain(NamedTuple):
    """What a stock gains a month from one row to another, and the flows published around."""

    before: Observation
    after: Observation
    months: Interval
    monthly: Interval
    flows: list[Observation]
    gap: float


def stock_flows(index: ObservationIndex) -> Iterator[Finding]:
    """Two levels whose difference no monthly flow around explains.

    Levels one to six months apart are compared with the flows of two months or more, from the
    lowest to the highest that end less than `nearby_months` before or after the two dates; levels a
    year apart with the mean month of that year, which says little of a few of its months. A level
    of a month may be of any of its days; one whose date is unclear tells no pace. Levels without a
    qualifier come first, then the gains that are the furthest from the flows.
    """
    for relation in index.settings.checks.stock_flows:
        places = {topic[0]: None for topic, _ in index.levels_of([relation.stock])}
        for place in places:
            for gain in sorted(_gains(index, relation, place), key=_least_qualified):
                yield _finding(index, gain)


def _least_qualified(gain: _Gain) -> tuple[int, float]:
    return bool(gain.before.qualifier) + bool(gain.after.qualifier), -gain.gap


def _gains(index: ObservationIndex, relation: StockFlow, place: str) -> Iterator[_Gain]:
    rows = sorted(
        (row for row in index.series(place, relation.stock) if not row.uncertain),
        key=lambda row: periods.last_day(row.period),
    )
    flows = index.series(place, relation.monthly)
    for before, after in combinations(rows, 2):
        months = index.months_between(before, after)
        around = _flows_around(index, flows, before, after, months)
        gained = index.range_of(after).usual - index.range_of(before).usual
        monthly = Interval(max(gained.low, 0), max(gained.high, 0)).over(months)
        if around and (gap := monthly.gap(_expected(index, around))) > 0:
            yield _Gain(before, after, months, monthly, around, gap)


def _flows_around(
    index: ObservationIndex,
    flows: list[Observation],
    before: Observation,
    after: Observation,
    months: Interval,
) -> list[Observation]:
    """The flows that the gain between two levels is compared with; none when it is with no flow."""
    reach = index.settings.checks.nearby_months
    near = [
        flow
        for flow in flows
        if periods.months_between(before.period, flow.period) >= -reach
        and periods.months_between(flow.period, after.period) >= -reach
    ]
    if months.low >= SHORTEST_MONTHS and months.high <= LONGEST_MONTHS:
        monthly = {flow.period for flow in near if len(flow.period) > len("2024")}
        return near if len(monthly) >= FEWEST_MONTHLY_FLOWS else []
    shortest, longest = (
        MONTHS_IN_A_YEAR - YEAR_TOLERANCE_MONTHS,
        MONTHS_IN_A_YEAR + YEAR_TOLERANCE_MONTHS,
    )
    if months.low < shortest or months.high > longest:
        return []
    return [
        flow
        for flow in near
        if len(flow.period) == len("2024")
        and abs(periods.months_between(flow.period, after.period)) <= YEAR_TOLERANCE_MONTHS
    ]


def _expected(index: ObservationIndex, flows: list[Observation]) -> Interval:
    tolerance = index.settings.checks.flow_tolerance_percent / 100
    ranges = [index.range_of(flow).usual for flow in flows]
    return Interval(
        min(one.low for one in ranges) / (1 + tolerance),
        max(one.high for one in ranges) * (1 + tolerance),
    )


def _finding(index: ObservationIndex, gain: _Gain) -> Finding:
    before, after, flows = gain.before, gain.after, sorted(gain.flows, key=lambda row: row.value)
    gained = round_count(after.value - before.value)
    least, most = (round_count(end) for end in (gain.monthly.low, gain.monthly.high))
    published = " à ".join(dict.fromkeys(index.value(flow) for flow in (flows[0], flows[-1])))
    return index.finding(
        "flux-et-stock",
        "à vérifier",
        [after, before, *flows],
        about=before.source,
        doubted=[after, before],
        arithmetic=f"{index.value(after)} ({index.date(after)}) − {index.value(before)} "
        f"({index.date(before)}) = {gained} en {french.format_number(gain.months.high, 1)} mois au "
        f"plus, soit de {least} à {most} par mois ; publié {published} par mois",
        sentence=f"De {index.value(before)} ({index.date(before)}) à {index.value(after)} "
        f"({index.date(after)}), {index.about(after)} gagnerait de {least} à {most} par mois, et "
        f"{index.label(flows[0])} est publié à {published} : l’une des dates "
        "n’est pas la bonne. Citez chaque nombre avec la date que son document imprime, et n’en "
        "tirez pas de rythme.",
    )
