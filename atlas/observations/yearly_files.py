"""Observations in data/<year>.csv, one file a year."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from pathlib import Path

import pandas as pd

from atlas.observations.checks import KnownKeys
from atlas.observations.reading import read_year
from atlas.problems import Problem

_YEARLY_FILE = re.compile(r"[0-9]{4}\.csv")


class YearlyFiles:
    """The files of a folder whose name is a year; each is followed by its time and its size."""

    def versions(self, folder: Path) -> Mapping[str, Hashable]:
        """The present files, in the order of their years."""
        found: dict[str, Hashable] = {}
        for name in sorted(path.name for path in folder.iterdir()):
            if not _YEARLY_FILE.fullmatch(name):
                continue
            try:
                stat = (folder / name).stat()
                found[f"{folder.name}/{name}"] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            except OSError:
                found[f"{folder.name}/{name}"] = (0, -1, 0)
        return found

    def read(
        self, folder: Path, name: str, known_keys: KnownKeys
    ) -> tuple[pd.DataFrame | None, list[Problem]]:
        """One file whole, or what is wrong with it."""
        return read_year(folder / Path(name).name, name, known_keys, project=folder.parent)
