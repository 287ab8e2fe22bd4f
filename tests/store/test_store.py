"""Files of a project replaced all at once or not at all, by writers killed at each of their steps,
on disks that are full, and under journals that lie."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from killed_writers import KILLED, Killer, started_killer

from atlas.store.journal import HISTORY_FOLDER, JOURNAL_FILE
from atlas.store.store import (
    InterruptedChangeError,
    Store,
    StoreBusyError,
    StoreError,
    project_store,
    store_of_data,
)

BEFORE = {"data/2024.csv": b"old 2024", "data/2025.csv": b"old 2025", "data/notes.txt": b"a person"}
REPLACED: dict[str, bytes | None] = {
    "data/2024.csv": b"new 2024",
    "data/2025.csv": None,
    "data/2026.csv": b"new 2026",
    "config/imports.yaml": b"new: profile",
    "config.yaml": b"new: configuration",
    "config/dossiers/corse.yaml": b"new: dossier",
    "modeles/agence.pptx": b"new template",
}
CONFIG = {"config/imports.yaml": b"old: profile", "config.yaml": b"old: configuration"}
# Every step in `make faults`; one of several in `make test`.
EACH_FIFTH_STEP_OR_ALL = pytest.mark.parametrize(
    "every", [5, pytest.param(1, marks=pytest.mark.long)]
)
AFTER = {"data/notes.txt": b"a person"} | {k: v for k, v in REPLACED.items() if v is not None}


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    with started_killer() as started:
        yield started


def filled_project(path: Path) -> Path:
    for name, content in (BEFORE | CONFIG).items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but those of the journal, leftovers included."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and HISTORY_FOLDER not in path.parts
    }


def replace(folder: Path) -> Store:
    store = project_store(folder)
    with store.exclusive_access():
        store.replace_files(REPLACED)
    return store


def put_back(folder: Path) -> None:
    store = project_store(folder)
    with store.exclusive_access():
        store.put_back(store.done_entries("import")[0])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return filled_project(tmp_path / "project")


# --- killed at every step ------------------------------------------------------------------------


def kill_at_each_step(
    killer: Killer,
    path: Path,
    written: dict[str, bytes | None] | None,
    prepare: Callable,
    every: int,
) -> list[dict[str, bytes]]:
    """What a folder holds, once the next one has opened it, after a writer was killed before its
    first step, then some steps later… The last one is that of a writer that was not killed."""
    outcomes: list[dict[str, bytes]] = []
    while True:
        folder = filled_project(path / str(len(outcomes)))
        prepare(folder)
        code = killer.write(folder, written, steps=every * len(outcomes))
        assert code in (0, KILLED)
        store = project_store(folder)
        with store.exclusive_access():
            pass
        assert not store.is_pending() and store.problems() == []
        outcomes.append(contents(folder))
        if code == 0:
            return outcomes


def leave_pending(folder: Path) -> None:
    history = replace(folder).history
    (history / "000001").rename(history / "000001.pending")


@EACH_FIFTH_STEP_OR_ALL
def test_a_change_killed_at_any_step_is_of_all_files_or_of_none(killer, tmp_path, every):
    outcomes = kill_at_each_step(killer, tmp_path, REPLACED, lambda folder: None, every)
    changes = [outcome for outcome, _ in itertools.groupby(outcomes)]
    assert changes == [BEFORE | CONFIG, AFTER]  # and once all are replaced, they stay
    assert outcomes.count(BEFORE | CONFIG) * every > 50


@EACH_FIFTH_STEP_OR_ALL
def test_an_undoing_killed_at_any_step_is_finished_by_the_next_opening(killer, tmp_path, every):
    outcomes = kill_at_each_step(killer, tmp_path, None, replace, every)
    changes = [outcome for outcome, _ in itertools.groupby(outcomes)]
    assert changes == [AFTER, BEFORE | CONFIG]
    assert outcomes.count(BEFORE | CONFIG) * every > 10


@EACH_FIFTH_STEP_OR_ALL
def test_a_recovery_killed_at_any_step_is_finished_by_the_next_opening(killer, tmp_path, every):
    outcomes = kill_at_each_step(killer, tmp_path, {}, leave_pending, every)
    assert len(outcomes) * every > 10
    assert all(outcome == BEFORE | CONFIG for outcome in outcomes)


# --- on the disk before it is said ---------------------------------------------------------------


def test_what_replaces_a_file_is_on_the_disk_before_it_does(place, monkeypatch):
    """Each new file, and the journal, is synced before the first renaming in data; then the folders
    are, before the change is said to be done."""
    synced: set[int] = set()
    events: list[tuple[str, str, bool]] = []
    sync, rename = os.fsync, os.replace

    def note_sync(handle: int) -> None:
        synced.add(os.fstat(handle).st_ino)
        sync(handle)

    def note_rename(source: Path, target: Path) -> Path:
        is_synced = Path(source).is_dir() or Path(source).stat().st_ino in synced
        events.append((Path(source).name, Path(target).name, is_synced))
        if Path(target).name == "000001":
            for folder in ("data", "config", "."):
                assert (place / folder).stat().st_ino in synced, folder
        if Path(target).name == "000001.pending":
            for kept in Path(source).rglob("*"):
                assert kept.stat().st_ino in synced, kept
            for staged in place.glob("**/.*.next"):
                assert staged.stat().st_ino in synced, staged
            synced.clear()  # what follows is put on the disk again
            synced.update(staged.stat().st_ino for staged in place.glob("**/.*.next"))
        rename(source, target)
        return Path(target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(Path, "replace", note_rename)
    monkeypatch.setattr(Path, "rename", note_rename)
    replace(place)
    names = [target for _, target, _ in events]
    assert names[0] == "000001.pending" and names[-1] == "000001"
    assert sorted(names[1:-1]) == sorted(Path(n).name for n, c in REPLACED.items() if c)
    assert all(is_synced for _, _, is_synced in events)


# --- disks and files that refuse -----------------------------------------------------------------


def _write_on_a_small_disk(folder: Path, limit: int, outcome: multiprocessing.Queue) -> None:
    sys.dont_write_bytecode = True  # it would find no room either, and leave half of a module
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    store = project_store(folder)
    try:
        with store.exclusive_access():
            store.replace_files({"data/2024.csv": b"n" * 10, "data/2025.csv": b"n" * 5000})
    except OSError as reason:
        outcome.put((reason.errno, isinstance(reason, StoreError)))
    else:
        outcome.put(None)


def test_a_file_that_finds_no_room_leaves_all_as_before_at_once(place):
    queue = multiprocessing.get_context("fork").Queue()
    child = multiprocessing.get_context("fork").Process(
        target=_write_on_a_small_disk, args=(place, 2000, queue)
    )
    child.start()
    code, _ = queue.get(timeout=60)
    child.join()
    assert code == 27  # EFBIG
    assert contents(place) == BEFORE | CONFIG
    assert project_store(place).generation() == ()


def refuse_to_replace(monkeypatch: pytest.MonkeyPatch, name: str, times: int) -> None:
    """As Windows does for a file that a spreadsheet holds open."""
    real, left = Path.replace, [times]

    def replace_or_refuse(path: Path, target: Path) -> Path:
        if target.name == name and left[0]:
            left[0] -= 1
            raise PermissionError(13, "Permission denied", str(target))
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replace_or_refuse)


def test_a_file_held_open_leaves_all_as_before_at_once(place, monkeypatch):
    refuse_to_replace(monkeypatch, "2026.csv", times=1000)
    with pytest.raises(PermissionError):
        replace(place)
    store = project_store(place)
    assert contents(place) == BEFORE | CONFIG and not store.is_pending()
    assert store.done_entries("import") == []
    monkeypatch.undo()
    replace(place)
    assert contents(place) == AFTER


def test_a_file_that_cannot_be_put_back_is_by_the_next_opening(place, monkeypatch):
    store = replace(place)
    refuse_to_replace(monkeypatch, "2024.csv", times=1)
    with pytest.raises(InterruptedChangeError) as raised:
        put_back(place)
    assert "a été interrompue" in raised.value.problems[0].message
    assert contents(place) not in (BEFORE | CONFIG, AFTER) and store.is_pending()
    assert sorted(store.recover()) == sorted(REPLACED)
    assert contents(place) == BEFORE | CONFIG


def test_a_change_waits_for_another_and_says_so(place):
    store = project_store(place)
    with (
        store.exclusive_access(),
        pytest.raises(StoreBusyError) as raised,
        project_store(place).exclusive_access(wait_seconds=0.05),
    ):
        pass
    assert "un autre changement est en cours" in raised.value.problems[0].message


def test_changes_of_data_and_of_configuration_exclude_each_other(place):
    """A page that keeps a profile and a command that imports."""
    inside: list[int] = []
    most: list[int] = []

    def change(name: str, count: int) -> None:
        store = project_store(place) if name.startswith("config") else store_of_data(place / "data")
        for _ in range(count):
            with store.exclusive_access():
                inside.append(1)
                most.append(len(inside))
                content = int(store.read(name) or b"0")
                store.replace_files({name: str(content + 1).encode()})
                inside.pop()

    names = ["data/2030.csv", "config/imports.yaml", "config/imports.yaml"]
    (place / "config/imports.yaml").write_bytes(b"0")
    people = [threading.Thread(target=change, args=(name, 10)) for name in names]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert max(most) == 1
    assert (place / "config/imports.yaml").read_bytes() == b"20"
    assert (place / "data/2030.csv").read_bytes() == b"10"


# --- journals that lie ---------------------------------------------------------------------------


def pending(place: Path) -> Path:
    """The journal of a change that seems to be cut."""
    leave_pending(place)
    return place / "data" / HISTORY_FOLDER / "000001.pending" / JOURNAL_FILE


def tampered(path: Path, **changes: object) -> bytes:
    return json.dumps(json.loads(path.read_bytes()) | changes).encode()


HOSTILE_NAMES = [
    "../config.yaml",
    "data/../config.yaml",
    "/etc/passwd",
    "data//etc/passwd",
    "app.py",
    "atlas/project.py",
    "atlas/x.json",
    ".git/config",
    "data/.precedent/lock",
    "data/2025.csv\n",
    "data/2025.csv\x00",
    "data/٢٠٢٥.csv",
    "config/schemas/config.schema.json",
    "C:\\config.yaml",
    "..",
    "",
    "x/../../y.svg",
    "modeles/.cache/x.svg",
    "a" * 400 + ".svg",
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_journal_that_names_what_is_not_its_own_is_not_obeyed(place, name):
    journal = pending(place)
    before = contents(place)
    digests = {name: ""}
    journal.write_bytes(tampered(journal, before=digests, made={name: "0" * 64}))
    store = project_store(place)
    with pytest.raises(StoreError) as raised, store.exclusive_access():
        pass
    assert contents(place) == before
    (problem,) = raised.value.problems
    assert problem.file == "data/.precedent/000001.pending/journal.json"
    assert "ne peut pas être suivi" in problem.message and "recover --set-aside" in problem.cure
    assert store.problems() == [problem]


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda old: b"",
    "blank": lambda old: b"  \n",
    "cut": lambda old: old[: len(old) // 2],
    "zeros": lambda old: b"\0" * len(old),
    "a list": lambda old: b"[]",
    "null": lambda old: b"null",
    "latin": lambda old: b"\xe9" + old,
    "another format": lambda old: old.replace(b'"format": 2', b'"format": 3'),
    "a number for a name": lambda old: old.replace(b'"import"', b"7"),
    "more keys": lambda old: old.replace(b"{", b'{"more": 1,', 1),
    "nested": lambda old: b"[" * 100_000,
    "too long": lambda old: old + b" " * 2_000_000,
    "no files": lambda old: b'{"format": 2, "before": {}, "made": {}}',
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("state", ["000001.pending", "000001"])
def test_a_damaged_journal_is_said_and_not_obeyed(place, broken, state):
    journal = pending(place)
    journal.write_bytes(broken(journal.read_bytes()))
    journal.parent.rename(journal.parent.with_name(state))
    before, store = contents(place), project_store(place)
    (problem,) = store.problems()
    assert "ne peut pas être suivi" in problem.message
    if state == "000001":  # the change is done: only its undoing is lost
        with store.exclusive_access():
            assert store.done_entries("import") == []
    else:
        with pytest.raises(StoreError), store.exclusive_access():
            pass
    assert contents(place) == before
    assert store.set_aside_unreadable() == ["data/.precedent/000001.aside"]
    assert store.problems() == [] and contents(place) == before
    replace(place)
    assert store.done_entries("import")[0].number == "000002"


def test_a_copy_that_is_gone_or_changed_is_said_before_anything_is_put_back(place):
    journal = pending(place)
    copy = journal.parent / "data/2024.csv"
    secret = place / "secret"
    secret.write_bytes(b"of the system")
    before = contents(place)
    for damage in (
        lambda: copy.write_bytes(b"other"),
        copy.unlink,
        lambda: copy.symlink_to(secret),
    ):
        damage()
        with pytest.raises(StoreError) as raised, project_store(place).exclusive_access():
            pass
        assert "data/2024.csv" in {problem.where for problem in raised.value.problems}
        assert contents(place) == before


def test_a_file_that_is_a_link_is_not_written_through(place, tmp_path):
    outside = tmp_path / "outside.yaml"
    outside.write_bytes(b"of somebody")
    (place / "config/imports.yaml").unlink()
    (place / "config/imports.yaml").symlink_to(outside)
    with pytest.raises(StoreError) as raised:
        replace(place)
    assert "lien" in raised.value.problems[0].message
    assert outside.read_bytes() == b"of somebody"
    assert (place / "data/2024.csv").read_bytes() == b"old 2024"


def test_a_folder_of_data_alone_does_not_follow_names_of_a_configuration(place):
    """--out of the command of imports: there is no project around it."""
    pending(place)
    (place / "config.yaml").unlink()
    (place / "data").rename(place / "lot")
    with pytest.raises(StoreError), store_of_data(place / "lot").exclusive_access():
        pass


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_journal_does_anything_but_put_its_own_files_back(tmp_path_factory, data):
    """Bytes changed, cut and added anywhere in the journal of a change that was cut."""
    place = filled_project(tmp_path_factory.mktemp("fuzz"))
    journal = pending(place)
    old = journal.read_bytes()
    at = data.draw(st.integers(0, len(old)))
    until = data.draw(st.integers(at, min(len(old), at + 40)))
    journal.write_bytes(old[:at] + data.draw(st.binary(max_size=20)) + old[until:])
    before = contents(place)
    try:
        with project_store(place).exclusive_access():
            pass
    except StoreError as refused:
        assert refused.problems and contents(place) == before
    else:
        old_files = BEFORE | CONFIG
        for name, content in contents(place).items():
            assert content in (before.get(name), old_files.get(name)), name
