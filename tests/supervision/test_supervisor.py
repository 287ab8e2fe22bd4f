"""Processes that are killed are started again, those that are replaced end their kits first, and
nothing stays of what ends."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from answering_process import BROKEN, KITS_FILE
from beside_proxy import AnsweringProcess, Browser, until_listening
from browsing import free_port
from patience import BACKSTOP_S

long = pytest.mark.long
ROOT = Path(__file__).parents[2]
START = """
import asyncio, sys
from atlas.event_log import set_up_event_log
from atlas.supervision.proxy import Place
from atlas.supervision.supervisor import Supervisor
set_up_event_log("info", details=False)
module = ("tests.supervision.answering_process",)
asyncio.run(Supervisor(module, Place("127.0.0.1", int(sys.argv[1])), 2).run())
"""
Until = Callable[[Callable[[], bool]], None]


class Supervised:
    """A supervisor of two processes that say who they are, in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.kits = folder / "kits"
        self.kits.write_text("0", "utf-8")
        self.log = folder / "log"
        port = free_port()
        self.address = f"http://127.0.0.1:{port}/"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", START, str(port)],
                cwd=ROOT,
                env={**os.environ, KITS_FILE: str(self.kits)},
                stderr=log,
            )
        until_listening(port)

    def browser(self) -> Browser:
        return Browser(self.address)

    def numbers(self) -> set[int]:
        """Of the processes that take visitors now."""
        return {process_of(self.browser()) for _ in range(8)}

    def started(self) -> set[int]:
        """Of all processes that it has now, nginx included, and those that these started."""
        found, left = set(), [self.process.pid]
        while left:
            listed = subprocess.run(
                ["ps", "-o", "pid=", "--ppid", str(left.pop())], capture_output=True, text=True
            )
            children = {int(number) for number in re.findall(r"\d+", listed.stdout)}
            found |= children
            left += children
        return found

    def events(self) -> list[str]:
        lines = self.log.read_text("utf-8").splitlines()
        return [json.loads(line)["event"] for line in lines if line.startswith("{")]


def process_of(browser: Browser) -> int:
    return int(json.loads(browser.get()[1])["process"])


def is_there(number: int) -> bool:
    """Whether a process runs; one that ended and that nobody has asked about does not."""
    try:
        state = Path(f"/proc/{number}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.fixture
def supervised(tmp_path: Path, until: Until) -> Iterator[Supervised]:
    made = Supervised(tmp_path)
    until(lambda: len(made.numbers()) == 2)
    yield made
    made.process.terminate()
    made.process.wait()


def test_a_killed_process_is_started_again_while_another_answers_its_visitors(
    supervised: Supervised, until: Until
) -> None:
    before = supervised.numbers()
    visitor = supervised.browser()
    gone = process_of(visitor)
    os.kill(gone, signal.SIGKILL)
    (left,) = before - {gone}
    until(lambda: process_of(visitor) == left)
    until(lambda: len(supervised.numbers() - before) == 1)
    assert process_of(visitor) == left
    assert "process ended or froze, and is started again" in supervised.events()


@long
def test_processes_are_replaced_one_after_the_other_once_their_kits_are_made(
    supervised: Supervised, until: Until
) -> None:
    before = supervised.numbers()
    visitors = [supervised.browser() for _ in range(8)]
    at_first = {visitor: process_of(visitor) for visitor in visitors}
    supervised.kits.write_text("1", "utf-8")
    os.kill(supervised.process.pid, signal.SIGHUP)
    until(lambda: len(supervised.numbers() - before) == 1)
    (replaced,) = before - supervised.numbers()
    assert [process_of(visitor) for visitor in visitors] == list(at_first.values())
    assert replaced in at_first.values() and is_there(replaced)
    supervised.kits.write_text("0", "utf-8")
    until(lambda: not supervised.numbers() & before)
    until(lambda: not any(map(is_there, before)))
    assert {process_of(visitor) for visitor in visitors} <= supervised.numbers()


@long
def test_a_program_that_does_not_start_replaces_nothing(
    supervised: Supervised, until: Until
) -> None:
    before = supervised.numbers()
    supervised.kits.write_text(BROKEN, "utf-8")
    os.kill(supervised.process.pid, signal.SIGHUP)
    until(lambda: "the other processes stay as they are" in supervised.events())
    assert supervised.numbers() == before


@long
def test_nginx_is_started_again_too(supervised: Supervised, until: Until) -> None:
    before = supervised.numbers()
    (nginx,) = [
        number
        for number in supervised.started()
        if b"nginx: master" in Path(f"/proc/{number}/cmdline").read_bytes()
    ]
    os.kill(nginx, signal.SIGKILL)
    until(lambda: "nginx ended, and was started again" in supervised.events())
    assert supervised.numbers() == before


@pytest.mark.parametrize(
    "ending", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=long), signal.SIGKILL]
)
def test_nothing_stays_of_what_ends(
    supervised: Supervised, until: Until, ending: signal.Signals
) -> None:
    started = supervised.started()
    assert len(started) >= 4  # two processes, nginx and one that it started
    supervised.process.send_signal(ending)
    supervised.process.wait()
    until(lambda: not any(map(is_there, started)))


def test_a_stop_by_systemd_waits_for_the_last_kits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kits = tmp_path / "kits"
    kits.write_text("1", "utf-8")
    monkeypatch.setenv(KITS_FILE, str(kits))
    answering = AnsweringProcess()
    try:
        command = [sys.executable, "-m", "atlas.supervision.last_kits", str(answering.port), "mes"]
        waiting = subprocess.Popen(command, cwd=ROOT)
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(3)
        kits.write_text("0", "utf-8")
        assert waiting.wait(BACKSTOP_S) == 0
    finally:
        answering.kill()
    assert subprocess.run(command, cwd=ROOT).returncode == 0  # one that is there no more
