"""How long a browser keeps the files that the pages are drawn with, without asking again."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Prepared shapes: their address holds a hash of what they are made from, and changes with it.
SHAPES_PATH, SHAPES_CACHE = "/app/static/geo/", "public, max-age=31536000, immutable"
#: Fonts: their address stays when a file is replaced by another, within a week.
FONTS_PATH, FONTS_CACHE = "/app/static/fonts/", "public, max-age=604800"
_CACHE_OF_PATH = {SHAPES_PATH: SHAPES_CACHE, FONTS_PATH: FONTS_CACHE}
_KEPT_STATUS = (200, 304)


class CacheHeaders:
    """Middleware that says it of shapes and fonts; what else is answered goes through as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        path = scope.get("path", "")
        cache = next((said for part, said in _CACHE_OF_PATH.items() if part in path), "")
        if scope["type"] != "http" or not cache:
            await self._app(scope, receive, send)
            return

        async def send_with_cache(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in _KEPT_STATUS:
                MutableHeaders(scope=message)["Cache-Control"] = cache
            await send(message)

        await self._app(scope, receive, send_with_cache)
