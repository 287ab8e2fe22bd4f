"""The indicators that the title of a column and its numbers allow, the most alike first."""

from __future__ import annotations

from dataclasses import dataclass

from atlas.importing.cells import ParsedNumber
from atlas.importing.header import Header
from atlas.importing.records import ColumnGuess
from atlas.importing.titles import ColumnTitle, read_title, word_stems
from atlas.observations.checks import KnownKeys
from atlas.settings import Indicator
from atlas.settings.import_profiles import ColumnUnit
from atlas.territories import Kind

# What the words of a title and of its surroundings add to the likeness of an indicator, which is
# the share of words in common of its label and the title. All are from 0 to 1.
_WEIGHT_OF_SURROUNDINGS, _WEIGHT_OF_DEFINITION = 0.3, 0.3
MIN_LIKENESS = 0.2
_MAX_VALUE_BY_KIND = {"rate": 100.0, "share": 100.0, "average": 1_000.0, "rank": 101.0}
_MAX_VALUE = 1e15
_KINDS_IN_PERCENT = ("rate", "share")
_WHOLE_KINDS = ("count", "rank")


@dataclass(frozen=True)
class MeasureColumn:
    """A column of numbers, and what stands around it.

    ``index``: its place in the rows of the sheet. ``text``: its title. ``numbers``: those of its
    cells that are values, at least one. ``left``: what the figures at its left are, None without
    any. ``level``: the kind of territory of the rows.
    """

    index: int
    text: str
    numbers: list[ParsedNumber]
    header: Header
    left: ColumnGuess | None
    level: Kind | None


@dataclass(frozen=True)
class Candidate:
    """An indicator that a column may be of. ``likeness``: to its titles, from 0 to about 1.6."""

    key: str
    indicator: Indicator
    likeness: float


def find_candidates(
    column: MeasureColumn, scope: ColumnTitle, known_keys: KnownKeys
) -> list[Candidate]:
    """The indicators that the titles and the numbers allow, the most alike first."""
    surroundings = word_stems(column.header.title).union(*map(word_stems, column.header.texts))
    found = []
    for key, indicator in known_keys.settings.indicators.items():
        label = read_title(indicator.label)
        if not label.stems or not _is_allowed(indicator, label, scope, column):
            continue
        definition = word_stems(indicator.definition)
        likeness = len(label.stems & scope.stems) / len(label.stems | scope.stems)
        if scope.is_rank and not scope.stems:
            likeness = MIN_LIKENESS
        likeness += _WEIGHT_OF_SURROUNDINGS * len(label.stems & surroundings) / len(label.stems)
        likeness += _WEIGHT_OF_DEFINITION * len(definition & scope.stems) / max(1, len(scope.stems))
        found.append(Candidate(key, indicator, likeness))
    return sorted(found, key=lambda candidate: -candidate.likeness)


def _is_allowed(
    indicator: Indicator, label: ColumnTitle, scope: ColumnTitle, column: MeasureColumn
) -> bool:
    """Whether a title and its numbers do not contradict an indicator."""
    if (label.is_target, label.is_rank) != (scope.is_target, scope.is_rank):
        return False
    if label.groups != scope.groups or not _has_window(indicator, label, scope):
        return False
    in_percent = indicator.kind in _KINDS_IN_PERCENT
    if scope.is_change:
        return not (scope.is_share and not in_percent) and not (scope.is_count and in_percent)
    units = {number.unit for number in column.numbers}
    is_share = scope.is_share and not scope.is_rank
    if (is_share or "%" in units) and not in_percent:
        return False
    if in_percent and scope.is_count and not is_share and "%" not in units:
        return False
    return "points" not in units and _admits_numbers(indicator, column, scope)


def _has_window(indicator: Indicator, label: ColumnTitle, scope: ColumnTitle) -> bool:
    """Whether a title speaks of the same time as an indicator: a month, a year, since the start."""
    if label.windows == scope.windows:
        return True
    if label.windows:
        return False
    if scope.windows == {"cumul"}:
        return indicator.cumulative or indicator.accumulation == "stock"
    return scope.windows == {"mois"} and indicator.accumulation != "flow"


def _admits_numbers(indicator: Indicator, column: MeasureColumn, scope: ColumnTitle) -> bool:
    """Whether the numbers of a column can be values of an indicator of this kind."""
    amounts = [float(number.value) for number in column.numbers]
    is_whole = all(amount.is_integer() for amount in amounts)
    if indicator.kind in _WHOLE_KINDS and not is_whole and not scale_of(column, scope):
        return False
    return min(amounts) >= 0 and max(amounts) <= _MAX_VALUE_BY_KIND.get(indicator.kind, _MAX_VALUE)


def scale_of(column: MeasureColumn, title: ColumnTitle) -> ColumnUnit:
    """Thousands or millions, when the title of a column or of its table says so; empty if not."""
    for unit in (title.unit, read_title(column.header.title).unit):
        if unit == "thousands" or unit == "millions":
            return unit
    return ""
