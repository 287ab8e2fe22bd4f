"""What we start ends with us, and holds no more memory than it may."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest
from patience import BACKSTOP_S
from processes import ROOT, started_script, state, wait_until

from atlas import child_process

# Tells its process, of which the child of a child is one, and sleeps.
SLEEPER = """
import os, sys, time
print(os.getpid(), flush=True)
time.sleep({seconds})
"""
PARENT = """
import subprocess, sys
sys.path.insert(0, {folder!r})
from atlas import child_process
child = child_process.start("sleeper", stdout=subprocess.PIPE)
print(child.stdout.readline().decode().strip(), flush=True)
{then}
"""


@pytest.fixture
def sleeper(tmp_path, monkeypatch):
    (tmp_path / "sleeper.py").write_text(SLEEPER.format(seconds=BACKSTOP_S), "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("frozen", [False, True], ids=["at work", "frozen"])
def test_a_process_ends_with_a_parent_that_is_killed(sleeper, frozen):
    parent = started_script(PARENT.format(folder=str(sleeper), then="sys.stdin.read()"))
    child = int(parent.stdout.readline())
    if frozen:
        os.kill(child, signal.SIGSTOP)
    parent.kill()
    parent.wait()
    wait_until(lambda: state(child) is None)


def test_a_process_ends_with_a_parent_that_comes_to_its_end(sleeper):
    parent = started_script(PARENT.format(folder=str(sleeper), then=""))
    child = int(parent.stdout.readline())
    assert parent.wait(BACKSTOP_S) == 0
    wait_until(lambda: state(child) is None)


def test_a_process_whose_parent_has_already_ended_does_nothing(sleeper):
    """As when the parent is killed before the child could say that it wants to end with it."""
    nobody = subprocess.Popen(["true"])
    nobody.wait()
    alone = subprocess.run(
        [sys.executable, "-m", "atlas.child_process", str(nobody.pid), "0", "sleeper"],
        cwd=ROOT,
        capture_output=True,
        timeout=BACKSTOP_S,
    )
    assert (alone.returncode, alone.stdout) == (1, b"")


def test_a_process_outlives_the_thread_that_asked_for_it(sleeper):
    """The thread of a visitor ends with each drawing of the page."""
    made = []
    thread = threading.Thread(
        target=lambda: made.append(child_process.start("sleeper", stdout=subprocess.PIPE))
    )
    thread.start()
    thread.join()
    assert int(made[0].stdout.readline()) == made[0].pid
    assert made[0].poll() is None
    made[0].kill()
    made[0].communicate()


def test_a_process_is_given_as_much_memory_as_it_may_hold(tmp_path, monkeypatch):
    (tmp_path / "hungry.py").write_text(
        "held = bytearray(50 << 20)\nprint('small', flush=True)\nheld = bytearray(400 << 20)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    child = child_process.start(
        "hungry", memory_megabytes=200, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    said, failed = child.communicate()
    assert said == b"small\n" and b"MemoryError" in failed
