"""What is wrong with an input, said to the person who can mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one input file. Texts are French sentences shown as they are.

    file: path as the user knows it (``data/2025.csv``); line: 1-based or None when it has no
    meaning; where: column, key or territory; value: what was found; message: what is wrong;
    cure: what to do; is_remark: true when the file is read all the same, and the message says
    what was mended or left out; is_warning: true when what is there is read and used, and seems to
    lack something: every page says it, and nothing is refused for it.
    """

    file: str
    message: str
    cure: str
    line: int | None = None
    where: str = ""
    value: str = ""
    is_remark: bool = False
    is_warning: bool = False
