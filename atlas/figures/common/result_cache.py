"""Results that are made once and shared, by the drawings of a page and the sessions of a server.

A result belongs to what it was made from: the cache is a part of it (`FigureContext`), and goes
with it when the data, the settings or the session's own rows are others.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

#: Results kept of one context. A map of 101 départements at one period, with its bars, words and
#: what these are made from, is five of them, and 0.3 MB.
MAX_RESULTS = 1_000


class ResultCache:
    """The last results that were asked for. Thread-safe: what several threads ask for at once is
    made by one of them, while the others wait for it."""

    def __init__(self, max_results: int = MAX_RESULTS) -> None:
        self._max_results = max_results
        self._results: OrderedDict[Hashable, Any] = OrderedDict()
        self._in_the_making: dict[Hashable, threading.RLock] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._results)

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The result of a key, which `make` gives when none is kept. What `make` raises is raised
        and not kept: whoever waited for it tries by himself.

        `make` may ask for other keys, never for its own.
        """
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
            making = self._in_the_making.setdefault(key, threading.RLock())
        with making:
            with self._lock:
                if key in self._results:
                    return self._results[key]
            try:
                made = make()
                with self._lock:
                    self._results[key] = made
                    while len(self._results) > self._max_results:
                        self._results.popitem(last=False)
                return made
            finally:
                with self._lock:
                    if self._in_the_making.get(key) is making:
                        del self._in_the_making[key]
