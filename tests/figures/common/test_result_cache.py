"""Results made once and shared."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from patience import BACKSTOP_S

from atlas.figures.common.result_cache import ResultCache


def test_what_is_asked_for_again_is_not_made_again():
    cache, made = ResultCache(), list[str]()
    first = cache.get("carte", lambda: made.append("carte") or object())
    assert cache.get("carte", lambda: made.append("carte") or object()) is first
    assert made == ["carte"]


def test_nothing_is_a_result_too():
    cache, made = ResultCache(), list[str]()
    for _ in range(2):
        assert cache.get("rien", lambda: made.append("rien")) is None
    assert made == ["rien"]


def test_it_keeps_no_more_than_it_may_and_lets_the_oldest_use_go():
    cache = ResultCache(max_results=2)
    kept = cache.get("a", object)
    other = cache.get("b", object)
    assert cache.get("a", object) is kept
    cache.get("c", object)
    assert len(cache) == 2
    assert cache.get("a", object) is kept
    assert cache.get("b", object) is not other


def test_what_could_not_be_made_is_tried_again():
    cache = ResultCache()

    def refuse() -> object:
        raise ValueError("refusé")

    with pytest.raises(ValueError):
        cache.get("carte", refuse)
    assert cache.get("carte", lambda: "carte") == "carte"


def test_a_result_is_made_of_others():
    cache = ResultCache()
    assert cache.get("carte", lambda: cache.get("lignes", lambda: 2) + 1) == 3
    assert len(cache) == 2


def test_what_many_ask_for_at_once_is_made_by_one_of_them():
    cache, made = ResultCache(), list[object]()
    asked, go = threading.Barrier(8), threading.Event()

    def make() -> object:
        go.wait(BACKSTOP_S)
        made.append(object())
        return made[-1]

    def ask(place: int) -> object:
        asked.wait(BACKSTOP_S)
        if place == 0:
            go.set()
        return cache.get("carte", make)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(8)))
    assert len(made) == 1 and set(found) == set(made)


def test_who_waited_for_what_failed_makes_it_by_himself():
    cache, started, go = ResultCache(), threading.Event(), threading.Event()

    def fail() -> str:
        started.set()
        go.wait(BACKSTOP_S)
        raise ValueError("refusé")

    with ThreadPoolExecutor(2) as pool:
        failing = pool.submit(cache.get, "carte", fail)
        started.wait(BACKSTOP_S)
        waiting = pool.submit(cache.get, "carte", lambda: "carte")
        go.set()
        assert waiting.result(BACKSTOP_S) == "carte"
        assert isinstance(failing.exception(BACKSTOP_S), ValueError)
