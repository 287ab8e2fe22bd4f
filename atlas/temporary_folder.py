"""Temporary folders of which nothing stays: what a program that was killed leaves, the next one
that makes a folder of the same name removes."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import weakref
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout


class TemporaryFolder:
    """A new folder, removed by `remove`, with the object, or at the end of the interpreter.

    Its lock, a file beside it, is held as long as its maker lives: the system lets go of it when
    that is killed, also where the number of a process says nothing, as between two containers.
    """

    def __init__(self, prefix: str, parent: Path | None = None) -> None:
        """parent: the folder of the system for temporary files unless given. Raises OSError."""
        folder = parent or Path(tempfile.gettempdir())
        remove_abandoned_folders(prefix, folder)
        self.path = folder / f"{prefix}{secrets.token_hex(8)}"
        # Locked before there is a folder: who finds the folder finds the lock held.
        lock = _lock_of(self.path)
        lock.acquire(blocking=False)
        self._remove = weakref.finalize(self, _remove, self.path, lock)
        self.path.mkdir(mode=0o700)

    def remove(self) -> None:
        """Remove it now."""
        self._remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.remove()


def remove_abandoned_folders(prefix: str, parent: Path | None = None) -> list[Path]:
    """Remove the folders of a prefix whose makers have ended; gives those removed.

    Those of another user of the machine are left alone.
    """
    removed = []
    for file in (parent or Path(tempfile.gettempdir())).glob(f"{prefix}*{_LOCK_SUFFIX}"):
        path = file.with_suffix("")
        if _is_ours(file) and _remove_unless_in_use(path):
            removed.append(path)
    return removed


_LOCK_SUFFIX = ".lock"


def _lock_of(path: Path) -> FileLock:
    # Any thread may be the one that collects what nobody needs any more.
    return FileLock(path.with_name(path.name + _LOCK_SUFFIX), thread_local=False)


def _is_ours(file: Path) -> bool:
    try:
        return os.name == "nt" or file.lstat().st_uid == os.getuid()
    except FileNotFoundError:  # its maker has just removed it
        return False


def _remove_unless_in_use(path: Path) -> bool:
    lock = _lock_of(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return False
    _remove(path, lock)
    return True


def _remove(path: Path, lock: FileLock) -> None:
    """The folder, then its lock, by which what is left of the folder would be found again."""
    shutil.rmtree(path, ignore_errors=True)
    if not path.exists():
        Path(lock.lock_file).unlink(missing_ok=True)
    lock.release()
