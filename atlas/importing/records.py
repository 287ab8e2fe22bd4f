"""What comes out of a file: rows of the contract, cells without a figure, refusals, notes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from atlas.observations.checks import ROW_COLUMNS
from atlas.observations.optional_columns import OPTIONAL_COLUMNS
from atlas.problems import Problem
from atlas.settings.import_profiles import ProfileColumn

# What makes two rows the same figure of the same document.
ROW_KEY_COLUMNS = ("territory", "indicator", "corridor", "period", "source", "page")


@dataclass(frozen=True)
class ImportedRow:
    """One row of data/<year>.csv, each column as its text there.

    ``cell``, ``change_cell``: addresses in the original file (« C14 ») of what says the value and
    the change; the same when there is one of both. They do not count when rows are compared.
    """

    territory: str
    indicator: str
    corridor: str
    period: str
    value: str
    qualifier: str
    change: str
    compared_to: str
    source: str
    page: str
    note: str
    cell: str = field(default="", compare=False)
    change_cell: str = field(default="", compare=False)
    noun: str = ""
    window: str = ""
    status: str = ""
    printed: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What the row shares with another one of the same figure: its ROW_KEY_COLUMNS."""
        return tuple(getattr(self, column) for column in ROW_KEY_COLUMNS)

    def texts(self) -> list[str]:
        """The texts of the row in the order of the columns of the contract."""
        values = asdict(self)
        return [values[column] for column in ROW_COLUMNS]

    @property
    def optional_columns(self) -> tuple[str, ...]:
        """The optional columns of the contract that the row fills."""
        return tuple(column for column in OPTIONAL_COLUMNS if getattr(self, column))


@dataclass(frozen=True)
class BlankCell:
    """A cell that says why it has no figure. ``kind``: missing, secret or not applicable."""

    territory: str
    indicator: str
    kind: str
    cell: str


@dataclass
class Extraction:
    """What one file gives.

    ``name``: the file, as its owner knows it. ``rows_read``: rows under the header that say
    something. ``rows_computed``: those that say that the dashboard derived them, left out.
    ``refusals``: rows that cannot be read, each with its cell. ``notes``: cells that were read, but
    are worth a look. ``table_notes``: texts under the tables, as written.
    ``without_figure``: cells that say that a figure is missing, or so that it is refused,
    by territory, indicator, corridor and period.
    """

    name: str
    rows_read: int = 0
    rows_computed: int = 0
    rows: list[ImportedRow] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)
    blanks: list[BlankCell] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    table_notes: list[str] = field(default_factory=list)
    without_figure: dict[tuple[str, str, str, str], str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """True when no row comes of the file, and no cell that says why."""
        return not (self.rows or self.rows_computed or self.refusals or self.blanks)


@dataclass(frozen=True)
class ColumnGuess:
    """What one column of an unknown table holds.

    ``index``: its place in the rows of the sheet. ``reason``: why, a French sentence. ``question``:
    what a person must settle before the column is read, in French; empty when its titles do.
    ``answer``: what the column would be if the question is answered by yes; None without one.
    """

    index: int
    column: ProfileColumn
    reason: str
    question: str = ""
    answer: ProfileColumn | None = None
