"""The numbers, dates and durations that a French title says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from atlas.values import Value

Unit = Literal["percent", "points", "times", "count"]
#: How a number is said: exactly, or on which side of it the value is.
Side = Literal["exact", "over", "under", "near", "about"]

# fmt: off
_UNITS_TO_SIXTEEN = (
    "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit",
    "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize",
)
# fmt: on
_NUMBER_WORDS: dict[str, int] = {
    **{word: place for place, word in enumerate(_UNITS_TO_SIXTEEN, 1)},
    "une": 1,
    "dix-sept": 17,
    "dix-huit": 18,
    "dix-neuf": 19,
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "cent": 100,
    "mille": 1000,
}
_TENS = ("vingt", "trente", "quarante", "cinquante", "soixante")
_NUMBER_WORDS |= {
    f"{ten}-{unit}" if unit != "un" else f"{ten} et un": _NUMBER_WORDS[ten] + _NUMBER_WORDS[unit]
    for ten in _TENS
    for unit in _UNITS_TO_SIXTEEN[:9]
}
_FRACTIONS: dict[str, float] = {
    "la moitie": 50,
    "un tiers": 100 / 3,
    "deux tiers": 200 / 3,
    "un quart": 25,
    "trois quarts": 75,
    "un cinquieme": 20,
    "deux cinquiemes": 40,
    "un dixieme": 10,
}
_SCALES = {"millier": 1e3, "million": 1e6, "milliard": 1e9}
# fmt: off
_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)
# fmt: on
_SIDES: tuple[tuple[str, Side], ...] = (
    (r"(?:plus d(?:e|')|au moins|au-dela d(?:e|'))", "over"),
    (r"(?:moins d(?:e|'))", "under"),
    (r"(?:pres d(?:e|')|presque|quasi(?:ment)?|a peine)", "near"),
    (r"(?:environ|quelque|autour d(?:e|')|un peu plus d(?:e|'))", "about"),
)
#: As a regular expression, without a group.
WORDS_OF_NUMBERS = "|".join(sorted(map(re.escape, _NUMBER_WORDS), key=len, reverse=True))
_WORD = WORDS_OF_NUMBERS
_DIGITS = r"[+-]?(?:\d{1,3}(?: \d{3})+|\d+)(?:,\d+)?"
_SIDE = "|".join(pattern for pattern, _ in _SIDES)
_NUMBER = re.compile(
    rf"(?:(?P<side>{_SIDE}) ?)?(?<![\w,])(?:"
    rf"(?P<fraction>{'|'.join(map(re.escape, _FRACTIONS))})"
    rf"|(?P<part>{_WORD}|\d+) (?P<parted>[a-z'-]+) sur (?P<whole>{_WORD}|\d+)"
    rf"|(?P<number>{_DIGITS}|(?:{_WORD}))"
    r"(?: ?(?P<unit>%|points?\b|fois\b|milliers?\b|millions?\b|milliards?\b))?"
    r")(?![\w,]*\d)(?!\w)"
)
_TIMES = re.compile(r"[x×] ?(?P<number>\d+(?:,\d+)?)")
_DATE = re.compile(
    r"\b(?:(?:fin|debut|la fin de|courant) )?(?:\d{1,2}(?:er)? )?"
    rf"(?:(?P<month>{'|'.join(_MONTHS)}) )?"
    r"(?P<year>20[0-4]\d)\b"
)
_DURATION = re.compile(rf"\b(?P<number>\d+|{_WORD}) (?P<unit>ans?|annees?|mois|semaines?|jours?)\b")
#: Numbers that only name a place in a document.
_REFERENCE = re.compile(
    r"\b(?:annexes?|pages?|p\.|n°|no|numero|parties?|figures?|tableaux?|chapitres?|etapes?) ?\d+"
)
#: How far from the fraction that a title says its value may be, in points: a third is said of 33.
FRACTION_TOLERANCE_POINTS = 0.5
#: A number with a word of scale says its value within this share of it.
SCALE_TOLERANCE = 0.05
#: How far over its number « plus de » reaches, and under it « moins de » and « près de ».
OVER_REACH, NEAR_REACH = 0.25, 0.05


@dataclass(frozen=True)
class SaidNumber:
    """A number of a title. step: the amount of one unit of its last digit; decimals: of the number
    as written, in its scale; scale: 1, or a million; text: as the title writes it, flat.

    is_fraction: said as a part of a whole (« un tiers », « un profil sur trois »), in percent;
    noun: the word after it, of which a whole of territories is known by its kind.
    """

    start: int
    end: int
    text: str
    amount: float
    unit: Unit
    step: float
    decimals: int
    side: Side = "exact"
    scale: float = 1.0
    is_fraction: bool = False
    noun: str = ""
    has_sign: bool = False
    whole: float = 0.0
    part: float = 0.0


@dataclass(frozen=True)
class SaidDate:
    """A year or a month: « 2025 », « 2024-12 »."""

    start: int
    end: int
    period: str


@dataclass(frozen=True)
class SaidDuration:
    """« en un an », « en six mois », in months."""

    start: int
    end: int
    months: float


def dates_in(flat: str) -> list[SaidDate]:
    """Each year and month of a text (`plain`)."""
    found = []
    for match in _DATE.finditer(flat):
        month = match["month"]
        period = match["year"] + (f"-{_MONTHS.index(month) + 1:02d}" if month else "")
        found.append(SaidDate(match.start(), match.end(), period))
    return found


def durations_in(flat: str) -> list[SaidDuration]:
    """Each length of time of a text."""
    found = []
    for match in _DURATION.finditer(flat):
        months = {"a": 12.0, "m": 1.0, "s": 12 / 52, "j": 12 / 365}[match["unit"][0]]
        found.append(SaidDuration(match.start(), match.end(), number_of(match["number"]) * months))
    return found


def references_in(flat: str) -> list[tuple[int, int]]:
    """Where numbers only name a part of a document."""
    return [match.span() for match in _REFERENCE.finditer(flat)]


def numbers_in(flat: str) -> list[SaidNumber]:
    """Each number of a text whose dates, durations and references are blanked."""
    found = [_said_number(flat, match) for match in _NUMBER.finditer(flat)]
    found += [_times(match) for match in _TIMES.finditer(flat)]
    return sorted((one for one in found if one), key=lambda one: one.start)


def _times(match: re.Match[str]) -> SaidNumber:
    amount = number_of(match["number"])
    decimals = len(match["number"].partition(",")[2])
    return SaidNumber(
        match.start(), match.end(), match[0], amount, "times", 10.0**-decimals, decimals
    )


def _said_number(flat: str, match: re.Match[str]) -> SaidNumber | None:
    side: Side = "exact"
    for pattern, known in _SIDES:
        if match["side"] and re.fullmatch(pattern, match["side"]):
            side = known
    text = match[0].strip()
    place = (match.start(), match.end(), text)
    if match["fraction"]:
        amount = _FRACTIONS[match["fraction"]]
        return SaidNumber(*place, amount, "percent", 1.0, 0, side, is_fraction=True)
    noun = _noun_after(flat, match.end())
    if match["part"]:
        part, whole = number_of(match["part"]), number_of(match["whole"])
        if not whole or part > whole:
            return None
        return SaidNumber(
            *place,
            100 * part / whole,
            "percent",
            1.0,
            0,
            side,
            is_fraction=True,
            noun=match["parted"],
            whole=whole,
            part=part,
        )
    number, unit = match["number"], (match["unit"] or "").rstrip("s")
    if number in ("un", "une") and not unit:
        return None  # an article
    amount = number_of(number)
    decimals = len(number.partition(",")[2])
    scale = _SCALES.get(unit, 1.0)
    kind: Unit = (
        "percent"
        if unit == "%"
        else "points"
        if unit == "point"
        else "times"
        if unit == "foi"
        else "count"
    )
    step = scale * 10.0**-decimals
    if kind == "count" and scale == 1 and not decimals and amount >= 1000:
        step = 10.0 ** _trailing_zeros(amount)
    return SaidNumber(
        *place,
        amount * scale,
        kind,
        step,
        decimals,
        side,
        scale,
        noun=noun,
        has_sign=number[:1] in "+-",
    )


def _noun_after(flat: str, end: int) -> str:
    match = re.match(r" ?(?:d(?:e|es)\b |d')?([a-z]+)", flat[end:])
    return match[1] if match else ""


def number_of(text: str) -> float:
    """A number in digits or in words (« neuf »)."""
    if text in _NUMBER_WORDS:
        return float(_NUMBER_WORDS[text])
    return float(text.replace(" ", "").replace(",", "."))


def _trailing_zeros(amount: float) -> int:
    text = f"{amount:.0f}"
    return len(text) - len(text.rstrip("0"))


@dataclass(frozen=True)
class KnownAmount:
    """An amount of a figure in the unit of a number that may say it. decimals: as its source
    prints it, None when that is unknown; low, high: what it may be, rounding included; is_range:
    nothing more precise is known of it."""

    amount: float
    unit: Unit
    decimals: int | None
    low: float
    high: float
    is_range: bool = False


def agreement(number: SaidNumber, known: KnownAmount) -> bool | None:
    """True where a number says an amount, False where it does not, None where the amount is only
    known within limits that hold the number."""
    if number.unit != known.unit:
        return False
    if known.is_range and known.low - 1e-9 <= number.amount <= known.high + 1e-9:
        return None
    if known.decimals is not None and number.scale == 1 and number.decimals > known.decimals:
        return False
    return _is_said_by(number, known.amount)


def _is_said_by(number: SaidNumber, amount: float) -> bool:
    said, size = number.amount, abs(number.amount)
    slack = 1e-9 * max(1.0, size)
    half = number.step / 2
    if number.is_fraction:
        half = FRACTION_TOLERANCE_POINTS
    elif number.scale > 1 or number.step > 1:
        half = min(half, SCALE_TOLERANCE * size)
    if number.side == "over":
        return said - slack <= amount <= said + max(OVER_REACH * size, half) + slack
    if number.side == "under":
        return said - max(OVER_REACH * size, half) - slack <= amount <= said + slack
    if number.side == "near":
        return said - max(NEAR_REACH * size, half) - slack <= amount <= said + half + slack
    if number.side == "about":
        return abs(amount - said) <= max(SCALE_TOLERANCE * size, half) + slack
    return abs(amount - said) <= half + slack


def limits(value: Value) -> tuple[float, float]:
    """The lowest and the highest that an amount may be: its rounding, its words, its reach."""
    amount = value.number
    if value.reach is not None:
        return value.reach
    decimals = value.decimals
    if decimals is None and value.indicator is not None and value.indicator.in_percent:
        decimals = value.indicator.digits
    half = 0.5 * 10.0**-decimals if decimals is not None else 0.0
    is_count = value.indicator is not None and not value.indicator.in_percent
    if is_count and value.quantity == "level" and abs(amount) >= 1000 and amount == int(amount):
        zeros = _trailing_zeros(abs(amount))
        half = max(half, 0.5 * 10.0**zeros if zeros >= 3 else 0.0)
    if value.qualifier:
        half = max(half, SCALE_TOLERANCE * abs(amount))
    return amount - half, amount + half
