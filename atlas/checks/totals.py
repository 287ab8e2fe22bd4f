"""Totals against their parts: corridors, territories, indicators that add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from atlas import french
from atlas.checks.observation_index import ObservationIndex, total
from atlas.checks.ranges import Interval, Range, Severity, conflict
from atlas.checks.records import Finding, Observation, Topic, from_source
from atlas.settings import Settings

CHECK = "total"


def totals(index: ObservationIndex) -> Iterator[Finding]:
    """Every published total that its published parts contradict.

    Where parts are missing, they must at least not exceed the total. A total is compared with the
    parts of its own source, else with those of the others.
    """
    for topic, rows in index.levels.items():
        for parts in part_topics(index, topic):
            for row in rows:
                found = _parts_of_best_source(index, row, parts)
                if found:
                    yield from _total_findings(index, row, found, complete=len(found) == len(parts))


def part_topics(index: ObservationIndex, topic: Topic) -> Iterator[list[Topic]]:
    """The sets of topics that config/ says this one is the sum of."""
    place, key, corridor, reference_period = topic
    adds_up = index.indicator(key).adds_up
    if "corridors" in adds_up and not corridor:
        yield [(place, key, name, reference_period) for name in index.settings.corridors]
    if "territories" in adds_up:
        inside = children(index, place)
        if inside:
            yield [(code, key, corridor, reference_period) for code in inside]
    for relation in index.settings.checks.sums:
        if relation.total == key:
            yield [(place, part, corridor, reference_period) for part in relation.parts]


def children(index: ObservationIndex, place: str) -> Sequence[str]:
    """The territories that a territory is made of: régions that have départements, these."""
    places = index.territories
    if place == "FR":
        return [code for code in places.of_kind("REG") if places.of_kind("DEP", code)]
    return places.of_kind("DEP", place) if place.startswith("REG") else []


def _parts_of_best_source(
    index: ObservationIndex, row: Observation, parts: list[Topic]
) -> list[Observation]:
    known = [index.levels[part] for part in parts if part in index.levels]
    own = [of_source[0] for rows in known if (of_source := from_source(rows, row.source))]
    return own or [_first_by_source(rows, index.settings) for rows in known]


def _first_by_source(rows: list[Observation], settings: Settings) -> Observation:
    place = {source: i for i, source in enumerate(settings.source_order)}
    return min(rows, key=lambda row: place.get(row.source, len(place)))


def _total_findings(
    index: ObservationIndex, row: Observation, parts: list[Observation], *, complete: bool
) -> Iterator[Finding]:
    computed = total(index.range_of(part) for part in parts)
    severity = conflict(index.range_of(row), computed if complete else _at_least(computed))
    if severity is None:
        return
    if {part.source for part in parts} != {row.source}:
        severity = "à vérifier"
    terms = " + ".join(index.value(part) for part in parts)
    value = french.format_count(sum(part.value for part in parts))
    yield index.finding(
        CHECK,
        severity,
        [row, *parts],
        about=_kind_of_parts(row, parts),
        arithmetic=f"{terms} = {value} ; publié {index.value(row)}",
        sentence=_sentence(index, row, complete, severity),
    )


def _kind_of_parts(row: Observation, parts: list[Observation]) -> str:
    if parts[0].territory != row.territory:
        return "territoires"
    return "couloirs" if parts[0].corridor != row.corridor else "indicateurs"


def _sentence(index: ObservationIndex, row: Observation, complete: bool, severity: Severity) -> str:
    said = "n’est pas la somme de ses parties" if complete else "est inférieur à ses parties"
    cure = (
        "ne publiez pas le total et son détail côte à côte"
        if severity == "erreur"
        else "vérifiez que tous parlent de la même chose"
    )
    return f"Le total {index.subject(row)} {said} : {cure}."


def _at_least(computed: Range) -> Range:
    infinite = float("inf")
    return Range(Interval(computed.usual.low, infinite), Interval(computed.widest.low, infinite))
