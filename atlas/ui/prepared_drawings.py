"""Drawings kept for the next visitor who asks for the same, and those made before they are asked
for: the next figure is drawn while somebody speaks about the one on the screen."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor

MAX_DRAWINGS = 200
# Beyond so many that wait, one more is not prepared: it is drawn when it is asked for.
MAX_WAITING = 20


class PreparedDrawings:
    """Texts by what they are made from, the ones used last kept. One thread prepares, so that a
    drawing that somebody waits for finds a process free."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._drawings: OrderedDict[Hashable, Future[str]] = OrderedDict()
        self._waiting = 0
        self._thread = ThreadPoolExecutor(1, "prepared-drawings")

    def get(self, key: Hashable, draw: Callable[[], str]) -> str:
        """The drawing of this key: kept, being made by another thread, or made now.

        What `draw` raises is raised, and nothing is kept: who waits for the same tries it too.
        """
        while True:
            mine = Future[str]()
            with self._lock:
                found = self._drawings.setdefault(key, mine)
                self._drawings.move_to_end(key)
                while len(self._drawings) > MAX_DRAWINGS:
                    self._drawings.popitem(last=False)
            if found is mine:
                return self._make(key, draw, mine)
            try:
                return found.result()
            except CancelledError:
                continue

    def _make(self, key: Hashable, draw: Callable[[], str], made: Future[str]) -> str:
        try:
            made.set_result(draw())
        finally:
            if not made.done():
                with self._lock:
                    self._drawings.pop(key, None)
                made.cancel()
        return made.result()

    def prepare(self, key: Hashable, draw: Callable[[], str]) -> None:
        """Have the drawing made by the thread that prepares, unless it is known or many wait."""
        with self._lock:
            if key in self._drawings or self._waiting >= MAX_WAITING:
                return
            self._waiting += 1
        self._thread.submit(self._prepare, key, draw)

    def _prepare(self, key: Hashable, draw: Callable[[], str]) -> None:
        """What fails here is told to who asks for the drawing."""
        try:
            self.get(key, draw)
        finally:
            with self._lock:
                self._waiting -= 1
