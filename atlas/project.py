"""Everything the dashboard reads, kept at its last good state while files are edited.

A Project watches config.yaml, config/, data/ and geo/ by modification time. What changed is read
again as a whole; what is refused leaves its previous version in place and its problems in the list.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from atlas import geometry
from atlas.dataset import Dataset, build_dataset, concat_years, with_session_rows
from atlas.demo import ensure_demo, stored_hidden_cells
from atlas.importing.records import ImportedRow
from atlas.importing.writing import recover_interrupted_import
from atlas.observations.checks import KnownKeys
from atlas.observations.registry import OBSERVATION_SOURCES, YEARLY_FILES
from atlas.problems import Problem
from atlas.settings import (
    CONFIG_FILES,
    Milestone,
    OfficeTemplate,
    OfficeTemplates,
    Review,
    Settings,
    Source,
    read_logo,
    read_milestones,
    read_reviews,
    read_settings,
    read_sources,
)
from atlas.settings.office_templates import (
    TemplateKey,
    read_template,
    refused_template,
    template_path,
)
from atlas.territories import Territories, read_territories

Signature = tuple[tuple[str, int, int], ...]

Value = TypeVar("Value")


@dataclass
class CachedInput:
    """One input: what it was read from, its last good value, its present problems."""

    signature: Any = None
    value: Any = None
    revision: int = 0
    problems: list[Problem] = field(default_factory=list)


class Project:
    """The inputs of one project folder. Thread-safe: sessions of a server share one."""

    def __init__(self, base: Path) -> None:
        self.base = base.resolve()
        self._inputs: dict[str, CachedInput] = {}
        self._parts: dict[str, tuple[str, ...]] = {}  # of the observations of a folder, by its name
        self._lock = threading.RLock()
        with suppress(OSError):  # a folder that cannot be written is read as it stands
            recover_interrupted_import(self.base / "data")

    @property
    def settings(self) -> Settings | None:
        """config.yaml and config/, or None when they were never all readable."""
        with self._lock:
            territories = self.territories
            sources = self._sources(self.base / "data", demo=False)
            signature = (
                _signature([self.base / file for file in CONFIG_FILES]),
                self._revisions("territories", "data/sources.yaml"),
            )
            return self._read_cached(
                "settings",
                signature,
                lambda: read_settings(
                    self.base,
                    territories=territories.by_code if territories else None,
                    sources=sources,
                ),
            )

    @property
    def territories(self) -> Territories | None:
        """Territories, caisses and population of data/."""
        folder = self.base / "data"
        files = [folder / f for f in ("territories.csv", "caisses.csv", "population.csv")]
        return self._read_cached("territories", _signature(files), lambda: read_territories(folder))

    @property
    def milestones(self) -> list[Milestone]:
        """What the service gained each year."""
        path, name = self.base / "data/milestones.yaml", "data/milestones.yaml"
        with self._lock:
            sources = self._sources(self.base / "data", demo=False)
            signature = (_signature([path]), self._revisions("data/sources.yaml"))
            return (
                self._read_cached(
                    name, signature, lambda: read_milestones(path, name, sources=sources)
                )
                or []
            )

    @property
    def reviews(self) -> dict[str, Review]:
        """Verdicts on the findings of the published figures, by key of finding."""
        path, name = self.base / "data/reviewed_findings.yaml", "data/reviewed_findings.yaml"
        return self._read_cached(name, _signature([path]), lambda: read_reviews(path, name)) or {}

    @property
    def logo(self) -> str:
        """The logo of brand, as SVG or data address; empty when there was never a good one."""
        settings = self.settings
        if settings is None:
            return ""
        name = settings.brand.logo
        signature = (_signature([self.base / name]), name)
        return self._read_cached("logo", signature, lambda: read_logo(self.base, name)) or ""

    @property
    def templates(self) -> OfficeTemplates:
        """The files in which slides and press releases are made. One that was never usable says
        why when something is made in it."""
        return OfficeTemplates(self._template("slides_template"), self._template("text_template"))

    def raw_rows(self) -> pd.DataFrame | None:
        """The published rows as in the files of data/, secret ones included: for imports, which
        compare a file with them. Nothing that is shown or written may come from here."""
        with self._lock:
            known_keys = self.known_keys()
            return (
                None
                if known_keys is None
                else concat_years(self._observations(self.base / "data", known_keys), known_keys)
            )

    def dataset(self, *, demo: bool = False) -> Dataset | None:
        """The published figures, or the fictitious national set."""
        with self._lock:
            settings, territories = self.settings, self.territories
            if settings is None or territories is None:
                return None
            if demo and not self._read_cached(
                "demo", territories, partial(_generate_demo, self.base / "demo", territories)
            ):
                return None
            folder = self.base / ("demo" if demo else "data")
            known_keys = self._known_keys(folder, demo)
            return (
                None
                if known_keys is None
                else self._built_dataset(
                    folder.name, self._observations(folder, known_keys), known_keys
                )
            )

    def session_dataset(
        self, rows: Sequence[ImportedRow], sources: dict[str, Source]
    ) -> Dataset | None:
        """The published figures with the rows of a file that one visitor added; None without them.

        sources: the documents that the rows quote.
        """
        with self._lock:
            known_keys, dataset = self.known_keys(), self.dataset()
        if known_keys is None or dataset is None:
            return None
        return with_session_rows(
            dataset, rows, replace(known_keys, sources={**sources, **known_keys.sources})
        )

    def settings_problems(self, name: str, path: Path) -> list[Problem]:
        """Those of a file that would take the place of one of the configuration, `name`."""
        known_keys = self.known_keys()
        return read_settings(
            self.base,
            instead={name: path},
            territories=known_keys.territories.by_code if known_keys else None,
            sources=known_keys.sources if known_keys else None,
        )[1]

    def known_keys(self) -> KnownKeys | None:
        """What the published files may name; None while one of these was never readable."""
        with self._lock:
            return self._known_keys(self.base / "data", demo=False)

    def shapes(self) -> geometry.Shapes | None:
        """The prepared shapes of the département file that config.yaml names."""
        settings, territories = self.settings, self.territories
        if settings is None or territories is None:
            return None
        source = self.base / settings.geo.departements
        signature = (_signature([source]), settings.geo)
        return self._read_cached(
            "geo",
            signature,
            lambda: geometry.ensure_prepared(
                source,
                base=self.base,
                static_dir=self.base / "static/geo",
                hierarchy=geometry.hierarchy_of(territories),
                credit=settings.geo.credit,
            ),
        )

    def problems(self) -> list[Problem]:
        """Every problem of the inputs read so far, milestones and verdicts, by file and line."""
        with self._lock:
            # nothing is built from these: perhaps not read yet
            _ = self.milestones, self.logo, self.reviews, self.templates
            return self._found(remarks=False)

    def remarks(self) -> list[Problem]:
        """What was mended or left out of the inputs read so far, which are used all the same."""
        with self._lock:
            return self._found(remarks=True)

    def _found(self, *, remarks: bool) -> list[Problem]:
        """Remarks, or the problems for which an input is refused, by file and line."""
        every = {problem for cached in self._inputs.values() for problem in cached.problems}
        found = [problem for problem in every if problem.is_remark == remarks]
        return sorted(found, key=lambda p: (p.file, p.line or 0, p.where))

    def _read_cached(
        self, key: str, signature: Any, read: Callable[[], tuple[Value | None, list[Problem]]]
    ) -> Value | None:
        with self._lock:
            cached = self._inputs.setdefault(key, CachedInput())
            if cached.signature != signature:
                value, cached.problems = read()
                cached.signature = signature
                if value is not None:
                    cached.value = value
                    cached.revision += 1
            last: Value | None = cached.value
            return last

    def _template(self, key: TemplateKey) -> OfficeTemplate:
        settings = self.settings
        name = getattr(settings.brand, key) if settings else ""
        signature = (_signature([template_path(self.base, key, name)]), name)
        with self._lock:
            usable = self._read_cached(key, signature, lambda: read_template(self.base, key, name))
            return usable or refused_template(self._inputs[key].problems)

    def _revisions(self, *keys: str) -> tuple[int, ...]:
        """How often each input has changed: what is built from it is built anew."""
        return tuple(self._inputs[key].revision if key in self._inputs else 0 for key in keys)

    def _sources(self, folder: Path, demo: bool) -> dict[str, Source] | None:
        name = f"{folder.name}/sources.yaml"
        path = folder / "sources.yaml"
        return self._read_cached(
            name, _signature([path]), lambda: _sources_of_one_kind(path, name, demo)
        )

    def _known_keys(self, folder: Path, demo: bool) -> KnownKeys | None:
        settings, territories = self.settings, self.territories
        sources = self._sources(folder, demo)
        if settings is None or territories is None or sources is None:
            return None
        return KnownKeys(settings, territories, sources)

    def _observations(self, folder: Path, known_keys: KnownKeys) -> list[pd.DataFrame]:
        """The frames of the present parts; those of fictitious data are always files."""
        word = YEARLY_FILES if folder.name == "demo" else known_keys.settings.observations
        source = OBSERVATION_SOURCES.get(word)
        self._read_cached("observations", word, lambda: (word, _unknown_source(word)))
        versions = source.versions(folder) if source else {}
        for gone in [name for name in self._parts.get(folder.name, ()) if name not in versions]:
            self._inputs.pop(gone, None)
        self._parts[folder.name] = tuple(versions)
        settings_revisions = self._revisions(
            "settings", "territories", f"{folder.name}/sources.yaml"
        )
        frames = [
            self._read_cached(
                name, (version, settings_revisions), partial(source.read, folder, name, known_keys)
            )
            for name, version in versions.items()
            if source
        ]
        return [frame for frame in frames if frame is not None]

    def _built_dataset(
        self, name: str, years: list[pd.DataFrame], known_keys: KnownKeys
    ) -> Dataset:
        keys = [key for key in self._parts[name] if key in self._inputs]
        signature = (
            tuple(keys),
            self._revisions("settings", "territories", f"{name}/sources.yaml", *keys),
        )

        def build() -> tuple[Dataset, list[Problem]]:
            demo = name == "demo"
            find = partial(stored_hidden_cells, self.base / name) if demo else None
            rows = concat_years(years, known_keys)
            return build_dataset(rows, known_keys, fictitious=demo, find_hidden=find), []

        dataset = self._read_cached(f"{name}/dataset", signature, build)
        assert dataset is not None  # build always gives one
        return dataset


def _unknown_source(word: str) -> list[Problem]:
    if word in OBSERVATION_SOURCES:
        return []
    return [
        Problem(
            "config.yaml",
            f"« {word} » n’est pas un endroit connu d’où lire les chiffres",
            f"Écrivez l’un de ces mots : {', '.join(OBSERVATION_SOURCES)}.",
            where="observations",
        )
    ]


def _generate_demo(folder: Path, territories: Territories) -> tuple[bool | None, list[Problem]]:
    """Generate the fictitious files; they are small, and made once for a set of territories."""
    try:
        ensure_demo(folder, territories)
    except OSError as error:
        return None, [
            Problem(
                "demo",
                f"les données fictives n’ont pas pu être écrites ({error.strerror})",
                "Vérifiez les droits et la place libre.",
            )
        ]
    return True, []


def _signature(paths: list[Path]) -> Signature:
    found = []
    for path in paths:
        try:
            stat = path.stat()
            found.append((str(path), stat.st_mtime_ns, stat.st_size))
        except OSError:
            found.append((str(path), 0, -1))
    return tuple(found)


def _sources_of_one_kind(
    path: Path, name: str, demo: bool
) -> tuple[dict[str, Source] | None, list[Problem]]:
    sources, problems = read_sources(path, name)
    wrong = [
        key for key, source in (sources or {}).items() if (source.kind == "fictitious") != demo
    ]
    problems += [
        Problem(
            name,
            f"la source « {key} » mélange chiffres publiés et fictifs",
            "Gardez les chiffres fictifs dans leur propre dossier.",
            where=key,
        )
        for key in wrong
    ]
    return (None if problems else sources), problems
