"""What `streamlit run app.py` serves beside the pages: routes, limits, the log."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import streamlit.logger
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

import atlas
from atlas.event_log import set_up_event_log
from atlas.server.cache_headers import CacheHeaders
from atlas.server.capacity import Capacity, SessionLimit, raise_descriptor_limit, session_limit
from atlas.server.french_answers import FrenchAnswers, answer_error
from atlas.server.health import HealthCheck
from atlas.server.small_messages import send_small_messages_at_once
from atlas.settings.server import Limits, Log
from atlas.ui.kit_queue import shared_queue
from atlas.ui.session import project

# Off, as Streamlit sets it: its lines are addresses of visitors.
_LOG_OF_REQUESTS = "uvicorn.access"

log = logging.getLogger(__name__)


class Surroundings:
    """One per server; its parts are what `st.App` takes."""

    def __init__(self) -> None:
        self.capacity = Capacity(Limits().sessions)

    @property
    def routes(self) -> list[BaseRoute]:
        """Beside those of Streamlit."""
        return [HealthCheck(self.capacity).route()]

    @property
    def middleware(self) -> list[Middleware]:
        """In the order in which a request meets them."""
        return [
            Middleware(FrenchAnswers, capacity=self.capacity),
            Middleware(SessionLimit, capacity=self.capacity),
            Middleware(CacheHeaders),
        ]

    @property
    def exception_handlers(self) -> Mapping[Any, Callable[..., Any]]:
        """For failures of the server itself; `atlas.ui.error_page` has those of pages."""
        return {Exception: answer_error}

    @asynccontextmanager
    async def lifespan(self, app: object) -> AsyncIterator[None]:
        """From before the first request to after the last one."""
        settings = await asyncio.to_thread(lambda: project().settings)
        _set_up_log(settings.log if settings else Log())
        send_small_messages_at_once()
        limits = settings.limits if settings else Limits()
        descriptors = raise_descriptor_limit()
        self.capacity.limit = session_limit(limits.sessions, descriptors)
        say = log.warning if self.capacity.limit < limits.sessions else log.info
        say(
            "server started",
            extra={
                "version": atlas.__version__,
                "descriptors": descriptors,
                "session_limit": self.capacity.limit,
            },
        )
        stopping = threading.Event()
        preparation = asyncio.create_task(asyncio.to_thread(_prepare_first_views, stopping))
        preparation.add_done_callback(_say_failure)
        yield
        stopping.set()
        preparation.cancel()
        # A server that is asked to stop ends by the signal: what waits for the end of Python is
        # not called.
        await asyncio.to_thread(shared_queue().close)
        log.info("server stopped", extra={"sessions": self.capacity.connected})


def _prepare_first_views(stopping: threading.Event) -> None:
    # Loads what draws figures and writes documents: the server answers before.
    from atlas.ui.warm_start import prepare_first_views

    prepare_first_views(stopping.is_set)


def _say_failure(preparation: asyncio.Task[None]) -> None:
    """In the log: pages then make what they show, and say why they cannot."""
    if not preparation.cancelled() and (reason := preparation.exception()):
        log.error("first views could not be made", exc_info=reason)


def _set_up_log(settings: Log) -> None:
    """One log for all: Streamlit and its web server write lines of text of their own."""
    set_up_event_log(settings.level, details=settings.details)
    streamlit.logger.setup_formatter = _without_own_handler
    for name in list(logging.root.manager.loggerDict):
        if name != _LOG_OF_REQUESTS:
            _without_own_handler(logging.getLogger(name))


def _without_own_handler(logger: logging.Logger) -> None:
    """What Streamlit does to each logger that it makes: this one passes its records on instead."""
    logger.handlers[:] = []
    logger.propagate = True
