"""Messages that leave as soon as they are written."""

from __future__ import annotations

import socket

from atlas.server.small_messages import send_small_messages_at_once


def has_no_delay(connection: socket.socket) -> bool:
    return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_connections_of_a_server_that_asyncio_takes_for_another_kind_have_no_delay():
    # As Streamlit binds its own: asyncio sets the option where the number of TCP is said.
    with socket.socket() as server:
        assert server.proto != socket.IPPROTO_TCP
        server.bind(("127.0.0.1", 0))
        server.listen()
        send_small_messages_at_once()
        with socket.create_connection(server.getsockname()) as client:
            accepted, _ = server.accept()
            with accepted:
                assert has_no_delay(accepted) and not has_no_delay(client)


def test_what_does_not_listen_is_left_as_it_is(tmp_path):
    with socket.socket() as other, (tmp_path / "file").open("w"):
        send_small_messages_at_once()
        assert not has_no_delay(other)
        other.bind(("127.0.0.1", 0))  # still open
