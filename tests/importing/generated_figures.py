"""Invented figures, and the many ways in which a table may write each of them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from proposed_figures import Figure, plain_number
from sheet_tabs import Shown

from atlas.observations.checks import KnownKeys
from atlas.territories import Kind

# Titles under which each indicator is known without a doubt.
TITLES = {
    "activation_rate": ("Taux d’activation", "Taux d'activation", "TAUX D’ACTIVATION"),
    "activation_rate_60_plus": ("Taux d’activation des 60 ans et plus",),
    "opposition_rate": ("Taux d’opposition", "Taux d'opposition"),
    "profiles_closed_share": ("Part des profils fermés",),
    "activated_profiles": ("Profils activés", "Nombre de profils activés"),
    "profiles_created": ("Profils créés", "Nombre de profils créés"),
    "ambassadors": ("Ambassadeurs", "Nombre d’ambassadeurs"),
    "people_sensitized": ("Personnes sensibilisées", "Nombre de personnes sensibilisées"),
    "documents_deposited": ("Documents déposés dans l’année",),
}
RATES = {"activation_rate", "activation_rate_60_plus", "opposition_rate", "profiles_closed_share"}
_SMALL_COUNTS = {"ambassadors", "people_sensitized"}
_FLOWS_OF_A_YEAR = {"documents_deposited", "people_sensitized"}
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_SPACES = (" ", "\u00a0", "\u202f")
_LEVELS: tuple[Kind, ...] = ("DEP", "DEP", "DEP", "DEP", "REG", "REG", "CPAM")


@dataclass(frozen=True)
class Writing:
    """How the numbers of one column are written.

    ``suffix``: what the title adds (« (en milliers) »); ``write``: a number → what its cell holds.
    """

    suffix: str
    write: Callable[[Decimal], object]


@dataclass(frozen=True)
class Subject:
    """What a table is about: territories of one kind, indicators and periods of one precision."""

    kind: Kind
    codes: list[str]
    indicators: list[str]
    periods: list[str]


def draw_subject(rng: Random, known_keys: KnownKeys) -> Subject:
    """Three to fourteen territories, sometimes all, one to three indicators and periods."""
    kind = rng.choice(_LEVELS)
    codes = known_keys.territories.of_kind(kind, "FR")
    if rng.random() < 0.9:
        codes = sorted(rng.sample(codes, rng.randint(3, 14)))
    shape = rng.choice(("{0}", "{0}", "{0}-{1:02}", "{0}-12-31"))
    # What is counted over a year has no month.
    titles = [key for key in sorted(TITLES) if shape == "{0}" or key not in _FLOWS_OF_A_YEAR]
    indicators = rng.sample(titles, rng.randint(1, 3))
    year = rng.randint(2019, 2028)
    years = [year + more for more in range(rng.randint(1, 3))]
    month = rng.randint(1, 12)
    return Subject(kind, codes, indicators, [shape.format(each, month) for each in years])


def draw_value(rng: Random, indicator: str) -> Decimal:
    """A rate with one decimal, or a count in the size that is usual for it."""
    if indicator == "opposition_rate":
        return Decimal(rng.randint(1, 30)) / 10
    if indicator in RATES:
        return Decimal(rng.randint(80, 790)) / 10
    if indicator in _SMALL_COUNTS:
        return Decimal(rng.randint(3, 900))
    return Decimal(rng.randint(12, 2_400)) * 1_000


def draw_change(rng: Random) -> Decimal:
    """Points or percent, with one decimal."""
    return Decimal(rng.choice((-1, 1, 1, 1)) * rng.randint(1, 240)) / 10


def figure(
    territory: str,
    indicator: str,
    period: str,
    value: Decimal,
    *,
    corridor: str = "",
    change: Decimal | None = None,
    compared_to: str = "",
) -> Figure:
    """The figure that a cell stands for."""
    printed = "" if change is None else plain_number(str(change))
    return Figure(
        territory, indicator, corridor, period, plain_number(str(value)), printed, compared_to
    )


def french(number: Decimal) -> str:
    """« 33,6 »."""
    return plain_number(str(number)).replace(".", ",")


def _grouped(number: Decimal, space: str) -> str:
    return f"{int(number):,}".replace(",", space)


def draw_writing(rng: Random, indicator: str, *, workbook: bool) -> Writing:
    """How a column of an indicator is written in a CSV or in a workbook."""
    make = _rate_writings if indicator in RATES else _count_writings
    return rng.choice(make(rng, indicator, workbook=workbook))


def _rate_writings(rng: Random, indicator: str, *, workbook: bool) -> list[Writing]:
    space = rng.choice(("", *_SPACES))
    hidden = rng.uniform(-0.0004, 0.0004)  # decimals that the format does not show
    texts = [
        Writing(rng.choice((" (%)", " (en %)", ", en %")), french),
        Writing("", lambda v: f"{french(v)}{space}%"),
        Writing("", lambda v: f"{v}{space}%"),
        Writing("", french),
        Writing("", lambda v: french(v / 100)),
    ]
    if not workbook:
        return texts
    return texts[:3] + [
        Writing("", lambda v: float(v)),
        Writing(" (%)", lambda v: float(v)),
        Writing("", lambda v: Shown(float(v / 100), "0.0%")),
        Writing("", lambda v: Shown(float(v / 100) + hidden, "0.0%")),
        Writing("", lambda v: Shown(float(v), '0.0" %"')),
        Writing(" (en %)", lambda v: Shown(float(v) + hidden, "0.0")),
    ]


def _count_writings(rng: Random, indicator: str, *, workbook: bool) -> list[Writing]:
    space = rng.choice(_SPACES)
    thousands = rng.choice((" (en milliers)", " (milliers)", ", en milliers"))
    writings = [
        Writing("", lambda v: str(int(v))),
        Writing("", lambda v: _grouped(v, space)),
    ]
    if indicator not in _SMALL_COUNTS:
        writings.append(Writing(thousands, lambda v: french(v / 1_000)))
        writings.append(Writing(" (en millions)", lambda v: french(v / 1_000_000)))
    if not workbook:
        return writings
    writings[0] = Writing("", int)
    writings.append(Writing("", lambda v: Shown(int(v), "#,##0")))
    if indicator not in _SMALL_COUNTS:
        writings.append(Writing(thousands, lambda v: float(v / 1_000)))
        writings.append(Writing(thousands, lambda v: Shown(int(v), "#,##0,")))
    return writings


def draw_change_writing(rng: Random, indicator: str, *, workbook: bool) -> Writing:
    """How the points of a rate, or the percent of a count, are written."""
    if indicator in RATES:
        return Writing(" (points)", lambda v: french(v))
    writings = [Writing(" (%)", french), Writing("", lambda v: f"{french(v)} %")]
    if workbook:
        writings.append(Writing("", lambda v: Shown(float(v / 100), "0.0%")))
        writings.append(Writing("", lambda v: Shown(float(v), '0.0" %"')))
    return rng.choice(writings)


def write_period(rng: Random, period: str, *, workbook: bool = False) -> object:
    """A period as a cell or a title writes it; one that a workbook shows may be a date."""
    year, _, rest = period.partition("-")
    if not rest:
        as_date = Shown(datetime.date(int(year), 12, 31), "yyyy")
        return as_date if workbook and rng.random() < 0.3 else year
    month, _, day = rest.partition("-")
    name = _MONTHS[int(month) - 1]
    date = datetime.date(int(year), int(month), int(day or 1))
    if workbook and rng.random() < 0.4:
        return Shown(date, "dd/mm/yyyy" if day else "mmm-yy")
    if day:
        return rng.choice((f"{day}/{month}/{year}", f"{int(day)} {name} {year}"))
    return rng.choice((f"{name} {year}", f"{month}/{year}", period))
