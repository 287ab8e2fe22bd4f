"""Faults of disks and rights, caused for real: small disks, unreadable folders, other accounts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from atlas.importing.records import ImportedRow
from atlas.importing.writing import write_rows
from atlas.project import Project
from atlas.store.journal import HISTORY_FOLDER
from atlas.store.store import project_store

BLOCK_BYTES = 4096


@pytest.fixture
def small_disk(tmp_path: Path, copy_of_project: Path) -> Iterator[Path]:
    """A copy of the project whose data and configuration are on a disk of 4 MB. Needs root, as a
    machine of continuous integration has; elsewhere the short tests limit the size of files."""
    place = tmp_path / "small"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)], check=True)
    try:
        base = place / "project"
        shutil.copytree(
            copy_of_project, base, ignore=shutil.ignore_patterns("geo", "demo", HISTORY_FOLDER)
        )
        (base / "geo").symlink_to(copy_of_project / "geo")
        yield base
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(base: Path, left_blocks: int) -> Path:
    """A file that leaves so many blocks of the disk."""
    path = base.parent / "full"
    stat = os.statvfs(base)
    count = stat.f_bavail * stat.f_frsize // BLOCK_BYTES - left_blocks
    path.write_bytes(b"\0" * (count * BLOCK_BYTES))
    return path


def data_of(base: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (base / "data").iterdir() if p.is_file()}


def row(year: int) -> ImportedRow:
    return ImportedRow(
        "DEP-33",
        "activation_rate",
        "",
        f"{year}-11",
        "40.0",
        "",
        "",
        "",
        "egora-202601",
        "",
        "",
        "C",
    )


@pytest.mark.long
def test_an_import_on_a_disk_that_fills_writes_all_or_nothing(small_disk):
    """For each number of blocks that are left, from none to enough: nothing was written is true."""
    server = Project(small_disk)
    keys = server.known_keys()
    assert keys
    rows, before = [row(year) for year in (2023, 2024, 2025)], data_of(small_disk)
    refused, blocks = 0, 0
    while True:
        full = fill(small_disk, blocks)
        try:
            written = write_rows(small_disk / "data", rows, keys)
        except OSError:
            refused += 1
        else:
            assert written.added == 3 and not written.problems
            break
        finally:
            full.unlink(missing_ok=True)
        assert data_of(small_disk) == before
        assert not project_store(small_disk).is_pending()
        assert server.dataset() and server.problems() == []
        blocks += 1
        assert blocks < 1000
    assert refused > 20


@pytest.mark.long
def test_a_full_disk_lets_an_import_be_taken_back(small_disk):
    """Putting back needs no room: files are renamed."""
    server, store = Project(small_disk), project_store(small_disk)
    keys, before = server.known_keys(), data_of(small_disk)
    assert keys and write_rows(small_disk / "data", [row(2024), row(2025)], keys).added == 2
    (store.history / "manifest.json").unlink(missing_ok=True)
    fill(small_disk, 0)
    with store.exclusive_access():
        store.put_back(store.done_entries("import")[0])
    assert data_of(small_disk) == before


UNREADABLE = """
import os, sys
from pathlib import Path
from atlas.project import Project
# What is loaded late is out of reach of another account.
Project(Path(".")).shapes(), Project(Path(".")).problems()
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
project = Project(Path(sys.argv[1]))
project.dataset(), project.shapes(), project.dataset(demo=True)
for problem in project.problems():
    print(problem.file, "|", problem.message)
"""


@pytest.mark.long
@pytest.mark.parametrize("folder", ["data", "geo", "config", "data/.precedent", "static/geo", "."])
@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_folder_that_cannot_be_read_is_a_problem_and_no_crash(
    copy_of_project, folder, mode, tmp_path_factory
):
    Project(copy_of_project).dataset()  # the history is there
    base = Path(shutil.copytree(copy_of_project, f"/var/tmp/unreadable-{os.getpid()}-{mode}"))
    try:
        (base / folder).chmod(mode)
        told = subprocess.run(
            [sys.executable, "-c", UNREADABLE, str(base)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 0, told.stderr
        if folder != "static/geo" or mode == 0:
            assert told.stdout, folder
    finally:
        (base / folder).chmod(0o755)
        shutil.rmtree(base)
