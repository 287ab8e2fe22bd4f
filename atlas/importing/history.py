"""The imports that a folder of yearly files has seen: known again by what they read, taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from atlas import periods
from atlas.importing import journal
from atlas.problems import Problem
from atlas.settings import Source

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


@dataclass(frozen=True)
class WriteResult:
    """What was written.

    ``files``: names of those replaced. ``added``, ``replaced``: counts of rows. ``problems``: why
    nothing was written; empty otherwise.
    """

    files: tuple[str, ...] = ()
    added: int = 0
    replaced: int = 0
    problems: tuple[Problem, ...] = ()


def describe_import(
    origin: ImportOrigin | None, added: int, replaced: int, quoted: dict[str, Source]
) -> dict[str, Any]:
    """What ``past_imports`` reads back from the journal; empty for an import of unknown origin.

    ``quoted``: the documents of its rows, by key.
    """
    if origin is None:
        return {}
    return {
        "file": origin.file,
        "reading": origin.reading,
        "written_at": dt.datetime.now().astimezone().isoformat(timespec="seconds"),
        "added": added,
        "replaced": replaced,
        "sources": list(quoted),
    }


def past_imports(folder: Path) -> list[PastImport]:
    """The imports of a folder that were not taken back, from the last to the first."""
    return [_read_import(entry) for entry in journal.done_entries(folder)]


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
    written.
    """
    with journal.exclusive_access(folder):
        entries = journal.done_entries(folder)
        entry = next((e for e in entries if entry_name in (None, e.name)), None)
        if entry is None and entry_name:
            return WriteResult()
        if entry is None:
            return WriteResult(
                problems=(Problem("data", "aucun import à annuler", "Rien n’a été changé."),)
            )
        changed = journal.files_changed_since(folder, entry)
        if changed:
            later = entries[: entries.index(entry)]
            return WriteResult(
                problems=tuple(_changed_file_problem(name, entry, later) for name in changed)
            )
        journal.put_back(folder, entry)
        return WriteResult(journal.replaced_files(entry))


def _changed_file_problem(name: str, entry: Path, later: list[Path]) -> Problem:
    """Why a file is not put back. ``later``: the entries after this one."""
    by_import = next((other for other in later if name in journal.replaced_files(other)), None)
    if by_import:
        return Problem(
            f"data/{name}",
            f"un import plus récent y a écrit ({import_title(_read_import(by_import))})",
            "Annulez d’abord celui-là.",
        )
    return Problem(
        f"data/{name}",
        "le fichier a changé depuis l’import",
        f"Reprenez sa version précédente dans data/{journal.HISTORY_FOLDER}/{entry.name}.",
    )


def import_title(past: PastImport) -> str:
    """« annexe.xlsx », 27 novembre 2026 à 10 h 12; its number for one that said nothing."""
    if not past.written_at:
        return f"import n° {int(past.entry)}"
    time = dt.datetime.fromisoformat(past.written_at)
    day = periods.label(time.date().isoformat())
    return f"« {past.file} », {day} à {time.hour} h {time.minute:02d}"


def _read_import(entry: Path) -> PastImport:
    about = journal.about_entry(entry)
    files = tuple(name for name in journal.replaced_files(entry) if name != SOURCES_FILE)
    if not about:
        return PastImport(entry.name, files)
    return PastImport(
        entry.name,
        files,
        about["file"],
        about["reading"],
        about["written_at"],
        about["added"],
        about["replaced"],
        tuple(about["sources"]),
    )
