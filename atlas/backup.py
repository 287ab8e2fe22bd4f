"""One archive of what makes a dashboard its own: data/, the configuration, and the files that the
configuration names (outlines, logo, templates). Put back as a whole, or not at all.
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeInt,
    StringConstraints,
    ValidationError,
)

from atlas.export.reproducible_zip import write_reproducible_zip
from atlas.problems import Problem
from atlas.project import Project
from atlas.settings import CONFIG_FILES, Settings
from atlas.settings.entry_files import list_entry_files
from atlas.store.durable_files import digest
from atlas.store.journal import About, Entry
from atlas.store.names import is_asset_name, is_config_name, is_data_name
from atlas.store.store import StoreError, project_store

MANIFEST_FILE = "sauvegarde.json"
#: Outlines are the largest file that the dashboard reads (60 MB), then templates (20 MB).
MAX_FILE_BYTES = 60_000_000
MAX_ARCHIVE_BYTES = 300_000_000
MAX_FILES = 500
#: Two backups of the same files are the same bytes: the archive says no other date.
_DATE = dt.date(1980, 1, 1)
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,  # a compression of its own
    OSError,
    RuntimeError,  # an encrypted entry
    ValueError,
)


class _FileOfBackup(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    bytes: NonNegativeInt
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class _Manifest(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    format: Literal[1] = 1
    files: dict[str, _FileOfBackup] = Field(min_length=1, max_length=MAX_FILES)


@dataclass(frozen=True)
class Backup:
    """files: content by name in the project. problems: why there is none; empty otherwise."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Restored:
    """What was done. files: names of those that changed; removed: of data files, dossiers and
    comparisons that the archive does not have. problems: why nothing was; or that a change was
    interrupted."""

    files: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def collect_backup(base: Path) -> Backup:
    """The files of a project that a backup holds, of one generation. A project with problems gives
    none: it could not be restored."""
    project = Project(base)
    store = project_store(base)

    def collect() -> Backup:
        settings, dataset, shapes = project.settings, project.dataset(), project.shapes()
        problems = project.problems()
        if settings is None or dataset is None or shapes is None or problems:
            return Backup({}, tuple(problems))
        names = [
            *_present_data_names(base),
            *CONFIG_FILES,
            *list_entry_files(base)[0],
            *_asset_names(settings),
        ]
        foreign = [name for name in _asset_names(settings) if not is_asset_name(name)]
        if foreign:
            return Backup({}, tuple(_unsuited_name(name) for name in foreign))
        files = {}
        for name in names:
            content = store.read(name)
            if content is not None:
                files[name] = content
        return Backup(files)

    try:
        return project.read_whole(collect)
    except StoreError as refused:
        return Backup({}, refused.problems)


def backup_archive(files: Mapping[str, bytes]) -> bytes:
    """The archive of a backup: the same bytes for the same files."""
    said = {
        name: _FileOfBackup(bytes=len(content), sha256=digest(content))
        for name, content in sorted(files.items())
    }
    manifest = _Manifest(files=said).model_dump_json(indent=1).encode()
    return write_reproducible_zip(
        {MANIFEST_FILE: manifest, **{name: files[name] for name in said}}, _DATE
    )


def read_archive(content: bytes, shown: str) -> Backup:
    """The files of an archive, once its names, sizes and hashes agree with what it says of itself.

    shown: the name of the archive, for problems.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            problems = _check_entries(entries, shown)
            if problems:
                return Backup({}, tuple(problems))
            files = {entry.filename: _read_entry(archive, entry) for entry in entries}
        manifest = _Manifest.model_validate_json(files.pop(MANIFEST_FILE, b""))
    except ValidationError:
        return Backup({}, (_not_a_backup(shown, f"son {MANIFEST_FILE} est absent ou abîmé"),))
    except _DAMAGED:
        return Backup({}, (_not_a_backup(shown, "ce n’est pas un ZIP entier"),))
    problems = _check_contents(files, manifest, shown)
    return Backup({} if problems else files, tuple(problems))


def restore(base: Path, backup: Backup) -> Restored:
    """Put the files of an archive in the place of those of a project: all of them or none.

    They are first read as a project of their own; with a problem, nothing is changed. Data files
    and files of one dossier or comparison that the archive does not have are removed, other files
    of the configuration that it does not know are kept. Raises OSError when a file cannot be
    written, in which case nothing is changed.
    """
    with TemporaryDirectory() as folder:
        problems = _check_project(base, Path(folder), backup.files)
    if problems:
        return Restored(problems=tuple(problems))
    store = project_store(base)
    try:
        store.set_aside_unreadable()  # every file that they could be about is replaced
        with store.exclusive_access():
            contents: dict[str, bytes | None] = {
                name: content
                for name, content in backup.files.items()
                if store.read(name) != content
            }
            present = (*_present_data_names(base), *list_entry_files(base)[0])
            removed = [name for name in present if name not in backup.files]
            contents |= dict.fromkeys(removed)
            if contents:
                written_at = dt.datetime.now().astimezone().isoformat(timespec="seconds")
                store.replace_files(contents, "restore", About(written_at=written_at))
    except StoreError as refused:
        return Restored(problems=refused.problems)
    return Restored(tuple(name for name in contents if name not in removed), tuple(removed))


def undo_restore(base: Path) -> Restored:
    """Put back what the last restoration replaced, unless its files have changed since.

    Raises OSError when a file cannot be written, in which case nothing is changed.
    """
    store = project_store(base)
    try:
        with store.exclusive_access():
            entry = next(iter(store.done_entries("restore")), None)
            if entry is None:
                return Restored(
                    problems=(
                        Problem("data", "aucune restauration à annuler", "Rien n’a été changé."),
                    )
                )
            changed = store.changed_files(entry)
            if changed:
                return Restored(problems=tuple(_changed_since(name, entry) for name in changed))
            store.put_back(entry)
            return Restored(tuple(entry.made))
    except StoreError as refused:
        return Restored(problems=refused.problems)


def _present_data_names(base: Path) -> list[str]:
    names = [f"data/{path.name}" for path in (base / "data").iterdir() if path.is_file()]
    return sorted(name for name in names if is_data_name(name))


def _asset_names(settings: Settings) -> list[str]:
    """The files that the configuration names, as paths of the project."""
    brand = settings.brand
    templates = (brand.slides_template, brand.text_template, brand.pack_template)
    named = (settings.geo.departements, brand.logo, *templates)
    return [Path(name).as_posix() for name in dict.fromkeys(named) if name]


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as stream:
        content = stream.read(entry.file_size + 1)  # no more than it says, whatever it holds
    if len(content) != entry.file_size:
        raise zipfile.BadZipFile(entry.filename)
    return content


def _check_entries(entries: list[zipfile.ZipInfo], shown: str) -> list[Problem]:
    """Names and sizes, before anything is unpacked."""
    names = [entry.filename for entry in entries]
    if len(names) > MAX_FILES or len(set(names)) != len(names):
        return [_not_a_backup(shown, "il a trop de fichiers, ou deux du même nom")]
    if sum(entry.file_size for entry in entries) > MAX_ARCHIVE_BYTES:
        return [_not_a_backup(shown, f"il dépasse {MAX_ARCHIVE_BYTES // 1_000_000} Mo")]
    problems = []
    for entry in entries:
        name = entry.filename
        is_known = name == MANIFEST_FILE or is_data_name(name) or is_config_name(name)
        if not (is_known or is_asset_name(name)):
            problems.append(_not_a_backup(shown, "ce nom de fichier n’y a pas sa place", name))
        elif entry.file_size > MAX_FILE_BYTES:
            problems.append(_not_a_backup(shown, "ce fichier est trop lourd", name))
    return problems


def _check_contents(files: Mapping[str, bytes], manifest: _Manifest, shown: str) -> list[Problem]:
    said = manifest.files
    missing = [
        _not_a_backup(shown, "ce fichier est annoncé et absent", name)
        for name in said.keys() - files.keys()
    ]
    added = [
        _not_a_backup(shown, "ce fichier n’est pas annoncé", name)
        for name in files.keys() - said.keys()
    ]
    changed = [
        _not_a_backup(shown, "ce fichier a changé depuis la sauvegarde", name)
        for name in said.keys() & files.keys()
        if said[name].sha256 != digest(files[name]) or said[name].bytes != len(files[name])
    ]
    return sorted(missing + added + changed)


def _check_project(base: Path, folder: Path, files: Mapping[str, bytes]) -> list[Problem]:
    """What is wrong with the files of an archive when they are read as a project."""
    for name in CONFIG_FILES:
        if name not in files and (base / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(base / name, folder / name)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    prepared = base / "static/geo"
    if prepared.is_dir():  # found by what they were made from: making them takes seconds
        shutil.copytree(prepared, folder / "static/geo", dirs_exist_ok=True)
    project = Project(folder)
    settings, dataset, shapes = project.settings, project.dataset(), project.shapes()
    problems = project.problems()
    if problems or settings is None or dataset is None or shapes is None:
        return problems
    wanted = {*_asset_names(settings)}
    return [
        Problem(
            name,
            "la configuration de la sauvegarde ne nomme pas ce fichier",
            "Rien n’a été changé. Refaites la sauvegarde avec python -m atlas backup.",
        )
        for name in files
        if is_asset_name(name) and name not in wanted
    ]


def _not_a_backup(shown: str, why: str, name: str = "") -> Problem:
    return Problem(
        shown,
        f"cette sauvegarde ne peut pas être restaurée : {why}",
        "Rien n’a été changé. Prenez une autre sauvegarde, faite par python -m atlas backup.",
        where=name[:200],
    )


def _unsuited_name(name: str) -> Problem:
    return Problem(
        "config.yaml",
        "ce fichier ne peut pas entrer dans une sauvegarde",
        "Donnez-lui un nom simple, dans un dossier du projet autre que data/ et config/.",
        value=name[:200],
    )


def _changed_since(name: str, entry: Entry) -> Problem:
    return Problem(
        name,
        "le fichier a changé depuis la restauration",
        f"Reprenez sa version précédente dans data/.precedent/{entry.folder.name}/{name}.",
    )
