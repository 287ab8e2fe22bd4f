"""How many visitors the server takes at the same time.

Each page that is open holds a WebSocket. Those above the limit get a page that asks to come back,
which holds one too until it is closed; above MAX_REFUSED_SHARE more nothing is connected any more
and the address itself answers so.
"""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

# A header that only the server sets: it takes away the one that a visitor sent.
REFUSED_HEADER = "atlas-refused"
MAX_REFUSED_SHARE = 0.25
# A browser opens several connections while it loads a page, and keeps them for five seconds.
DESCRIPTORS_PER_SESSION = 4
# Files of the project, drawing processes, the loop itself, and who only asks how the server is.
DESCRIPTORS_OF_SERVER = 80
# More would only make each process that is started slower.
MAX_DESCRIPTORS = 65_536
_TRY_AGAIN_LATER = 1013

log = logging.getLogger(__name__)


@dataclass
class Capacity:
    """limit: sessions at the same time; connected: those there are, refused ones included."""

    limit: int
    connected: int = 0

    @property
    def is_exhausted(self) -> bool:
        """True when not even a page that asks to come back is connected any more."""
        return self.connected >= self.limit + max(8, int(self.limit * MAX_REFUSED_SHARE))


class SessionLimit:
    """Middleware that counts the WebSockets and marks those above the limit.

    A page reads the mark as the header REFUSED_HEADER.
    """

    def __init__(self, app: ASGIApp, capacity: Capacity) -> None:
        self._app, self._capacity = app, capacity

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or one session from its beginning to its end."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        capacity = self._capacity
        if capacity.is_exhausted:
            await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})
            return
        name = REFUSED_HEADER.encode()
        headers = [header for header in scope["headers"] if header[0] != name]
        if capacity.connected >= capacity.limit:
            log.warning(
                "session refused",
                extra={"sessions": capacity.connected, "session_limit": capacity.limit},
            )
            headers.append((name, b"1"))
        capacity.connected += 1
        try:
            await self._app({**scope, "headers": headers}, receive, send)
        finally:
            capacity.connected -= 1


def raise_descriptor_limit() -> int:
    """Take as many descriptors as the system lets; returns how many."""
    if sys.platform == "win32":  # which has no such limit
        return MAX_DESCRIPTORS
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MAX_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, MAX_DESCRIPTORS)
    if soft == resource.RLIM_INFINITY or soft >= most:
        return MAX_DESCRIPTORS if soft == resource.RLIM_INFINITY else soft
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most


def session_limit(wanted: int, descriptors: int) -> int:
    """The sessions that so many descriptors allow, at most those that are wanted."""
    return max(1, min(wanted, (descriptors - DESCRIPTORS_OF_SERVER) // DESCRIPTORS_PER_SESSION))
