"""Drawing processes kept warm: one request at a time each, from any thread."""

from __future__ import annotations

import atexit
import base64
import contextlib
import json
import logging
import queue
import subprocess
import sys
import tempfile
import threading
from functools import cache
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[2]
MAX_SECONDS_PER_IMAGE = 120
# Of a process that lets all others go first: beside busy ones it is forty times slower.
MAX_SECONDS_PER_IMAGE_DRAWN_GENTLY = 3600


class RenderFailed(Exception):
    """The image could not be drawn; the text is French and says why."""


class RenderPool:
    """Up to `workers` processes, started when first needed; close() ends them.

    gently: the priority of this process is low, and so is theirs; an image is given more time.
    """

    def __init__(self, workers: int, *, gently: bool = False) -> None:
        self._free: queue.LifoQueue[_Process] = queue.LifoQueue()
        for _ in range(workers):
            self._free.put(_Process(gently))

    def draw(self, request: dict[str, Any]) -> bytes:
        """The file of one request (see `atlas.rendering.__main__.draw`); raises RenderFailed."""
        process = self._free.get()
        try:
            return process.draw(request)
        finally:
            self._free.put(process)

    def logo_png(self, logo: str) -> bytes:
        """A PNG of a logo, an SVG or the data address of a PNG; raises RenderFailed."""
        return self.draw({"kind": "logo", "logo": logo})

    def close(self) -> None:
        """End the processes; those at work fail."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._free.get_nowait().stop()


@cache
def shared_pool() -> RenderPool:
    """The one process of a server, which draws for all of its sessions."""
    pool = RenderPool(1)
    atexit.register(pool.close)
    return pool


class _Process:
    """One drawing process; another takes its place when it stops."""

    def __init__(self, gently: bool) -> None:
        self._gently = gently
        self._running: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None

    def draw(self, request: dict[str, Any]) -> bytes:
        line = json.dumps(request).encode() + b"\n"
        running = self._start_process()
        assert running.stdin and running.stdout
        limit = MAX_SECONDS_PER_IMAGE_DRAWN_GENTLY if self._gently else MAX_SECONDS_PER_IMAGE
        watch = threading.Timer(limit, running.kill)
        watch.start()
        try:
            running.stdin.write(line)
            running.stdin.flush()
            answer = running.stdout.readline()
        except BrokenPipeError:
            answer = b""
        finally:
            watch.cancel()
        return self._read(answer)

    def _read(self, answer: bytes) -> bytes:
        # A process that died while it wrote leaves a line without end.
        whole = answer.endswith(b"\n")
        told = json.loads(answer) if whole else {"failed": self._last_words()}
        if "file" in told:
            return base64.b64decode(told["file"])
        if "refused" in told:
            raise RenderFailed(str(told["refused"]))
        logging.getLogger(__name__).error("the drawing process failed: %s", told["failed"])
        raise RenderFailed("le moteur de dessin s’est arrêté ; le journal du serveur dit pourquoi")

    def _start_process(self) -> subprocess.Popen[bytes]:
        if self._running is None or self._running.poll() is not None:
            self._said = tempfile.TemporaryFile()  # noqa: SIM115, read when the process stops
            self._running = subprocess.Popen(
                [sys.executable, "-m", "atlas.rendering"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
            )
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
