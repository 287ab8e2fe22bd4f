"""Messages that leave as soon as they are written.

An answer of a page is dozens of small messages. On a connection without TCP_NODELAY the second one
waits for the acknowledgement of the first, which browsers keep back for 40 ms. asyncio sets the
option on sockets that say that they are of TCP (`asyncio.base_events._set_nodelay`); Streamlit
binds its own without saying it (proto 0), and the connections that it accepts are like it.
"""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

_OPEN_DESCRIPTORS = Path("/dev/fd")  # of this process, on Linux and macOS
_LISTENS = getattr(socket, "SO_ACCEPTCONN", None)


def send_small_messages_at_once() -> None:
    """Set the option on the sockets on which this process listens: the connections that they accept
    from now on have it. Nothing on a system that does not list its descriptors."""
    try:
        names = [path.name for path in _OPEN_DESCRIPTORS.iterdir()]
    except OSError:
        return
    for name in names:
        found = _listening_socket(int(name))
        if found is not None:
            with found:
                found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _listening_socket(descriptor: int) -> socket.socket | None:
    """The socket of an open descriptor, under another number, which may be closed; None for another
    kind of file and for a socket that listens to no network."""
    try:
        if _LISTENS is None or not stat.S_ISSOCK(os.fstat(descriptor).st_mode):
            return None
        found = socket.socket(fileno=os.dup(descriptor))
    except OSError:  # closed since it was listed
        return None
    listens = found.getsockopt(socket.SOL_SOCKET, _LISTENS)
    if listens and found.family in (socket.AF_INET, socket.AF_INET6):
        return found
    found.close()
    return None
