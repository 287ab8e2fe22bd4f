"""What figures hold, as facts that a title may state: whose, in which corridor, what measure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.comparison.selection import codes_of, selection_of
from atlas.figures.map.request import MapRequest, RankingRequest
from atlas.figures.map.rows import nation_value
from atlas.publications.finding_check.amounts import KnownAmount, Unit, limits
from atlas.territories import CODE_SEPARATOR, KIND_OF_LEVEL
from atlas.values import Column, Value

#: What a fact measures: the level shown, the level that a change starts from, the change, the gap
#: to France, or a level to reach.
Measure = Literal["level", "base", "change", "gap", "target"]
_MEASURE_OF_COLUMN: dict[str, Measure] = {
    "level": "level",
    "after": "level",
    "base": "base",
    "before": "base",
    "change": "change",
    "gap": "gap",
}


@dataclass(frozen=True)
class Fact:
    """One value of a figure. territory: its code, empty for a level to reach; corridor: its key,
    empty for all of them; is_extra: a value for the same date that the figure does not join."""

    value: Value
    measure: Measure
    territory: str
    corridor: str = ""
    is_extra: bool = False

    @property
    def period(self) -> str:
        """Of the value, as the data write it."""
        return self.value.period


#: Who is compared in a figure: a territory, or a corridor.
Dimension = Literal["territory", "corridor"]


@dataclass(frozen=True)
class Evidence:
    """Every fact of one figure or more. shown: the measure that is drawn; scope: codes that the
    request names; compared: all the territories that are asked for, with a value or not; dates: the
    periods that it speaks of."""

    facts: tuple[Fact, ...]
    shown: Measure = "level"
    scope: frozenset[str] = frozenset()
    compared: frozenset[str] = frozenset()
    dates: frozenset[str] = field(default_factory=frozenset)

    @property
    def territories(self) -> frozenset[str]:
        """Codes of the territories that have a fact, known or not."""
        return frozenset(fact.territory for fact in self.facts if fact.territory)

    @property
    def corridors(self) -> frozenset[str]:
        """Keys of the corridors that have a fact."""
        return frozenset(fact.corridor for fact in self.facts if fact.corridor)

    @property
    def indicators(self) -> frozenset[str]:
        """The labels of what is measured: several in key figures, which no order compares."""
        return frozenset(
            fact.value.indicator.label
            for fact in self.facts
            if fact.value.indicator is not None and fact.measure != "target"
        )

    def silent(self, measure: Measure) -> frozenset[str]:
        """The territories of what is compared that have no value of a measure, which a ranking
        cannot place."""
        return self.compared - {fact.territory for fact in self.known(measure)} - {"FR"}

    def known(self, measure: Measure) -> list[Fact]:
        """The facts of one measure that have an amount, those that the figure joins."""
        return [
            fact
            for fact in self.facts
            if fact.measure == measure and fact.value.is_known and not fact.is_extra
        ]

    def latest(self, measure: Measure) -> list[Fact]:
        """The last fact of each territory and corridor, in their order."""
        found: dict[tuple[str, str], Fact] = {}
        for fact in self.known(measure):
            key = (fact.territory, fact.corridor)
            if key not in found or _later(fact, found[key]):
                found[key] = fact
        return list(found.values())

    def series(self, territory: str, corridor: str = "") -> list[Fact]:
        """The levels of one territory and corridor, in order of time."""
        own = [
            fact
            for fact in self.known("level")
            if (fact.territory, fact.corridor) == (territory, corridor)
        ]
        return sorted(own, key=lambda fact: periods.last_day(fact.period) if fact.period else "")


def _later(fact: Fact, former: Fact) -> bool:
    if not (fact.period and former.period):
        return False
    return periods.last_day(fact.period) > periods.last_day(former.period)


@dataclass(frozen=True)
class Gain:
    """What somebody gained between two periods, in points or in percent; empty periods are not
    said by the source."""

    known: KnownAmount
    start: str = ""
    end: str = ""

    @property
    def months(self) -> int | None:
        """How long it took; None when the source does not say from when."""
        return periods.months_between(self.start, self.end) if self.start and self.end else None


def evidence_of(context: FigureContext, figures: Iterable[Figure]) -> Evidence:
    """The facts of figures, together."""
    facts: list[Fact] = []
    scope: set[str] = set()
    compared: set[str] = set()
    shown: Measure = "level"
    for figure in figures:
        own = _facts(context, figure)
        facts += own
        scope |= _scope(context, figure)
        shown = _shown_measure(figure, own)
        compared |= _compared(context, figure, own)
    dates = {date for fact in facts for date in (fact.period, fact.value.compared_to) if date}
    for figure in figures:
        asked = figure.request
        for name in ("period", "compared_to"):
            date = getattr(asked, name, "") if asked else ""
            if date and periods.is_period(date):
                dates.add(date)
    return Evidence(tuple(facts), shown, frozenset(scope), frozenset(compared), frozenset(dates))


def _shown_measure(figure: Figure, facts: Sequence[Fact]) -> Measure:
    asked = getattr(figure.request, "measure", "value")
    if asked == "change" or getattr(figure.request, "view", "") == "croissance":
        return "change"
    if asked == "gap":
        return "gap"
    has_level = any(fact.measure == "level" and fact.value.is_known for fact in facts)
    return "level" if has_level else "change"


def _scope(context: FigureContext, figure: Figure) -> set[str]:
    asked = figure.request
    texts = [getattr(asked, name, "") for name in ("territory", "territories", "highlighted")]
    codes = {code for text in texts for code in str(text).split(CODE_SEPARATOR)}
    return {code for code in codes if code in context.territories}


def _compared(context: FigureContext, figure: Figure, facts: Sequence[Fact]) -> set[str]:
    """The territories that a figure is asked for, or shows."""
    asked = figure.request
    found = {fact.territory for fact in facts if fact.territory}
    if isinstance(asked, MapRequest | RankingRequest):
        found |= set(
            context.territories.of_kind(KIND_OF_LEVEL[asked.level], asked.territory or "FR")
        )
        found.discard("FR")  # in the legend alone
    if isinstance(asked, ComparisonRequest):
        words = asked.territories.split(CODE_SEPARATOR) if asked.territories else []
        page = context.settings.comparisons.get(asked.comparison)
        found |= set(codes_of(context, words or (selection_of(page) if page else [])))
    return found


def _facts(context: FigureContext, figure: Figure) -> list[Fact]:
    table, found = figure.table, []
    whose = _whose(context, figure)
    extras = _extras(figure)
    for column in table.columns:
        measure = _MEASURE_OF_COLUMN.get(column.key)
        if measure is None or not column.is_numeric:
            continue
        for place, cell in enumerate(column.cells):
            if not isinstance(cell, Value):
                continue
            territory, corridor = whose[place]
            is_target = not territory
            found.append(
                Fact(
                    cell,
                    "target" if is_target and measure == "level" else measure,
                    territory,
                    corridor,
                    place in extras,
                )
            )
    return [*found, *_nation_facts(context, figure, found)]


def _nation_facts(context: FigureContext, figure: Figure, facts: Sequence[Fact]) -> list[Fact]:
    """The value of France that gaps of a map start from, which its table does not print."""
    asked = figure.request
    if not isinstance(asked, MapRequest | RankingRequest):
        return []
    if any(fact.territory == "FR" for fact in facts):
        return []
    level = nation_value(context, asked)
    return [Fact(level, "level", "FR")] if level.is_known else []


def _extras(figure: Figure) -> set[int]:
    if "chosen" not in figure.table:
        return set()
    cells = figure.table["chosen"].cells
    return {place for place, cell in enumerate(cells) if cell == "non"}


def _whose(context: FigureContext, figure: Figure) -> list[tuple[str, str]]:
    """The territory and the corridor of each row; no territory for a level to reach."""
    table, asked = figure.table, figure.request
    alone = str(getattr(asked, "territory", "") or getattr(asked, "territories", ""))
    territories = [alone if alone in context.territories else "FR"] * len(table)
    corridors = [str(getattr(asked, "corridor", ""))] * len(table)
    for column in table.columns:
        keys = _keys(column)
        if not keys:
            continue
        if all("|" in key for key in keys):
            parts = [key.split("|") for key in keys]
            corridors = [part[1] for part in parts]
            territories = [part[2] if len(part) > 2 else "" for part in parts]
        elif column.key == "corridor":
            corridors = [key if key in context.settings.corridors else "" for key in keys]
        elif any(key in context.territories for key in keys):
            territories = [key if key in context.territories else "" for key in keys]
    return list(zip(territories, corridors, strict=True))


def _keys(column: Column) -> tuple[str, ...]:
    return column.cell_keys


def unit_of(value: Value) -> Unit:
    """The unit in which an amount is said."""
    in_percent = value.indicator is not None and value.indicator.in_percent
    if value.quantity in ("change", "gap"):
        return "points" if in_percent else "percent"
    return "percent" if in_percent else "count"


def known_amount(value: Value) -> KnownAmount:
    """A known value as a number may say it."""
    low, high = limits(value)
    decimals = value.decimals
    if value.indicator is not None and value.indicator.in_percent:
        decimals = max(decimals or 0, value.indicator.digits)
    elif value.quantity == "change":
        decimals = max(decimals or 0, 1)
    return KnownAmount(
        value.number, unit_of(value), decimals, low, high, is_range=value.reach is not None
    )


def gains_of(evidence: Evidence, territory: str, corridor: str) -> list[Gain]:
    """What somebody gained: as published or computed, in each unit in which it may be said."""
    found: list[Gain] = []

    def own(measure: Measure) -> list[Value]:
        return [
            fact.value
            for fact in evidence.known(measure)
            if (fact.territory, fact.corridor) == (territory, corridor)
        ]

    for change in own("change"):
        found.append(Gain(known_amount(change), change.compared_to, change.period))
    bases, levels = own("base"), [fact.value for fact in evidence.series(territory, corridor)]
    pairs = [(base, level) for base in bases for level in levels]
    pairs += [(first, last) for place, first in enumerate(levels) for last in levels[place + 1 :]]
    for first, last in pairs:
        found += _difference(first, last)
    return found


def _difference(first: Value, last: Value) -> list[Gain]:
    """The difference of two levels, and the growth of a count."""
    if first.indicator is None:
        return []
    low, high = limits(first)
    last_low, last_high = limits(last)
    amount = last.number - first.number
    unit: Unit = "points" if first.indicator.in_percent else "count"
    decimals = first.indicator.digits if unit == "points" else None
    dates = (first.period, last.period)
    is_range = first.reach is not None or last.reach is not None
    ends = (last_low - high, last_high - low)
    found = [Gain(KnownAmount(round(amount, 6), unit, decimals, *ends, is_range), *dates)]
    if unit == "count" and first.number > 0 and low > 0:
        growth = 100 * (last.number / first.number - 1)
        ends = (100 * (last_low / high - 1), 100 * (last_high / low - 1))
        found.append(Gain(KnownAmount(growth, "percent", 1, *ends, is_range), *dates))
    elif first.number > 0:
        ratio = last.number / first.number
        found.append(Gain(KnownAmount(ratio, "times", 1, ratio, ratio, is_range), *dates))
    return found


def as_times(gain: KnownAmount) -> KnownAmount:
    """A growth in percent as a factor: +204 % is 3,04 times."""
    return KnownAmount(
        1 + gain.amount / 100,
        "times",
        1,
        1 + gain.low / 100,
        1 + gain.high / 100,
        gain.is_range,
    )
