"""What a cell is: an amount, what it measures and what is known of it, before any wording.

Every output makes its own text or format from these: atlas.french for a French text,
atlas.export.cells for a spreadsheet, atlas.figures.common.value_expressions for a browser. No
code reads a number back from a text that this project wrote.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from atlas.settings import Indicator

# What an amount measures: a level (rate, count, average), a change since an earlier period, the
# gap to France in points, a place among territories, or a count of what no indicator measures
# (inhabitants, sources).
Quantity = Literal["level", "change", "gap", "rank", "count"]
# restated: a published number of the same place under another code; derived: computed here.
Status = Literal[
    "published",
    "restated",
    "derived",
    "uncertain",
    "contradicted",
    "secret",
    "missing",
    "not_applicable",
]
# What a column is in its table: the head of its rows, an order, values, or words about them.
Role = Literal["name", "rank", "value", "text"]
# How a derived value is marked in a column: a dagger after it, a word in brackets, or not at all.
Mark = Literal["", "dagger", "word"]


@dataclass(frozen=True)
class Value:
    """One amount. amount: None where there is none, which status explains; indicator: None for a
    count of what no indicator measures.

    noun: what a count counts (« documents »), as its source says it; qualifier: « about »,
    « over »… as the data write it; decimals: of the amount as its source printed it, None when it
    is not known; derivation: how a derived amount was computed, in French; period: the one it
    speaks of; compared_to: the period that a change starts from, empty when its source does not
    say; within_rounding: a change that the rounding of its two levels may explain; printed: the
    form in which its source prints it when that is not digits (« plus d’un usager sur 5 »);
    window: of a rolling figure, its months (``12``) or the period it starts with (``2025-08``);
    is_period_assumed: its source does not print the period; revision: ``provisional`` or
    ``revised``; contradiction: the sentence to print beside an amount that another contradicts;
    reach: the lowest and the highest that a computed amount may be, where the weights of its parts
    are unknown, or that a rank may be; significant_figures: how many of a computed amount its
    inputs bear, None for all; is_tied: a rank that others share.
    """

    amount: float | None
    quantity: Quantity = "level"
    indicator: Indicator | None = None
    noun: str = ""
    qualifier: str = ""
    decimals: int | None = None
    status: Status = "published"
    derivation: str = ""
    period: str = ""
    compared_to: str = ""
    within_rounding: bool = False
    printed: str = ""
    window: str = ""
    is_period_assumed: bool = False
    revision: str = ""
    contradiction: str = ""
    reach: tuple[float, float] | None = None
    significant_figures: int | None = None
    is_tied: bool = False

    @property
    def is_known(self) -> bool:
        """True with an amount to print."""
        return self.amount is not None

    @property
    def is_computed(self) -> bool:
        """True for an amount that this project computed, and that no source prints."""
        return self.status == "derived" and self.is_known

    @property
    def number(self) -> float:
        """The amount as pandas and charts hold it: NaN where there is none."""
        return math.nan if self.amount is None else self.amount


Cell = Value | str


@dataclass(frozen=True)
class Column:
    """key: the same whatever the language and the period; heading: what a reader sees.

    cell_keys: what the cells of a name column stand for (codes of territories, keys of corridors).
    mark: how derived values are marked; says_base: a change is followed by the period that it
    starts from; says_noun: a count is followed by what it counts; says_absence: why there is no
    amount is said, else the cell is left empty; decimals: of every amount, None to write each as
    precisely as it is known.
    """

    key: str
    heading: str
    cells: tuple[Cell, ...]
    role: Role = "text"
    cell_keys: tuple[str, ...] = ()
    mark: Mark = ""
    says_base: bool = False
    says_noun: bool = False
    says_absence: bool = True
    decimals: int | None = None

    @property
    def numbers(self) -> tuple[float, ...]:
        """The amounts, NaN where a cell has none or is a text."""
        return tuple(cell.number if isinstance(cell, Value) else math.nan for cell in self.cells)

    @property
    def is_numeric(self) -> bool:
        """True for a column of values, whatever is missing in it."""
        return self.role in ("rank", "value")


@dataclass(frozen=True)
class Table:
    """Columns of the same length, each known by its key."""

    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        lengths = {len(column.cells) for column in self.columns}
        lengths |= {len(column.cell_keys) for column in self.columns if column.cell_keys}
        if len(lengths) > 1:
            raise ValueError("columns of different lengths")
        if len({column.key for column in self.columns}) < len(self.columns):
            raise ValueError("two columns with one key")

    def __len__(self) -> int:
        return len(self.columns[0].cells) if self.columns else 0

    def __getitem__(self, key: str) -> Column:
        """The column of a key; raises KeyError."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    def __contains__(self, key: str) -> bool:
        return any(column.key == key for column in self.columns)

    @property
    def keys(self) -> list[str]:
        """The keys of the columns, in order."""
        return [column.key for column in self.columns]

    def rows(self) -> Iterator[dict[str, Cell]]:
        """Each row, its cells by the key of their column."""
        for place in range(len(self)):
            yield {column.key: column.cells[place] for column in self.columns}

    def without(self, *keys: str) -> Table:
        """The table without some of its columns."""
        return Table(tuple(column for column in self.columns if column.key not in keys))

    def only(self, keys: Collection[str]) -> Table:
        """The table with some of its columns alone, in its own order."""
        return Table(tuple(column for column in self.columns if column.key in keys))

    def select_rows(self, places: Collection[int]) -> Table:
        """The rows at some places, in that order."""
        return Table(
            tuple(
                replace(
                    column,
                    cells=tuple(column.cells[place] for place in places),
                    cell_keys=tuple(column.cell_keys[place] for place in places)
                    if column.cell_keys
                    else (),
                )
                for column in self.columns
            )
        )

    def with_rows(self, rows: Collection[Mapping[str, Cell]]) -> Table:
        """The table followed by rows, whose absent cells are empty."""
        return Table(
            tuple(
                replace(
                    column,
                    cells=column.cells + tuple(row.get(column.key, "") for row in rows),
                    cell_keys=column.cell_keys + tuple(str(row.get(column.key, "")) for row in rows)
                    if column.cell_keys
                    else (),
                )
                for column in self.columns
            )
        )

    @property
    def has_marked_values(self) -> bool:
        """True when a cell is followed by the dagger of what this project computed."""
        return any(
            isinstance(cell, Value) and cell.is_computed
            for column in self.columns
            if column.mark == "dagger"
            for cell in column.cells
        )

    @property
    def digest(self) -> str:
        """A hash of keys and amounts: the same as long as the figures are, whatever the words."""
        content = [
            [column.key, *column.cell_keys, *map(_identity, column.cells)]
            if column.is_numeric
            else [column.key, *column.cell_keys]
            for column in self.columns
            if column.is_numeric or column.cell_keys
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def concat_tables(tables: Sequence[Table]) -> Table:
    """The rows of tables of the same columns, one after the other; one at least."""
    first, *others = tables
    for table in others:
        first = Table(
            tuple(
                replace(
                    column,
                    cells=column.cells + added.cells,
                    cell_keys=column.cell_keys + added.cell_keys,
                )
                for column, added in zip(first.columns, table.columns, strict=True)
            )
        )
    return first


def text_column(key: str, heading: str, cells: Iterable[str]) -> Column:
    """A column of words."""
    return Column(key, heading, tuple(cells))


def name_column(
    key: str, heading: str, names: Iterable[str], *, keys: Iterable[str] = ()
) -> Column:
    """The column that heads the rows. keys: what the names stand for."""
    return Column(key, heading, tuple(names), "name", tuple(keys))


def digest_of_values(values: Iterable[Value]) -> str:
    """A hash of amounts shown out of any table, whatever the words."""
    content = [_identity(value) for value in values]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def _identity(cell: Cell) -> object:
    """What a digest keeps of a cell: no word that its display alone decides."""
    if isinstance(cell, str):
        return ""
    amount = None if cell.amount is None else repr(float(cell.amount))
    return [cell.quantity, amount, cell.qualifier, cell.status, cell.period, cell.compared_to]
