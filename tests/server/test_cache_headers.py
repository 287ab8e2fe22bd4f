"""Shapes and fonts are asked for once; what may change is asked for each time."""

from __future__ import annotations

from typing import Any

import pytest
from event_loops import run_alone

from atlas.server.cache_headers import FONTS_CACHE, SHAPES_CACHE, CacheHeaders


def cache_of(path: str, status: int = 200, kind: str = "http") -> str | None:
    """What is said to a browser of how long it may keep an answer."""
    sent: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {}

    run_alone(CacheHeaders(application)({"type": kind, "path": path}, receive, send))
    assert sent[1]["body"] == b"{}"
    found = dict(sent[0]["headers"]).get(b"cache-control")
    return found.decode() if found else None


@pytest.mark.parametrize("base", ["", "/mes"])
def test_shapes_are_kept_for_ever_and_fonts_for_a_week(base: str) -> None:
    assert cache_of(f"{base}/app/static/geo/d8067c63/FR.json") == SHAPES_CACHE
    assert cache_of(f"{base}/app/static/fonts/SourceSansPro-Bold.ttf") == FONTS_CACHE
    assert cache_of(f"{base}/app/static/geo/d8067c63/FR.json", status=304) == SHAPES_CACHE


@pytest.mark.parametrize("path", ["/", "/carte", "/app/static/icon.png", "/media/0.csv"])
def test_what_may_change_is_not_kept(path: str) -> None:
    assert cache_of(path) is None


def test_a_file_that_is_not_there_is_asked_for_again() -> None:
    assert cache_of("/app/static/geo/00000000/FR.json", status=404) is None
