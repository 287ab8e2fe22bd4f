"""Files and folders that a full disk or a power cut leaves whole: the old ones, or the new ones."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import uuid
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from atlas.temporary_folder import TemporaryFolder

_SCRATCH_PREFIX = ".atlas-"


def read_if_exists(path: Path) -> bytes | None:
    """The bytes of a file; None without the file."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def digest(content: bytes | None) -> str:
    """SHA-256, in hexadecimal digits; empty for what does not exist."""
    return "" if content is None else hashlib.sha256(content).hexdigest()


def write_durably(path: Path, content: bytes) -> None:
    """Write a file that a power cut finds whole: on the disk before anything else goes on."""
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Put the names of a folder on the disk; Windows, where a folder cannot be opened, does it."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def keep_mode(source: Path, target: Path) -> None:
    """Give a file the rights of another one, when that one exists."""
    with suppress(FileNotFoundError):
        target.chmod(source.stat().st_mode & 0o777)


def write_file(path: Path, content: bytes) -> None:
    """Give one file new contents: see `write_files`."""
    write_files({path: content})


def write_files(contents: dict[Path, bytes]) -> None:
    """Give files new contents. All are on the disk, beside those that they replace, before the
    first one is replaced: what a full disk stops leaves them as they were.

    A link is followed. What is no file (/dev/stdout) is written to as it is. Raises OSError when
    one of them cannot be written.
    """
    staged: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            target = Path(os.path.realpath(path))
            if path.exists() and not path.is_file():
                path.write_bytes(content)
                continue
            # Hidden: not taken for a yearly file while it is being written.
            fresh = target.with_name(f".{target.name[:40]}.{uuid.uuid4().hex}")
            staged[fresh] = target
            write_durably(fresh, content)
            keep_mode(target, fresh)
        for fresh, target in staged.items():
            fresh.replace(target)
        for folder in {target.parent for target in staged.values()}:
            sync_folder(folder)
    finally:
        for fresh in staged:
            fresh.unlink(missing_ok=True)


def write_folder(folder: Path, contents: dict[str, bytes]) -> None:
    """A folder of files, by relative name, in the place of what has its name: a folder or a file.

    Everything is on the disk before the former one is moved, which comes back if the new one cannot
    take its name. Raises OSError when it cannot be written.
    """
    with TemporaryFolder(_SCRATCH_PREFIX, folder.parent) as scratch:
        fresh, former = scratch.path / "new", scratch.path / "old"
        fresh.mkdir()
        for name, content in contents.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            write_durably(fresh / name, content)
        sync_tree(fresh)
        with suppress(FileNotFoundError):
            folder.rename(former)
        try:
            fresh.rename(folder)
        except OSError:
            with suppress(FileNotFoundError):
                former.rename(folder)
            raise
        sync_folder(folder.parent)


def sync_tree(folder: Path) -> None:
    """Put the files of a folder, their names and those of its folders on the disk."""
    for parent, _, names in os.walk(folder):
        _sync_files(Path(parent) / name for name in names)
        sync_folder(Path(parent))


def _sync_files(paths: Iterable[Path]) -> None:
    for path in paths:
        with path.open("rb+") as stream:
            os.fsync(stream.fileno())


def remove_tree(folder: Path) -> None:
    """Remove a folder as far as that is possible."""
    shutil.rmtree(folder, ignore_errors=True)
