"""What a running server shows while files are replaced: one generation of them or the other."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from killed_writers import KILLED, Killer, started_killer
from patience import PATIENCE_MS

from atlas.project import Project
from atlas.store.journal import HISTORY_FOLDER
from atlas.store.store import project_store

ADDED = "DEP-2A,activation_rate,,{year}-12,77.7,,,,egora-202601,,,,,,\n"


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    with started_killer() as started:
        yield started


def contents_of_two_years(base: Path) -> dict[str, bytes | None]:
    """The configuration and two years that are only right together: the title says the figures."""
    config = (base / "config.yaml").read_text("utf-8")
    return {
        "config.yaml": config.replace('"4 ans de Mon espace santé"', '"Nouveau titre"', 1).encode(),
        **{
            f"data/{year}.csv": (base / f"data/{year}.csv").read_bytes()
            + ADDED.format(year=year).encode()
            for year in (2023, 2024, 2025)
        },
    }


def generation(project: Project) -> tuple[str, tuple[str, ...]]:
    """The title, and which of the new rows are there."""
    settings, dataset = project.read_whole(lambda: (project.settings, project.dataset()))
    assert settings and dataset
    rows = dataset.published
    years = rows.loc[rows["value"] == 77.7, "period"].str[:4]
    return settings.brand.title, tuple(sorted(years))


OLD, NEW = ("4 ans de Mon espace santé", ()), ("Nouveau titre", ("2023", "2024", "2025"))


def kill_under_a_server(killer: Killer, base: Path, step: int, *, renames_only: bool) -> bool:
    """Whether a writer was killed at a step; a server that runs, and one that starts, then show one
    generation, and the writer that comes next writes the other one."""
    server = Project(base)
    assert generation(server) == OLD
    code = killer.write(base, contents_of_two_years(base), step, renames_only=renames_only)
    assert code in (0, KILLED)
    shown = generation(server)
    assert shown in (OLD, NEW) and server.problems() == []
    assert generation(Project(base)) == shown
    assert not project_store(base).is_pending()
    if shown == NEW:
        store = project_store(base)
        with store.exclusive_access():
            store.put_back(store.done_entries("import")[0])
    assert generation(server) == OLD and server.problems() == server.warnings() == []
    return code == KILLED


def test_a_server_shows_no_half_of_what_a_killed_writer_left(killer, copy_of_project):
    """Killed between the second and the third file."""
    assert kill_under_a_server(killer, copy_of_project, 3, renames_only=True)


@pytest.mark.long
def test_a_server_shows_no_half_whatever_the_step_of_the_kill(killer, copy_of_project):
    steps = 0
    while kill_under_a_server(killer, copy_of_project, steps, renames_only=False):
        steps += 1
    assert steps > 40


def test_while_a_writer_is_alive_the_last_good_state_stays(copy_of_project, monkeypatch):
    """Stopped between two files: who reads keeps what it has, and sees the whole at the end."""
    server, store = Project(copy_of_project), project_store(copy_of_project)
    assert generation(server) == OLD
    goes_on, is_stopped, real = threading.Event(), threading.Event(), Path.replace

    def stop(path: Path, target: Path) -> Path:
        if target.name == "2024.csv":
            is_stopped.set()
            assert goes_on.wait(PATIENCE_MS / 1000)
        return real(path, target)

    def write() -> None:
        with store.exclusive_access():
            store.replace_files(contents_of_two_years(copy_of_project))

    monkeypatch.setattr(Path, "replace", stop)
    writer = threading.Thread(target=write)
    writer.start()
    assert is_stopped.wait(PATIENCE_MS / 1000)
    assert "Nouveau titre" in (copy_of_project / "config.yaml").read_text("utf-8")
    assert generation(server) == OLD and server.problems() == []
    goes_on.set()
    writer.join()
    assert generation(server) == NEW and server.problems() == []


def test_what_is_replaced_while_it_is_read_is_read_again(copy_of_project):
    server, store = Project(copy_of_project), project_store(copy_of_project)
    fresh, changes = contents_of_two_years(copy_of_project), [True]

    def read() -> tuple[str, int]:
        settings = server.settings
        if changes:
            changes.clear()
            with store.exclusive_access():
                store.replace_files(fresh)
        dataset = server.dataset()
        assert settings and dataset
        return settings.brand.title, int((dataset.published["value"] == 77.7).sum())

    assert server.read_whole(read) == ("Nouveau titre", 3)


READ_ONLY = """
import os, sys
from pathlib import Path
from atlas.project import Project
Project(Path(".")).problems()  # what is loaded late is out of reach of another account
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
project = Project(Path(sys.argv[1]))
print(project.dataset() is None, [p.message for p in project.problems()])
"""


@pytest.fixture
def readable_by_all(copy_of_project: Path) -> Iterator[Path]:
    """The copy where another account can read it: the folders of tests are of one account."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(shutil.copytree(copy_of_project, Path(folder) / "project"))


@pytest.mark.long
def test_who_cannot_put_a_half_back_shows_nothing_of_it(killer, readable_by_all):
    """A first reading has nothing to keep; it says what to do, and which account can."""
    fresh = contents_of_two_years(readable_by_all)
    assert killer.write(readable_by_all, fresh, 3, renames_only=True) == KILLED
    places = [readable_by_all / "data", *(readable_by_all / "data").rglob("*")]
    for path in places:
        path.chmod(0o555 if path.is_dir() else 0o444)
    told = subprocess.run(
        [sys.executable, "-c", READ_ONLY, str(readable_by_all)],
        capture_output=True,
        text=True,
        check=False,
    )
    for path in places:
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert told.stdout.startswith("True"), told.stderr
    assert "une écriture a été interrompue" in told.stdout


def test_a_journal_that_cannot_be_followed_keeps_the_last_good_state(killer, copy_of_project):
    server = Project(copy_of_project)
    assert generation(server) == OLD
    fresh = contents_of_two_years(copy_of_project)
    assert killer.write(copy_of_project, fresh, 3, renames_only=True) == KILLED
    entry = copy_of_project / "data" / HISTORY_FOLDER / "000001.pending"
    (entry / "journal.json").write_bytes(b"")
    assert generation(server) == OLD
    (problem,) = server.problems()
    assert "il est vide" in problem.message and "restore" in problem.cure
    starting = Project(copy_of_project)
    assert starting.dataset() is None and problem in starting.problems()
    shutil.rmtree(entry)


@pytest.mark.parametrize(
    "content",
    [
        b'{"state": "pending", "made": {"../config.yaml": ""}}',
        pytest.param(b"", marks=pytest.mark.long),
        pytest.param(b"{", marks=pytest.mark.long),
    ],
)
def test_a_damaged_journal_of_a_past_change_leaves_the_figures(copy_of_project, content):
    """Version 0.4.0 failed on every page, or removed what the journal named."""
    entry = copy_of_project / "data" / HISTORY_FOLDER / "000001"
    entry.mkdir(parents=True)
    (entry / "journal.json").write_bytes(content)
    server = Project(copy_of_project)
    assert generation(server) == OLD
    (problem,) = server.problems()
    assert problem.file == "data/.precedent/000001/journal.json"
    assert (copy_of_project / "config.yaml").is_file()
