"""The layouts of generated tables: where territories, indicators, periods and corridors stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from generated_figures import (
    TITLES,
    Subject,
    Writing,
    draw_change,
    draw_change_writing,
    draw_value,
    draw_writing,
    figure,
    write_period,
)
from table_drafts import Draft, Filled

from atlas.observations.checks import KnownKeys

_TITLE_OF_NAMES = {"DEP": "Département", "REG": "Région", "CPAM": "Caisse"}
_TITLE_OF_CODES = {"DEP": "Code département", "REG": "Code région", "CPAM": "Numéro de caisse"}


@dataclass
class TableMaker:
    """What the layouts draw from."""

    rng: Random
    subject: Subject
    known_keys: KnownKeys
    workbook: bool
    territory_form: int = field(init=False)

    def __post_init__(self) -> None:
        self.territory_form = self.rng.randrange(6)

    def territory_titles(self) -> list[str]:
        kind = self.subject.kind
        if self.territory_form == 0:
            return [_TITLE_OF_CODES[kind]]
        if self.territory_form == 1:
            return [_TITLE_OF_CODES[kind], _TITLE_OF_NAMES[kind]]
        return [_TITLE_OF_NAMES[kind]]

    def territory(self, code: str) -> list[object]:
        """The cells of a row that name its territory."""
        number = code.partition("-")[2]
        name = self.known_keys.territories[code].name
        forms: list[list[object]] = [
            [number],
            [number, name],
            [name],
            [name.upper()],
            [f"{number} - {name}"],
            [f"{name} ({number})"],
        ]
        return forms[self.territory_form]

    def in_titles(self, most: int) -> dict[str, str]:
        """At most so many territories by names that say alone what they are."""
        level = "DEP" if self.subject.kind == "CPAM" else self.subject.kind
        territories = self.known_keys.territories
        others = territories.of_kind("REG" if level == "DEP" else "DEP", "FR")
        ambiguous = {territories[code].name for code in others}
        names = {code: territories[code].name for code in territories.of_kind(level, "FR")}
        alone = [code for code, name in names.items() if name not in ambiguous]
        chosen = sorted(self.rng.sample(alone, self.rng.randint(3, most)))
        return {code: names[code] for code in chosen}

    def title(self, indicator: str) -> str:
        return self.rng.choice(TITLES[indicator])

    def writing(self, indicator: str) -> Writing:
        return draw_writing(self.rng, indicator, workbook=self.workbook)

    def period_text(self, period: str) -> str:
        return str(write_period(self.rng, period))

    def cell(
        self, code: str, indicator: str, period: str, writing: Writing, corridor: str = ""
    ) -> Filled:
        """A drawn figure in its writing."""
        value = draw_value(self.rng, indicator)
        return Filled(
            writing.write(value), figure(code, indicator, period, value, corridor=corridor)
        )

    def above(self, period: str) -> list[list[object]]:
        """The line that says the period of the whole table."""
        text = self.period_text(period)
        shapes = ["Bilan {}", "Données : {}"]
        shapes.append(("Année {}", "Fin {}", "Situation au {}")[period.count("-")])
        shape = self.rng.choice(shapes)
        return [[shape.format(text)], []][: self.rng.randint(1, 2)]


def _indicators_in_columns(maker: TableMaker) -> list[Draft]:
    """A row for each territory; the period above, or in each title."""
    period = maker.subject.periods[0]
    writings = {key: maker.writing(key) for key in maker.subject.indicators}
    in_titles = maker.rng.random() < 0.5
    suffix = f" {maker.period_text(period)}" if in_titles else ""
    header: list[object] = maker.territory_titles()
    header += [f"{maker.title(key)}{suffix}{w.suffix}" for key, w in writings.items()]
    rows = [
        [*maker.territory(code), *(maker.cell(code, key, period, w) for key, w in writings.items())]
        for code in maker.subject.codes
    ]
    return [Draft([] if in_titles else maker.above(period), [header], rows)]


def _growths(maker: TableMaker) -> list[Draft]:
    """Levels of years, each with its growth at its right."""
    year = maker.subject.periods[0][:4]
    base = str(int(year) - 1)
    keys = [key for key in maker.subject.indicators if key != "opposition_rate"] or ["ambassadors"]
    header: list[object] = maker.territory_titles()
    writings = []
    for key in keys[:2]:
        w = maker.writing(key)
        c = draw_change_writing(maker.rng, key, workbook=maker.workbook)
        writings.append((key, w, c))
        header += [f"{maker.title(key)} {year}{w.suffix}", f"Évolution {base}-{year}{c.suffix}"]
    rows: list[list[object]] = []
    for code in maker.subject.codes:
        row = maker.territory(code)
        for key, w, c in writings:
            value, change = draw_value(maker.rng, key), draw_change(maker.rng)
            stated = figure(code, key, year, value, change=change, compared_to=base)
            row = [*row, Filled(w.write(value), stated), Filled(c.write(change), stated)]
        rows.append(row)
    return [Draft([], [header], rows)]


def _periods_in_columns(maker: TableMaker) -> list[Draft]:
    key, writing = maker.subject.indicators[0], maker.writing(maker.subject.indicators[0])
    periods = maker.subject.periods
    header: list[object] = maker.territory_titles()
    header += [write_period(maker.rng, period, workbook=maker.workbook) for period in periods]
    rows = [
        [*maker.territory(code), *(maker.cell(code, key, period, writing) for period in periods)]
        for code in maker.subject.codes
    ]
    return [Draft([[f"{maker.title(key)}{writing.suffix}"]], [header], rows)]


def _two_header_rows(maker: TableMaker) -> list[Draft]:
    """Indicators over periods, or periods over indicators; merged in a workbook."""
    pairs = {key: maker.writing(key) for key in maker.subject.indicators}
    periods, titles = maker.subject.periods, maker.territory_titles()
    top: list[object] = list(titles)
    below: list[object] = [None] * len(titles)
    columns, merged = [], []
    groups = [*pairs] if maker.rng.random() < 0.5 else periods
    for group in groups:
        inside = periods if group in pairs else [*pairs]
        merged.append((0, len(top), 0, len(top) + len(inside) - 1))
        for place, other in enumerate(inside):
            key, period = (group, other) if group in pairs else (other, group)
            columns.append((key, period))
            title, text = f"{TITLES[key][0]}{pairs[key].suffix}", maker.period_text(period)
            upper, lower = (title, text) if group in pairs else (text, title)
            top.append(upper if place == 0 else None)
            below.append(lower)
    rows = [
        [*maker.territory(c), *(maker.cell(c, key, p, pairs[key]) for key, p in columns)]
        for c in maker.subject.codes
    ]
    merged += [(0, place, 1, place) for place in range(len(titles))]
    return [Draft([], [top, below], rows, merged=[m for m in merged if m[:2] != m[2:]])]


def _period_in_rows(maker: TableMaker) -> list[Draft]:
    writings = {key: maker.writing(key) for key in maker.subject.indicators}
    header = [*maker.territory_titles(), "Période"]
    header += [f"{maker.title(key)}{w.suffix}" for key, w in writings.items()]
    rows = [
        [
            *maker.territory(code),
            write_period(maker.rng, period, workbook=maker.workbook),
            *(maker.cell(code, key, period, w) for key, w in writings.items()),
        ]
        for code in maker.subject.codes
        for period in maker.subject.periods
    ]
    return [Draft([], [header], rows)]


def _indicator_in_rows(maker: TableMaker) -> list[Draft]:
    """One figure a row, in plain units: the row alone says what it is."""
    labels = {key: maker.known_keys.settings.indicators[key].label for key in TITLES}
    plain = Writing("", lambda v: str(v).replace(".", ","))
    rows = [
        [*maker.territory(code), labels[key], maker.period_text(p), maker.cell(code, key, p, plain)]
        for code in maker.subject.codes
        for key in maker.subject.indicators
        for p in maker.subject.periods
    ]
    return [Draft([], [[*maker.territory_titles(), "Indicateur", "Période", "Valeur"]], rows)]


def _corridors(maker: TableMaker) -> list[Draft]:
    """Documents by corridor, in columns or in rows, of one year."""
    key, year = "documents_deposited", maker.subject.periods[0][:4]
    corridors = maker.known_keys.settings.corridors
    names = {c: maker.rng.choice((corridors[c].label, corridors[c].short)) for c in corridors}
    writing = Writing("", lambda v: str(int(v)))
    titles, codes = maker.territory_titles(), maker.subject.codes
    above = [[f"{TITLES[key][0]} {year} par couloir"]]
    if maker.rng.random() < 0.5:
        header = [*titles, *names.values()]
        rows = [
            [*maker.territory(code), *(maker.cell(code, key, year, writing, c) for c in names)]
            for code in codes
        ]
        return [Draft(above, [header], rows)]
    rows = [
        [*maker.territory(code), name, maker.cell(code, key, year, writing, c)]
        for code in codes
        for c, name in names.items()
    ]
    return [Draft(above, [[*titles, "Couloir", f"{TITLES[key][0]} {year}"]], rows)]


def _transposed(maker: TableMaker) -> list[Draft]:
    """Territories in columns; periods of one indicator, or indicators of one period, in rows."""
    codes = maker.in_titles(12)
    names = list(codes.values())
    if maker.rng.random() < 0.5:
        key = maker.subject.indicators[0]
        writing = maker.writing(key)
        rows = [
            [maker.period_text(p), *(maker.cell(code, key, p, writing) for code in codes)]
            for p in maker.subject.periods
        ]
        above = [[f"{maker.title(key)}{writing.suffix}"]]
        return [Draft(above, [[maker.rng.choice(("", "Période")), *names]], rows, transposed=True)]
    period = maker.subject.periods[0]
    rows = []
    for key in maker.subject.indicators:
        w = maker.writing(key)
        cells = (maker.cell(code, key, period, w) for code in codes)
        rows.append([f"{maker.title(key)}{w.suffix}", *cells])
    return [Draft(maker.above(period), [["Indicateur", *names]], rows, transposed=True)]


def _sheet_per_period(maker: TableMaker) -> list[Draft]:
    writings = {key: maker.writing(key) for key in maker.subject.indicators}
    titles = [f"{maker.title(key)}{w.suffix}" for key, w in writings.items()]
    return [
        Draft(
            [],
            [[*maker.territory_titles(), *titles]],
            [
                [*maker.territory(c), *(maker.cell(c, key, year, w) for key, w in writings.items())]
                for c in maker.subject.codes
            ],
            name=year,
        )
        for year in (period[:4] for period in maker.subject.periods)
    ]


def _sheet_per_territory(maker: TableMaker) -> list[Draft]:
    writings = {key: maker.writing(key) for key in maker.subject.indicators}
    titles = [f"{maker.title(key)}{w.suffix}" for key, w in writings.items()]
    return [
        Draft(
            [],
            [["Période", *titles]],
            [
                [maker.period_text(p), *(maker.cell(c, key, p, w) for key, w in writings.items())]
                for p in maker.subject.periods
            ],
            name=name,
        )
        for c, name in maker.in_titles(8).items()
    ]


LAYOUTS: dict[str, Callable[[TableMaker], list[Draft]]] = {
    "indicators in columns": _indicators_in_columns,
    "growths": _growths,
    "periods in columns": _periods_in_columns,
    "two header rows": _two_header_rows,
    "periods in rows": _period_in_rows,
    "indicators in rows": _indicator_in_rows,
    "corridors": _corridors,
    "transposed": _transposed,
    "a sheet for each period": _sheet_per_period,
    "a sheet for each territory": _sheet_per_territory,
}
LAYOUTS_WITHOUT_TERRITORIES_IN_ROWS = ("transposed", "a sheet for each territory")
LAYOUTS_OF_SHEETS = ("a sheet for each period", "a sheet for each territory")
