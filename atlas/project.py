"""Everything the dashboard reads, kept at its last good state while files are edited.

A Project watches config.yaml, config/, data/ and geo/ by modification time. What changed is read
again as a whole; what is refused leaves its previous version in place and its problems in the list.

What is read is of one generation of the store (see `atlas.store.store`): while files are being
replaced, what was read before stays; what a killed writer left is put back first.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial, wraps
from itertools import count
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd

from atlas import french, geometry
from atlas.dataset import Dataset, build_dataset, concat_years, with_session_rows
from atlas.demo import ensure_demo, stored_hidden_cells
from atlas.importing.records import ImportedRow
from atlas.indicators.derivation import derive
from atlas.observations.checks import KnownKeys
from atlas.observations.data_revisions import unknown_rows
from atlas.observations.prepared_frames import bytes_of, key_of, prepared_frame
from atlas.observations.registry import OBSERVATION_SOURCES, YEARLY_FILES
from atlas.observations.source import ObservationSource, SourceUnreachableError
from atlas.observations.verdicts import apply_verdicts
from atlas.problems import Problem
from atlas.settings import (
    CONFIG_FILES,
    DataRevision,
    Milestone,
    OfficeTemplate,
    OfficeTemplates,
    Review,
    Settings,
    Source,
    read_data_revisions,
    read_logo,
    read_milestones,
    read_reviews,
    read_settings,
    read_sources,
)
from atlas.settings.entry_files import (
    Section,
    entry_file,
    entry_name_problem,
    list_entry_files,
)
from atlas.settings.office_templates import (
    TemplateKey,
    read_template,
    refused_template,
    template_path,
)
from atlas.store.durable_files import digest
from atlas.store.journal import HISTORY_FOLDER
from atlas.store.manifest import FileState, Loss, find_losses, merge_states
from atlas.store.store import (
    LOCK_SECONDS,
    Generation,
    StoreBusyError,
    StoreError,
    interrupted_problem,
    project_store,
)
from atlas.territories import Territories, read_territories

Signature = tuple[tuple[str, int, int, int], ...]

Value = TypeVar("Value")
Parameters = ParamSpec("Parameters")
#: Readings begun again because files were replaced meanwhile, before the last good state is kept.
MAX_READINGS = 20

REVIEWS_FILE = "data/reviewed_findings.yaml"
DATA_REVISIONS_FILE = "data/revisions.yaml"


@dataclass(frozen=True)
class CachedInput:
    """One input: what it was read from, its last good value, its present problems."""

    signature: Any = None
    value: Any = None
    revision: int = 0
    problems: list[Problem] = field(default_factory=list)


def _from_one_generation(
    method: Callable[Concatenate[Project, Parameters], Value],
) -> Callable[Concatenate[Project, Parameters], Value]:
    """A method of Project that reads files, through `Project.read_whole`."""

    @wraps(method)
    def read(project: Project, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Value:
        return project.read_whole(lambda: method(project, *args, **kwargs))

    return read


def _once_in_a_reading(
    method: Callable[Concatenate[Project, Parameters], Value],
) -> Callable[Concatenate[Project, Parameters], Value]:
    """The same for an input that others are read with: its files are looked at once in a reading,
    however many ask for it."""

    @wraps(method)
    def read(project: Project, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Value:
        asked = (method.__name__, args, *kwargs.items())
        return project.read_whole(
            lambda: project.once_in_a_reading(asked, lambda: method(project, *args, **kwargs))
        )

    return read


class Project:
    """The inputs of one project folder. Thread-safe: sessions of a server share one."""

    def __init__(self, base: Path) -> None:
        self.base = base.resolve()
        self._config_files = [self.base / file for file in CONFIG_FILES]
        self._inputs: dict[str, CachedInput] = {}
        self._parts: dict[str, tuple[str, ...]] = {}  # of the observations of a folder, by its name
        self._lock = threading.RLock()
        self._store = project_store(self.base)
        self._is_reading = False
        self._found_in_reading: dict[Hashable, Any] = {}
        self._follows_files = True  # false while they are not whole: what was read before stays
        self._generation: Generation = ()
        self._blocked: tuple[Problem, ...] = ()
        self._known_states: Mapping[str, FileState] = {}

    def read_whole(self, read: Callable[[], Value]) -> Value:
        """What a function reads of this project, from one generation of its files: all that it
        reads was there at one time, between two changes of the store."""
        with self._lock:
            if self._is_reading:
                return read()
            self._is_reading = True
            try:
                for _ in range(MAX_READINGS):
                    self._follows_files = self._wait_for_whole_files()
                    inputs, parts = dict(self._inputs), dict(self._parts)
                    self._generation = self._store.generation()
                    self._found_in_reading = {}
                    value = read()
                    if not self._follows_files or self._store.generation() == self._generation:
                        return value
                    self._inputs, self._parts = inputs, parts
                self._follows_files = False
                self._found_in_reading = {}
                return read()
            finally:
                self._is_reading = False
                self._found_in_reading = {}

    def once_in_a_reading(self, asked: Hashable, read: Callable[[], Value]) -> Value:
        """What a function reads, the first time that this is asked for in one `read_whole`."""
        if asked not in self._found_in_reading:
            self._found_in_reading[asked] = read()
        found: Value = self._found_in_reading[asked]
        return found

    def has_read(self, *, demo: bool) -> bool:
        """Whether the figures and the outlines were read before, the fictitious ones too if asked:
        what has changed since is read again in less time."""
        names = {"data/dataset", "geo"} | ({"demo/dataset"} if demo else set())
        return names <= self._inputs.keys()

    def _wait_for_whole_files(self) -> bool:
        """Whether the files may be read now. What a killed writer left is put back; a first reading
        waits for a writer, later ones keep what they have."""
        self._blocked = ()
        is_first = not self._inputs
        if not is_first and not self._store.is_pending():
            return True
        try:
            self._store.recover(LOCK_SECONDS if is_first else 0)
        except StoreBusyError as busy:
            self._blocked = busy.problems if is_first else ()
            return False
        except StoreError as refused:
            self._blocked = refused.problems
            return False
        except OSError as reason:  # files that this program may read and not write
            self._blocked = (interrupted_problem(reason),)
            return False
        return True

    @property
    @_once_in_a_reading
    def settings(self) -> Settings | None:
        """config.yaml and config/, or None when they were never all readable."""
        with self._lock:
            territories = self.territories
            sources = self._sources(self.base / "data", demo=False)
            entries, refused = list_entry_files(self.base)
            signature = (
                _signature([*self._config_files, *(self.base / name for name in entries)]),
                tuple(refused),
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
    @_once_in_a_reading
    def territories(self) -> Territories | None:
        """Territories, caisses and population of data/."""
        folder = self.base / "data"
        files = [folder / f for f in ("territories.csv", "caisses.csv", "population.csv")]
        return self._read_cached("territories", _signature(files), lambda: read_territories(folder))

    @property
    @_once_in_a_reading
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
    @_once_in_a_reading
    def reviews(self) -> dict[str, Review]:
        """Verdicts on the findings of the published figures, by key of finding."""
        path = self.base / REVIEWS_FILE
        reviews = self._read_cached(
            REVIEWS_FILE, _signature([path]), lambda: read_reviews(path, REVIEWS_FILE)
        )
        return reviews or {}

    @property
    @_once_in_a_reading
    def data_revisions(self) -> list[DataRevision]:
        """What changed in the published figures, the newest day first."""
        path = self.base / DATA_REVISIONS_FILE
        revisions = self._read_cached(
            DATA_REVISIONS_FILE,
            _signature([path]),
            lambda: read_data_revisions(path, DATA_REVISIONS_FILE),
        )
        return revisions or []

    @property
    @_once_in_a_reading
    def logo(self) -> str:
        """The logo of brand, as SVG or data address; empty when there was never a good one."""
        settings = self.settings
        if settings is None:
            return ""
        name = settings.brand.logo
        signature = (_signature([self.base / name]), name)
        return self._read_cached("logo", signature, lambda: read_logo(self.base, name)) or ""

    @property
    @_once_in_a_reading
    def templates(self) -> OfficeTemplates:
        """The files in which slides and press releases are made. One that was never usable says
        why when something is made in it."""
        return OfficeTemplates(
            self._template("slides_template"),
            self._template("text_template"),
            self._template("pack_template"),
        )

    @_from_one_generation
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

    @_once_in_a_reading
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

    @_from_one_generation
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

    @_from_one_generation
    def settings_problems(self, name: str, path: Path) -> list[Problem]:
        """Those of a file that would take the place of one of the configuration, `name`."""
        known_keys = self.known_keys()
        return read_settings(
            self.base,
            instead={name: path},
            territories=known_keys.territories.by_code if known_keys else None,
            sources=known_keys.sources if known_keys else None,
        )[1]

    @_from_one_generation
    def entry_problems(self, section: Section, key: str, path: Path, shown: str) -> list[Problem]:
        """Those of a file of one dossier or comparison, as if its entry were in the configuration,
        in the place of that of the same key.

        shown: the name of the file as its owner knows it, for problems.
        """
        refused = entry_name_problem(entry_file(section, key))
        if refused:
            return [replace(refused, file=shown)]
        settings = self.settings
        taken = getattr(settings, section) if settings else ()
        free = next(name for name in map("projet-{}".format, count()) if name not in taken)
        name = entry_file(section, free)
        return [
            replace(problem, file=shown) if problem.file == name else problem
            for problem in self.settings_problems(name, path)
        ]

    @_once_in_a_reading
    def known_keys(self) -> KnownKeys | None:
        """What the published files may name; None while one of these was never readable."""
        with self._lock:
            return self._known_keys(self.base / "data", demo=False)

    @_once_in_a_reading
    def shapes(self) -> geometry.Shapes | None:
        """The prepared shapes of the département file that config.yaml names."""
        settings, territories = self.settings, self.territories
        if settings is None or territories is None:
            return None
        source = self.base / settings.geo.departements
        last = self._inputs.get("geo", CachedInput())
        if last.value is not None and not last.value.are_on_disk():
            # Removed under a running server, as `make clean` does: made again.
            self._inputs["geo"] = replace(last, signature=None)
        return self._read_cached(
            "geo",
            (_signature([source]), settings.geo),
            lambda: geometry.ensure_prepared(
                source,
                base=self.base,
                static_dir=self.base / "static/geo",
                hierarchy=geometry.hierarchy_of(territories),
                credit=settings.geo.credit,
            ),
        )

    @_from_one_generation
    def problems(self) -> list[Problem]:
        """Every problem of the inputs read so far, milestones and verdicts, by file and line."""
        with self._lock:
            # nothing is built from these: perhaps not read yet
            _ = self.milestones, self.logo, self.reviews, self.data_revisions, self.templates
            journals = self._store.journal_versions()
            if self._follows_files:
                self._read_cached("journals", journals, lambda: (True, self._store.problems()))
            return self._found(lambda problem: not problem.is_remark and not problem.is_warning)

    @_from_one_generation
    def remarks(self) -> list[Problem]:
        """What was mended or left out of the inputs read so far, which are used all the same."""
        with self._lock:
            return self._found(lambda problem: problem.is_remark)

    @_from_one_generation
    def warnings(self) -> list[Problem]:
        """What the inputs read so far lack since their last good state: they are used all the
        same, and every page says so."""
        with self._lock:
            return self._found(lambda problem: problem.is_warning)

    @_from_one_generation
    def accept_present_files(self) -> bool:
        """Take the present yearly files for their last good state, which ends the warnings; whether
        it was kept. Files that are refused keep the state that they had."""
        self.dataset()
        present, refused = self._present_states()
        kept = {name: state for name, state in self._known_states.items() if name in refused}
        self._known_states = kept | present
        return self._store.keep_manifest(
            self._known_states, self._generation, wait_seconds=LOCK_SECONDS
        )

    def _found(self, is_wanted: Callable[[Problem], bool]) -> list[Problem]:
        """Of what was said of the inputs, what is wanted, by file and line."""
        every = {problem for cached in self._inputs.values() for problem in cached.problems}
        found = [problem for problem in every | {*self._blocked} if is_wanted(problem)]
        return sorted(found, key=lambda p: (p.file, p.line or 0, p.where))

    def _read_cached(
        self, key: str, signature: Any, read: Callable[[], tuple[Value | None, list[Problem]]]
    ) -> Value | None:
        with self._lock:
            cached = self._inputs.get(key, CachedInput())
            if self._follows_files and cached.signature != signature:
                value, problems = read()
                cached = (
                    replace(cached, signature=signature, problems=problems)
                    if value is None
                    else CachedInput(signature, value, cached.revision + 1, problems)
                )
                self._inputs[key] = cached
            last: Value | None = cached.value
            return last

    def _template(self, key: TemplateKey) -> OfficeTemplate:
        settings = self.settings
        name = getattr(settings.brand, key) if settings else ""
        signature = (_signature([template_path(self.base, key, name)]), name)
        with self._lock:
            usable = self._read_cached(key, signature, lambda: read_template(self.base, key, name))
            return usable or refused_template(self._inputs.get(key, CachedInput()).problems)

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
        versions = self._versions(folder, source)
        if source is None or versions is None:  # what was read before stays
            return [
                self._inputs[name].value
                for name in self._parts.get(folder.name, ())
                if name in self._inputs and self._inputs[name].value is not None
            ]
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
        ]
        if word == YEARLY_FILES and folder.name == "data":
            self._read_cached(
                "manifest",
                (tuple(versions.items()), settings_revisions, self._store.manifest_version()),
                self._compare_with_last_state,
            )
        return [frame for frame in frames if frame is not None]

    def _versions(
        self, folder: Path, source: ObservationSource | None
    ) -> Mapping[str, Hashable] | None:
        """Those of the present parts; None while files are not whole, or cannot be listed."""
        if source is None or not self._follows_files:
            return {} if source is None and self._follows_files else None
        listing = f"{folder.name}/ (listing)"
        try:
            versions = source.versions(folder)
        except OSError as reason:
            problem = (
                reason.problem
                if isinstance(reason, SourceUnreachableError)
                else _unlisted(folder.name, reason)
            )
            self._inputs[listing] = CachedInput(problems=[problem])
            return None
        self._inputs.pop(listing, None)
        return versions

    def _compare_with_last_state(self) -> tuple[bool, list[Problem]]:
        """What the yearly files lack since their last good state, which is kept where it can be."""
        manifest = self._store.manifest()
        known = manifest.files if manifest else self._known_states
        present, refused = self._present_states()
        states = merge_states(known, present)
        if manifest is None or states != known:
            self._store.keep_manifest(states, self._generation)
        self._known_states = states
        problems = [_lost_rows(loss) for loss in find_losses(known, present, refused=refused)]
        if self._store.is_manifest_out_of_reach():
            problems.append(_closed_history())
        return True, problems

    def _present_states(self) -> tuple[dict[str, FileState], frozenset[str]]:
        """The yearly files that were read, and the names of those that were refused."""
        present: dict[str, FileState] = {}
        refused = set()
        for name in self._parts.get("data", ()):
            cached = self._inputs.get(name, CachedInput())
            try:
                content = (self.base / name).read_bytes()
            except OSError:
                refused.add(name)
                continue
            if cached.problems or cached.value is None:
                refused.add(name)
            else:
                present[name] = FileState(rows=len(cached.value), sha256=digest(content))
        return present, frozenset(refused)

    def _built_dataset(
        self, name: str, years: list[pd.DataFrame], known_keys: KnownKeys
    ) -> Dataset:
        demo = name == "demo"
        reviews = {} if demo else self.reviews
        revisions = [] if demo else self.data_revisions
        keys = [key for key in self._parts.get(name, ()) if key in self._inputs]
        inputs = ["settings", "territories", f"{name}/sources.yaml"]
        inputs += [] if demo else [REVIEWS_FILE, DATA_REVISIONS_FILE]
        signature = (tuple(keys), self._revisions(*inputs, *keys))

        def build() -> tuple[Dataset, list[Problem]]:
            find = partial(stored_hidden_cells, self.base / name) if demo else None
            rows, problems = apply_verdicts(concat_years(years, known_keys), reviews, REVIEWS_FILE)
            problems += unknown_rows(rows, revisions, DATA_REVISIONS_FILE)
            dataset = build_dataset(
                rows,
                known_keys,
                fictitious=demo,
                find_hidden=find,
                derive_rows=partial(self._derived_rows, name, known_keys),
            )
            return dataset, problems if self._has_every_row(keys) else []

        dataset = self._read_cached(f"{name}/dataset", signature, build)
        assert dataset is not None  # build always gives one
        return dataset

    def _derived_rows(
        self, name: str, known_keys: KnownKeys, rows: pd.DataFrame, digest: bytes
    ) -> pd.DataFrame:
        """What `derive` gives, kept between starts. digest: of the rows and of the settings."""
        found = prepared_frame(
            self.base,
            f"{name}-observations",
            key_of(digest, bytes_of(known_keys)),
            lambda: derive(rows, known_keys.settings, known_keys.territories),
        )
        assert found is not None  # derive always gives one
        return found

    def _has_every_row(self, keys: Sequence[str]) -> bool:
        """False when a part was refused, or is gone since the last good state: its rows are not
        missing from the data, and verdicts on them are not wrong."""
        read = all(self._inputs[key].value is not None for key in keys)
        lost = self._inputs.get("manifest", CachedInput()).problems
        return bool(keys) and read and not lost


def _unlisted(name: str, reason: OSError) -> Problem:
    return Problem(
        name,
        f"le dossier est introuvable ou illisible ({reason.strerror})",
        "Remettez-le à sa place et vérifiez ses droits. Les chiffres lus avant, s’il y en a, "
        "restent affichés.",
    )


def _closed_history() -> Problem:
    return Problem(
        f"data/{HISTORY_FOLDER}",
        "l’état précédent des fichiers de chiffres ne se lit pas : des lignes qui manqueraient ne "
        "seraient pas signalées",
        "Donnez au compte du serveur le droit de lire et d’écrire dans ce dossier.",
    )


def _lost_rows(loss: Loss) -> Problem:
    before = french.format_number(loss.before)
    message = (
        f"le fichier n’est plus là : il avait {before} lignes à son dernier état connu"
        if loss.now is None
        else f"le fichier a {french.format_number(loss.now)} lignes, contre {before} à son dernier "
        "état connu"
    )
    return Problem(
        loss.name,
        message,
        "Reprenez-le d’une sauvegarde (python -m atlas restore) ou de git ; si c’est voulu, "
        "acceptez l’état présent : python -m atlas accept-data.",
        is_warning=True,
    )


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
            found.append((str(path), stat.st_mtime_ns, stat.st_size, stat.st_ino))
        except OSError:
            found.append((str(path), 0, -1, 0))
    return tuple(found)


def _sources_of_one_kind(
    path: Path, name: str, demo: bool
) -> tuple[dict[str, Source] | None, list[Problem]]:
    sources, problems = read_sources(path, name)
    wrong = [
        key for key, source in (sources or {}).items() if (source.grade == "fictitious") != demo
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
