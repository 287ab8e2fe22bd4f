"""What the import proposes for a file, as plain figures and messages that tests compare.

The one place that knows how the proposal is called and what it returns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import NamedTuple

import pandas as pd

from atlas.importing.proposed_import import propose_import
from atlas.importing.records import ImportedRow
from atlas.observations.checks import KnownKeys

SOURCE = "egora-202601"


class Figure(NamedTuple):
    """One published figure; numbers are compared as numbers, so that 42.0 is 42."""

    territory: str
    indicator: str
    corridor: str
    period: str
    value: str
    change: str = ""
    compared_to: str = ""
    qualifier: str = ""


class Told(NamedTuple):
    """Something that the proposal says. ``cell``: « C4 », empty for the whole table."""

    cell: str
    message: str


@dataclass(frozen=True)
class Proposed:
    """What comes out of a file. ``texts``: notes, pages and the like, of the rows."""

    figures: tuple[Figure, ...]
    refusals: tuple[Told, ...]
    doubts: tuple[Told, ...]
    notes: tuple[Told, ...]
    questions: tuple[Told, ...]
    rows: tuple[ImportedRow, ...] = field(repr=False)

    @property
    def told(self) -> tuple[Told, ...]:
        """All that is said beside the figures."""
        return (*self.refusals, *self.doubts, *self.notes, *self.questions)

    @property
    def row_notes(self) -> str:
        """The notes that would be written with the figures."""
        return "\n".join(row.note for row in self.rows)


Propose = Callable[..., Proposed]  # content, name, and as options source and period


def proposer(known_keys: KnownKeys, published: pd.DataFrame) -> Propose:
    """The proposal of the project, asked for one file after another."""
    return partial(_propose, known_keys, published)


def _propose(
    known_keys: KnownKeys,
    published: pd.DataFrame,
    content: bytes,
    name: str = "envoi",
    *,
    source: str = SOURCE,
    period: str = "",
) -> Proposed:
    made = propose_import(content, name, known_keys, published, source=source, period=period)
    return Proposed(
        tuple(_figure(row) for row in made.rows),
        tuple(map(_told, made.refusals)),
        tuple(map(_told, made.doubts)),
        tuple(map(_told, made.notes)),
        tuple(map(_told, made.questions)),
        tuple(made.rows),
    )


def _figure(row: ImportedRow) -> Figure:
    return Figure(
        row.territory,
        row.indicator,
        row.corridor,
        row.period,
        plain_number(row.value),
        plain_number(row.change),
        row.compared_to,
        row.qualifier,
    )


def plain_number(text: str | float) -> str:
    """« 42.0 » and « 42 » as one text; empty stays empty."""
    if text == "":
        return ""
    number = Decimal(str(text))
    return f"{number.quantize(Decimal(1)) if number == int(number) else number.normalize():f}"


def _told(said: object) -> Told:
    """A problem, a doubt or a question by its cell and sentence."""
    if isinstance(said, str):
        return Told("", said)
    cell = getattr(said, "where", "") or getattr(said, "cell", "")
    parts = [str(getattr(said, part, "")) for part in ("message", "value", "cure")]
    message = " ".join(part for part in parts if part) or str(said)
    return Told(str(cell), message)


# --- what is expected ----------------------------------------------------------------------------


def figures(text: str) -> frozenset[Figure]:
    """Figures written one a line: ``DEP-33 activation_rate 2025 40``.

    Behind the value: ``+5/2024`` is a change since 2024, ``+2/`` one since a period that the file
    does not say, ``@hopital`` a corridor, ``~over`` a qualifier. « - » stands for no value.
    """
    return frozenset(_parse(line.split()) for line in text.splitlines() if line.strip())


def _parse(words: list[str]) -> Figure:
    territory, indicator, period, value, *more = words
    options = {"@": "", "~": "", "/": "", "to": ""}
    for word in more:
        if word[0] in "@~":
            options[word[0]] = word[1:]
        else:
            options["/"], _, options["to"] = word.partition("/")
    return Figure(
        territory,
        indicator,
        options["@"],
        period,
        "" if value == "-" else plain_number(value),
        plain_number(options["/"]),
        options["to"],
        options["~"],
    )


def levels(indicator: str, period: str, values: str) -> frozenset[Figure]:
    """Values of one indicator at one period: ``"33:42 REG-53:43.7"``, DEP- when not said."""
    pairs = (pair.rsplit(":", 1) for pair in values.split())
    return frozenset(
        Figure(_code(code), indicator, "", period, plain_number(value)) for code, value in pairs
    )


def _code(code: str) -> str:
    return code if code.startswith(("DEP-", "REG-", "CPAM-", "FR")) else f"DEP-{code}"


@dataclass(frozen=True)
class Expected:
    """What must come out of a file, what may, and what must be said.

    ``rows``: figures that come; with ``or_told`` some or all of them may be refused or asked
    instead. ``allowed``: figures that are right too. Any other figure is a wrong one. ``told``:
    each a pattern of a cell (« B4 ») or of a sentence, that a refusal, a doubt, a note, a question
    or the note of a row has; ``refused`` and ``doubted``: of a refusal or question, of a doubt.
    ``never_said``: a pattern that no sentence may have.
    """

    rows: frozenset[Figure] = frozenset()
    or_told: bool = False
    allowed: frozenset[Figure] = frozenset()
    told: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()
    never_said: str = ""


def check(proposed: Proposed, expected: Expected) -> None:
    """Fail with the figures that are wrong, lost or said nowhere."""
    came = set(proposed.figures)
    assert len(came) == len(proposed.figures), f"twice: {_repeated(proposed.figures)}"
    wrong = came - expected.rows - expected.allowed
    assert not wrong, f"different figures: {sorted(wrong)}; expected {sorted(expected.rows)}"
    lost = expected.rows - came
    if lost:
        assert expected.or_told, f"lost figures: {sorted(lost)}; said: {proposed.told}"
        assert proposed.refusals or proposed.questions, f"lost without a word: {sorted(lost)}"
    notes_of_rows = (Told("", row.note) for row in proposed.rows)
    _check_said(expected.told, (*proposed.told, *notes_of_rows), "nowhere said")
    _check_said(expected.refused, (*proposed.refusals, *proposed.questions), "not refused")
    _check_said(expected.doubted, proposed.doubts, "no doubt about")
    if expected.never_said:
        said = [t for t in proposed.told if re.search(expected.never_said, t.message)]
        assert not said, f"far-fetched: {said}"


def _check_said(patterns: Iterable[str], said: Iterable[Told], failure: str) -> None:
    said = list(said)
    for pattern in patterns:
        found = any(
            re.fullmatch(pattern, one.cell) or re.search(pattern, one.message, re.IGNORECASE)
            for one in said
        )
        assert found, f"{failure}: {pattern}; said: {said}"


def _repeated(came: tuple[Figure, ...]) -> list[Figure]:
    return sorted({figure for figure in came if came.count(figure) > 1})
