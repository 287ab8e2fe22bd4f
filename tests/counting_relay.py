"""A TCP relay between a browser and a server that counts the bytes that cross it, as they are."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CHUNK_BYTES = 65_536


class CountingRelay:
    """Counts both directions together: compressed messages, frame headers, HTTP."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self._bytes = 0
        self._sockets: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def bytes_seen(self) -> int:
        """Since the relay was opened."""
        with self._lock:
            return self._bytes

    def close(self) -> None:
        """Take no new connection, and end those that are open."""
        for open_socket in (self._listener, *self._sockets):
            with suppress(OSError):
                open_socket.shutdown(socket.SHUT_RDWR)
            open_socket.close()

    def _accept(self) -> None:
        while True:
            try:
                browser, _ = self._listener.accept()
            except OSError:  # closed
                return
            server = socket.create_connection(("127.0.0.1", self._server_port))
            self._sockets += [browser, server]
            for source, target in ((browser, server), (server, browser)):
                threading.Thread(target=self._copy, args=(source, target), daemon=True).start()

    def _copy(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while content := source.recv(CHUNK_BYTES):
                with self._lock:
                    self._bytes += len(content)
                target.sendall(content)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)


@contextmanager
def counting_relay(server_port: int) -> Iterator[CountingRelay]:
    """A relay to this port of this machine, closed at the end."""
    relay = CountingRelay(server_port)
    try:
        yield relay
    finally:
        relay.close()
