"""What is not the same between an image that was handed over and the same one drawn again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Beyond this many, comparing two lists of texts in their order takes too long.
MAX_TEXTS_IN_ORDER = 3_000
MAX_TEXT_CHANGES = 40
MAX_LETTERS_SHOWN = 200


@dataclass(frozen=True)
class Region:
    """A part of a page that has changed: its sides as shares of the width and of the height of
    the page, and the share of all points of the page that have changed in it."""

    left: float
    top: float
    right: float
    bottom: float
    share: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom


@dataclass(frozen=True)
class TextChange:
    """A text that is not the same. where: the layer of the page it stands in, empty when it is
    not known; given: on the image that was handed over; drawn: on the one drawn again."""

    where: str
    given: str
    drawn: str


@dataclass(frozen=True)
class Changes:
    """Nothing at all when both draw the same.

    reasons: French, what has changed as a whole, without a full stop; regions: from the largest;
    regions_left_out: how many smaller ones there are; share: of all points of the page; texts:
    those that differ. picture: a PNG of the image that was handed over, with a numbered frame
    around each region, empty when there is none.
    """

    reasons: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    regions_left_out: int = 0
    share: float = 0.0
    texts: tuple[TextChange, ...] = ()
    picture: bytes = b""

    @property
    def is_none(self) -> bool:
        """True when both images draw the same."""
        return not (self.reasons or self.regions or self.texts)


def text_changes(
    given: Sequence[tuple[str, str]], drawn: Sequence[tuple[str, str]]
) -> tuple[TextChange, ...]:
    """What differs between two lists of (layer, text) in the order of the page; the first
    MAX_TEXT_CHANGES, each text cut after MAX_LETTERS_SHOWN letters."""
    if max(len(given), len(drawn)) > MAX_TEXTS_IN_ORDER:
        return ()
    found: list[TextChange] = []
    for word, a, b, c, d in SequenceMatcher(None, given, drawn, autojunk=False).get_opcodes():
        if word == "equal":
            continue
        pairs = max(b - a, d - c)
        for place in range(pairs):
            old = given[a + place] if a + place < b else ("", "")
            new = drawn[c + place] if c + place < d else ("", "")
            found.append(
                TextChange(new[0] or old[0], old[1][:MAX_LETTERS_SHOWN], new[1][:MAX_LETTERS_SHOWN])
            )
    return tuple(found[:MAX_TEXT_CHANGES])
