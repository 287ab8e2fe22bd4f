"""A sheet of a file: its cells as a spreadsheet shows them, whatever kind of file holds them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

Position = tuple[int, int]  # row and column of a cell in ``Sheet.cells``, from 0
CellState = Literal["", "error", "not calculated", "unclear"]
CellUnit = Literal["", "%", "points"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, as it is shown.

    ``text``: what a French spreadsheet shows: « 43,7 % », « oct.-25 », « Landes »; marks of notes
    in superscript left out, control characters too. ``number``: of a numeric cell, the number that
    is shown, as data/<year>.csv writes it (« 43.7 » for 0.4368 shown « 43,7 % »); empty for texts
    and dates. ``unit``, ``scale``: what its number format adds to that number: a percent sign or
    « pts », the power of 1 000 that commas hide (« 25 052 » for 25 052 377 has a scale of 1 000).
    ``period``: of a date, as precise as it is shown: 2025, 2025-10 or 2025-10-01. ``value``,
    ``format``: the stored number, None without one, and its number format. ``notes``: marks of
    notes in superscript. ``state``: a formula that no spreadsheet has calculated yet, or that ends
    in an error; « unclear » for a number that its format shows otherwise than as a plain number
    (fraction, exponent, sign left out): it has no ``number``. ``merged``: position of the first
    cell of the range that it is merged into, which gives it all its other fields; that first cell
    has it too; None for a cell of its own. A number that its format hides (« ;;; ») is an empty
    cell with a ``value``.
    """

    text: str = ""
    number: str = ""
    unit: CellUnit = ""
    scale: int = 1
    period: str = ""
    value: float | None = None
    format: str = ""
    notes: tuple[str, ...] = ()
    state: CellState = ""
    merged: Position | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it shows nothing and has nothing to say."""
        return not self.text and not self.state


EMPTY_CELL = Cell()


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file.

    ``name``: empty for a CSV. ``cells``: rows of the same length. ``top``, ``left``: row and column
    of the first cell in the original file, from 0. ``hidden``: whether the spreadsheet hides the
    sheet. ``hidden_rows``, ``hidden_columns``: indexes in ``cells`` of those that it hides.
    ``transposed``: whether its columns are the rows of the original file. ``heading``: texts that
    stood above the part of a sheet that this one is. ``says_its_name``: in the addresses of its
    cells, where several sheets are read together.
    """

    name: str
    cells: list[list[Cell]]
    top: int = 0
    left: int = 0
    hidden: bool = False
    hidden_rows: frozenset[int] = field(default=frozenset())
    hidden_columns: frozenset[int] = field(default=frozenset())
    transposed: bool = False
    heading: tuple[str, ...] = ()
    says_its_name: bool = False

    def address(self, row: int, column: int) -> str:
        """Where a cell stands in the original file, as a spreadsheet says it: « C14 ».

        ``row``, ``column``: its place in ``cells``, from 0.
        """
        prefix = f"{self.name}!" if self.says_its_name else ""
        letters = column_letters(self.left + (row if self.transposed else column))
        return f"{prefix}{letters}{self.line(row, column)}"

    def row_name(self, row: int) -> str:
        """What the original file calls a row: « 14 », or « C » for a column read as a row."""
        return column_letters(self.left + row) if self.transposed else str(self.top + row + 1)

    def line(self, row: int, column: int) -> int:
        """The number of the row of the original file in which a cell stands, from 1."""
        return self.top + (column if self.transposed else row) + 1

    def transpose_from(self, row: int) -> Sheet:
        """The cells from one row on, with rows for columns; the texts above become the heading.

        The addresses of cells stay those of the file.
        """
        above = dict.fromkeys(c.text for cells in self.cells[:row] for c in cells if c.text)
        return replace(
            self,
            cells=[list(column) for column in zip(*self.cells[row:], strict=True)],
            top=self.top + row,
            hidden_rows=self.hidden_columns,
            hidden_columns=frozenset(index - row for index in self.hidden_rows if index >= row),
            transposed=True,
            heading=tuple(above),
        )


def column_letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def number_cell(value: float) -> Cell:
    """The cell of a number without a format: 43.7 is shown « 43,7 »."""
    shown = f"{Decimal(f'{value:.15g}'):f}"
    return Cell(shown.replace(".", ","), number=shown, value=value)
