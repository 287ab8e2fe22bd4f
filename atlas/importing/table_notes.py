"""Notes under a table, and the marks beside figures that call them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from atlas.importing.cells import STATUS_BY_MARK
from atlas.importing.table_titles import PROVISIONAL_NOTE, says_provisional

_NOTE_PATTERN = re.compile(
    r"\s*(?:\((?P<bracketed>\d{1,2}|[a-z]{1,2}|\*{1,3})\)|(?P<signs>\*{1,3}|†|‡)"
    r"|(?P<bare>\d{1,2}|[a-z]{1,2})\s*(?:[:.)=–-]|(?=\s[^\W\d_]{3,})))\s*[:.)–-]?\s*(?P<text>.+)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass
class TableNotes:
    """What stands under a table.

    ``texts``: all notes, as written. ``by_mark``: those that a mark calls. ``provisional``: the
    title or note that says that all figures are provisional, empty for none.
    """

    texts: list[str] = field(default_factory=list)
    by_mark: dict[str, str] = field(default_factory=dict)
    provisional: str = ""

    def of(self, marks: Iterable[str]) -> str:
        """The notes of a figure, as sentences; empty for marks that nothing explains."""
        sentences = (
            self.by_mark.get(mark.lower()) or STATUS_BY_MARK.get(mark.lower(), "") for mark in marks
        )
        return " ".join(dict.fromkeys(sentence for sentence in sentences if sentence))

    def unexplained(self, marks: Iterable[str]) -> list[str]:
        """The marks that neither a note nor a custom explains."""
        return [mark for mark in marks if not self.of([mark])]


def read_notes(texts: Iterable[str], titles: str) -> TableNotes:
    """The notes of a table. ``texts``: those under it; ``titles``: those above it, one a line."""
    notes = TableNotes(list(texts))
    for text in notes.texts:
        match = _NOTE_PATTERN.fullmatch(unicodedata.normalize("NFKC", text))
        if match:
            mark = match["bracketed"] or match["signs"] or match["bare"]
            notes.by_mark[mark.lower()] = _sentence(match["text"])
        elif says_provisional(text):
            notes.provisional = notes.provisional or _sentence(text)
    for line in titles.splitlines():
        if says_provisional(line) and not notes.provisional:
            notes.provisional = PROVISIONAL_NOTE
    return notes


def _sentence(text: str) -> str:
    """A note with its first capital and its point."""
    stripped = text.strip()
    return f"{stripped[:1].upper()}{stripped[1:]}".rstrip(".") + "."
