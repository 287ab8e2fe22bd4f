"""Files of a folder replaced all at once or not at all, and put back again.

data/.precedent/<number>/ keeps what an import replaced and what it made of it, with a journal:
« pending » from before the first file is replaced until after the last, then « done », « undone »
once put back. An import that was cut in between is put back by the next one.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

KEPT = ".precedent"


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """One import at a time, whatever the process: the system frees the lock of a dead one.

    What was cut before is put back first.
    """
    (folder / KEPT).mkdir(parents=True, exist_ok=True)
    with (folder / KEPT / "lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        for entry in reversed(_entries(folder)):
            if _journal(entry)["state"] == "pending":
                put_back(folder, entry)
        yield


def is_pending(folder: Path) -> bool:
    """Whether an import goes on, or was cut."""
    return any(_journal(entry)["state"] == "pending" for entry in _entries(folder))


def last_entry(folder: Path) -> Path | None:
    """Of the last import that was not put back; None without one."""
    return next(
        (entry for entry in reversed(_entries(folder)) if _journal(entry)["state"] == "done"), None
    )


def names_of(entry: Path) -> tuple[str, ...]:
    """The files that an import replaced, in their order."""
    return tuple(_journal(entry)["made"])


def changed_since(folder: Path, entry: Path) -> list[str]:
    """Of these, those that are no longer as the import made them."""
    return [
        name
        for name, digest in _journal(entry)["made"].items()
        if _digest(content_of(folder / name)) != digest
    ]


def content_of(path: Path) -> bytes | None:
    """None without the file."""
    return path.read_bytes() if path.exists() else None


def replace_files(folder: Path, texts: Mapping[str, bytes]) -> None:
    """By name, in their order. Call it under `locked`."""
    known = _entries(folder)
    entry = folder / KEPT / f"{int(known[-1].name) + 1 if known else 1:06d}"
    scratch = folder / KEPT / "entry"  # an entry has its name only when it is whole
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    for name in texts:
        old = content_of(folder / name)
        if old is not None:
            _store(scratch / name, old)
    made = {name: _digest(new) for name, new in texts.items()}
    _write_journal(scratch, {"state": "pending", "made": made})
    scratch.rename(entry)
    _synced(folder / KEPT)
    for name, new in texts.items():
        _swap(folder, name, new)
    _write_journal(entry, {"state": "done", "made": made})


def put_back(folder: Path, entry: Path) -> None:
    """The files as they were before an import; done twice, it changes nothing more."""
    _write_journal(entry, {**_journal(entry), "state": "pending"})
    for name in reversed(names_of(entry)):
        old = content_of(entry / name)
        if old is None:
            (folder / name).unlink(missing_ok=True)
        else:
            _swap(folder, name, old)
    _write_journal(entry, {**_journal(entry), "state": "undone"})


def _entries(folder: Path) -> list[Path]:
    return sorted(entry for entry in (folder / KEPT).glob("[0-9]*") if entry.is_dir())


def _journal(entry: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((entry / "journal.json").read_text("utf-8"))
    return found


def _write_journal(entry: Path, journal: dict[str, Any]) -> None:
    _store(entry / "journal.new", json.dumps(journal).encode())
    (entry / "journal.new").replace(entry / "journal.json")
    _synced(entry)


def _swap(folder: Path, name: str, new: bytes) -> None:
    fresh, target = folder / KEPT / "next", folder / name
    _store(fresh, new)
    if target.exists():
        fresh.chmod(target.stat().st_mode & 0o777)
    fresh.replace(target)
    _synced(folder)


def _digest(found: bytes | None) -> str:
    return "" if found is None else hashlib.sha256(found).hexdigest()


def _store(path: Path, new: bytes) -> None:
    """On the disk before it goes on, so that a power cut finds it whole."""
    with path.open("wb") as stream:
        stream.write(new)
        stream.flush()
        os.fsync(stream.fileno())


def _synced(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
