"""Drawing processes kept warm: one request at a time each, from any thread, in the order in which
they were asked for."""

from __future__ import annotations

import atexit
import base64
import json
import logging
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import IO, Any

from atlas import child_process

# Of a process that lets all others go first: beside busy ones it is forty times slower.
MAX_SECONDS_PER_IMAGE_DRAWN_GENTLY = 3600
_SECONDS_BETWEEN_PLACES = 0.5

#: Told how many are before, again and again while an image waits for its turn. It may raise: who
#: does not wait any more leaves the queue.
OnWait = Callable[[int], None]


class RenderFailed(Exception):
    """The image could not be drawn; the text is French and says why."""


class EngineStopped(RenderFailed):
    """The process that draws ended, or took too long: the same request may succeed later."""


@dataclass(frozen=True)
class DrawingLimits:
    """processes: at most, at the same time; seconds: for one image; memory_megabytes: that a
    process may hold, 0 for no limit."""

    processes: int = 1
    seconds: float = 120
    memory_megabytes: int = 0


class RenderPool:
    """Processes, started when first needed; close() ends them.

    limits: may be set again at any time; that of memory is for the processes that start after it.
    """

    def __init__(self, workers: int = 1, *, gently: bool = False) -> None:
        """gently: the priority of this process is low, and so is theirs; an image is given more
        time."""
        self.limits = (
            DrawingLimits(workers, MAX_SECONDS_PER_IMAGE_DRAWN_GENTLY)
            if gently
            else DrawingLimits(workers)
        )
        self._changed = threading.Condition()
        self._waiting: list[object] = []  # a ticket each, the next one first
        self._idle: list[_Process] = []  # the last one used is the last
        self._at_work: list[_Process] = []

    def draw(self, request: dict[str, Any], on_wait: OnWait | None = None) -> bytes:
        """The file of one request (see `atlas.rendering.__main__.draw`); raises RenderFailed."""
        with self._process(on_wait) as process:
            return process.draw(request, self.limits)

    def start_ahead(self) -> None:
        """Start a process for who will soon ask for an image, unless there is one: it loads its
        engine, which takes seconds, while the caller reads. One that does not start is started
        again by who asks, and is told why then."""
        with self._changed:
            if self._idle or self._at_work:
                return
            process = _Process()
            with suppress(EngineStopped):
                process.start(self.limits.memory_megabytes)
            self._idle.append(process)

    def close(self) -> None:
        """End the processes; those at work fail."""
        with self._changed:
            processes = [*self._idle, *self._at_work]
            self._idle.clear()
        for process in processes:
            process.stop()

    @contextmanager
    def _process(self, on_wait: OnWait | None) -> Iterator[_Process]:
        ticket = object()
        with self._changed:
            self._waiting.append(ticket)
        try:
            process = self._wait_for_process(ticket, on_wait)
        finally:
            with self._changed:
                self._waiting.remove(ticket)
                self._changed.notify_all()
        try:
            yield process
        finally:
            with self._changed:
                self._at_work.remove(process)
                self._idle.append(process)
                self._changed.notify_all()

    def _wait_for_process(self, ticket: object, on_wait: OnWait | None) -> _Process:
        while True:
            with self._changed:
                process = self._take_process(ticket)
                if process is None:
                    self._changed.wait(_SECONDS_BETWEEN_PLACES)
                    process = self._take_process(ticket)
                if process is not None:
                    return process
                before = len(self._at_work) + self._waiting.index(ticket)
            if on_wait is not None:
                on_wait(before)

    def _take_process(self, ticket: object) -> _Process | None:
        """One that is idle, or a new one, when it is the turn of a ticket."""
        if self._waiting[0] is not ticket or len(self._at_work) >= self.limits.processes:
            return None
        process = self._idle.pop() if self._idle else _Process()
        self._at_work.append(process)
        return process


@cache
def shared_pool() -> RenderPool:
    """The processes that draw for all sessions of a server, or for a command."""
    pool = RenderPool()
    atexit.register(pool.close)
    return pool


class _Process:
    """One drawing process; another takes its place when it stops."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None

    def draw(self, request: dict[str, Any], limits: DrawingLimits) -> bytes:
        line = json.dumps(request).encode() + b"\n"
        running = self.start(limits.memory_megabytes)
        assert running.stdin and running.stdout
        late = threading.Event()

        def stop_late() -> None:
            late.set()
            running.kill()

        watch, answer = threading.Timer(limits.seconds, stop_late), b""
        watch.start()
        try:
            running.stdin.write(line)
            running.stdin.flush()
            answer = running.stdout.readline()
        except BrokenPipeError:
            pass  # it has ended; why is said below
        finally:
            watch.cancel()
            watch.join()
            # A process that died while it wrote leaves a line without end; what it would still
            # write is the answer to nobody.
            if late.is_set() or not answer.endswith(b"\n"):
                running.kill()
                running.wait()
        if late.is_set() and not answer.endswith(b"\n"):
            seconds = f"{limits.seconds:g}\u00a0seconde{'s' * (limits.seconds > 1)}"
            raise EngineStopped(
                f"le dessin a pris plus de {seconds}, la limite de ce serveur ; réessayez, ou "
                "choisissez un format plus petit"
            )
        return self._read(answer)

    def _read(self, answer: bytes) -> bytes:
        whole = answer.endswith(b"\n")
        told = json.loads(answer) if whole else {"failed": self._last_words()}
        if "file" in told:
            return base64.b64decode(told["file"])
        if "refused" in told:
            raise RenderFailed(str(told["refused"]))
        logging.getLogger(__name__).error("the drawing process failed: %s", told["failed"])
        # A process that says so goes on, and would say it again.
        raise (RenderFailed if whole else EngineStopped)(
            "le moteur de dessin s’est arrêté ; le journal du serveur dit pourquoi"
        )

    def start(self, memory_megabytes: int) -> subprocess.Popen[bytes]:
        """The running process, started if need be; raises EngineStopped."""
        if self._running is None or self._running.poll() is not None:
            try:
                self._said = tempfile.TemporaryFile()  # noqa: SIM115, read when the process stops
                self._running = child_process.start(
                    "atlas.rendering",
                    memory_megabytes=memory_megabytes,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=self._said,
                )
            except OSError as reason:  # no room for a process, a pipe or a file
                logging.getLogger(__name__).exception("the drawing process does not start")
                raise EngineStopped(
                    "le moteur de dessin n’a pas pu démarrer, le serveur est trop chargé ; "
                    "réessayez dans un instant"
                ) from reason
        return self._running

    def _last_words(self) -> str:
        assert self._running and self._said
        code = self._running.wait()
        self._said.seek(0)
        return f"exit code {code}: {self._said.read().decode(errors='replace').strip()}"

    def stop(self) -> None:
        if self._running is not None:
            self._running.kill()
            self._running.wait()
