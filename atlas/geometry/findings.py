"""What was found in a file of outlines, in one sentence for all the départements it is true of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from dataclasses import dataclass

from atlas.problems import Problem

#: Names told in one sentence; the rest is counted.
MAX_NAMES_LISTED = 10


@dataclass(frozen=True)
class Finding:
    """message: what is wrong, or was mended or left out when `is_remark`; labels: of what."""

    message: str
    cure: str
    labels: Sequence[str]
    is_remark: bool = False

    def problem(self, name: str) -> Problem:
        """The sentence as it is shown, about the file `name`."""
        return Problem(
            name,
            f"{self.message} : {_join_labels(self.labels)}",
            self.cure,
            where=", ".join(self.labels[:MAX_NAMES_LISTED]),
            is_remark=self.is_remark,
        )


def _join_labels(labels: Sequence[str]) -> str:
    more = len(labels) - MAX_NAMES_LISTED
    return ", ".join(labels[:MAX_NAMES_LISTED]) + (
        f" et {more} autre{'s'[: more - 1]}" if more > 0 else ""
    )


def name_with_code(code: str, names: Mapping[str, str]) -> str:
    """« Gironde (33) », or the code alone between quotes when it has no name."""
    return f"{names[code]} ({code})" if code in names else f"« {code} »"


def with_plural(things: Sized, sentence: str) -> str:
    """The sentence with the number of things in the place of {}, and {s} where it is plural."""
    count = len(things)
    return sentence.replace("{}", str(count)).replace("{s}", "s" if count > 1 else "")
