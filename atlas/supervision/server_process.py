"""One process of the dashboard, on a port of this machine alone."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import suppress

from atlas import child_process
from atlas.supervision.proxy import Place

LOOPBACK = "127.0.0.1"
#: A crowd that arrives at once may keep a process from answering for a minute.
MAX_SECONDS_WITHOUT_ANSWER = 180
#: As long as the home page and an image may take, the first time that they are made.
MAX_SECONDS_OF_A_QUESTION = 60
#: The longest that a former process stays for its kits, and how often it is asked.
MAX_SECONDS_OF_LAST_KITS = 3_600
SECONDS_BETWEEN_QUESTIONS = 2.0
_SECONDS_BETWEEN_LOOKS = 0.25
_MAX_SECONDS_OF_AN_ENDING = 20


class ServerProcess:
    """Started at once. Raises OSError when the system has no room for a process."""

    def __init__(self, module: Sequence[str], place: Place) -> None:
        """module: what is run, with its arguments; the port is given to it by its number."""
        self.port = _free_port()
        self._home = f"http://{LOOPBACK}:{self.port}{place.home}"
        self._answered_at = time.monotonic()
        self._process: subprocess.Popen[bytes] = child_process.start(
            *module,
            "--server.address",
            LOOPBACK,
            "--server.port",
            str(self.port),
            "--server.baseUrlPath",
            place.base_path,
        )

    @property
    def number(self) -> int:
        """That of the system."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """False once it has ended, however it did."""
        return self._process.poll() is None

    async def until_ready(self) -> bool:
        """Wait until it answers and has drawn its first page; False when it ended instead, or
        never answered."""
        while self.is_running and not self.is_frozen:
            if await self.answers():
                await self._ask("healthz")  # which runs the home page and draws an image
                return self.is_running
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
        return False

    async def answers(self) -> bool:
        """Whether its web server answers now."""
        found = await self._ask("_stcore/health")
        if found is not None:
            self._answered_at = time.monotonic()
        return found is not None

    @property
    def is_frozen(self) -> bool:
        """True when it has answered nothing for MAX_SECONDS_WITHOUT_ANSWER."""
        return time.monotonic() - self._answered_at > MAX_SECONDS_WITHOUT_ANSWER

    async def has_kits(self) -> bool:
        """Whether somebody waits for a press kit of this process."""
        return await asyncio.to_thread(has_kits, self._home)

    async def stop(self) -> None:
        """End it, with what it started; by force when it does not end by itself."""
        if self.is_running:
            self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(self._process.wait, _MAX_SECONDS_OF_AN_ENDING)
            return
        self.kill()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.wait()

    async def _ask(self, path: str) -> str | None:
        """What it answers, whether all is well or not; None when it does not."""
        return await asyncio.to_thread(_answer, self._home + path)


def has_kits(home: str) -> bool:
    """Whether somebody waits for a press kit of the dashboard at an address; False when it does not
    answer."""
    said = _answer(f"{home.rstrip('/')}/healthz")
    with suppress(ValueError):
        return int(json.loads(said or "{}").get("kits", 0)) > 0
    return False


def _answer(address: str) -> str | None:
    try:
        with urllib.request.urlopen(address, timeout=MAX_SECONDS_OF_A_QUESTION) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.read().decode()
    except OSError:
        return None


def _free_port() -> int:
    """One that nobody listens to now."""
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        return int(free.getsockname()[1])
