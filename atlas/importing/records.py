"""What comes out of a file: rows of the contract, cells without a figure, refusals, notes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from atlas.observations.checks import COLUMNS
from atlas.problems import Problem
from atlas.settings.import_profiles import Column


@dataclass(frozen=True)
class Row:
    """One row of the contract, as texts, and the cell of the original file that says it."""

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

    def texts(self) -> list[str]:
        """In the order of the columns of the contract."""
        values = asdict(self)
        return [values[column] for column in COLUMNS]


@dataclass(frozen=True)
class Blank:
    """A cell that says why it has no figure. kind: missing, secret or not applicable."""

    territory: str
    indicator: str
    kind: str
    cell: str


@dataclass
class Extract:
    """What a file gives. read: rows under the header; notes: read, but worth a look.

    computed: rows that say they were derived by the dashboard, left out.
    """

    name: str
    read: int = 0
    computed: int = 0
    rows: list[Row] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)
    blanks: list[Blank] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Guess:
    """One column. confidence: from 0 to 1; reason: a French sentence for who corrects it."""

    index: int
    column: Column
    confidence: float
    reason: str
