"""Shares of one whole: together 100 %."""

from __future__ import annotations

from collections.abc import Iterator

from atlas import french
from atlas.checks.observation_index import ObservationIndex, total
from atlas.checks.ranges import Interval, Range, conflict, exactly
from atlas.checks.records import Finding, Observation, from_source


def shares(index: ObservationIndex) -> Iterator[Finding]:
    """Sets of shares of one source whose sum cannot be 100 %; fewer than all may be less."""
    settings = index.settings
    sets = [
        [(key, corridor) for corridor in settings.corridors]
        for key, indicator in settings.indicators.items()
        if indicator.kind == "share" and "corridors" in indicator.adds_up
    ]
    sets += [[(key, "") for key in entry.parts] for entry in settings.checks.share_sets]
    for members in sets:
        for place, reference_period, source in _published_sets(index, members):
            topics = [(place, key, corridor, reference_period) for key, corridor in members]
            rows = [
                found[0]
                for topic in topics
                if (found := from_source(index.levels.get(topic, []), source))
            ]
            yield from _share_findings(index, rows, complete=len(rows) == len(members))


def _published_sets(
    index: ObservationIndex, members: list[tuple[str, str]]
) -> dict[tuple[str, str, str], None]:
    """Territory, period and source of every set that has a member."""
    wanted = set(members)
    return {
        (row.territory, row.reference_period, row.source): None
        for topic, rows in index.levels.items()
        if (topic[1], topic[2]) in wanted
        for row in rows
    }


def _share_findings(
    index: ObservationIndex, rows: list[Observation], *, complete: bool
) -> Iterator[Finding]:
    if len(rows) < 2:
        return
    whole = exactly(100)
    if not complete:  # the shares that are not printed may be anything
        whole = Range(Interval(0, 100), Interval(0, 100))
    severity = conflict(total(index.range_of(row) for row in rows), whole)
    if severity is None:
        return
    terms = " + ".join(index.value(row) for row in rows)
    shown = french.format_number(sum(row.value for row in rows), 1)
    yield index.finding(
        "parts",
        severity,
        rows,
        arithmetic=f"{terms} = {shown} %, attendu 100 %",
        sentence=f"Les parts de {index.subject(rows[0])} ne font pas 100 % : n’en faites pas "
        "un diagramme à parts avant d’avoir retrouvé l’erreur.",
    )
