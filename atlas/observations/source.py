"""Where observations are read from: parts, each followed by its version and read whole or not."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Protocol

import pandas as pd

from atlas.observations.checks import KnownKeys
from atlas.problems import Problem


class SourceUnreachableError(OSError):
    """A place cannot be looked into; `problem` says it to readers."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class ObservationSource(Protocol):
    """A kind of place that holds observations: yearly files, the tables of a database…"""

    def versions(self, folder: Path) -> Mapping[str, Hashable]:
        """Each part by the name that problems give it, with what changes when it changes.

        folder: data/ of the project, or demo/ for the fictitious set. Raises OSError, which may be
        SourceUnreachableError, when it cannot be looked into: what was read before then stays.
        """

    def read(
        self, folder: Path, name: str, known_keys: KnownKeys
    ) -> tuple[pd.DataFrame | None, list[Problem]]:
        """The frame of a part, checked and with the columns of `reading`, or its problems.

        `reading.check_rows` makes one from rows of texts.
        """
