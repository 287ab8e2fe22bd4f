"""To which process a browser goes: with the nginx of one machine, and with that of deploy/."""

from __future__ import annotations

import socket
import urllib.error
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from answering_process import LARGE
from beside_proxy import AnsweringProcess, Browser, until_listening
from browsing import free_port
from reverse_proxy import ReverseProxy

from atlas.supervision.proxy import Place, Proxy, ProxyError


@pytest.fixture
def two() -> Iterator[list[AnsweringProcess]]:
    started = [AnsweringProcess(), AnsweringProcess()]
    yield started
    for process in started:
        process.kill()


@pytest.fixture
def of_one_machine(tmp_path: Path) -> Iterator[tuple[Proxy, str]]:
    """An nginx as `make serve PROCESSES=2` has it, to be told of processes, and its address."""
    place = Place("127.0.0.1", free_port(), "mes")
    proxy = Proxy(tmp_path, place)
    yield proxy, f"http://127.0.0.1:{place.port}/mes/"
    proxy.stop()


@pytest.fixture(params=["one machine", "deploy"])
def address(
    request: pytest.FixtureRequest, tmp_path: Path, two: Sequence[AnsweringProcess]
) -> Iterator[str]:
    """Of an nginx before two processes."""
    ports = [process.port for process in two]
    if request.param == "deploy":
        shipped = ReverseProxy(tmp_path / "proxy", ports)
        shipped.start()
        yield shipped.url("/")
        shipped.stop()
    else:
        proxy, found = request.getfixturevalue("of_one_machine")
        proxy.point_to(ports)
        until_listening(int(found.split(":")[2].partition("/")[0]))
        yield found


def test_a_browser_stays_on_one_process_and_others_are_shared_out(
    address: str, two: Sequence[AnsweringProcess]
) -> None:
    browsers = [Browser(address) for _ in range(6)]
    first = [browser.port() for browser in browsers]
    assert set(first) == {process.port for process in two}
    for _ in range(4):
        assert [browser.port() for browser in browsers] == first


def test_the_visitors_of_a_process_that_ended_go_to_another_and_stay_there(
    address: str, two: list[AnsweringProcess]
) -> None:
    browser, other = Browser(address), Browser(address)
    while other.port() == browser.port():
        other = Browser(address)
    gone = next(process for process in two if process.port == browser.port())
    gone.kill()
    assert [browser.port() for _ in range(3)] == [other.port()] * 3
    two[two.index(gone)] = AnsweringProcess(gone.port)
    assert [browser.port() for _ in range(3)] == [other.port()] * 3
    assert gone.port in {Browser(address).port() for _ in range(40)}


def test_the_cookie_is_given_once_and_read_by_no_script(address: str) -> None:
    browser = Browser(address)
    given = browser.get()[0]["Set-Cookie"]
    assert "Path=/mes/" in given and "HttpOnly" in given and "SameSite=Lax" in given
    assert ("Secure" in given) == address.startswith("https")
    assert "Set-Cookie" not in browser.get()[0]


def test_what_streamlit_does_not_compress_is_sent_compressed(address: str) -> None:
    headers, body = Browser(address).get("large.json", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip" and len(body) < len(LARGE) / 10
    assert Browser(address).get("large.json")[1] == LARGE


def test_a_process_that_is_being_replaced_keeps_its_visitors_and_gets_no_new_one(
    of_one_machine: tuple[Proxy, str], two: list[AnsweringProcess], until: Callable[..., None]
) -> None:
    proxy, address = of_one_machine
    former, fresh = two
    proxy.point_to([former.port])
    until_listening(int(address.split(":")[2].partition("/")[0]))
    visitor = Browser(address)
    assert visitor.port() == former.port
    proxy.point_to([fresh.port], ending=[former.port])
    until(lambda: Browser(address).port() == fresh.port)
    assert {Browser(address).port() for _ in range(6)} == {fresh.port}
    assert visitor.port() == former.port
    proxy.point_to([fresh.port])
    former.kill()
    assert visitor.port() == fresh.port
    two[0] = AnsweringProcess()


def test_nobody_there_is_said_in_french(
    of_one_machine: tuple[Proxy, str], two: list[AnsweringProcess]
) -> None:
    proxy, address = of_one_machine
    proxy.point_to([free_port()])
    until_listening(int(address.split(":")[2].partition("/")[0]))
    with pytest.raises(urllib.error.HTTPError) as refused:
        Browser(address).get()
    with refused.value as answer:
        assert answer.code == 503 and "ne répond pas" in answer.read().decode()


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        proxy = Proxy(tmp_path, Place("127.0.0.1", taken.getsockname()[1]))
        with pytest.raises(ProxyError, match=r"bind\(\)"):
            proxy.point_to([free_port()])
