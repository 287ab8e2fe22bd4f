"""Of a temporary folder nothing stays, however the program that made it ends."""

from __future__ import annotations

import gc
import os
import signal
from pathlib import Path

import pytest
from processes import started_script

from atlas.temporary_folder import TemporaryFolder, remove_abandoned_folders

MAKER = """
from pathlib import Path
from atlas.temporary_folder import TemporaryFolder
made = TemporaryFolder("kit-", Path({folder!r}))
(made.path / "half").write_text("of a file")
print(made.path, flush=True)
input()
"""


@pytest.fixture
def killed(tmp_path) -> Path:
    """The folder of a program that was killed."""
    maker = started_script(MAKER.format(folder=str(tmp_path)), stdin=-1)
    left = Path(maker.stdout.readline().strip())
    os.kill(maker.pid, signal.SIGKILL)
    maker.communicate()
    assert (left / "half").exists()
    return left


def test_the_next_folder_of_that_name_takes_the_place_of_one_whose_maker_was_killed(
    killed, tmp_path
):
    with TemporaryFolder("kit-", tmp_path) as fresh:
        assert fresh.path.is_dir() and not killed.exists()
        assert len(list(tmp_path.iterdir())) == 2  # and its lock
    assert list(tmp_path.iterdir()) == []


def test_a_folder_at_work_is_left_alone_by_another_program(tmp_path):
    maker = started_script(MAKER.format(folder=str(tmp_path)), stdin=-1)
    path = Path(maker.stdout.readline().strip())
    assert remove_abandoned_folders("kit-", tmp_path) == [] and (path / "half").exists()
    maker.communicate("end\n")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_at_work_is_left_alone_by_the_same_program(tmp_path):
    with TemporaryFolder("kit-", tmp_path) as one, TemporaryFolder("kit-", tmp_path) as other:
        assert remove_abandoned_folders("kit-", tmp_path) == []
        assert one.path.is_dir() and other.path.is_dir()


def test_folders_of_another_name_and_of_nobody_are_left_alone(killed, tmp_path):
    (tmp_path / "kit-of-somebody").mkdir()
    (tmp_path / "other").mkdir()
    assert remove_abandoned_folders("other-", tmp_path) == []
    assert remove_abandoned_folders("kit-", tmp_path) == [killed]
    assert {path.name for path in tmp_path.iterdir()} == {"kit-of-somebody", "other"}


def test_a_link_in_the_place_of_an_abandoned_folder_leads_nowhere(killed, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (killed / "half").unlink()
    killed.rmdir()
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    killed.symlink_to(elsewhere)
    remove_abandoned_folders("kit-", tmp_path)
    assert (elsewhere / "kept").exists()


def test_a_folder_goes_with_what_held_it(tmp_path):
    made = TemporaryFolder("kit-", tmp_path)
    del made
    gc.collect()
    assert list(tmp_path.iterdir()) == []
