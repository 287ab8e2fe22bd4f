"""Colours, fonts and French locale of every chart, as data: no global Altair theme is touched."""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from atlas.settings.colours import luminance
from atlas.settings.models import Brand

# How far the tint of the year before is on the way to the paper.
PALE_SHARE = 0.72
FONT = "Source Sans Pro, sans-serif"
NUMBER_LOCALE = {"decimal": ",", "thousands": "\u202f", "grouping": [3]}
TIME_LOCALE = {
    "dateTime": "%A %e %B %Y à %X",
    "date": "%d/%m/%Y",
    "time": "%H:%M:%S",
    "periods": ["", ""],
    "days": ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
    "shortDays": ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
    "months": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "shortMonths": [
        "janv.",
        "févr.",
        "mars",
        "avr.",
        "mai",
        "juin",
        "juil.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ],
}


@dataclass(frozen=True)
class Style:
    """The colours that charts use. neutral: areas without a figure; grid: thin lines."""

    ink: str
    muted: str
    paper: str
    neutral: str
    grid: str
    primary: str
    accent: str
    sequential: tuple[str, ...]
    diverging: tuple[str, ...]

    @property
    def hidden(self) -> str:
        """Areas whose figure is secret: darker than those without one."""
        return mix_colours(self.neutral, self.muted, 0.45)

    @property
    def open_class(self) -> str:
        """Areas whose figure is a range over several classes: of no class, and not missing."""
        return mix_colours(self.neutral, self.accent, 0.25)

    @classmethod
    def light(cls, brand: Brand) -> Style:
        """For paper and for the light screen."""
        return cls(
            brand.ink,
            brand.muted,
            "#ffffff",
            brand.neutral,
            "#d9dce5",
            brand.primary,
            brand.accent,
            tuple(brand.sequential),
            tuple(brand.diverging),
        )

    @classmethod
    def dark(cls, brand: Brand) -> Style:
        """For the dark screen: the same scales read from dark to light, so that more stands out on
        each of them, and what is far from zero on the one that has two sides."""
        paper = "#0e1117"
        return cls(
            "#f2f3f8",
            "#b6bccb",
            paper,
            "#262b3a",
            "#3b4153",
            mix_colours(brand.primary, "#ffffff", 0.45),
            mix_colours(brand.accent, "#ffffff", 0.25),
            tuple(reversed(brand.sequential)),
            _from_dark_to_light(brand.diverging, paper),
        )


def _from_dark_to_light(diverging: Sequence[str], paper: str) -> tuple[str, ...]:
    """As many colours, from the dark one of zero to the light hues of both ends."""
    middle = (len(diverging) - 1) / 2
    zero = mix_colours(diverging[math.floor(middle)], paper, 0.85)
    ends = [mix_colours(end, "#ffffff", 0.5) for end in (diverging[0], diverging[-1])]
    return tuple(
        mix_colours(zero, ends[place > middle], abs(place - middle) / middle)
        for place in range(len(diverging))
    )


def vega_config(style: Style, *, with_dates: bool) -> dict[str, Any]:
    """Fonts, colours and French locale. with_dates: French names of months and days too.

    Vega describes axes and bare marks in English (« Y-axis for a discrete scale »): they are left
    out of what is read aloud, which the bars, points and shapes say in French.
    """
    return {
        "font": FONT,
        "view": {"stroke": None},
        "text": {"color": style.ink, "fontSize": 13, "aria": False},
        "line": {"aria": False},
        "rule": {"aria": False},
        "tick": {"aria": False},
        "axis": {
            "aria": False,
            "labelColor": style.ink,
            "labelFontSize": 13,
            "labelLimit": 260,
            "titleColor": style.muted,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "gridColor": style.grid,
            "domainColor": style.grid,
            "tickColor": style.grid,
        },
        "locale": {"number": NUMBER_LOCALE} | ({"time": TIME_LOCALE} if with_dates else {}),
    }


def palette(colours: Sequence[str], size: int) -> list[str]:
    """`size` colours read along the given ones, ends included."""
    if size == 1:
        return [colours[-1]]
    steps = [i * (len(colours) - 1) / (size - 1) for i in range(size)]
    return [
        mix_colours(colours[math.floor(s)], colours[math.ceil(s)], s - math.floor(s)) for s in steps
    ]


def mix_colours(one: str, other: str, share: float) -> str:
    """The colour `share` of the way from one to the other."""
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def pale_tint(shade: str, paper: str) -> str:
    """The tint of a colour for the year before: it recedes towards the paper."""
    return mix_colours(shade, paper, PALE_SHARE)


def readable_on(colour: str) -> str:
    """Black or white, whichever contrasts more with the colour."""
    light = luminance(colour)
    return "#ffffff" if 1.05 / (light + 0.05) > (light + 0.05) / 0.05 else "#000000"


def class_of(value: float, bounds: Sequence[float]) -> int | None:
    """Place of a value among the classes, 0 below the first bound; None for a missing value.

    Classes are closed on the left, as printed: [30 ; 33[ holds 30 and not 33.
    """
    return None if math.isnan(value) else bisect.bisect_right(list(bounds), value)


def as_printed(value: float, digits: int = 1) -> float:
    """The value that a reader sees: one shown as 33,0 is never coloured as below 33."""
    if math.isnan(value):
        return value
    return float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))
