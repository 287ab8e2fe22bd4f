"""What is made of the same inputs, once for a test process.

Hundreds of tests open a copy of the repository of which they change one file: the others are read,
the configuration of unchanged files is checked, and the data set of unchanged figures is built,
once for all copies. A figure is made once for each request and context, whoever asks for it.
"""

from __future__ import annotations

import hashlib
import pickle
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from atlas.dataset import Dataset, build_dataset, concat_years
from atlas.figures import registry
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.request import FigureRequest
from atlas.observations.checks import KnownKeys
from atlas.observations.reading import read_year
from atlas.problems import Problem
from atlas.settings import CONFIG_FILES, Settings, Source, read_settings, read_sources
from atlas.settings.entry_files import list_entry_files
from atlas.territories import Territories, read_territories

# Of each sort: a test goes back to what was there before its change, and asks for what the last
# hundreds of tests have asked for.
MAX_KEPT = 300
TERRITORY_FILES = ("territories.csv", "caisses.csv", "population.csv")


class SharedReadings:
    """In the place of the functions of the same names."""

    def __init__(self) -> None:
        self._kept: dict[str, OrderedDict[Hashable, Any]] = {}
        self.make_figure = registry.figure_of

    def read_year(
        self, path: Path, name: str, known_keys: KnownKeys, *, project: Path | None = None
    ) -> tuple[pd.DataFrame | None, list[Problem]]:
        """Nothing is kept in the folder of the project: tests look at all that is in theirs."""
        del project
        try:
            content = path.read_bytes()
        except OSError:
            return read_year(path, name, known_keys)
        key = (path.stem, name, hashlib.sha256(content).digest(), self._digest(known_keys))
        frame, problems = self._once("year", key, lambda: read_year(path, name, known_keys))
        return frame, list(problems)

    def read_settings(
        self,
        base: Path,
        *,
        territories: Collection[str] | None,
        sources: Collection[str] | None,
        instead: Mapping[str, Path] | None = None,
    ) -> tuple[Settings | None, list[Problem]]:
        def read() -> tuple[Settings | None, list[Problem]]:
            return read_settings(base, territories=territories, sources=sources, instead=instead)

        entries, refused = list_entry_files(base, instead or {})
        names = [*CONFIG_FILES, *entries]
        try:
            read_from = [(instead or {}).get(name, base / name) for name in names]
            contents = (*names, *refused, *(path.read_bytes() for path in read_from))
        except OSError:
            return read()
        named = (None if words is None else tuple(words) for words in (territories, sources))
        settings, problems = self._once("settings", (contents, *named), read)
        return settings, list(problems)

    def read_sources(self, path: Path, name: str) -> tuple[dict[str, Source] | None, list[Problem]]:
        try:
            key = (name, path.read_bytes())
        except OSError:
            return read_sources(path, name)
        sources, problems = self._once("sources", key, lambda: read_sources(path, name))
        return sources, list(problems)

    def read_territories(self, folder: Path) -> tuple[Territories | None, list[Problem]]:
        try:
            contents = tuple((folder / file).read_bytes() for file in TERRITORY_FILES)
        except OSError:
            return read_territories(folder)
        territories, problems = self._once(
            "territories", contents, lambda: read_territories(folder)
        )
        return territories, list(problems)

    def concat_years(self, years: list[pd.DataFrame], known_keys: KnownKeys) -> pd.DataFrame:
        key = (*map(id, years), self._digest(known_keys))
        _, rows = self._once("rows", key, lambda: (years, concat_years(years, known_keys)))
        return rows

    def build_dataset(
        self,
        rows: pd.DataFrame,
        known_keys: KnownKeys,
        *,
        find_hidden: Any = None,
        derive_rows: Any = None,
        **how: bool,
    ) -> Dataset:
        del derive_rows
        if find_hidden is not None:  # of the invented data, in the folder of a project
            return build_dataset(rows, known_keys, find_hidden=find_hidden, **how)
        key = (id(rows), self._digest(known_keys), *how.items())
        _, built = self._once(
            "dataset", key, lambda: (rows, build_dataset(rows, known_keys, **how))
        )
        return built

    def figure_of(self, context: FigureContext, request: FigureRequest) -> Figure | None:
        key = (id(context), request)
        _, figure = self._once("figure", key, lambda: (context, self.make_figure(context, request)))
        return figure

    def _digest(self, known_keys: KnownKeys) -> bytes:
        parts = (known_keys.settings, known_keys.territories, known_keys.sources)
        key = tuple(map(id, parts))
        _, digest = self._once(
            "keys", key, lambda: (parts, hashlib.sha256(pickle.dumps(parts)).digest())
        )
        return digest

    def _once(self, sort: str, key: Hashable, make: Callable[[], Any]) -> Any:
        """What is known by the identity of objects is kept with them, so that no other object
        takes their place."""
        kept = self._kept.setdefault(sort, OrderedDict())
        if key not in kept:
            kept[key] = make()
        kept.move_to_end(key)
        if len(kept) > MAX_KEPT:
            kept.popitem(last=False)
        return kept[key]
