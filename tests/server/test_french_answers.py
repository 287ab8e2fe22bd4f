"""What a browser shows as a page is French, whatever the address and whatever fails."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import streamlit
from event_loops import run_alone
from starlette.requests import Request

from atlas.event_log import reference_of
from atlas.server.capacity import Capacity
from atlas.server.french_answers import FrenchAnswers, answer_error

INDEX = (Path(streamlit.__file__).parent / "static/index.html").read_bytes()
BROWSER = [(b"accept", b"text/html,application/xhtml+xml,*/*;q=0.8"), (b"accept-encoding", b"gzip")]
ENGLISH = re.compile(r"\b(the|not found|bad request|you need|run this app)\b", re.I)


class Answer:
    """An application that always answers the same, and what it was asked."""

    def __init__(self, body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200):
        self.body, self.kind, self.status = body, kind, status
        self.headers: dict[bytes, bytes] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.headers = dict(scope["headers"])
        headers = [
            (b"content-type", self.kind.encode()),
            (b"content-length", str(len(self.body)).encode()),
            (b"etag", b'"1"'),
        ]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        half = len(self.body) // 2
        await send({"type": "http.response.body", "body": self.body[:half], "more_body": True})
        await send({"type": "http.response.body", "body": self.body[half:]})


def answer_to(
    app: Answer, path: str = "/carte", capacity: Capacity | None = None, **scope: Any
) -> tuple[int, dict[bytes, bytes], bytes]:
    """Status, headers and body of what a browser gets."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b""}

    request = {"type": "http", "method": "GET", "path": path, "headers": BROWSER, **scope}
    run_alone(FrenchAnswers(app, capacity or Capacity(10))(request, receive, send))
    assert sent[0]["type"] == "http.response.start"
    headers = dict(sent[0]["headers"])
    body = b"".join(part.get("body", b"") for part in sent[1:])
    assert int(headers[b"content-length"]) == len(body)
    return sent[0]["status"], headers, body


def test_the_page_of_streamlit_says_that_it_is_in_french():
    app = Answer(INDEX)
    status, headers, body = answer_to(app)
    assert status == 200 and headers[b"etag"] == b'"1"'
    assert b'<html lang="fr">' in body and b'lang="en"' not in body
    assert b"You need to enable" not in body and b"Streamlit</title>" not in body
    assert b"accept-encoding" not in app.headers


def test_an_address_with_two_parts_is_unknown_and_leads_home():
    status, _, body = answer_to(Answer(INDEX), "/carte/bretagne")
    text = body.decode()
    assert status == 404 and "Adresse inconnue" in text and '<a href="/">' in text
    assert not ENGLISH.search(re.sub("<[^>]*>", " ", text)) and "<script" not in text


def test_what_is_served_from_a_folder_leads_home_to_that_folder(monkeypatch):
    options = {"server.baseUrlPath": "atlas", "theme.fontFaces": []}
    monkeypatch.setattr("streamlit.config.get_option", options.__getitem__)
    assert answer_to(Answer(INDEX), "/atlas/carte")[0] == 200
    status, _, body = answer_to(Answer(INDEX), "/atlas/carte/bretagne")
    assert status == 404 and b'<a href="/atlas/">' in body


@pytest.mark.parametrize(("status", "said"), [(404, "Adresse inconnue"), (400, "pas acceptée")])
def test_a_refusal_in_plain_english_becomes_a_page(status, said):
    got, headers, body = answer_to(Answer(b"Bad Request", "text/plain; charset=utf-8", status))
    assert got == status and said in body.decode().replace("\u00a0", " ")
    assert headers[b"content-type"].startswith(b"text/html")


@pytest.mark.parametrize(
    ("scope", "kind"),
    [
        ({"headers": [(b"accept", b"*/*")]}, "text/html"),
        ({"method": "POST"}, "text/plain"),
        ({}, "application/json"),
    ],
)
def test_what_is_no_page_goes_through_untouched(scope, kind):
    app = Answer(INDEX, kind, 200)
    assert answer_to(app, **scope)[2] == INDEX


def test_without_a_place_the_address_itself_asks_to_come_back():
    full = Capacity(1, connected=50)
    status, headers, body = answer_to(Answer(INDEX), capacity=full)
    assert status == 503 and headers[b"retry-after"] == b"20"
    assert "très demandé" in body.decode() and b'http-equiv="refresh" content="20"' in body


def test_a_failure_of_the_server_itself_has_a_reference():
    error = RuntimeError("what happened")
    answer = run_alone(answer_error(Request({"type": "http", "headers": []}), error))
    assert answer.status_code == 500
    assert (
        reference_of(error) in bytes(answer.body).decode() and b"what happened" not in answer.body
    )
