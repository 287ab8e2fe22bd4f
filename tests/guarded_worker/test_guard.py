"""A worker that is killed, frozen, too slow, too large or cancelled is refused; the next one works.

Readers are functions that every Python has: a worker finds those of the library alone.
"""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from patience import BACKSTOP_S

from atlas.guarded_worker import Guard, ReadingFailed, WaitingLine, guard, read_guarded
from atlas.guarded_worker.template import end_group
from atlas.importing.workbook_reading import read_sheets
from atlas.settings.server import Limits

ROOT = Path(__file__).parents[2]
ENDLESS = (hashlib.pbkdf2_hmac, "sha256", b"", b"", 2**31 - 1)  # hours of one processor
PACKED = zlib.compress(b"Landes")
SHORT = 1


def workers() -> list[int]:
    """Those of this process, by their number."""
    template = guard._shared_template._process
    if template is None:
        return []
    children = Path(f"/proc/{template.pid}/task/{template.pid}/children").read_text().split()
    return [int(pid) for pid in children if is_running(int(pid))]


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def wait_until_ended(pids: list[int]) -> None:
    end = time.monotonic() + BACKSTOP_S
    while any(map(is_running, pids)):
        assert time.monotonic() < end, f"{pids} still run"
        time.sleep(0.02)


def read_small() -> bytes:
    return read_guarded(Guard(), zlib.decompress, PACKED, parse=bytes)


def refused(of: Guard, *job: object) -> ReadingFailed:
    """Why a job is refused; the next one is read, and no worker is left."""
    with pytest.raises(ReadingFailed) as found:
        read_guarded(of, *job, parse=bytes)
    assert read_small() == b"Landes"
    wait_until_ended(workers())
    return found.value


def signalled(number: int) -> Guard:
    """A guard whose worker gets a signal when it starts."""
    return Guard(seconds=SHORT, on_wait=lambda place: os.kill(workers()[0], number))


def test_a_worker_reads_a_file():
    assert read_small() == b"Landes"


def test_a_worker_that_is_killed_is_refused():
    failure = refused(Guard(on_wait=lambda place: os.kill(workers()[0], signal.SIGKILL)), *ENDLESS)
    assert failure.kind == "stopped" and "s’est arrêté" in failure.message and failure.cure


def test_a_worker_that_is_frozen_is_refused_at_its_limit():
    failure = refused(signalled(signal.SIGSTOP), *ENDLESS)
    assert failure.kind == "time" and f"dépasse {SHORT} seconde" in failure.message


def test_a_worker_that_computes_without_end_is_refused_at_its_limit():
    failure = refused(Guard(seconds=SHORT), *ENDLESS)
    assert failure.kind == "time" and "Découpez" in failure.cure


def test_an_error_of_a_reader_is_refused_and_its_trace_goes_to_the_log(caplog):
    failure = refused(Guard(), zlib.decompress, b"no archive")
    assert failure.kind == "error" and "abîmé" in failure.message
    assert "zlib.error" in caplog.text


def test_a_template_that_is_killed_is_replaced():
    read_small()
    guard._shared_template._process.kill()
    guard._shared_template._process.wait()
    assert read_small() == b"Landes"


def test_a_visitor_who_leaves_ends_the_worker():
    class Left(BaseException):
        """As Streamlit ends a run."""

    seen: list[int] = []

    def leave(place: int) -> None:
        seen.extend(workers())
        raise Left

    with pytest.raises(Left):
        read_guarded(Guard(on_wait=leave), *ENDLESS, parse=bytes)
    assert seen
    wait_until_ended(seen)
    assert read_small() == b"Landes"


PROGRAM = """
import hashlib
from atlas.guarded_worker import Guard, guard, read_guarded
def say(place):
    template = guard._shared_template._process.pid
    children = open(f"/proc/{template}/task/{template}/children").read()
    print(template, children, flush=True)
read_guarded(Guard(on_wait=say), hashlib.pbkdf2_hmac, "sha256", b"", b"", 2**31 - 1, parse=bytes)
"""


@pytest.mark.parametrize("frozen", [False, True])
def test_workers_end_with_a_server_that_is_killed(frozen):
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        template, worker = map(int, server.stdout.readline().split()[:2])
        assert is_running(template) and is_running(worker)
        if frozen:
            os.kill(worker, signal.SIGSTOP)
        server.kill()
    wait_until_ended([template, worker])


def test_a_worker_takes_what_it_started_with_it():
    """As a reader that starts another program (Ghostscript) would."""
    started = subprocess.Popen(["sh", "-c", "sleep 1000 & sleep 1000"], start_new_session=True)
    end_group(started.pid)
    assert started.wait(BACKSTOP_S) == -signal.SIGKILL
    end_group(started.pid)  # ended already


def long_text_workbook(length: int) -> bytes:
    """An XLSX of one cell with a text of so many bytes, and little more when it is packed."""
    kind = "http://schemas.openxmlformats.org"
    main, relation = f"{kind}/spreadsheetml/2006/main", f"{kind}/officeDocument/2006/relationships"
    packaged = f"{kind}/package/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{packaged}"><Relationship Id="a" '
        f'Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packaged}"><Relationship Id="b" '
        f'Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData><row r="1">'
        f'<c r="A1" t="inlineStr"><is><t>{"a" * length}</t></is></c></row></sheetData></worksheet>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def test_a_workbook_that_takes_more_memory_than_its_limit_is_refused():
    """Within what it may unpack to: the limit of memory alone stops it."""
    content = long_text_workbook(150_000_000)
    assert len(content) < 1_000_000
    (problem,) = read_sheets(content, "envoi", Guard(memory_megabytes=60))[1]
    assert problem.message == "la lecture du fichier demande plus de 60 Mo de mémoire"
    assert read_sheets(long_text_workbook(9), "envoi")[1] == []


def test_a_program_of_its_own_reads_where_no_process_can_be_copied(monkeypatch):
    monkeypatch.setattr(guard, "CAN_COPY_PROCESSES", False)
    assert read_small() == b"Landes"
    with pytest.raises(ReadingFailed, match="abîmé"):
        read_guarded(Guard(), zlib.decompress, b"no archive", parse=bytes)
    with pytest.raises(ReadingFailed, match="dépasse 1 seconde"):
        read_guarded(Guard(seconds=SHORT), *ENDLESS, parse=bytes)


def test_the_limits_are_those_of_the_configuration():
    limits = Limits(worker_seconds=7, worker_memory_megabytes=300, workers=3)
    made = guard.guard_of(limits, "visitor")
    assert (made.seconds, made.memory_megabytes, made.workers) == (7, 300, 3)
    assert (made.workers_per_session, made.session) == (limits.workers_per_session, "visitor")


# --- the line of waiting -------------------------------------------------------------------------


class Visit(threading.Thread):
    """A visitor of a line, who stays until `leave` is set."""

    def __init__(self, line: WaitingLine, session: str, places: int = 1) -> None:
        super().__init__(daemon=True)
        self.line, self.session, self.places = line, session, places
        self.leave, self.served, self.waits = threading.Event(), threading.Event(), [0]
        self.start()

    def run(self) -> None:
        with self.line.turn(
            self.session, places=self.places, places_per_session=1, on_wait=self.waits.append
        ):
            self.served.set()
            self.leave.wait(BACKSTOP_S)

    def stands_at(self, place: int) -> bool:
        end = time.monotonic() + BACKSTOP_S
        while self.waits[-1] != place and time.monotonic() < end:
            time.sleep(0.01)
        return self.waits[-1] == place


def test_visitors_are_served_in_their_order_and_know_their_place():
    line = WaitingLine()
    first = Visit(line, "a")
    assert first.served.wait(BACKSTOP_S)
    second = Visit(line, "b")
    assert second.stands_at(1)
    third = Visit(line, "c")
    assert third.stands_at(2) and not second.served.is_set()
    first.leave.set()
    assert second.served.wait(BACKSTOP_S) and third.stands_at(1) and not third.served.is_set()
    second.leave.set()
    assert third.served.wait(BACKSTOP_S)
    third.leave.set()


def test_ten_files_of_one_session_hold_up_nobody_else():
    line = WaitingLine()
    greedy = [Visit(line, "greedy", places=2) for _ in range(10)]
    other = Visit(line, "other", places=2)
    assert other.served.wait(BACKSTOP_S)
    assert sum(visit.served.is_set() for visit in greedy) <= 1
    for visit in (*greedy, other):
        visit.leave.set()
    assert all(visit.served.wait(BACKSTOP_S) for visit in greedy)


def test_who_leaves_the_line_frees_the_place():
    line = WaitingLine()
    first = Visit(line, "a")
    assert first.served.wait(BACKSTOP_S)

    def leave(place: int) -> None:
        raise KeyboardInterrupt

    with (
        pytest.raises(KeyboardInterrupt),
        line.turn("b", places=1, places_per_session=1, on_wait=leave),
    ):
        pass
    third = Visit(line, "c")
    assert third.stands_at(1)
    first.leave.set()
    assert third.served.wait(BACKSTOP_S)
    third.leave.set()
