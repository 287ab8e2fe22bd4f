"""The text of a yearly file with the rows of an import; the other rows keep their bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from atlas.importing.records import Row
from atlas.observations.checks import COLUMNS
from atlas.problems import Problem

# What makes two rows the same figure of the same document.
KEY = ("territory", "indicator", "corridor", "period", "source", "page")


@dataclass
class Yearly:
    """A file to be. content: its bytes; added and replaced: rows; problems: those refused."""

    content: bytes = b""
    added: int = 0
    replaced: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class _Record:
    """A row of the file: its cells, and its first line and the line after its last."""

    cells: dict[str, str]
    start: int
    end: int


def merge_rows(old: bytes | None, rows: Sequence[Row], name: str, *, replace: bool) -> Yearly:
    """The file with the rows that it does not have yet.

    replace: a figure that the same page of the same source gives otherwise takes the place of the
    old one; without it, it is a problem.
    """
    before = old or (",".join(COLUMNS) + "\n").encode()
    ending = "\r\n" if b"\r\n" in before else "\n"
    mark = "\ufeff" if before.startswith("\ufeff".encode()) else ""
    lines = io.StringIO(before.decode("utf-8-sig", "replace"), newline="").readlines()
    there = _records(lines)
    made, fresh = Yearly(), list[str]()
    for row in rows:
        known = there.get(tuple(getattr(row, column) for column in KEY))
        if known is None:
            fresh.append(_line(row, ending))
            made.added += 1
        elif _differs(known.cells, row) and replace:
            lines[known.start : known.end] = [_line(row, ending)] + [""] * (
                known.end - known.start - 1
            )
            made.replaced += 1
        elif _differs(known.cells, row):
            made.problems.append(_contradiction(known.cells, row, name))
    if lines and not lines[-1].endswith(("\n", "\r", "")):
        lines[-1] += ending
    made.content = (mark + "".join(lines + fresh)).encode()
    return made


def _records(lines: list[str]) -> dict[tuple[str, ...], _Record]:
    """The rows by key; a file that does not load is told of later, by its reader."""
    found, start = {}, 0
    rows = csv.reader(iter(lines))
    for cells in rows:
        if len(cells) == len(COLUMNS) and start:
            named = dict(zip(COLUMNS, cells, strict=True))
            found[tuple(named[column] for column in KEY)] = _Record(named, start, rows.line_num)
        start = rows.line_num
    return found


def _line(row: Row, ending: str) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator=ending).writerow(row.texts())
    return text.getvalue()


def _contradiction(known: dict[str, str], row: Row, name: str) -> Problem:
    return Problem(
        f"data/{name}",
        f"la même source publie déjà « {known['value']} » pour {row.territory}, le "
        f"fichier dit « {row.value} »",
        "Demandez le remplacement si la source a corrigé son chiffre, ou changez de source.",
        where=row.cell,
    )


def _differs(known: dict[str, str], row: Row) -> bool:
    same = all(_number(known[c]) == _number(getattr(row, c)) for c in ("value", "change"))
    return not same or known["qualifier"] != row.qualifier


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
