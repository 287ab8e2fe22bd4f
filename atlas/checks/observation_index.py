"""The published rows, found by what they are about, and the texts that quote them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cached_property

import pandas as pd

from atlas import french, periods
from atlas.checks.ranges import Range, Severity, range_of_value
from atlas.checks.records import Citation, Finding, Observation, Topic, downgrade_if_uncertain
from atlas.indicators.derivation import FROM_CAISSES
from atlas.settings import Indicator, Settings
from atlas.territories import Territories


class ObservationIndex:
    """Published rows of one data set, by topic, certain ones first."""

    def __init__(self, figures: pd.DataFrame, settings: Settings, territories: Territories) -> None:
        self.settings, self.territories = settings, territories
        self._ranges: dict[tuple[float, str, str], Range] = {}
        figures = figures.sort_values("uncertain", kind="stable")
        self.rows = _rows(figures[figures["derived"] == ""])
        # Départements all of whose caisses, one or several, publish their rate.
        self.of_departements = _rows(
            figures[
                figures["territory"].str.startswith("DEP")
                & figures["derived"].str.startswith(FROM_CAISSES)
            ]
        )

    @cached_property
    def levels(self) -> dict[Topic, list[Observation]]:
        """Rows with a value, by topic."""
        return _by_topic(row for row in self.rows if not math.isnan(row.value))

    @cached_property
    def levels_with_departements(self) -> dict[Topic, list[Observation]]:
        """The same, with the rates of départements that their caisses publish."""
        return self.levels | {
            topic: rows
            for topic, rows in _by_topic(self.of_departements).items()
            if topic not in self.levels
        }

    @cached_property
    def changes(self) -> list[Observation]:
        """Rows with a published change."""
        return [row for row in self.rows if not math.isnan(row.change)]

    @cached_property
    def _changes_by_topic(self) -> dict[Topic, list[Observation]]:
        return _by_topic(self.changes)

    @cached_property
    def changes_by_base(self) -> dict[tuple[str, ...], list[Observation]]:
        """Rows with a change, by topic and by the period that they compare with."""
        found: dict[tuple[str, ...], list[Observation]] = {}
        for row in self.changes:
            if row.compared_to:
                base = periods.reference_period(
                    row.compared_to, self.indicator(row.indicator).accumulation
                )
                found.setdefault((*row.topic, base), []).append(row)
        return found

    def changes_of(self, topics: Iterable[Topic]) -> list[Observation]:
        """Rows with a change on these topics."""
        return [row for topic in topics for row in self._changes_by_topic.get(topic, [])]

    def levels_of(self, indicators: Iterable[str]) -> Iterator[tuple[Topic, list[Observation]]]:
        """Topics of some indicators with their rows, in the order of the files."""
        wanted = set(indicators)
        return ((topic, rows) for topic, rows in self.levels.items() if topic[1] in wanted)

    def indicator(self, key: str) -> Indicator:
        """An indicator of the dictionary."""
        return self.settings.indicators[key]

    def range_of(self, row: Observation) -> Range:
        """What its value stands for."""
        key = row.value, row.qualifier, row.indicator
        if key not in self._ranges:
            self._ranges[key] = range_of_value(
                row.value, row.qualifier, self.indicator(row.indicator), self.settings.checks
            )
        return self._ranges[key]

    def cite(self, row: Observation) -> Citation:
        """The row as a reader meets it: value, change, territory, period."""
        indicator = self.indicator(row.indicator)
        said = (
            []
            if math.isnan(row.value)
            else [french.format_with_unit(row.value, indicator, row.qualifier)]
        )
        said += [] if math.isnan(row.change) else [self.change(row)]
        corridor = self.settings.corridors[row.corridor].short if row.corridor else ""
        place = self.territories[row.territory].name
        about = [
            indicator.label,
            corridor,
            place,
            periods.label(row.period, indicator.accumulation),
        ]
        said += ["chiffre incertain"] if row.uncertain else []
        text = french.keep_with_punctuation(
            f"{', '.join(filter(None, about))} : {' ; '.join(said)}"
        )
        return Citation(text, row.source, row.page)

    def value(self, row: Observation) -> str:
        """Its value alone, with the qualifier."""
        return french.format_value(row.value, self.indicator(row.indicator), row.qualifier)

    def change(self, row: Observation) -> str:
        """Its change alone: « +2,4 points »."""
        return french.format_change(row.change, self.indicator(row.indicator))

    def finding(
        self,
        check: str,
        severity: Severity,
        rows: list[Observation],
        *,
        arithmetic: str,
        sentence: str,
        about: str = "",
        also: Iterable[Observation] = (),
    ) -> Finding:
        """A finding on the first row, which the others are compared with.

        about: what tells it from another finding of the same check on the same figure. also: rows
        that are quoted without being contradicted. An uncertain figure may be of another date or
        place: it proves no error.
        """
        first = rows[0]
        parts = [
            check,
            first.territory,
            first.indicator,
            first.corridor,
            first.period,
            first.source,
            about,
        ]
        severity = downgrade_if_uncertain(severity, rows)
        citations = tuple(dict.fromkeys(self.cite(row) for row in (*rows, *also)))
        return Finding(
            check,
            severity,
            first.territory,
            first.indicator,
            first.period,
            citations,
            french.keep_with_punctuation(french.capitalize_first(arithmetic)),
            french.keep_with_punctuation(sentence),
            "/".join(filter(None, parts)),
        )

    def subject(self, row: Observation) -> str:
        """« Documents déposés » (Biologie, Corse, 2025)."""
        indicator = self.indicator(row.indicator)
        corridor = f"{self.settings.corridors[row.corridor].short}, " if row.corridor else ""
        return (
            f"« {indicator.label} » ({corridor}{self.territories[row.territory].name}, "
            f"{periods.label(row.period, indicator.accumulation)})"
        )


def other_document(row: Observation, other: Observation) -> str:
    """What tells the second figure of a pair: its document, or its page in the same one."""
    return other.source if other.source != row.source else french.slug(other.page)


def total(ranges: Iterable[Range]) -> Range:
    """Their sum; there is at least one."""
    first, *others = ranges
    return sum(others, start=first)


def _rows(frame: pd.DataFrame) -> list[Observation]:
    return [
        Observation(*cells)
        for cells in frame[list(Observation._fields)].itertuples(index=False, name=None)
    ]


def _by_topic(rows: Iterable[Observation]) -> dict[Topic, list[Observation]]:
    found: dict[Topic, list[Observation]] = {}
    for row in rows:
        found.setdefault(row.topic, []).append(row)
    return found
