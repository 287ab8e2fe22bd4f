"""Answers of the web server in French: the language of the page, unknown addresses, refusals.

Streamlit's page says that it is in English and, at an address with two parts, loads its scripts
from where they are not: nothing would be drawn. What is said here stands on its own: no script, no
style from elsewhere.
"""

from __future__ import annotations

import logging
from collections.abc import MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from atlas.event_log import reference_of
from atlas.html_templates import template_environment
from atlas.server.capacity import Capacity
from atlas.server.font_links import with_font_links

SECONDS_BEFORE_NEXT_TRY = 20
_TEMPLATES = template_environment(Path(__file__).parent / "templates")
_STREAMLIT_MARK = b'<div id="root"'
# Until the page has a title; its steps then say more.
FIRST_WORDS = "Le tableau de bord se prépare…"
_END_OF_PAGE = b"</body>"
_ENGLISH_TO_FRENCH = {
    b'<html lang="en">': b'<html lang="fr">',
    b"<title>Streamlit</title>": "<title>Mon espace santé</title>".encode(),
    b"You need to enable JavaScript to run this app.": (
        b"Activez JavaScript dans votre navigateur pour voir ce tableau de bord."
    ),
}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Sentences:
    title: str
    message: str


_UNKNOWN = _Sentences(
    "Adresse inconnue",
    "Aucune page du tableau de bord n’est à cette adresse. Vérifiez-la, ou repartez de l’accueil.",
)
BUSY = _Sentences(
    "Le tableau de bord est très demandé",
    "Toutes les places sont prises. Cette page essaie de nouveau d’elle-même dans "
    f"{SECONDS_BEFORE_NEXT_TRY}\u00a0secondes ; vous pouvez aussi revenir plus tard.",
)
_REFUSED = _Sentences(
    "Cette demande n’est pas acceptée",
    "Le serveur ne répond pas à cette demande. Repartez de l’accueil du tableau de bord.",
)
_FAILED = "Cette page n’a pas pu être affichée"


def home_path() -> str:
    """The address of the home page on this server, whatever folder it is served under."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/" if base else "/"


def plain_page(title: str, message: str, *, again_seconds: int = 0) -> str:
    """A page of its own, with the way home. again_seconds: it loads itself again after these."""
    return _TEMPLATES.get_template("plain_page.html").render(
        title=title, message=message, home=home_path(), again_seconds=again_seconds
    )


async def answer_error(request: Request, error: Exception) -> Response:
    """What is answered when the server itself fails; its log has the error and the reference."""
    message = (
        "Une erreur imprévue s’est produite ; elle est notée dans le journal du serveur sous la "
        f"référence {reference_of(error)}."
    )
    return HTMLResponse(plain_page(_FAILED, message), status_code=500)


class FrenchAnswers:
    """Middleware that rewrites what a browser shows as a page; files and sessions go through."""

    def __init__(self, app: ASGIApp, capacity: Capacity) -> None:
        self._app, self._capacity = app, capacity

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if not _wants_page(scope):
            await self._app(scope, receive, send)
        elif self._capacity.is_exhausted:
            await _busy_answer()(scope, receive, send)
        else:
            # Not compressed: it is read here, and is a few kilobytes.
            headers = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            page = _PageAnswer({**scope, "headers": headers}, receive, send)
            await self._app(page.scope, receive, page.send)


class _PageAnswer:
    """An answer that is kept until it is whole, then given as it is or in French."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope, self._receive, self._send = scope, receive, send
        self._start: MutableMapping[str, Any] = {}
        self._body = bytearray()
        self._is_kept = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            self._is_kept = _is_page(message)
            if not self._is_kept:
                await self._send(message)
        elif not self._is_kept:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish()

    async def _finish(self) -> None:
        body, status = bytes(self._body), int(self._start["status"])
        shown = _page_in_french(body, status, self.scope["path"])
        if isinstance(shown, Response):
            await shown(self.scope, self._receive, self._send)
            return
        headers = [pair for pair in self._start["headers"] if pair[0] != b"content-length"]
        headers.append((b"content-length", str(len(shown)).encode()))
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": shown})


def _wants_page(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] == "GET"
        and "text/html" in Headers(scope=scope).get("accept", "")
    )


def _is_page(start: Message) -> bool:
    """A web page, or the plain English sentence of a refusal."""
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return kind.startswith("text/html") or (
        int(start["status"]) >= 400 and (not kind or kind.startswith("text/plain"))
    )


def _page_in_french(body: bytes, status: int, path: str) -> bytes | Response:
    if _STREAMLIT_MARK in body:
        inside = path.removeprefix(home_path().rstrip("/")).strip("/")
        if "/" in inside:
            return HTMLResponse(plain_page(_UNKNOWN.title, _UNKNOWN.message), status_code=404)
        for english, french in _ENGLISH_TO_FRENCH.items():
            body = body.replace(english, french, 1)
        return with_font_links(_with_first_screen(body))
    if status >= 400 and b"<" not in body:
        said = _UNKNOWN if status == 404 else _REFUSED
        return HTMLResponse(plain_page(said.title, said.message), status_code=status)
    return body


def _with_first_screen(body: bytes) -> bytes:
    """Streamlit's page with something to see before its scripts have run and the server answered:
    on a busy machine, a minute."""
    shown = _TEMPLATES.get_template("first_screen.html").render(words=FIRST_WORDS)
    return body.replace(_END_OF_PAGE, shown.encode() + _END_OF_PAGE, 1)


def _busy_answer() -> Response:
    return HTMLResponse(
        plain_page(BUSY.title, BUSY.message, again_seconds=SECONDS_BEFORE_NEXT_TRY),
        status_code=503,
        headers={"Retry-After": str(SECONDS_BEFORE_NEXT_TRY), "Cache-Control": "no-store"},
    )
