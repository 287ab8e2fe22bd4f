"""A change against the changes around it: its own levels, the nation's, the neighbours'."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator
from typing import NamedTuple

from atlas import french, periods
from atlas.checks.observation_index import ObservationIndex
from atlas.checks.ranges import Interval, range_of_change
from atlas.checks.records import Finding, Observation

MONTHS_IN_A_YEAR = 12
FEWEST_NEIGHBOURS = 5


class _Around(NamedTuple):
    """The change that others lead to expect over the same months, and how it is known."""

    change: float
    text: str
    rows: list[Observation]


def changes_around(index: ObservationIndex) -> Iterator[Finding]:
    """Changes many times larger or smaller than those around them, one for each document.

    A change without a base is read as one of a year, which is what a reader makes of it. Around it
    are two levels of the territory itself, else two of the nation, near the same dates; else the
    changes that five neighbours or more publish since the same base.
    """
    groups: dict[tuple[str, ...], list[tuple[Observation, _Around]]] = {}
    for row in index.changes:
        around = _around(index, row)
        if around and _is_far(index, row, around.change):
            key = row.source, row.indicator, row.corridor, row.reference_period, row.compared_to
            groups.setdefault(key, []).append((row, around))
    for found in groups.values():
        yield _finding(index, [row for row, _ in found], found[0][1])


def _around(index: ObservationIndex, row: Observation) -> _Around | None:
    if index.indicator(row.indicator).kind == "rank" or len(_base(index, row)) != len(
        row.reference_period
    ):
        return None
    own = None if _has_level_of_base(index, row) else _from_levels(index, row, row.territory)
    nation = None if row.territory == "FR" else _from_levels(index, row, "FR")
    return own or nation or _from_neighbours(index, row)


def _base(index: ObservationIndex, row: Observation) -> str:
    """The period that it compares with; a year before where the source gives none."""
    accumulation = index.indicator(row.indicator).accumulation
    if row.compared_to:
        return periods.reference_period(row.compared_to, accumulation)
    return periods.a_year_before(row.reference_period)


def _has_level_of_base(index: ObservationIndex, row: Observation) -> bool:
    """Then `growths` compares the change with it to the last digit."""
    return (row.territory, row.indicator, row.corridor, _base(index, row)) in index.levels


def _from_levels(index: ObservationIndex, row: Observation, place: str) -> _Around | None:
    """The change between two levels near the two dates, brought to the months of the row."""
    base = _base(index, row)
    now = index.levels_near(place, row.indicator, row.corridor, row.reference_period)
    then = index.levels_near(place, row.indicator, row.corridor, base)
    pairs = [(one, two) for one in now for two in then if _same_kind(index, one, two)]
    if not pairs:
        return None
    after, before = pairs[0]
    months = periods.months_between(before.reference_period, after.reference_period)
    wanted = periods.months_between(base, row.reference_period)
    if months <= 0 or wanted <= 0 or not before.value:
        return None
    name = index.territories[place].name
    text = (
        f"{name} : {index.value(before)} ({index.date(before)}) puis {index.value(after)} "
        f"({index.date(after)}), soit "
    )
    indicator = index.indicator(row.indicator)
    if indicator.in_percent:
        gained = after.value - before.value
        said = f"{french.format_change(gained, indicator)} en {months} mois"
        return _Around(gained / months * wanted, text + said, [after, before])
    if months != wanted:  # a season makes the growth of other months another thing
        return None
    growth = (after.value / before.value - 1) * 100
    return _Around(growth, text + french.format_change(round(growth), indicator), [after, before])


def _same_kind(index: ObservationIndex, after: Observation, before: Observation) -> bool:
    by_source = index.indicator(after.indicator).by_source
    return (
        after is not before
        and len(after.reference_period) == len(before.reference_period)
        and (after.window, after.noun) == (before.window, before.noun)
        and (not by_source or after.source == before.source)
    )


def _from_neighbours(index: ObservationIndex, row: Observation) -> _Around | None:
    kind = index.territories[row.territory].kind
    others = [
        other
        for other in index.changes
        if other.territory != row.territory
        and index.territories[other.territory].kind == kind
        and (other.indicator, other.corridor, other.reference_period, other.compared_to)
        == (row.indicator, row.corridor, row.reference_period, row.compared_to)
    ]
    if len(others) < FEWEST_NEIGHBOURS:
        return None
    median = statistics.median(other.change for other in others)
    said = french.format_change(median, index.indicator(row.indicator))
    return _Around(median, f"évolution médiane de {len(others)} territoires voisins : {said}", [])


def _is_far(index: ObservationIndex, row: Observation, around: float) -> bool:
    """Beyond `change_factor` times the change around, or below one part in as many of it."""
    checks, said = index.settings.checks, range_of_change(row.change).usual
    factor = checks.change_factor
    if index.indicator(row.indicator).in_percent:
        ends = around * factor, around / factor
        floor = checks.change_floor_points
        return said.gap(Interval(min(ends) - floor, max(ends) + floor)) > 0
    ratio = 1 + around / 100
    if ratio <= 0 or math.isclose(ratio, 0):
        return False
    expected = Interval((ratio / factor - 1) * 100, (ratio * factor - 1) * 100)
    return said.gap(expected) > 0


def _finding(index: ObservationIndex, rows: list[Observation], around: _Around) -> Finding:
    row, many = rows[0], len(rows) > 1
    changes = sorted(rows, key=lambda one: one.change)
    printed = index.change(row)
    what, them = f"L’évolution publiée pour {index.subject(row)}, {printed}, ne peut", "la"
    if many:
        printed = f"de {index.change(changes[0])} à {index.change(changes[-1])}"
        what = (
            f"Les {len(rows)} évolutions publiées pour {index.label(row)} ({index.date(row)}), "
            f"{printed}, ne peuvent"
        )
        them = "les"
    dated = bool(row.compared_to)
    since = f"sur la période de {_label(index, row)} à {index.date(row)}" if dated else "sur un an"
    awaited = "confirmé ces dates" if dated else "donné la période de départ"
    return index.finding(
        "progression",
        "à vérifier",
        [*rows, *around.rows],
        doubted=rows,
        arithmetic=f"{around.text} ; publié {printed}"
        + ("" if dated else ", sans période de départ"),
        sentence=f"{what} porter {since} : {around.text}. Ne {them} publiez pas avant que "
        f"l’éditeur ait {awaited}.",
    )


def _label(index: ObservationIndex, row: Observation) -> str:
    return periods.label(row.compared_to, index.indicator(row.indicator).accumulation)
