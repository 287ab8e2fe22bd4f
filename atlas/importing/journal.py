"""Files of a folder replaced all at once or not at all, and put back again.

An import replaces some files of data/ among others that people edit, perhaps while it is open in a
spreadsheet or mounted from elsewhere: the folder itself cannot be swapped for another one.
data/.precedent/<number>/ therefore keeps what each import replaced and what it made of it, with a
journal.json whose « state » is « pending » from before the first file is replaced until after the
last one, then « done », and « undone » once all are put back. An import that was cut in between is
put back by whoever takes the folder next. What the import says of itself is kept beside: it tells a
file that was written already, whoever comes back with it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal, NotRequired, TypedDict

from filelock import FileLock

HISTORY_FOLDER = ".precedent"


class _Journal(TypedDict):
    """``made``: SHA-256 of each file as the import made it, by name, in the order of writing.
    ``about``: what the import says of itself; journals of version 0.4.0 have none.
    """

    state: Literal["pending", "done", "undone"]
    made: dict[str, str]
    about: NotRequired[dict[str, Any]]


@contextmanager
def exclusive_access(folder: Path) -> Iterator[None]:
    """One import at a time, whatever the process or thread; what was cut before is put back first.

    Waits for the import that goes on. The system frees the lock of a process that dies. Raises
    OSError for a folder that cannot be written.
    """
    history = folder / HISTORY_FOLDER
    history.mkdir(parents=True, exist_ok=True)
    with FileLock(history / "lock"):
        for entry in reversed(_entries(folder)):
            if _read_journal(entry)["state"] == "pending":
                put_back(folder, entry)
        yield


def is_pending(folder: Path) -> bool:
    """Whether an import goes on, or was cut."""
    return any(_read_journal(entry)["state"] == "pending" for entry in _entries(folder))


def last_entry(folder: Path) -> Path | None:
    """The folder of the last import that was not put back; None without one."""
    return next(iter(done_entries(folder)), None)


def done_entries(folder: Path) -> list[Path]:
    """The folders of the imports that were not put back, from the last to the first."""
    return [
        entry for entry in reversed(_entries(folder)) if _read_journal(entry)["state"] == "done"
    ]


def about_entry(entry: Path) -> dict[str, Any]:
    """What an import said of itself, empty when it said nothing."""
    return _read_journal(entry).get("about", {})


def replaced_files(entry: Path) -> tuple[str, ...]:
    """The names of the files that an import replaced, in the order of writing."""
    return tuple(_read_journal(entry)["made"])


def files_changed_since(folder: Path, entry: Path) -> list[str]:
    """Of the files that an import replaced, those that are no longer as it made them."""
    return [
        name
        for name, digest in _read_journal(entry)["made"].items()
        if _digest(read_if_exists(folder / name)) != digest
    ]


def read_if_exists(path: Path) -> bytes | None:
    """The bytes of a file; None without the file."""
    return path.read_bytes() if path.exists() else None


def replace_files(
    folder: Path, contents: Mapping[str, bytes], about: Mapping[str, Any] | None = None
) -> None:
    """Give files of a folder new contents, by name and in their order: all of them or none.

    ``about``: what the import says of itself, as JSON has it; see ``about_entry``.
    To be called under ``exclusive_access``. Raises OSError when one of them cannot be written,
    such as a file that a spreadsheet holds open on Windows; the others are then put back.
    """
    entry = _new_entry(folder, contents, about or {})
    try:
        for name, content in contents.items():
            _replace_file(folder, name, content)
        _write_state(entry, "done")
    except OSError:
        with suppress(OSError):  # still pending: whoever takes the folder next tries again
            put_back(folder, entry)
        raise


def put_back(folder: Path, entry: Path) -> None:
    """Give files the contents that they had before an import, and remove those that it created.

    To be called under ``exclusive_access``. Files that are as before are left alone, so that it can
    be cut, and done again. Raises OSError when one of them cannot be written.
    """
    _write_state(entry, "pending")
    for name in reversed(replaced_files(entry)):
        old = read_if_exists(entry / name)
        if old is None:
            (folder / name).unlink(missing_ok=True)
        elif old != read_if_exists(folder / name):
            _replace_file(folder, name, old)
    _write_state(entry, "undone")


def _entries(folder: Path) -> list[Path]:
    """The folders of all imports, from the first to the last."""
    return sorted(entry for entry in (folder / HISTORY_FOLDER).glob("[0-9]*") if entry.is_dir())


def _new_entry(folder: Path, contents: Mapping[str, bytes], about: Mapping[str, Any]) -> Path:
    """Keep the present contents of files that are about to be replaced, with a pending journal."""
    entries = _entries(folder)
    number = int(entries[-1].name) + 1 if entries else 1
    entry = folder / HISTORY_FOLDER / f"{number:06d}"
    unnamed = folder / HISTORY_FOLDER / "entry"  # an entry has its name only when it is whole
    shutil.rmtree(unnamed, ignore_errors=True)
    unnamed.mkdir()
    for name in contents:
        old = read_if_exists(folder / name)
        if old is not None:
            _write_durably(unnamed / name, old)
    made = {name: _digest(content) for name, content in contents.items()}
    _write_journal(unnamed, {"state": "pending", "made": made, "about": dict(about)})
    unnamed.rename(entry)
    _sync_folder(folder / HISTORY_FOLDER)
    return entry


def _read_journal(entry: Path) -> _Journal:
    journal: _Journal = json.loads((entry / "journal.json").read_text("utf-8"))
    return journal


def _write_state(entry: Path, state: Literal["pending", "done", "undone"]) -> None:
    _write_journal(entry, {**_read_journal(entry), "state": state})


def _write_journal(entry: Path, journal: _Journal) -> None:
    _write_durably(entry / "journal.new", json.dumps(journal).encode())
    (entry / "journal.new").replace(entry / "journal.json")
    _sync_folder(entry)


def _replace_file(folder: Path, name: str, content: bytes) -> None:
    new, target = folder / HISTORY_FOLDER / "next", folder / name
    _write_durably(new, content)
    if target.exists():
        new.chmod(target.stat().st_mode & 0o777)
    new.replace(target)
    _sync_folder(folder)


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def _write_durably(path: Path, content: bytes) -> None:
    """Write a file that a power cut finds whole: on the disk before anything else goes on."""
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Put the names of a folder on the disk; Windows, where a folder cannot be opened, does it."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
