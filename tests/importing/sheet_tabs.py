"""What the sheets of a test are described with, whatever library writes them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Shown:
    """A number or a date, and the format of Excel that shows it: ``Shown(0.437, "0.0%")``."""

    value: float | datetime.date
    format: str


@dataclass(frozen=True)
class Formula:
    """A formula, and the result that a spreadsheet would have kept.

    XlsxWriter alone writes the result, and a 0 without one; openpyxl and xlwt write none.
    """

    text: str
    result: float | str = 0
    format: str = "General"


@dataclass(frozen=True)
class Raised:
    """A text with the mark of a note in superscript behind it."""

    text: str
    mark: str


Row = Sequence[object]


@dataclass(frozen=True)
class Tab:
    """One sheet. ``merged``: ranges (« A2:A3 »); rows and columns that are hidden, from 0."""

    name: str
    rows: Sequence[Row]
    merged: tuple[str, ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
