"""Runs a module of ours as a process that ends with the one that started it.

`start` gives it what it needs: `python -m atlas.child_process PARENT MEGABYTES MODULE ARGUMENT…`
asks the system to be killed when its parent ends, however that ends, limits its own memory, and
then is the module.
"""

from __future__ import annotations

import os
import runpy
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_BYTES_PER_MEGABYTE = 1 << 20

# What the system calls the parent is the thread that started the process. That of a visitor ends
# with each drawing of the page; this one lives as long as the interpreter.
_starting = ThreadPoolExecutor(1, thread_name_prefix="child-process")


def start(
    module: str,
    *arguments: str,
    memory_megabytes: int = 0,
    stdin: int | None = subprocess.DEVNULL,
    stdout: int | IO[bytes] | None = None,
    stderr: int | IO[bytes] | None = None,
) -> subprocess.Popen[bytes]:
    """The process of a module, which reads nothing unless told otherwise.

    memory_megabytes: that it may hold, and each process that it starts; 0 for no limit. Raises
    OSError when the system has no room for a process, or for its pipes.
    """
    command = [
        sys.executable,
        "-m",
        "atlas.child_process",
        str(os.getpid()),
        str(memory_megabytes),
        module,
        *arguments,
    ]
    return _starting.submit(
        subprocess.Popen, command, cwd=ROOT, stdin=stdin, stdout=stdout, stderr=stderr
    ).result()


def main() -> None:
    """Become the module of the command line."""
    parent, megabytes, module, *arguments = sys.argv[1:]
    end_with_parent(int(parent))
    _limit_memory(int(megabytes))
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def end_with_parent(parent: int, ending: int | None = None) -> None:
    """Have the system kill this process when the one that started it ends; at once if it has.

    ending: the signal that it is sent, SIGKILL unless given. Linux alone does so; elsewhere it goes
    on until its input ends. Raises OSError when the system refuses.
    """
    if sys.platform != "linux":
        return
    import ctypes

    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, ending or signal.SIGKILL):
        raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != parent:  # it had already ended
        os._exit(1)


def _limit_memory(megabytes: int) -> None:
    """Of what it writes in, not of the addresses that it reserves: the drawing engine reserves
    tens of gigabytes and uses 300 MB."""
    if megabytes and sys.platform != "win32":
        import resource

        limit = megabytes * _BYTES_PER_MEGABYTE
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


if __name__ == "__main__":
    main()
