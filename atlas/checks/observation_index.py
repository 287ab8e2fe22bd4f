"""The published rows, found by what they are about, and the texts that quote them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator
from functools import cached_property

import pandas as pd

from atlas import french, periods
from atlas.checks.ranges import Interval, Range, Severity, range_of_value
from atlas.checks.records import Citation, Finding, Observation, Topic, downgrade_if_uncertain
from atlas.indicators.derivation import FROM_CAISSES
from atlas.settings import Indicator, Settings
from atlas.territories import Territories

_DAYS_IN_A_MONTH = 365.25 / 12


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

    @cached_property
    def _levels_by_series(self) -> dict[tuple[str, str, str], list[Observation]]:
        """Rows with a value, by territory, indicator and corridor."""
        found: dict[tuple[str, str, str], list[Observation]] = {}
        for topic, rows in self.levels.items():
            found.setdefault(topic[:3], []).extend(rows)
        return found

    def series(self, place: str, key: str, corridor: str = "") -> list[Observation]:
        """Every level of one indicator, territory and corridor, at all its periods."""
        return self._levels_by_series.get((place, key, corridor), [])

    def levels_near(
        self, place: str, key: str, corridor: str, period: str, source: str = ""
    ) -> list[Observation]:
        """Levels published within `nearby_months` of the end of a period, the best first.

        The best is without a qualifier and of the nearest month. source: of the ones found, only
        those of this source when there are any.
        """
        reach = self.settings.checks.nearby_months
        found = [
            row
            for row in self.series(place, key, corridor)
            if abs(periods.months_between(period, row.reference_period)) <= reach
        ]
        found.sort(
            key=lambda row: (
                bool(row.qualifier) or row.uncertain,
                abs(periods.months_between(period, row.reference_period)),
            )
        )
        return [row for row in found if row.source == source] or found

    def population(self, place: str) -> int:
        """Inhabitants of a territory, 0 where they are not known."""
        inside = self.territories.of_kind("DEP", place)
        return sum(self.territories.population.get(code, 0) for code in inside)

    def comparable(self, one: Observation, two: Observation) -> bool:
        """True when two figures of a topic speak of the same date, length of time and thing.

        A month and a day of it may be the same date; two days are not. A document that gives one
        rate of « assurés » and of « profils » speaks of one thing: a reader holds them together.
        """
        indicator, same_source = self.indicator(one.indicator), one.source == two.source
        same_date = one.period.startswith(two.period) or two.period.startswith(one.period)
        same_thing = one.noun == two.noun or (same_source and indicator.in_percent)
        elsewhere = not same_source and indicator.by_source
        return not elsewhere and same_date and one.window == two.window and same_thing

    def months_between(self, earlier: Observation, later: Observation) -> Interval:
        """Months from one state to another: exact between two days, else from least to most."""
        first, last = self._possible_days(earlier), self._possible_days(later)
        return Interval(
            (last[0] - first[1]).days / _DAYS_IN_A_MONTH,
            (last[1] - first[0]).days / _DAYS_IN_A_MONTH,
        )

    def _possible_days(self, row: Observation) -> tuple[dt.date, dt.date]:
        """The first and the last day that the state may be of: of a month, any of its days."""
        month = periods.reference_period(row.period, self.indicator(row.indicator).accumulation)
        last = dt.date.fromisoformat(periods.last_day(row.period))
        if len(row.period) == 7:
            return dt.date.fromisoformat(f"{month}-01"), last
        return last, last

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
        said = [] if math.isnan(row.value) else [self._quote(row)]
        said += [] if math.isnan(row.change) else [self.change(row)]
        corridor = self.settings.corridors[row.corridor].short if row.corridor else ""
        place = self.territories[row.territory].name
        about = [
            indicator.label,
            corridor,
            place,
            self.date(row),
        ]
        said += ["chiffre incertain"] if row.uncertain else []
        text = french.keep_with_punctuation(
            f"{', '.join(filter(None, about))} : {' ; '.join(said)}"
        )
        return Citation(text, row.source, row.page)

    def _quote(self, row: Observation) -> str:
        """Its value, with what it counts."""
        indicator = self.indicator(row.indicator)
        noun = row.noun or indicator.unit
        if indicator.in_percent or row.printed or not noun:
            return self.value(row)
        return french.with_counted(self.value(row), row.value, noun)

    def value(self, row: Observation) -> str:
        """Its value alone, with the qualifier or in the words of its source."""
        return row.printed or french.format_value(
            row.value, self.indicator(row.indicator), row.qualifier
        )

    def date(self, row: Observation) -> str:
        """Its period: « fin 2024 », « février 2025 », « 2024 »."""
        return periods.label(row.period, self.indicator(row.indicator).accumulation)

    def label(self, row: Observation) -> str:
        """« Profils activés », of whatever place and date."""
        return f"« {self.indicator(row.indicator).label} »"

    def about(self, row: Observation) -> str:
        """« Profils activés » (France), at whatever date."""
        place = self.territories[row.territory].name
        return f"{self.label(row)} ({place})"

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
        doubted: Iterable[Observation] | None = None,
    ) -> Finding:
        """A finding on the first row, which the others are compared with.

        about: what tells it from another finding of the same check on the same figure. also: rows
        that are quoted without being contradicted. doubted: the figures that may be the wrong one,
        the first when none is named. An uncertain figure may be of another date or place: it
        proves no error.
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
            tuple(self.cite(row) for row in ([first] if doubted is None else doubted)),
        )

    def subject(self, row: Observation) -> str:
        """« Documents déposés » (Biologie, Corse, 2025)."""
        indicator = self.indicator(row.indicator)
        corridor = f"{self.settings.corridors[row.corridor].short}, " if row.corridor else ""
        return (
            f"« {indicator.label} » ({corridor}{self.territories[row.territory].name}, "
            f"{self.date(row)})"
        )


def other_document(row: Observation, other: Observation) -> str:
    """What tells the second figure of a pair: its document, or its page in the same one."""
    return other.source if other.source != row.source else french.slug(other.page)


def round_count(amount: float, figures: int = 2) -> str:
    """A computed count with few figures, in words where it is large: « 1,2 million »."""
    if amount <= 0:
        return french.format_count(0)
    step = 10.0 ** (math.floor(math.log10(amount)) + 1 - figures)
    return french.format_count(round(amount / step) * step)


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
