"""Totals against their parts: corridors, territories, indicators that add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from atlas import french
from atlas.checks.observation_index import ObservationIndex, total
from atlas.checks.ranges import Interval, Range, Severity, conflict
from atlas.checks.records import Finding, Observation, Topic, among
from atlas.settings import Settings

CHECK = "total"


def totals(evidence: ObservationIndex) -> Iterator[Finding]:
    """Every published total that its published parts contradict.

    Where parts are missing, they must at least not exceed the total. A total is compared with the
    parts of its own source, else with those of the others.
    """
    for topic, rows in evidence.levels.items():
        for parts in part_topics(evidence, topic):
            for row in rows:
                found = _chosen_parts(evidence, row, parts)
                if found:
                    yield from _compared(evidence, row, found, complete=len(found) == len(parts))


def part_topics(evidence: ObservationIndex, topic: Topic) -> Iterator[list[Topic]]:
    """The sets of topics that config/ says this one is the sum of."""
    place, key, corridor, reference_period = topic
    adds_up = evidence.kind(key).adds_up
    if "corridors" in adds_up and not corridor:
        yield [(place, key, name, reference_period) for name in evidence.settings.corridors]
    if "territories" in adds_up:
        inside = children(evidence, place)
        if inside:
            yield [(code, key, corridor, reference_period) for code in inside]
    for relation in evidence.settings.checks.sums:
        if relation.total == key:
            yield [(place, part, corridor, reference_period) for part in relation.parts]


def children(evidence: ObservationIndex, place: str) -> Sequence[str]:
    """The territories that a territory is made of: régions that have départements, these."""
    places = evidence.territories
    if place == "FR":
        return [code for code in places.of_kind("REG") if places.of_kind("DEP", code)]
    return places.of_kind("DEP", place) if place.startswith("REG") else []


def _chosen_parts(
    evidence: ObservationIndex, row: Observation, parts: list[Topic]
) -> list[Observation]:
    known = [evidence.levels[part] for part in parts if part in evidence.levels]
    own = [of_source[0] for rows in known if (of_source := among(rows, row.source))]
    return own or [_first(rows, evidence.settings) for rows in known]


def _first(rows: list[Observation], settings: Settings) -> Observation:
    place = {source: i for i, source in enumerate(settings.source_order)}
    return min(rows, key=lambda row: place.get(row.source, len(place)))


def _compared(
    evidence: ObservationIndex, row: Observation, parts: list[Observation], *, complete: bool
) -> Iterator[Finding]:
    computed = total(evidence.printed(part) for part in parts)
    severity = conflict(evidence.printed(row), computed if complete else _at_least(computed))
    if severity is None:
        return
    if {part.source for part in parts} != {row.source}:
        severity = "à vérifier"
    terms = " + ".join(evidence.value(part) for part in parts)
    value = french.format_count(sum(part.value for part in parts))
    yield evidence.finding(
        CHECK,
        severity,
        [row, *parts],
        about=_about(row, parts),
        arithmetic=f"{terms} = {value} ; publié {evidence.value(row)}",
        sentence=_sentence(evidence, row, complete, severity),
    )


def _about(row: Observation, parts: list[Observation]) -> str:
    if parts[0].territory != row.territory:
        return "territoires"
    return "couloirs" if parts[0].corridor != row.corridor else "indicateurs"


def _sentence(
    evidence: ObservationIndex, row: Observation, complete: bool, severity: Severity
) -> str:
    said = "n’est pas la somme de ses parties" if complete else "est inférieur à ses parties"
    cure = (
        "ne publiez pas le total et son détail côte à côte"
        if severity == "erreur"
        else "vérifiez que tous parlent de la même chose"
    )
    return f"Le total {evidence.subject(row)} {said} : {cure}."


def _at_least(computed: Range) -> Range:
    infinite = float("inf")
    return Range(Interval(computed.usual.low, infinite), Interval(computed.widest.low, infinite))
