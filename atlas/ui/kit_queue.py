"""The press kits of all sessions: so many at a time, the others in their order."""

from __future__ import annotations

import threading
import time
import weakref
from functools import cache

from atlas.settings.server import Limits
from atlas.ui.kit_process import KitProcess

# A connection that breaks is taken up again within seconds. Streamlit keeps what a session held for
# two minutes.
SECONDS_OF_WORK_WITHOUT_SESSION = 15
SECONDS_A_KIT_IS_KEPT_WITHOUT_SESSION = 120
_SECONDS_BETWEEN_LOOKS = 0.5
_SECONDS_PER_MINUTE = 60


@cache
def shared_queue() -> KitQueue:
    """That of the server."""
    return KitQueue(Limits())


class KitQueue:
    """limits: how many kits are made at a time, and for how long; may be set again at any time."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._changed = threading.Condition()
        self._waiting: list[KitProcess] = []
        self._running: list[KitProcess] = []
        # By when their session was last seen; those that are over stay while somebody has them.
        self._seen_at: weakref.WeakKeyDictionary[KitProcess, float] = weakref.WeakKeyDictionary()
        self._watched = False

    def add(self, kit: KitProcess) -> None:
        """Make a kit when its turn comes, which may be now."""
        with self._changed:
            self._waiting.append(kit)
            self._seen_at[kit] = time.monotonic()
            self._start_next()
            if not self._watched:
                self._watched = True
                threading.Thread(target=self._watch, name="press-kits", daemon=True).start()

    def kits_before(self, kit: KitProcess) -> int:
        """How many are made or wait before this one."""
        with self._changed:
            return len(self._running) + self._waiting.index(kit) if kit in self._waiting else 0

    def expected_kits(self) -> int:
        """How many somebody waits for, or has had for too short a time to take them away."""
        now = time.monotonic()
        with self._changed:
            return sum(
                not kit.over
                or (
                    kit.archive is not None
                    and now - kit.ended_at < SECONDS_A_KIT_IS_KEPT_WITHOUT_SESSION
                )
                for kit in self._seen_at
            )

    def cancel(self, kit: KitProcess) -> None:
        """End a kit, wherever it is; the next one begins."""
        kit.cancel()
        self._start_next()

    def close(self) -> None:
        """End all kits and leave nothing of them: nobody comes for them any more."""
        with self._changed:
            for kit in reversed(list(self._seen_at)):
                kit.cancel()
                kit.remove_files()

    def _start_next(self) -> None:
        with self._changed:
            self._waiting = [kit for kit in self._waiting if not kit.over]
            self._running = [kit for kit in self._running if not kit.over]
            while self._waiting and len(self._running) < self.limits.kits:
                kit = self._waiting.pop(0)
                kit.start(self.limits, self._start_next)
                if not kit.over:
                    self._running.append(kit)

    def _watch(self) -> None:
        """As long as there are kits, end those of sessions that are gone and those that last."""
        while self._end_overdue(time.monotonic()):
            time.sleep(_SECONDS_BETWEEN_LOOKS)

    def _end_overdue(self, now: float) -> bool:
        """Whether there are kits left to watch."""
        with self._changed:
            # The last first: a kit that ends lets the next begin, which may be without a session.
            for kit, seen_at in reversed(list(self._seen_at.items())):
                if kit.session_is_open():
                    self._seen_at[kit] = seen_at = now
                if kit.over:
                    if now - seen_at >= SECONDS_A_KIT_IS_KEPT_WITHOUT_SESSION:
                        kit.remove_files()
                        del self._seen_at[kit]
                elif now - seen_at >= SECONDS_OF_WORK_WITHOUT_SESSION:
                    kit.cancel()
                elif (
                    kit.started_at is not None
                    and now - kit.started_at >= self.limits.kit_minutes * _SECONDS_PER_MINUTE
                ):
                    kit.cancel(
                        f"Arrêté après {self.limits.kit_minutes}\u00a0minutes, la limite de ce "
                        "serveur : choisissez moins de contenus, de formats ou de types de "
                        "fichiers."
                    )
            self._start_next()
            self._watched = bool(self._seen_at)
            return self._watched
