"""A file of the tests with what must come out of it: the rows of their tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import dedent

from proposed_figures import Expected, Figure, Propose, check, levels
from sheet_tabs import Row, Tab
from spreadsheet_files import csv_file, workbook_file


@dataclass(frozen=True)
class JudgedFile:
    """write: its content, which is made when it is judged: each process that collects the tests
    would write hundreds of workbooks. period: what its sender adds, as ``--period``; name: of the
    file."""

    write: Callable[[], bytes]
    expected: Expected
    period: str = ""
    name: str = "envoi"

    def judge(self, propose: Propose) -> None:
        """Fail when something else comes out of it."""
        check(propose(self.write(), self.name, period=self.period), self.expected)


def judged_csv(text: str, expected: Expected, *, period: str = "") -> JudgedFile:
    """A CSV of semicolons, as it is written in the test."""
    return JudgedFile(dedent(text).strip("\n").encode, expected, period, "envoi.csv")


def judged_workbook(
    tabs: Sequence[Tab] | Sequence[Row], expected: Expected, *, kind: str = "xlsx", period: str = ""
) -> JudgedFile:
    """A workbook of one kind of file."""
    return JudgedFile(
        lambda: workbook_file(tabs, kind), expected, period, f"envoi.{kind.partition('-')[0]}"
    )


def judged_rows(rows: Sequence[Row], expected: Expected, *, period: str = "") -> JudgedFile:
    """Rows of cells as a CSV."""
    return JudgedFile(lambda: csv_file(rows), expected, period, "envoi.csv")


def judged_column(title: str, values: str, expected: Expected, *, period: str = "") -> JudgedFile:
    """One column of figures beside Gironde, Landes and Dordogne; values separated by spaces."""
    names = ("Gironde", "Landes", "Dordogne")
    rows = [[name, value] for name, value in zip(names, values.split(), strict=True)]
    return judged_rows([["Département", title], *rows], expected, period=period)


def three(indicator: str, period: str, values: str) -> frozenset[Figure]:
    """The figures of that column, when it is of this indicator."""
    pairs = zip(("33", "40", "24"), values.split(), strict=True)
    return levels(indicator, period, " ".join(f"{code}:{value}" for code, value in pairs))
