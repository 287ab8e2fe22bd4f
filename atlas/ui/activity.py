"""Whether pages are being drawn for visitors: what may be made ahead waits for them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: How often somebody who waits for idle pages looks whether to wait no more.
SECONDS_BETWEEN_LOOKS = 0.5


class Activity:
    """How many pages are being drawn now. Thread-safe."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = threading.Condition()

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """While a page is drawn."""
        with self._changed:
            self._count += 1
        try:
            yield
        finally:
            with self._changed:
                self._count -= 1
                self._changed.notify_all()

    def wait_until_idle(self, is_stopped: Callable[[], bool]) -> None:
        """Return once no page is being drawn, or soon after `is_stopped` says True."""
        with self._changed:
            while self._count and not is_stopped():
                self._changed.wait(SECONDS_BETWEEN_LOOKS)


#: Of this process.
PAGES = Activity()
