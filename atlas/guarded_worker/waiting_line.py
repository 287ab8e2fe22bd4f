"""Who may start a worker: so many at once for the server and for each session, the first come first
served."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

SECONDS_BETWEEN_LOOKS = 0.25


@dataclass(eq=False)
class _Visitor:
    session: str


class WaitingLine:
    """A line that all sessions of a server share. Thread-safe."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[_Visitor] = []
        self._served: list[_Visitor] = []

    @contextmanager
    def turn(
        self, session: str, *, places: int, places_per_session: int, on_wait: Callable[[int], None]
    ) -> Iterator[None]:
        """Wait for one's turn, which lasts as long as the block.

        ``on_wait``: called several times a second with one's place in the line, from 1, while one
        waits; what it raises ends the wait and frees the place. ``session``: empty for a program
        that serves nobody else, which only waits for the ``places``.
        """
        visitor = _Visitor(session)
        with self._changed:
            self._waiting.append(visitor)
        try:
            while not self._is_served(visitor, places, places_per_session):
                on_wait(self._place(visitor))
            yield
        finally:
            with self._changed:
                for line in (self._waiting, self._served):
                    if visitor in line:
                        line.remove(visitor)
                self._changed.notify_all()

    def _is_served(self, visitor: _Visitor, places: int, places_per_session: int) -> bool:
        """Take the place that is one's own, or look again after a while."""
        with self._changed:
            if not self._may_be_served(visitor, places, places_per_session):
                self._changed.wait(SECONDS_BETWEEN_LOOKS)
            if not self._may_be_served(visitor, places, places_per_session):
                return False
            self._waiting.remove(visitor)
            self._served.append(visitor)
            return True

    def _may_be_served(self, visitor: _Visitor, places: int, places_per_session: int) -> bool:
        """Whether there is room for all those before who may be served, and for this one."""
        free = places - len(self._served)
        taken = [served.session for served in self._served if served.session]
        for waiting in self._waiting:
            if free <= 0:
                return False
            if waiting.session and taken.count(waiting.session) >= places_per_session:
                if waiting is visitor:
                    return False
                continue
            if waiting is visitor:
                return True
            free -= 1
            if waiting.session:
                taken.append(waiting.session)
        return False

    def _place(self, visitor: _Visitor) -> int:
        with self._changed:
            return self._waiting.index(visitor) + 1
