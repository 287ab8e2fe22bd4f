"""How the server is, for whoever watches it: can a page and an image be made?

Both are tried for real: the home page is run as for a visitor, and the drawing process draws. Once,
whoever asks and how often: an answer serves for SECONDS_BETWEEN_CHECKS.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable
from dataclasses import asdict, dataclass, replace

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit import config, runtime
from streamlit.url_util import make_url_path

import atlas
from atlas.export.image import ExportError, logo_png
from atlas.server.capacity import Capacity
from atlas.store.store import project_store
from atlas.ui.kit_queue import shared_queue
from atlas.ui.session import project

PATH = "healthz"
SECONDS_BETWEEN_CHECKS = 15
MAX_SECONDS_OF_A_CHECK = 20
_SMALL_DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8" viewBox="0 0 8 8">'
    '<rect width="8" height="8" fill="#2f47b0"/></svg>'
)
_PNG = b"\x89PNG"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Health:
    """page, image: whether one can be made. version: of the program; data: hash of the published
    figures, empty when there are none; problems: of the files; change_pending: a change of the
    files goes on, or was cut; sessions, session_limit: visitors now, and how many are taken; kits:
    press kits that are waited for."""

    page: bool
    image: bool
    version: str
    data: str
    problems: int
    change_pending: bool
    sessions: int
    session_limit: int
    kits: int

    @property
    def is_good(self) -> bool:
        """Whether visitors get what they come for."""
        return self.page and self.image and bool(self.data)


class HealthCheck:
    """What /healthz answers. capacity: of the server."""

    def __init__(self, capacity: Capacity) -> None:
        self._capacity = capacity
        self._lock = asyncio.Lock()
        self._last: Health | None = None
        self._checked_at = 0.0

    def route(self) -> Route:
        """The route of the server, under the folder that it is served from."""
        base = str(config.get_option("server.baseUrlPath") or "")
        return Route(make_url_path(base, PATH), self.answer, methods=["GET"])

    async def answer(self, request: Request) -> JSONResponse:
        """200 when visitors get what they come for, else 503; the JSON says what does not work."""
        health = replace(
            await self._health(),
            sessions=self._capacity.connected,
            kits=shared_queue().expected_kits(),
        )
        return JSONResponse(
            {"status": "ok" if health.is_good else "failing", **asdict(health)},
            status_code=200 if health.is_good else 503,
            headers={"Cache-Control": "no-store"},
        )

    async def _health(self) -> Health:
        async with self._lock:  # who asks meanwhile gets the same answer
            age = time.monotonic() - self._checked_at
            if self._last is None or age >= SECONDS_BETWEEN_CHECKS:
                self._last = await self._check()
                self._checked_at = time.monotonic()
            return self._last

    async def _check(self) -> Health:
        page = await _in_time("page", _can_make_page())
        image = await _in_time("image", asyncio.to_thread(_can_make_image))
        data, problems, pending = await asyncio.to_thread(_state_of_files)
        return Health(
            page=page,
            image=image,
            version=atlas.__version__,
            data=data,
            problems=problems,
            change_pending=pending,
            sessions=self._capacity.connected,
            session_limit=self._capacity.limit,
            kits=shared_queue().expected_kits(),
        )


async def _can_make_page() -> bool:
    """The home page, run without a browser; the log has what fails in it."""
    good, _ = await runtime.get_instance().does_script_run_without_error()
    return good


def _can_make_image() -> bool:
    try:
        return logo_png(_SMALL_DRAWING).startswith(_PNG)
    except ExportError:
        return False  # the pool has logged why


def _state_of_files() -> tuple[str, int, bool]:
    inputs = project()
    dataset = inputs.dataset()
    version_of_data = dataset.version if dataset else ""
    return version_of_data, len(inputs.problems()), project_store(inputs.base).is_pending()


async def _in_time(check: str, result: Awaitable[bool]) -> bool:
    try:
        good = await asyncio.wait_for(result, MAX_SECONDS_OF_A_CHECK)
    except TimeoutError:
        good = False
    if not good:
        log.error("a check of health failed", extra={"check": check})
    return good
