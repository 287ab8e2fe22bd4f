"""The linear relations that published cells obey, so that some give others back.

Those that config/checks.yaml and the indicators (adds_up) declare, and how territories nest. Each
is a sum of cells times coefficients that moves by nothing when the cells move together: what it is
equal to (a rounding, a total that its source adjusted) is supposed to be known to an attacker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from atlas import periods
from atlas.disclosure.cells import Cell, cell_place_of_codes
from atlas.settings import Ratio, Settings
from atlas.territories import Territories

#: What makes a relation the same, whichever of its cells it is found from.
Name = tuple[object, ...]
#: A name, terms as they come, and the constant.
RelationTerms = tuple[Name, list[tuple[Cell, float]], float]


@dataclass(frozen=True, eq=False)  # each is made once: comparing them would cost more than all
class Relation:
    """Σ coefficient × cell = constant, as nearly as figures are published.

    terms: cells with their coefficients, in order.
    """

    terms: tuple[tuple[Cell, float], ...]
    constant: float = 0.0


class Relations:
    """The relations of one table. levels: one value per known cell."""

    def __init__(
        self, levels: dict[Cell, float], settings: Settings, territories: Territories
    ) -> None:
        self._levels, self._settings, self._territories = levels, settings, territories
        self._slices = self._published_slices({cell[1:] for cell in levels})
        self._by_cell: dict[Cell, list[Relation]] = {}
        self._by_name: dict[Name, Relation | None] = {}

    def of(self, cell: Cell) -> list[Relation]:
        """Those in which a cell stands, each once, without those that nothing published feeds."""
        if cell not in self._by_cell:
            makers: tuple[Callable[[Cell], Iterator[RelationTerms]], ...] = (
                self._territorial,
                self._by_corridor,
                self._declared_sums,
                self._ratios,
                self._per_inhabitant,
                self._yearly,
                self._monthly_gains,
            )
            found = [
                self._relation_named(name, terms, constant)
                for make in makers
                for name, terms, constant in make(cell)
            ]
            self._by_cell[cell] = list(dict.fromkeys(filter(None, found)))
        return self._by_cell[cell]

    def _relation_named(
        self, name: Name, terms: list[tuple[Cell, float]], constant: float
    ) -> Relation | None:
        """The relation of a name, the same for all its cells; None when nothing published feeds
        one of its cells."""
        if name not in self._by_name:
            fed = all(cell[1:] in self._slices for cell, _ in terms)
            self._by_name[name] = build_relation(terms, constant) if fed else None
        return self._by_name[name]

    def _published_slices(self, slices: set[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
        """Indicators that somebody published for a date, and those that these give together."""
        checks = self._settings.checks
        sets = [[r.rate, r.part, *r.whole] for r in checks.ratios if not r.by_corridor]
        sets += [[total, *parts] for total, parts in self._totals]
        sets += [r.parts for r in checks.share_sets]
        sets += [[r.rate, r.part] for r in checks.denominators]
        while True:
            given = {
                (absent[0], corridor, reference_period)
                for corridor, reference_period in {s[1:] for s in slices}
                for names in sets
                if len(
                    absent := [
                        name
                        for name in dict.fromkeys(names)
                        if (name, corridor, reference_period) not in slices
                    ]
                )
                == 1
            }
            if not given:
                return slices
            slices = slices | given

    @property
    def _totals(self) -> list[tuple[str, list[str]]]:
        """Indicators that are the sum of others, and these."""
        checks = self._settings.checks
        sums = [(relation.total, relation.parts) for relation in checks.sums]
        return sums + [(relation.total, relation.parts) for relation in checks.share_totals]

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        """What each place is made of, where it is made of several."""
        places, same = self._territories, cell_place_of_codes(self._territories)
        regions = [code for code in places.of_kind("REG") if places.of_kind("DEP", code)]
        made = {"FR": [same[code] for code in regions]}
        made |= {code: places.of_kind("DEP", code) for code in regions}
        made |= {code: places.caisses_of(code) for code in places.of_kind("DEP")}
        return {code: inside for code, inside in made.items() if len(inside) > 1}

    @cached_property
    def _wholes(self) -> dict[str, str]:
        return {part: whole for whole, parts in self._parts.items() for part in parts}

    def _territorial(self, cell: Cell) -> Iterator[RelationTerms]:
        """A count is the sum of its parts, a rate about their mean, weighted by population."""
        place, key, *rest = cell
        for whole in (place, self._wholes.get(place, "")):
            parts = self._parts.get(whole, [])
            weights = self._weights(key, parts) if parts else []
            if weights:
                yield (
                    ("places", whole, key, *rest),
                    [((whole, key, rest[0], rest[1]), 1.0)]
                    + [
                        ((part, key, rest[0], rest[1]), -weight)
                        for part, weight in zip(parts, weights, strict=True)
                    ],
                    0,
                )

    def _weights(self, key: str, parts: list[str]) -> list[float]:
        if "territories" in self._settings.indicators[key].adds_up:
            return [1.0] * len(parts)
        if self._settings.indicators[key].kind != "rate":
            return []
        if parts[0].startswith("CPAM"):
            return [1 / len(parts)] * len(parts)
        people = [self._inhabitants(part) for part in parts]
        return [count / sum(people) for count in people] if all(people) else []

    def _inhabitants(self, place: str) -> int:
        inside = self._territories.of_kind("DEP", place)
        return sum(self._territories.population.get(code, 0) for code in inside)

    def _by_corridor(self, cell: Cell) -> Iterator[RelationTerms]:
        """A total of the corridors, and shares of the corridors that make 100 %."""
        place, key, corridor, reference_period = cell
        indicator = self._settings.indicators[key]
        adds_up = "corridors" in indicator.adds_up
        inside: list[tuple[Cell, float]] = [
            ((place, key, name, reference_period), -1.0) for name in self._settings.corridors
        ]
        if adds_up and not indicator.in_percent:
            yield (
                ("total", place, key, reference_period),
                [((place, key, "", reference_period), 1.0), *inside],
                0,
            )
        if adds_up and indicator.in_percent and corridor:
            yield ("shares", place, key, reference_period), inside, -100

    def _declared_sums(self, cell: Cell) -> Iterator[RelationTerms]:
        """Indicators that are the sum of others, or that make 100 % together."""
        place, key, corridor, reference_period = cell
        checks = self._settings.checks
        declared: list[tuple[dict[str, float], list[str], float]] = [
            ({total: 1.0}, parts, 0) for total, parts in self._totals
        ]
        declared += [({}, relation.parts, -100) for relation in checks.share_sets]
        for i, (total, parts, constant) in enumerate(declared):
            named = {**total, **dict.fromkeys(parts, -1.0)}
            if key in named:
                yield (
                    ("sum", i, place, corridor, reference_period),
                    [
                        ((place, name, corridor, reference_period), sign)
                        for name, sign in named.items()
                    ],
                    constant,
                )

    def _ratios(self, cell: Cell) -> Iterator[RelationTerms]:
        place, key, corridor, reference_period = cell
        for i, relation in enumerate(self._settings.checks.ratios):
            if key not in (relation.rate, relation.part, *relation.whole):
                continue
            corridors = [corridor]
            if relation.by_corridor and not corridor:
                corridors = list(self._settings.corridors)
            for name in corridors:
                terms, constant = self._ratio(relation, place, name, reference_period)
                if terms:
                    yield ("ratio", i, place, name, reference_period), terms, constant

    def _ratio(
        self, relation: Ratio, place: str, corridor: str, reference_period: str
    ) -> tuple[list[tuple[Cell, float]], float]:
        """rate × whole = 100 × part, to the first order: exact as soon as one of the three is
        known. Nothing when it cannot be told how large the rate and the whole are."""
        rate, part = (
            (place, relation.rate, corridor, reference_period),
            (place, relation.part, corridor, reference_period),
        )
        below = "" if relation.by_corridor else corridor
        whole = [(place, key, below, reference_period) for key in relation.whole]
        total = sum(self._levels.get(cell, float("nan")) for cell in whole)
        level, count = (self._levels.get(cell, float("nan")) for cell in (rate, part))
        if total != total and level > 0:
            total = 100 * count / level
        if level != level and total > 0:
            level = 100 * count / total
        if not (total > 0 and level == level):
            return [], 0
        return [
            (rate, 1.0),
            (part, -100 / total),
            *((cell, level / total) for cell in whole),
        ], level

    def _per_inhabitant(self, cell: Cell) -> Iterator[RelationTerms]:
        """rate × population = part: the population of a territory is known to everybody."""
        place, key, corridor, reference_period = cell
        for i, relation in enumerate(self._settings.checks.denominators):
            share_cell = (place, relation.population_share, "", reference_period)
            share = self._levels.get(share_cell, float("nan")) if relation.population_share else 100
            people = self._inhabitants(place) * share / 100
            if key in (relation.rate, relation.part) and people > 0:
                per = 100 if self._settings.indicators[relation.rate].in_percent else 1
                yield (
                    ("inhabitants", i, place, corridor, reference_period),
                    [
                        ((place, relation.rate, corridor, reference_period), 1.0),
                        ((place, relation.part, corridor, reference_period), -per / people),
                    ],
                    0,
                )

    def _monthly_gains(self, cell: Cell) -> Iterator[RelationTerms]:
        """What a stock gains in a month is the flow of that month."""
        place, key, corridor, reference_period = cell
        for i, relation in enumerate(self._settings.checks.stock_flows):
            if key not in (relation.monthly, relation.stock) or len(reference_period) != 7:
                continue
            ends = [reference_period]
            if key == relation.stock:
                ends.append(periods.months_before(reference_period, -1))
            for end in ends:
                yield (
                    ("gain", i, place, corridor, end),
                    [
                        ((place, relation.stock, corridor, end), 1.0),
                        (
                            (place, relation.stock, corridor, periods.months_before(end, 1)),
                            -1.0,
                        ),
                        ((place, relation.monthly, corridor, end), -1.0),
                    ],
                    0,
                )

    def _yearly(self, cell: Cell) -> Iterator[RelationTerms]:
        """A year is the sum of its months, and twelve times its mean month."""
        place, key, corridor, reference_period = cell
        year = reference_period[:4]
        for i, relation in enumerate(self._settings.checks.yearly):
            if key not in (relation.monthly, relation.year) or len(reference_period) > 7:
                continue
            if key == relation.year and len(reference_period) > 4:
                continue
            total = ((place, relation.year, corridor, year), 1.0)
            if len(reference_period) == 4:
                yield (
                    ("mean", i, place, corridor, year),
                    [total, ((place, relation.monthly, corridor, year), -12.0)],
                    0,
                )
            if key == relation.year or len(reference_period) == 7:
                yield (
                    ("months", i, place, corridor, year),
                    [
                        total,
                        *(
                            ((place, relation.monthly, corridor, f"{year}-{n:02d}"), -1.0)
                            for n in range(1, 13)
                        ),
                    ],
                    0,
                )


def build_relation(terms: list[tuple[Cell, float]], constant: float = 0.0) -> Relation:
    """Each cell once, in the order of cells: two ways to the same relation give the same."""
    summed: dict[Cell, float] = {}
    for cell, coefficient in terms:
        summed[cell] = summed.get(cell, 0.0) + coefficient
    return Relation(
        tuple(sorted((cell, value) for cell, value in summed.items() if abs(value) > 1e-12)),
        constant,
    )
