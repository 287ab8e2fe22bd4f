"""When: the words that say the period of a value, and what a change is compared with."""

from __future__ import annotations

import re

from atlas import french, periods
from atlas.settings import Indicator
from atlas.values import Value

# Small numbers of months and years are written in letters.
_IN_LETTERS = {
    2: "deux",
    3: "trois",
    4: "quatre",
    5: "cinq",
    6: "six",
    7: "sept",
    8: "huit",
    9: "neuf",
    10: "dix",
    11: "onze",
    12: "douze",
    18: "dix-huit",
}
_MONTH_OF_A_WINDOW = re.compile(r"\d{1,3}")
#: Last month of « début 2023 », first month of « fin 2023 ».
LAST_EARLY_MONTH, FIRST_LATE_MONTH = 3, 11


def date_phrase(period: str, indicator: Indicator) -> str:
    """« à la fin de 2025 » of a stock, « en 2025 » of a flow, « en mars 2026 », « le 7 octobre
    2024 »."""
    label = periods.label(period)
    if len(period) == 10:
        return f"le {label}"
    is_end = len(period) == 4 and indicator.accumulation == "stock"
    return f"à la fin de {label}" if is_end else f"en {label}"


def window_months(value: Value) -> int:
    """How many months end with the period of a rolling value; 0 for what is not rolling."""
    if _MONTH_OF_A_WINDOW.fullmatch(value.window):
        return int(value.window)
    of_indicator = value.indicator.sentence.window_months if value.indicator else None
    return 0 if value.window or of_indicator is None else of_indicator


def window_label(value: Value) -> str:
    """« sur un an », « sur deux mois », « depuis août 2025 »: beside the period of a rolling value;
    empty for another, and where the name of the indicator says it."""
    if value.window and not _MONTH_OF_A_WINDOW.fullmatch(value.window):
        return f"depuis {periods.label(value.window)}"
    of_indicator = value.indicator.sentence.window_months if value.indicator else None
    months = int(value.window) if value.window else 0
    if months in (0, of_indicator) or (len(value.period) == 4 and months == 12):
        return ""
    return _length("en", months).replace("en ", "sur ", 1)


def period_phrase(value: Value) -> str:
    """The words that say when, for the head of a sentence: « à la fin de 2025 », « depuis août
    2025 », « en un an, par rapport à février 2024 ».

    Empty for a period that the source does not print and that no window tells: it is not said as
    if it were known. Raises ValueError for a value of no indicator.
    """
    if value.indicator is None:
        raise ValueError("only the value of an indicator has a period to say")
    if value.indicator.sentence.since:
        return value.indicator.sentence.since
    if value.window and not _MONTH_OF_A_WINDOW.fullmatch(value.window):
        return f"depuis {periods.label(value.window)}"
    months = window_months(value)
    if months and value.is_period_assumed:
        return _length("en", months)
    if months > 1:
        return _window_phrase(value.period, months, value.indicator)
    if value.is_period_assumed:
        return ""
    return date_phrase(value.period, value.indicator)


def _window_phrase(period: str, months: int, indicator: Indicator) -> str:
    """A gain is said from the date that it started from, a total over its months."""
    if len(period) == 4 and months == 12:
        return f"en {period}"
    end = periods.end_month(period)
    if not indicator.sentence.is_increment:
        return f"{_length('sur', months)} achevés en {periods.label(end)}"
    if months % 12 == 0:
        start = periods.months_before(period, months)
        return f"{_length('en', months)}, par rapport à {periods.label(start)}"
    month, year = int(end[5:7]), end[:4]
    if month <= LAST_EARLY_MONTH:
        return f"{_length('en', months)}, début\u00a0{year}"
    if month >= FIRST_LATE_MONTH:
        return f"{_length('en', months)}, fin\u00a0{year}"
    return f"{_length('en', months)}, jusqu’en {periods.label(end)}"


def _length(joint: str, months: int) -> str:
    """« en un an », « en deux mois », « sur les douze mois », « sur les deux ans »."""
    if joint == "sur":
        years = months % 12 == 0 and months > 12
        count = months // 12 if years else months
        return f"sur les {_IN_LETTERS.get(count, str(count))} {'ans' if years else 'mois'}"
    if months % 12 == 0:
        years_count = months // 12
        in_letters = "un" if years_count == 1 else _IN_LETTERS.get(years_count, str(years_count))
        return f"{joint} {in_letters} an{'s' if years_count > 1 else ''}"
    return f"{joint} {'un' if months == 1 else _IN_LETTERS.get(months, str(months))} mois"


def is_in_the_past(value: Value) -> bool:
    """True for a state said with its date: « en octobre 2024, 15 millions étaient activés ».

    What happened over a period is a perfect whatever the date, and a state without date a present.
    """
    return (
        value.indicator is not None
        and (value.indicator.accumulation == "stock" or value.indicator.sentence.is_past_when_dated)
        and not value.indicator.sentence.since
        and (not value.window or window_months(value) == 1)
        and window_months(value) < 2
        and not value.is_period_assumed
    )


def than_phrase(change: Value) -> str:
    """« qu’en 2024 », « qu’à la fin de 2024 », « que le 7 octobre 2024 »; for a total over months
    « que sur les douze mois achevés en avril 2024 »."""
    when = _base_phrase(change)
    return f"que {when}" if when.startswith(("le ", "sur ")) else f"qu’{when}"


def against_phrase(change: Value) -> str:
    """« par rapport à 2024 », « par rapport à la fin de 2024 », « par rapport au 5 février
    2024 »."""
    when = _base_phrase(change)
    if when.startswith("le "):
        return f"par rapport au {when.removeprefix('le ')}"
    if when.startswith("à "):
        return f"par rapport {when}"
    if when.startswith("sur les "):
        return f"par rapport aux {when.removeprefix('sur les ')}"
    return f"par rapport à {when.removeprefix('en ')}"


def _base_phrase(change: Value) -> str:
    if change.indicator is None or not change.compared_to:
        raise ValueError("only a change with a base has one to say")
    months = window_months(change)
    if months > 1 and not change.indicator.sentence.is_increment:
        return _window_phrase(change.compared_to, months, change.indicator)
    return date_phrase(change.compared_to, change.indicator)


def assumption_note(value: Value) -> str:
    """« Année 2025 supposée : le document ne la précise pas. »; empty for one that is printed."""
    if not value.is_period_assumed or not value.period:
        return ""
    label = periods.label(value.period)
    if len(value.period) == 4:
        said = f"Année {label} supposée : le document ne la précise pas."
    else:
        said = f"Date supposée ({label}) : le document ne la précise pas."
    return french.keep_with_punctuation(said)
