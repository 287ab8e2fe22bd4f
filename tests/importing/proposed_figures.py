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


class Message(NamedTuple):
    """Something that the proposal says. ``cell``: « C4 », empty for the whole table."""

    cell: str
    message: str


@dataclass(frozen=True)
class Proposed:
    """What comes out of a file. ``texts``: notes, pages and the like, of the rows."""

    figures: tuple[Figure, ...]
    refusals: tuple[Message, ...]
    doubts: tuple[Message, ...]
    notes: tuple[Message, ...]
    questions: tuple[Message, ...]
    rows: tuple[ImportedRow, ...] = field(repr=False)

    @property
    def messages(self) -> tuple[Message, ...]:
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
        tuple(map(_message_of, made.refusals)),
        tuple(map(_message_of, made.doubts)),
        tuple(map(_message_of, made.notes)),
        tuple(map(_message_of, made.questions)),
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


def _message_of(remark: object) -> Message:
    """A problem, a doubt or a question by its cell and sentence."""
    if isinstance(remark, str):
        return Message("", remark)
    cell = getattr(remark, "where", "") or getattr(remark, "cell", "")
    parts = [str(getattr(remark, part, "")) for part in ("message", "value", "cure")]
    message = " ".join(part for part in parts if part) or str(remark)
    return Message(str(cell), message)


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

    ``rows``: figures that come; with ``or_mentioned`` some or all of them may be refused or asked
    instead. ``allowed``: figures that are right too. Any other figure is a wrong one. ``mentions``:
    each a pattern of a cell (« B4 ») or of a sentence, that a refusal, a doubt, a note, a question
    or the note of a row has; ``refused`` and ``doubted``: of a refusal or question, of a doubt.
    ``never_mentions``: a pattern that no sentence may have.
    """

    rows: frozenset[Figure] = frozenset()
    or_mentioned: bool = False
    allowed: frozenset[Figure] = frozenset()
    mentions: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()
    never_mentions: str = ""


def check(proposed: Proposed, expected: Expected) -> None:
    """Fail with the figures that are wrong, lost or said nowhere."""
    came = set(proposed.figures)
    assert len(came) == len(proposed.figures), f"twice: {_repeated(proposed.figures)}"
    wrong = came - expected.rows - expected.allowed
    assert not wrong, f"different figures: {sorted(wrong)}; expected {sorted(expected.rows)}"
    lost = expected.rows - came
    if lost:
        assert expected.or_mentioned, f"lost figures: {sorted(lost)}; said: {proposed.messages}"
        assert proposed.refusals or proposed.questions, f"lost without a word: {sorted(lost)}"
    notes_of_rows = (Message("", row.note) for row in proposed.rows)
    _check_mentions(expected.mentions, (*proposed.messages, *notes_of_rows), "nowhere said")
    _check_mentions(expected.refused, (*proposed.refusals, *proposed.questions), "not refused")
    _check_mentions(expected.doubted, proposed.doubts, "no doubt about")
    if expected.never_mentions:
        said = [t for t in proposed.messages if re.search(expected.never_mentions, t.message)]
        assert not said, f"far-fetched: {said}"


def _check_mentions(patterns: Iterable[str], messages: Iterable[Message], failure: str) -> None:
    messages = list(messages)
    for pattern in patterns:
        found = any(
            re.fullmatch(pattern, one.cell) or re.search(pattern, one.message, re.IGNORECASE)
            for one in messages
        )
        assert found, f"{failure}: {pattern}; messages: {messages}"


def _repeated(came: tuple[Figure, ...]) -> list[Figure]:
    return sorted({figure for figure in came if came.count(figure) > 1})
