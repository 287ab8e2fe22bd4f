"""Keeps so many processes of the dashboard running behind one nginx.

A process that ends is started again. On SIGHUP all are replaced, one after the other: a new one
draws its first page, then takes the visitors who come; the former keeps those that it has until no
press kit is being made in it, and ends. Their browsers then connect to another by themselves, with
what they showed, which is in their address. On SIGTERM or SIGINT all ends.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import signal
import time
from collections.abc import Sequence

from atlas.supervision.proxy import Place, Proxy
from atlas.supervision.server_process import (
    MAX_SECONDS_OF_LAST_KITS,
    SECONDS_BETWEEN_QUESTIONS,
    ServerProcess,
)
from atlas.temporary_folder import TemporaryFolder

#: What Streamlit signs with: a browser may be answered by any of the processes.
COOKIE_SECRET_VARIABLE = "STREAMLIT_SERVER_COOKIE_SECRET"
MAX_SECONDS_BETWEEN_STARTS = 30
_FOLDER_PREFIX = "atlas-proxy-"
_SECRET_BYTES = 32
_SECONDS_BETWEEN_LOOKS = 1.0

log = logging.getLogger(__name__)


class Supervisor:
    """module: what each process runs, with its arguments. count: of the processes."""

    def __init__(self, module: Sequence[str], place: Place, count: int) -> None:
        self._module, self._place = module, place
        self._processes: list[ServerProcess | None] = [None] * count
        self._serving: list[ServerProcess] = []
        self._ending: list[ServerProcess] = []

    async def run(self) -> None:
        """Serve until a signal ends it. Raises ProxyError when nginx is not there, or does not
        start, such as on a port that is taken."""
        os.environ.setdefault(COOKIE_SECRET_VARIABLE, secrets.token_hex(_SECRET_BYTES))
        loop, stopped, replaced = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()
        for ending in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(ending, stopped.set)
        loop.add_signal_handler(signal.SIGHUP, replaced.set)
        with TemporaryFolder(_FOLDER_PREFIX) as folder:
            self._proxy = Proxy(folder.path, self._place)
            tasks = [
                *(asyncio.create_task(self._keep(slot)) for slot in range(len(self._processes))),
                asyncio.create_task(self._keep_proxy()),
                asyncio.create_task(self._replace_when_asked(replaced)),
            ]
            ending_task = asyncio.create_task(stopped.wait())
            try:
                done, _ = await asyncio.wait(
                    [*tasks, ending_task], return_when=asyncio.FIRST_COMPLETED
                )
                for task in done - {ending_task}:
                    task.result()  # a fault of ours ends all, and says so
            finally:
                for task in [*tasks, ending_task]:
                    task.cancel()
                await asyncio.gather(*tasks, ending_task, return_exceptions=True)
                self._proxy.stop()
                every = [*filter(None, self._processes), *self._ending]
                await asyncio.gather(*(process.stop() for process in every))

    async def _keep(self, slot: int) -> None:
        """One process, started again whenever it ends or freezes."""
        seconds = _SECONDS_BETWEEN_LOOKS
        while True:
            process = self._processes[slot] = ServerProcess(self._module, self._place)
            if await process.until_ready():
                log.info("process serves", extra={"port": process.port})
                self._serving.append(process)
                self._point_proxy()
                seconds = _SECONDS_BETWEEN_LOOKS
                process = await self._until_it_fails(slot)
                self._serving.remove(process)
                self._point_proxy()
            log.error("process ended or froze, and is started again", extra={"port": process.port})
            process.kill()
            await asyncio.sleep(seconds)
            seconds = min(2 * seconds, MAX_SECONDS_BETWEEN_STARTS)

    async def _until_it_fails(self, slot: int) -> ServerProcess:
        """Wait until the process of a slot, which may be replaced meanwhile, has failed."""
        asked_at = time.monotonic()
        while True:
            process = self._processes[slot]
            assert process is not None
            if not process.is_running or process.is_frozen:
                return process
            if time.monotonic() - asked_at >= SECONDS_BETWEEN_QUESTIONS:
                await process.answers()
                asked_at = time.monotonic()
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)

    async def _keep_proxy(self) -> None:
        while True:
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
            if self._proxy.has_ended:
                self._proxy.restart()
                log.error("nginx ended, and was started again")

    async def _replace_when_asked(self, asked: asyncio.Event) -> None:
        while True:
            await asked.wait()
            asked.clear()
            for slot in range(len(self._processes)):
                if not await self._replace(slot):
                    log.error("the other processes stay as they are")
                    break

    async def _replace(self, slot: int) -> bool:
        """A new process in the place of one that serves; False when it does not get ready."""
        former = self._processes[slot]
        if former is None or former not in self._serving:
            return True  # it is being started anew as it is
        fresh = ServerProcess(self._module, self._place)
        self._ending.append(fresh)  # ended with all else if that is asked meanwhile
        ready = await fresh.until_ready()
        self._ending.remove(fresh)
        if not ready or former not in self._serving:
            await fresh.stop()
            return ready
        self._processes[slot] = fresh
        self._serving[self._serving.index(former)] = fresh
        self._ending.append(former)
        self._point_proxy()
        log.info("process serves in the place of another", extra={"port": fresh.port})
        await _until_without_kits(former)
        self._ending.remove(former)
        self._point_proxy()
        await former.stop()
        return True

    def _point_proxy(self) -> None:
        self._proxy.point_to(
            [process.port for process in self._serving],
            [process.port for process in self._ending],
        )


async def _until_without_kits(process: ServerProcess) -> None:
    latest = time.monotonic() + MAX_SECONDS_OF_LAST_KITS
    while process.is_running and time.monotonic() < latest and await process.has_kits():
        await asyncio.sleep(SECONDS_BETWEEN_QUESTIONS)
