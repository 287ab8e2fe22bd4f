"""Files of a folder replaced all at once or not at all, by processes killed at each step of it."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from atlas.importing import journal

BEFORE = {"2024.csv": b"old 2024", "2025.csv": b"old 2025", "notes.txt": b"of a person"}
REPLACED = {"2024.csv": b"new 2024", "2025.csv": b"new 2025", "2026.csv": b"new 2026"}
AFTER = BEFORE | REPLACED
KILLED = 9
# Dies, without cleaning up, when it is about to touch the file system for the n-th time.
PROGRAM = f"""
import os, sys
from pathlib import Path
from atlas.importing import journal

action, folder, steps_left = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
sync = os.fsync

def count_step():
    global steps_left
    if steps_left == 0:
        os._exit({KILLED})
    steps_left -= 1

def audit(event, arguments):
    if event in ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod"):
        if str(arguments[0]).startswith(str(folder)):
            count_step()

def sync_or_die(handle):
    count_step()
    sync(handle)

os.fsync = sync_or_die
sys.addaudithook(audit)
with journal.exclusive_access(folder):
    if action == "replace":
        journal.replace_files(folder, {REPLACED})
    elif action == "put back":
        journal.put_back(folder, journal.last_entry(folder))
"""


def filled_folder(path: Path) -> Path:
    path.mkdir()
    for name, content in BEFORE.items():
        (path / name).write_bytes(content)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def replace(folder: Path) -> None:
    with journal.exclusive_access(folder):
        journal.replace_files(folder, REPLACED)


def recover(folder: Path) -> None:
    """As the next opening does; the lock of a dead process must be free."""
    with journal.exclusive_access(folder):
        pass


def kill_at_each_step(
    action: str, path: Path, prepare: Callable[[Path], None]
) -> list[dict[str, bytes]]:
    """What a recovered folder holds after a process was killed before its first step, its second…

    The last one is that of a process that was not killed.
    """
    outcomes: list[dict[str, bytes]] = []
    while True:
        steps = len(outcomes)
        folder = filled_folder(path / str(steps))
        prepare(folder)
        process = subprocess.run(
            [sys.executable, "-c", PROGRAM, action, str(folder), str(steps)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert process.returncode in (0, KILLED), process.stderr
        recover(folder)
        assert not journal.is_pending(folder)
        outcomes.append(contents(folder))
        if process.returncode == 0:
            return outcomes


def test_a_replacement_killed_at_any_step_is_of_all_files_or_of_none(tmp_path):
    outcomes = kill_at_each_step("replace", tmp_path, lambda folder: None)
    changes = [outcome for outcome, _ in itertools.groupby(outcomes)]
    assert changes == [BEFORE, AFTER]  # and once all are replaced, they stay
    assert outcomes.count(BEFORE) > 20


def test_an_undoing_killed_at_any_step_is_finished_by_the_next_opening(tmp_path):
    outcomes = kill_at_each_step("put back", tmp_path, replace)
    changes = [outcome for outcome, _ in itertools.groupby(outcomes)]
    assert changes == [AFTER, BEFORE]
    assert outcomes.count(BEFORE) > 10


def test_a_recovery_killed_at_any_step_is_finished_by_the_next_opening(tmp_path):
    def leave_pending(folder: Path) -> None:
        replace(folder)
        entry = journal.last_entry(folder)
        text = (entry / "journal.json").read_text("utf-8")
        (entry / "journal.json").write_text(text.replace("done", "pending"), "utf-8")

    outcomes = kill_at_each_step("recover", tmp_path, leave_pending)
    assert len(outcomes) > 10 and all(outcome == BEFORE for outcome in outcomes)


def refuse_to_replace(monkeypatch: pytest.MonkeyPatch, name: str, times: int) -> None:
    """As Windows does for a file that a spreadsheet holds open."""
    real, left = Path.replace, [times]

    def replace_or_refuse(path: Path, target: Path) -> Path:
        if target.name == name and left[0]:
            left[0] -= 1
            raise PermissionError(13, "Permission denied", str(target))
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replace_or_refuse)


def test_a_file_held_open_leaves_all_as_before_at_once(tmp_path, monkeypatch):
    folder = filled_folder(tmp_path / "data")
    refuse_to_replace(monkeypatch, "2025.csv", times=1000)
    with pytest.raises(PermissionError):
        replace(folder)
    assert contents(folder) == BEFORE and not journal.is_pending(folder)
    assert journal.last_entry(folder) is None
    monkeypatch.undo()
    replace(folder)
    assert contents(folder) == AFTER


def test_a_file_that_cannot_be_put_back_is_by_the_next_opening(tmp_path, monkeypatch):
    folder = filled_folder(tmp_path / "data")
    replace(folder)
    entry = journal.last_entry(folder)
    refuse_to_replace(monkeypatch, "2024.csv", times=1)
    with pytest.raises(PermissionError), journal.exclusive_access(folder):
        journal.put_back(folder, entry)
    assert contents(folder) not in (BEFORE, AFTER) and journal.is_pending(folder)
    recover(folder)
    assert contents(folder) == BEFORE
