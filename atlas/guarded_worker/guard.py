"""One function of this library on one file, in a worker: what it read, or why it could not."""

from __future__ import annotations

import logging
import os
import pickle
import selectors
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from atlas.guarded_worker.protocol import (
    FAILED,
    HEAD_BYTES,
    LENGTH,
    OUT_OF_MEMORY,
    PID,
    READ,
    framed,
)
from atlas.guarded_worker.template import end_group
from atlas.guarded_worker.waiting_line import SECONDS_BETWEEN_LOOKS, WaitingLine
from atlas.settings.server import Limits

WAITING_PER_SECOND = 3
MAX_ANSWER_BYTES = 500_000_000
IMPORT_SECONDS = 60  # the template loads a module once, on a machine that may be busy
FailureKind = Literal["time", "memory", "stopped", "error"]
Read = TypeVar("Read")
_LIBRARY_FOLDER = str(Path(__file__).parents[2])
# Isolated (-I), Python finds neither the current folder nor this library: it is told where it is.
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from atlas.guarded_worker.template import"
)
_TEMPLATE_PROGRAM = f"{_PROGRAM} main; main()"
_LONE_PROGRAM = f"{_PROGRAM} work_alone; work_alone()"
CAN_COPY_PROCESSES = hasattr(os, "fork")
# One thread in a worker: libraries of numbers would start one for each core, and hold memory.
_ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_CHUNK_BYTES = 1 << 18
_SHARE_OF_SECONDS = 0.95  # the clocks of the system and of Python differ by little
_shared_line = WaitingLine()


@dataclass(frozen=True)
class Guard:
    """Under which limits a file is read.

    ``seconds``: of processor time, which the system keeps; a worker that does not use it, frozen or
    beside busy ones, is ended after WAITING_PER_SECOND times as long. The wait for one's turn is
    not counted.
    ``memory_megabytes``: beside what the program itself holds. ``workers``: at once, for all
    sessions; ``workers_per_session``: for one. ``session``: whose file it is, empty for a command.
    ``on_wait``: called several times a second, with one's place in the line, from 1, then with 0
    while the file is read; what it raises ends the wait or the worker.
    """

    seconds: int = 20
    memory_megabytes: int = 1_500
    workers: int = 2
    workers_per_session: int = 1
    session: str = ""
    on_wait: Callable[[int], None] = lambda place: None


def guard_of(
    limits: Limits, session: str = "", on_wait: Callable[[int], None] = lambda place: None
) -> Guard:
    """The guard that config/server.yaml asks for; see Guard."""
    return Guard(
        limits.worker_seconds,
        limits.worker_memory_megabytes,
        limits.workers,
        limits.workers_per_session,
        session,
        on_wait,
    )


class ReadingFailed(Exception):
    """A worker did not come to its end. ``kind``: what stopped it; ``message``, ``cure``: French
    sentences, as of a Problem."""

    def __init__(self, kind: FailureKind, message: str, cure: str) -> None:
        super().__init__(message)
        self.kind, self.message, self.cure = kind, message, cure


def read_guarded(
    guard: Guard,
    reader: Callable[..., bytes],
    *arguments: object,
    parse: Callable[[bytes], Read],
) -> Read:
    """What ``reader`` makes of ``arguments`` in a worker, as ``parse`` understands it here.

    ``reader``: a function at the top of a module of this library; ``arguments``: anything that can
    be pickled. ``parse`` checks what it is given, which comes from a stranger's file; it runs while
    the turn lasts. Raises ReadingFailed.
    """
    job = framed(
        pickle.dumps((guard.seconds, guard.memory_megabytes * 1_000_000, reader, arguments))
    )
    with _shared_line.turn(
        guard.session,
        places=guard.workers,
        places_per_session=guard.workers_per_session,
        on_wait=guard.on_wait,
    ):
        if CAN_COPY_PROCESSES:
            letter, content = _shared_template.run(reader.__module__, job, guard)
        else:
            letter, content = run_alone(job, guard)
        if letter == READ:
            return parse(content)
    if letter == OUT_OF_MEMORY:
        raise _too_much_memory(guard)
    logging.getLogger(__name__).error("a reader failed: %s", content.decode(errors="replace"))
    raise ReadingFailed(
        "error",
        "le fichier est abîmé ou d’une forme inconnue",
        "Ouvrez-le dans le logiciel qui l’a fait et enregistrez-le de nouveau.",
    )


def warm_up(reader: Callable[..., bytes]) -> None:
    """Load what a reader needs, in the background, before its first file comes."""
    if not CAN_COPY_PROCESSES:
        return
    threading.Thread(
        target=_shared_template.load, args=(reader.__module__,), daemon=True, name="warm-up"
    ).start()


def _too_slow(guard: Guard) -> ReadingFailed:
    return ReadingFailed(
        "time",
        f"la lecture du fichier dépasse {guard.seconds} secondes",
        "Découpez-le, ou enregistrez la partie utile seule.",
    )


def _too_much_memory(guard: Guard) -> ReadingFailed:
    limit = f"{guard.memory_megabytes:,}".replace(",", "\u202f")
    return ReadingFailed(
        "memory",
        f"la lecture du fichier demande plus de {limit} Mo de mémoire",
        "Découpez-le, ou enregistrez la partie utile seule.",
    )


def _stopped() -> ReadingFailed:
    return ReadingFailed(
        "stopped",
        "le programme qui lisait le fichier s’est arrêté",
        "Recommencez ; si cela se répète, découpez le fichier ou enregistrez-le de nouveau.",
    )


def _ended_early(guard: Guard, started: float) -> ReadingFailed:
    """A worker ended without an answer: the system ends one that has used up its processor time,
    which cannot be before as much time has passed."""
    spent = time.monotonic() - started >= guard.seconds * _SHARE_OF_SECONDS
    return _too_slow(guard) if spent else _stopped()


class _TemplateGone(Exception):
    """The template ended, or does not answer."""


class _Template:
    """The template process of this one, started when it is first needed. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = os.getpid()
        # A process that asks to end with its parent ends with the thread that started it: this
        # thread lasts as long as the server.
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="worker-starter")

    def load(self, module: str) -> None:
        """Load a module, whose workers then start at once; a template that ends is no error."""
        with self._lock:
            try:
                self._ask(module, None, IMPORT_SECONDS)
            except _TemplateGone:
                self._end()

    def run(self, module: str, job: bytes, guard: Guard) -> tuple[bytes, bytes]:
        """The letter and the content of a worker's answer; raises ReadingFailed."""
        ours, theirs = socket.socketpair()
        with ours:
            pid = self._start_worker(module, theirs)
            started = time.monotonic()
            try:
                return _converse(ours, job, guard)
            except (BrokenPipeError, ConnectionResetError) as error:
                raise _ended_early(guard, started) from error
            finally:
                end_group(pid)

    def _start_worker(self, module: str, theirs: socket.socket) -> int:
        with theirs, self._lock:
            try:
                return self._ask(module, theirs, IMPORT_SECONDS)
            except _TemplateGone:  # it was killed since: another one takes its place
                self._end()
            try:
                return self._ask(module, theirs, IMPORT_SECONDS)
            except _TemplateGone as error:
                self._end()
                raise _stopped() from error

    def _ask(self, module: str, theirs: socket.socket | None, seconds: float) -> int:
        control = self._running()
        control.settimeout(seconds)
        try:
            descriptors = [theirs.fileno()] if theirs else []
            socket.send_fds(control, [module.encode()], descriptors)
            answer = control.recv(PID.size, socket.MSG_WAITALL)
        except (OSError, TimeoutError) as error:
            raise _TemplateGone from error
        if len(answer) < PID.size:
            raise _TemplateGone
        (pid,) = PID.unpack(answer)
        return int(pid)

    def _running(self) -> socket.socket:
        if self._owner != os.getpid():  # a copy of the process whose template it is
            self.__init__()  # type: ignore[misc]
        if self._control is None or self._process is None or self._process.poll() is not None:
            self._end()
            self._control, self._process = self._starter.submit(_start_template).result()
        return self._control

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._control = self._process = None


def _start_template() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", _TEMPLATE_PROGRAM, _LIBRARY_FOLDER, str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,  # Ctrl-C in a terminal is for the server
            env={**os.environ, **_ONE_THREAD},
        )
    return ours, process


def _converse(connection: socket.socket, job: bytes, guard: Guard) -> tuple[bytes, bytes]:
    """Send the job and read the answer, within the time of the guard."""
    connection.setblocking(False)
    started = time.monotonic()
    end = started + guard.seconds * WAITING_PER_SECOND
    unsent, answer, told = memoryview(job), bytearray(), 0.0
    with selectors.DefaultSelector() as selector:
        selector.register(connection, selectors.EVENT_READ | selectors.EVENT_WRITE)
        while True:
            now = time.monotonic()
            if now >= end:
                raise _too_slow(guard)
            if now >= told + SECONDS_BETWEEN_LOOKS:
                guard.on_wait(0)
                told = now
            for _, mask in selector.select(min(end - now, SECONDS_BETWEEN_LOOKS)):
                if mask & selectors.EVENT_READ:
                    part = connection.recv(_CHUNK_BYTES)
                    if not part:
                        raise _ended_early(guard, started)
                    answer += part
                elif unsent:
                    unsent = unsent[connection.send(unsent[:_CHUNK_BYTES]) :]
                    if not unsent:
                        selector.modify(connection, selectors.EVENT_READ)
            if len(answer) > MAX_ANSWER_BYTES:
                raise _too_much_memory(guard)
            if _is_whole(answer):
                return bytes(answer[:1]), bytes(answer[HEAD_BYTES:])


def run_alone(job: bytes, guard: Guard) -> tuple[bytes, bytes]:
    """The letter and the content of the answer of a program started for one job; raises
    ReadingFailed."""
    process = subprocess.Popen(
        [sys.executable, "-I", "-c", _LONE_PROGRAM, _LIBRARY_FOLDER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    end = time.monotonic() + guard.seconds * WAITING_PER_SECOND
    with ThreadPoolExecutor(1) as executor:
        told = executor.submit(process.communicate, job)
        try:
            while not wait([told], SECONDS_BETWEEN_LOOKS).done:
                guard.on_wait(0)
                if time.monotonic() >= end:
                    raise _too_slow(guard)
        finally:
            process.kill()
    answer, trace = told.result()
    if process.returncode == 1:
        return FAILED, trace
    if not _is_whole(bytearray(answer)):
        raise _stopped()
    return answer[:1], answer[HEAD_BYTES:]


def _is_whole(answer: bytearray) -> bool:
    if len(answer) < HEAD_BYTES:
        return False
    (length,) = LENGTH.unpack(answer[1:HEAD_BYTES])
    return len(answer) >= HEAD_BYTES + int(length)


_shared_template = _Template()
