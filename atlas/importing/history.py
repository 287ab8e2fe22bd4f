"""The imports that a folder of yearly files has seen: known again by what they read, taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from atlas import periods
from atlas.problems import Problem
from atlas.settings import Source
from atlas.store.journal import About, Entry
from atlas.store.names import DATA
from atlas.store.store import StoreError, store_of_data
from atlas.store.write_result import WriteResult, not_written

SOURCES_FILE = "sources.yaml"


@dataclass(frozen=True)
class ImportOrigin:
    """Where the rows of an import come from.

    ``file``: as its owner knows it. ``reading``: the same for the same content read in the same way
    as figures of the same period and document, whoever imports it.
    """

    file: str
    reading: str


@dataclass(frozen=True)
class PastImport:
    """An import that was written and not taken back since.

    ``entry``: its number in the journal. ``files``: names of those that it replaced. ``file``,
    ``reading``: of its origin. ``written_at``: local time, ISO. ``added``, ``replaced``: counts of
    rows. ``sources``: keys of the documents of the rows. What imports of version 0.4.0 did not say
    is empty.
    """

    entry: str
    files: tuple[str, ...]
    file: str = ""
    reading: str = ""
    written_at: str = ""
    added: int = 0
    replaced: int = 0
    sources: tuple[str, ...] = ()


def describe_import(
    origin: ImportOrigin | None, added: int, replaced: int, quoted: dict[str, Source]
) -> About:
    """What ``past_imports`` reads back from the journal; empty for an import of unknown origin.

    ``quoted``: the documents of its rows, by key.
    """
    if origin is None:
        return About()
    return About(
        file=origin.file,
        reading=origin.reading,
        written_at=dt.datetime.now().astimezone().isoformat(timespec="seconds"),
        added=added,
        replaced=replaced,
        sources=tuple(quoted),
    )


def past_imports(folder: Path) -> list[PastImport]:
    """The imports of a folder that were not taken back, from the last to the first."""
    return [_read_import(entry) for entry in store_of_data(folder).done_entries("import")]


def find_import(folder: Path, reading: str) -> PastImport | None:
    """The last import that was written with this ``reading`` of its origin and not taken back."""
    return next((past for past in past_imports(folder) if past.reading == reading), None)


def last_used_sources(folder: Path) -> list[str]:
    """Keys of the documents that imports quoted, the last used first."""
    return list(dict.fromkeys(key for past in past_imports(folder) for key in past.sources))


def undo_last_import(folder: Path) -> WriteResult:
    """Put back what the last import replaced, as ``undo_import`` does."""
    return undo_import(folder, None)


def undo_import(folder: Path, entry_name: str | None) -> WriteResult:
    """Put back what an import replaced, unless its files have changed since.

    ``entry_name``: ``entry`` of a PastImport, which may have been taken back meanwhile: nothing is
    then done, and no file named. None for the last import. Raises OSError when the folder cannot be
    written, in which case no file is changed.
    """
    store = store_of_data(folder)
    try:
        with store.exclusive_access():
            entries = store.done_entries("import")
            entry = next((e for e in entries if entry_name in (None, e.number)), None)
            if entry is None and entry_name:
                return WriteResult()
            if entry is None:
                return WriteResult(
                    problems=(Problem(DATA, "aucun import à annuler", "Rien n’a été changé."),)
                )
            changed = store.changed_files(entry)
            if changed:
                later = entries[: entries.index(entry)]
                return WriteResult(
                    problems=tuple(_changed_file_problem(name, entry, later) for name in changed)
                )
            store.put_back(entry)
            return WriteResult(_file_names(entry))
    except StoreError as refused:
        return not_written(refused)


def _changed_file_problem(name: str, entry: Entry, later: list[Entry]) -> Problem:
    """Why a file is not put back. ``later``: the imports after this one."""
    by_import = next((other for other in later if name in other.made), None)
    if by_import:
        return Problem(
            name,
            f"un import plus récent y a écrit ({import_title(_read_import(by_import))})",
            "Annulez d’abord celui-là.",
        )
    kept = f"{DATA}/{entry.folder.parent.name}/{entry.folder.name}"
    return Problem(
        name, "le fichier a changé depuis l’import", f"Reprenez sa version précédente dans {kept}."
    )


def import_title(past: PastImport) -> str:
    """« annexe.xlsx », 27 novembre 2026 à 10 h 12; its number for one that said nothing."""
    if not past.written_at:
        return f"import n° {int(past.entry)}"
    time = dt.datetime.fromisoformat(past.written_at)
    day = periods.label(time.date().isoformat())
    return f"« {past.file} », {day} à {time.hour} h {time.minute:02d}"


def _file_names(entry: Entry) -> tuple[str, ...]:
    """The names of its files inside the folder of data."""
    return tuple(name.removeprefix(f"{DATA}/") for name in entry.made)


def _read_import(entry: Entry) -> PastImport:
    about = entry.about
    return PastImport(
        entry.number,
        tuple(name for name in _file_names(entry) if name != SOURCES_FILE),
        about.file,
        about.reading,
        about.written_at,
        about.added,
        about.replaced,
        about.sources,
    )
