"""A process that starts writers of a store and kills each of them at its n-th step."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

KILLED = -9  # by SIGKILL: no handler runs, nothing is cleaned up
# One process loads the store once, then starts a writer by a fork for each line that it is sent.
# A step is whatever a writer asks of the file system in the folder: to open, rename, remove, make
# a folder, change rights, or put on the disk.
PROGRAM = """
import os, signal, sys
from pathlib import Path
from atlas.store.store import store_of_data, project_store

EVENTS = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod")
left, folder, renames_only = -1, "", False
sync = os.fsync

def count_step():
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1

def audit(event, arguments):
    if left >= 0 and event in EVENTS and str(arguments[0]).startswith(folder):
        if event == "os.rename" or not renames_only:
            count_step()

def sync_or_die(handle):
    if left >= 0 and not renames_only:
        count_step()
    sync(handle)

os.fsync = sync_or_die
sys.addaudithook(audit)
for line in sys.stdin:
    action, path, steps, only, contents = eval(line)
    child = os.fork()
    if child == 0:
        store = project_store(Path(path)) if action != "data" else store_of_data(Path(path))
        folder, renames_only, left = path, only, steps
        with store.exclusive_access():
            if contents is None:
                store.put_back(store.done_entries("import")[0])
            elif contents:
                store.replace_files(contents)
        left = -1
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Killer:
    """Starts writers that die; see `killer`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def write(
        self,
        folder: Path,
        contents: Mapping[str, bytes | None] | None,
        steps: int,
        *,
        renames_only: bool = False,
    ) -> int:
        """The exit code of a writer that is killed before a step, 0 when it came to its end.

        folder: of data files when it is called « data » or has no config.yaml, else of a project.
        contents: what it writes; None for one that takes the last import back, empty for one that
        only opens the folder.
        """
        action = "project" if (folder / "config.yaml").exists() else "data"
        asked = (action, str(folder), steps, renames_only, contents and dict(contents))
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{asked!r}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def started_killer() -> Iterator[Killer]:
    """Ends with the block."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Killer(process)
        assert process.stdin
        process.stdin.close()
