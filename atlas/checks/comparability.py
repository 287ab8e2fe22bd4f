"""Periods that do not compare: bases that are missing, or not a year earlier."""

from __future__ import annotations

from collections.abc import Iterator

from atlas import periods
from atlas.checks.observation_index import ObservationIndex
from atlas.checks.records import Finding, Observation

CHECK = "periodes"


def comparability(index: ObservationIndex) -> Iterator[Finding]:
    """Changes without a base, or since another span than a year; one for each document."""
    without: dict[tuple[str, str, str], list[Observation]] = {}
    for row in index.changes:
        if not row.compared_to:
            without.setdefault((row.source, row.indicator, row.reference_period), []).append(row)
        else:
            yield from _span_findings(index, row)
    for rows in without.values():
        yield index.finding(
            CHECK,
            "information",
            rows,
            about="sans-base",
            doubted=rows,
            arithmetic=f"{len(rows)} évolution{'s' if len(rows) > 1 else ''} sans période de "
            "comparaison",
            sentence=f"Le document publie {_count_changes(rows)} {index.subject(rows[0])} sans "
            "dire depuis quand : demandez la période de départ avant d’écrire « en un an ».",
        )


def _count_changes(rows: list[Observation]) -> str:
    return "une évolution de" if len(rows) == 1 else f"{len(rows)} évolutions, dont celle de"


def _span_findings(index: ObservationIndex, row: Observation) -> Iterator[Finding]:
    accumulation = index.indicator(row.indicator).accumulation
    now, base = row.reference_period, periods.reference_period(row.compared_to, accumulation)
    date, since = (
        periods.label(row.period, accumulation),
        periods.label(row.compared_to, accumulation),
    )
    if len(now) != len(base):
        yield index.finding(
            CHECK,
            "à vérifier",
            [row],
            about="durees",
            arithmetic=f"{date} comparé à {since}",
            sentence=f"L’évolution de {index.subject(row)} compare deux durées différentes : "
            "faites préciser les dates avant de la citer.",
        )
    elif (months := periods.months_between(base, now)) != 12:
        yield index.finding(
            CHECK,
            "information",
            [row],
            about="delai",
            arithmetic=f"de {since} à {date} : {months} mois",
            sentence=f"L’évolution de {index.subject(row)} ne porte pas sur un an mais sur "
            f"{months} mois : écrivez les deux dates.",
        )
