"""What goes into a check and what comes out: a published row, a finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from atlas.checks.ranges import Severity

Topic = tuple[str, str, str, str]  # territory, indicator, corridor, reference_period


class Observation(NamedTuple):
    """One published figure, as in the frame of atlas.observations."""

    territory: str
    indicator: str
    corridor: str
    reference_period: str
    period: str
    value: float
    qualifier: str
    change: float
    compared_to: str
    source: str
    page: str
    uncertain: bool
    noun: str = ""
    window: str = ""
    printed: str = ""
    assumed: bool = False

    @property
    def topic(self) -> Topic:
        """What the figure is about."""
        return self.territory, self.indicator, self.corridor, self.reference_period


@dataclass(frozen=True)
class Citation:
    """A figure as printed, with where it is printed. source: a key of sources.yaml."""

    text: str
    source: str
    page: str


@dataclass(frozen=True)
class Finding:
    """Published figures that do not agree.

    key: the same from one run to the next, for the file of verdicts. arithmetic and sentence are
    French texts; the sentence is for a press officer. doubted: the figures quoted of which one at
    least must be wrong or of another date; two findings that doubt the same one tell the same
    contradiction.
    """

    check: str
    severity: Severity
    territory: str
    indicator: str
    period: str
    citations: tuple[Citation, ...]
    arithmetic: str
    sentence: str
    key: str
    doubted: tuple[Citation, ...] = ()


def downgrade_if_uncertain(severity: Severity, rows: Iterable[Observation]) -> Severity:
    """« erreur » becomes « à vérifier » when one of the figures is uncertain."""
    doubt = severity == "erreur" and any(row.uncertain for row in rows)
    return "à vérifier" if doubt else severity


def from_source(rows: Iterable[Observation], source: str) -> list[Observation]:
    """Those of one source."""
    return [row for row in rows if row.source == source]
