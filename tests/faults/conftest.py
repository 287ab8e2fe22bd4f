"""Faults are caused for real: a folder on a small disk, a folder that nobody may write, a server
with few descriptors."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

NOBODY_ID = 65534


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Makes a folder on a disk of its own of so many kilobytes; mounting one needs root."""
    mounted: list[Path] = []

    def mount(kilobytes: int) -> Path:
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        options = ["-t", "tmpfs", "-o", f"size={kilobytes}k,mode=0777", "tmpfs", str(folder)]
        subprocess.run(["mount", *options], check=True, capture_output=True)
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def as_nobody() -> dict[str, int]:
    """Options of subprocess: an account without rights, from which root's own do not hide that a
    folder is read-only. Empty when the tests have no such rights themselves."""
    if os.geteuid() != 0:
        return {}
    return {"user": NOBODY_ID, "group": NOBODY_ID}


@pytest.fixture
def read_only() -> Iterator[Callable[[Path], None]]:
    """Takes the right to write a folder, and all that it holds, until the test ends."""
    taken: list[tuple[Path, int]] = []

    def take(folder: Path) -> None:
        for path in [folder, *folder.rglob("*")]:
            mode = path.stat().st_mode
            taken.append((path, mode))
            path.chmod(mode & ~0o222)

    yield take
    for path, mode in reversed(taken):
        if path.exists():
            path.chmod(mode)


@pytest.fixture
def prlimit() -> str:
    """The command that starts a program with fewer descriptors or less memory."""
    found = shutil.which("prlimit")
    assert found, "prlimit (util-linux) is needed"
    return found
