"""The sources of a press release as notes: a letter in the text, the document at the end."""

from __future__ import annotations

import string


class SourceNotes:
    """Each source with its letter, in the order in which the text cites it: a to z, then aa…"""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}

    def letter(self, source: str) -> str:
        """That of a source, the same each time."""
        if source not in self._letters:
            self._letters[source] = _letters_of(len(self._letters))
        return self._letters[source]

    def letters(self, sources: list[str]) -> str:
        """« a, c »: those of several, each once."""
        return ", ".join(dict.fromkeys(self.letter(source) for source in sources))

    @property
    def entries(self) -> list[tuple[str, str]]:
        """Letter and source, in the order of the letters."""
        return [(letter, source) for source, letter in self._letters.items()]


def _letters_of(place: int) -> str:
    """0 → a, 25 → z, 26 → aa."""
    turn, rest = divmod(place, len(string.ascii_lowercase))
    return (_letters_of(turn - 1) if turn else "") + string.ascii_lowercase[rest]
