"""Processes as the system tells of them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from patience import BACKSTOP_S

ROOT = Path(__file__).parents[1]


def children(pid: int) -> list[int]:
    """The processes that a process started and that run, and theirs."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (known := state(int(entry.name))) and known[1] == pid:
            found += [int(entry.name), *children(int(entry.name))]
    return found


def state(pid: int) -> tuple[str, int] | None:
    """Its letter and its parent; None when it has ended."""
    try:
        letter, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if letter == "Z" else (letter, int(parent))


def wait_until(true: Callable[[], object]) -> None:
    """Wait for what comes, however busy the machine is."""
    end = time.monotonic() + BACKSTOP_S
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def started_script(lines: str, **options) -> subprocess.Popen[str]:
    """A program of ours, which tells what it did on its output."""
    return subprocess.Popen(
        [sys.executable, "-c", lines], cwd=ROOT, stdout=subprocess.PIPE, text=True, **options
    )
