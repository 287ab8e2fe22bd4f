"""So many visitors and no more; what the system gives bounds what the configuration asks."""

from __future__ import annotations

import asyncio
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from event_loops import run_alone

from atlas.server.capacity import (
    REFUSED_HEADER,
    Capacity,
    SessionLimit,
    raise_descriptor_limit,
    session_limit,
)

SOCKET: dict[str, Any] = {"type": "websocket", "headers": [], "path": "/_stcore/stream"}


class Sessions:
    """An application that keeps each session open until it is told; what it was given of each."""

    def __init__(self) -> None:
        self.scopes: list[Any] = []
        self.closed = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scopes.append(scope)
        await self.closed.wait()

    @property
    def refused(self) -> list[bool]:
        return [REFUSED_HEADER.encode() in dict(scope["headers"]) for scope in self.scopes]


async def _nothing() -> Any:
    return {}


def opened(count: int, limit: int, headers: list[tuple[bytes, bytes]]) -> tuple[Any, ...]:
    """So many sessions at once: which were told that there is no place, what was closed at once,
    and how many are counted during and after."""
    closed: list[Any] = []

    async def send(message: Any) -> None:
        closed.append(message)

    async def run() -> tuple[Any, ...]:
        sessions, capacity = Sessions(), Capacity(limit)
        guarded = SessionLimit(sessions, capacity)
        scope = {**SOCKET, "headers": headers}
        tasks = [asyncio.create_task(guarded(scope, _nothing, send)) for _ in range(count)]
        await asyncio.sleep(0)
        during = capacity.connected
        sessions.closed.set()
        await asyncio.gather(*tasks)
        return sessions.refused, closed, during, capacity.connected

    return run_alone(run())


def test_the_sessions_above_the_limit_are_told_so_and_counted_until_they_end():
    refused, closed, during, after = opened(5, 3, [])
    assert refused == [False] * 3 + [True] * 2
    assert (closed, during, after) == ([], 5, 0)


def test_nobody_says_of_himself_that_he_has_a_place_or_has_none():
    refused, *_ = opened(2, 1, [(REFUSED_HEADER.encode(), b"0")])
    assert refused == [False, True]


def test_far_above_the_limit_nothing_is_connected_any_more():
    refused, closed, during, _ = opened(40, 3, [])
    assert during == len(refused) == 3 + 8
    assert closed == [{"type": "websocket.close", "code": 1013}] * (40 - during)


@pytest.mark.parametrize(
    ("wanted", "descriptors", "expected"),
    [(200, 65_536, 200), (200, 256, 44), (200, 90, 2), (200, 20, 1), (5, 256, 5)],
)
def test_few_descriptors_make_few_sessions(wanted, descriptors, expected):
    assert session_limit(wanted, descriptors) == expected


@contextmanager
def descriptors(soft: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_as_many_descriptors_as_the_system_lets_are_taken():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    with descriptors(256):
        taken = raise_descriptor_limit()
        assert taken == resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 256
    assert taken == min(hard, 65_536)


def test_what_the_system_refuses_is_not_asked_for():
    asked = (
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256));"
        "from atlas.server.capacity import raise_descriptor_limit as r; print(r())"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "256"
