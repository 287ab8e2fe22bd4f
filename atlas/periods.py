"""Periods as published (``2025``, ``2025-12``, ``2025-12-31``) and as compared."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Literal

from babel.dates import format_date

Accumulation = Literal["stock", "flow", "rolling"]
_FORM = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_MONTHS = re.compile(r"[1-9]\d{0,2}")


def is_period(text: str) -> bool:
    """True for a year, a month or a day that the calendar has."""
    if not _FORM.fullmatch(text):
        return False
    try:
        dt.date.fromisoformat(text if len(text) == 10 else f"{text[:4]}-{text[5:7] or '01'}-01")
    except ValueError:
        return False
    return True


def is_day(text: str) -> bool:
    """True for « 2027-01-30 »."""
    return len(text) == len("2027-01-30") and is_period(text)


def is_window(text: str) -> bool:
    """True for a number of months (``12``) or for the period that a count starts with."""
    return bool(_MONTHS.fullmatch(text)) or is_window_start(text)


def is_window_start(text: str) -> bool:
    """True for a window that says when it starts (``2025-08``), and not how long it is."""
    return len(text) >= 4 and is_period(text)


def months_of_window(window: str, period: str) -> int:
    """How many months a rolling figure covers: ``12``, or those from ``2025-08`` to the period."""
    return months_between(window, period) + 1 if is_window_start(window) else int(window)


def reference_period(period: str, accumulation: Accumulation) -> str:
    """The period under which values are compared.

    A stock is a state at a date: « 2025 » means its end, so it joins ``2025-12``, and a day joins
    its month. So does a rolling figure, a total over months that end with its period. A flow is a
    total over its period and stays as published.
    """
    if accumulation == "flow":
        return period
    return end_month(period)


def end_month(period: str) -> str:
    """Last month covered, ``2025`` → ``2025-12``: the order of periods in time."""
    return f"{period}-12" if len(period) == 4 else period[:7]


def last_day(period: str) -> str:
    """Its last day, ``2025-12`` → ``2025-12-31``: where a period stands on an axis of time."""
    if len(period) == 10:
        return period
    month = dt.date.fromisoformat(f"{end_month(period)}-01")
    return ((month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)).isoformat()


def a_year_before(period: str) -> str:
    """The same period one year earlier."""
    return f"{int(period[:4]) - 1:04d}{period[4:]}"


def months_between(earlier: str, later: str) -> int:
    """Months from the end of one period to the end of another, negative when it goes back."""
    first, last = end_month(earlier), end_month(later)
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:])


@lru_cache(maxsize=4096)  # every page lists them, at each run
def label(period: str, accumulation: Accumulation = "flow") -> str:
    """In French: « 2025 », « fin 2025 » for a stock, « mars 2026 », « 31 décembre 2025 »."""
    if len(period) == 4:
        return f"fin\u00a0{period}" if accumulation == "stock" else period
    if len(period) == 7:
        return format_date(dt.date.fromisoformat(f"{period}-01"), "MMMM\u00a0yyyy", locale="fr")
    day = dt.date.fromisoformat(period)
    text = format_date(day, "d\u00a0MMMM\u00a0yyyy", locale="fr")
    return text.replace("1\u00a0", "1ᵉʳ\u00a0", 1) if day.day == 1 else text


def short_label(period: str) -> str:
    """For a narrow column: « 2025 », « déc. 2025 », « 31 déc. 2025 »."""
    if len(period) == 4:
        return period
    form = "d\u00a0MMM\u00a0yyyy" if len(period) == 10 else "MMM\u00a0yyyy"
    return format_date(dt.date.fromisoformat(f"{period}-01"[:10]), form, locale="fr")


def months_before(period: str, months: int) -> str:
    """The month that ends so many months before a period does: 2025-02, 12 → 2024-02."""
    end = end_month(period)
    count = int(end[:4]) * 12 + int(end[5:7]) - 1 - months
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def since(period: str, accumulation: Accumulation = "flow") -> str:
    """The base of a change: « depuis fin 2024 » for a stock, « par rapport à 2024 » for a flow."""
    joint = "depuis" if accumulation == "stock" else "par rapport à"
    return f"{joint} {label(period, accumulation)}"
