"""Dates as a French spreadsheet shows them, and the period that is shown."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import get_day_names, get_month_names

_MONTHS = get_month_names("wide", locale="fr")  # by number, from 1
_SHORT_MONTHS = get_month_names("abbreviated", locale="fr")
_WEEKDAYS = get_day_names("wide", locale="fr")  # by number, Monday is 0
_SECONDS_PER_DAY = 86_400
_LAST_SERIAL = 2_958_465  # 31 December 9999
_SERIAL_OF_29_FEBRUARY_1900 = 60  # a day that spreadsheets have and the calendar has not
DateToken = tuple[str, str]  # a part of a date with the letters that ask for it, or a literal


def date_of_serial(serial: float, *, is_1904: bool) -> dt.datetime | None:
    """The moment of a number of days, to the second; None for what no spreadsheet shows as a date.

    ``is_1904``: days are counted from 1 January 1904, as on old Macintoshes.
    """
    if is_1904:
        first = dt.datetime(1904, 1, 1)
    elif serial >= _SERIAL_OF_29_FEBRUARY_1900 + 1:
        first = dt.datetime(1899, 12, 30)
    elif serial >= _SERIAL_OF_29_FEBRUARY_1900:
        return None
    else:
        first = dt.datetime(1899, 12, 31)
    if not 0 <= serial < _LAST_SERIAL + 1:
        return None
    return first + dt.timedelta(seconds=round(serial * _SECONDS_PER_DAY))


def serial_of_date(moment: dt.datetime, *, is_1904: bool = False) -> float:
    """Days since the end of 1899, or since 1 January 1904, as a spreadsheet counts them."""
    if is_1904:
        return (moment - dt.datetime(1904, 1, 1)) / dt.timedelta(days=1)
    serial = (moment - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)
    return serial if serial >= _SERIAL_OF_29_FEBRUARY_1900 + 1 else serial - 1


def show_date(moment: dt.datetime, tokens: list[DateToken], serial: float) -> tuple[str, str]:
    """The text of a date in its format, and its period as precise as this text: a year, a month, a
    day, or nothing when the year is not shown."""
    has_half_days = any(kind == "half" for kind, _ in tokens)
    text = "".join(
        letters if kind == "literal" else _show_part(kind, letters, moment, serial, has_half_days)
        for kind, letters in tokens
    )
    shown = {kind for kind, _ in tokens} - {"literal"}
    if "year" not in shown or "quarter" in shown:
        return text, ""
    if "month" not in shown:
        return text, "" if "day" in shown else f"{moment:%Y}"
    return text, f"{moment:%Y-%m-%d}" if "day" in shown else f"{moment:%Y-%m}"


def _show_part(
    kind: str, letters: str, moment: dt.datetime, serial: float, has_half_days: bool
) -> str:
    width = len(letters)
    if kind == "year":
        return f"{moment:%Y}" if width > 2 else f"{moment.year % 100:02d}"
    if kind == "month" and width > 2:
        name: str = (_SHORT_MONTHS if width == 3 else _MONTHS)[moment.month]
        return name[0] if width == 5 else name
    if kind == "weekday":
        name = str(_WEEKDAYS[moment.weekday()])
        return f"{name[:3]}." if width == 3 else name
    if kind == "half":
        return "AM" if moment.hour < 12 else "PM"
    if kind == "elapsed":
        seconds = round(serial * _SECONDS_PER_DAY)
        divisor = {"h": 3600, "m": 60, "s": 1}[letters[0].lower()]
        return f"{seconds // divisor:0{width}d}"
    if kind == "fraction":
        seconds_of_day = Decimal(f"{serial:.15g}") % 1 * _SECONDS_PER_DAY
        shown = (seconds_of_day % 1).quantize(Decimal(1).scaleb(1 - width), ROUND_HALF_UP)
        return f"{shown:f}"[1:].replace(".", ",")
    hour = (moment.hour - 1) % 12 + 1 if has_half_days else moment.hour
    number = {
        "month": moment.month,
        "day": moment.day,
        "quarter": (moment.month + 2) // 3,
        "hour": hour,
        "minute": moment.minute,
        "second": moment.second,
    }[kind]
    return f"T{number}" if kind == "quarter" else f"{number:0{min(width, 2)}d}"
