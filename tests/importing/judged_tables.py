"""What came of a generated table: equal, refused, asked, or wrong in one of two ways."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from generated_tables import GeneratedTable
from proposed_figures import Message, Propose, Proposed

_PART_OF_FILE_PATTERN = re.compile("colonne|ligne|tableau|feuille|cellule|à part", re.IGNORECASE)
_LAST_CELL_PATTERN = re.compile(r"jusqu’à [A-Z]+(\d+)")
Outcome = Literal["equal", "asked", "refused", "different", "lost"]


@dataclass(frozen=True)
class Verdict:
    """``outcome``: « different » when a row is none of the figures of the file, « lost » when one
    of them is neither read nor mentioned. ``why``: the figures at fault, in words."""

    outcome: Outcome
    why: str = ""


def judge(table: GeneratedTable, propose: Propose) -> Verdict:
    """Compare what is proposed for a table with what it states."""
    extension = table.kind.partition("-")[0]
    proposed = propose(table.content, f"envoi.{extension}")
    came = set(proposed.figures)
    wrong = sorted(came - table.figures.keys() - table.allowed)
    if wrong or len(came) < len(proposed.figures):
        return Verdict("different", f"{len(wrong)} wrong, as {wrong[:2]}" if wrong else "twice")
    absent = table.figures.keys() - came
    if not absent:
        return Verdict("equal")
    lost = sorted(figure for figure in absent if not _is_mentioned(table.figures[figure], proposed))
    if lost:
        return Verdict("lost", f"{len(lost)} lost, as {lost[:2]}")
    return Verdict("asked" if proposed.questions else "refused")


def _is_mentioned(cell: str, proposed: Proposed) -> bool:
    """Whether something is said of the cell, its row, its column or a part of the table."""
    if proposed.questions or not proposed.figures and proposed.refusals:
        return True
    return any(_is_about(message, cell) for message in (*proposed.refusals, *proposed.notes))


def _is_about(message: Message, cell: str) -> bool:
    """A sentence without a cell has to speak of a part of the file: a remark excuses nothing."""
    column, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
    named = re.findall(r"\b([A-Z]{1,3})(\d+)\b", message.cell)
    if not named:
        return bool(_PART_OF_FILE_PATTERN.search(message.message))
    until = _LAST_CELL_PATTERN.search(message.message)
    if until:  # « ce qui suit, jusqu’à A16, n’est pas lu »
        return int(named[0][1]) <= int(row) <= int(until[1])
    return any(column == other or row == line for other, line in named)
