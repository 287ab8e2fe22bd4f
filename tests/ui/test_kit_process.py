"""A press kit in the making, in a process of its own."""

from __future__ import annotations

import gc
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from processes import children, state
from visits import CORSE, SMALL, ended, until

from atlas.settings.server import Limits
from atlas.ui.kit_process import KitProcess, KitProgress


@pytest.fixture
def started(ending: list[KitProcess]) -> Callable[..., KitProcess]:
    def start(*words: str) -> KitProcess:
        ending.append(KitProcess("Un kit", list(words)))
        ending[-1].start(Limits())
        return ending[-1]

    return start


def folder_of(job: KitProcess) -> Path:
    return job._folder.path


def test_a_job_runs_to_its_end_and_holds_a_whole_archive(started):
    job = started(*CORSE, *SMALL)
    assert job.running and job.archive is None and not job.failed
    ended(job)
    assert not job.failed and not job.partial and job.archive.name == "corse-2026.zip"
    with zipfile.ZipFile(job.archive) as archive:
        assert archive.testzip() is None and len(archive.namelist()) == 9
    until(lambda: job.progress.done == 8)
    assert job.progress.total == 8 and job.progress.name.startswith("images/82mm/")
    assert job.messages.startswith("corse-2026 : 9 fichiers dans ")


def test_a_job_does_not_take_the_processor_from_the_pages(started):
    job = started(*CORSE)
    until(lambda: job.progress.done > 0, job)
    running = [job._process.pid, *children(job._process.pid)]
    assert len(running) >= 2
    assert min(os.getpriority(os.PRIO_PROCESS, pid) for pid in running) >= 10


def test_a_job_that_fails_gives_its_message_in_french(started):
    job = started("--territory", "REG-94", "--period", "2019")
    ended(job)
    assert job.failed and not job.partial and job.archive is None
    assert (
        job.messages.startswith("Aucun chiffre pour « REG-94 »") and job.progress == KitProgress()
    )


def test_a_job_that_is_cancelled_leaves_no_process_and_no_file(started):
    job = started(*CORSE)
    until(lambda: job.progress.done > 1, job)
    running = [job._process.pid, *children(job._process.pid)]
    job.cancel()
    assert not job.running and job.cancelled and not job.failed and job.archive is None
    until(lambda: not [pid for pid in running if state(pid)])
    assert not folder_of(job).exists() and job.messages == ""


def test_a_job_that_is_cancelled_when_it_has_just_ended_is_either_kept_or_not(started):
    """Who presses the button of a page that has not been drawn again yet."""
    job = started(*CORSE, "--part", "classeur")
    ended(job)
    job.cancel()
    assert job.cancelled == (job.archive is None)


def test_the_files_of_a_job_go_with_its_session(ending):
    ending.append(KitProcess("Un kit", [*CORSE, "--part", "classeur"]))
    ending[0].start(Limits())
    ended(ending[0])
    folder = folder_of(ending[0])
    assert ending[0].archive.is_relative_to(folder)
    ending.clear()
    until(lambda: gc.collect() >= 0 and not folder.exists())
