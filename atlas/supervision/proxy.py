"""nginx before the processes of one machine: to which of them each browser goes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from atlas import child_process

# As `make nginx` unpacks it, else that of the machine.
UNPACKED = Path(sys.prefix) / "nginx/usr/sbin/nginx"
_CONFIGURATION = "nginx.conf"
_MAX_DESCRIPTORS = 16_384
_SECONDS_BETWEEN_LOOKS = 0.02
_MAX_SECONDS_OF_A_CONNECTION = 3_600
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=False,  # what it writes is no page
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class ProxyError(Exception):
    """nginx is not there, or refuses to start; says which."""


@dataclass(frozen=True)
class Place:
    """Where a machine serves: the address and the port that it listens on, and the path under which
    the dashboard is, empty for the root."""

    address: str
    port: int
    base_path: str = ""

    @property
    def home(self) -> str:
        """The path of the first page."""
        path = self.base_path.strip("/")
        return f"/{path}/" if path else "/"


class Proxy:
    """One nginx; its files are in `folder`."""

    def __init__(self, folder: Path, place: Place) -> None:
        """Raises ProxyError when there is no nginx on this machine."""
        found = str(UNPACKED) if UNPACKED.exists() else shutil.which("nginx")
        if found is None:
            raise ProxyError("nginx n’est pas là : « make nginx » prend celui de Debian.")
        self._program, self._folder, self._place = found, folder, place
        self._server: subprocess.Popen[bytes] | None = None

    def configuration(self, serving: Sequence[int], ending: Sequence[int] = ()) -> str:
        """The text of its configuration.

        serving: the ports of the processes that take new visitors; ending: of those that only keep
        the visitors that they have.
        """
        return _TEMPLATES.get_template(_CONFIGURATION).render(
            account="root" if os.geteuid() == 0 else "",  # the folder is of who serves
            folder=self._folder,
            descriptors=_descriptors(),
            connection_seconds=_MAX_SECONDS_OF_A_CONNECTION,
            known=[*serving, *ending],
            open=serving,
            home=self._place.home,
            address=self._place.address,
            port=self._place.port,
        )

    def point_to(self, serving: Sequence[int], ending: Sequence[int] = ()) -> None:
        """Send visitors to these processes from now on; starts nginx the first time.

        Without any, what was there before stays: nginx answers that nobody is there. Raises OSError
        when its file cannot be written, and ProxyError when nginx does not start.
        """
        if not serving:
            return
        file = self._folder / _CONFIGURATION
        fresh = file.with_suffix(".next")
        fresh.write_text(self.configuration(serving, ending), "utf-8")
        fresh.replace(file)
        if self.is_running and self._server:
            self._server.send_signal(signal.SIGHUP)
        else:
            self._start(file)

    @property
    def is_running(self) -> bool:
        """False before the first processes are named, and once it has ended by itself."""
        return self._server is not None and self._server.poll() is None

    @property
    def has_ended(self) -> bool:
        """True when it was started and is there no more."""
        return self._server is not None and self._server.poll() is not None

    def restart(self) -> None:
        """Start it again with what it was told last. Raises ProxyError as `point_to` does."""
        if self._server is not None:
            with suppress(ProcessLookupError):  # those of a killed one would keep its port
                os.killpg(self._server.pid, signal.SIGKILL)
        self._start(self._folder / _CONFIGURATION)

    def stop(self) -> None:
        """End it, with the connections that it holds."""
        if self.is_running and self._server:
            self._server.terminate()
            self._server.wait()

    def _start(self, file: Path) -> None:
        running = self._folder / "pid"
        running.unlink(missing_ok=True)
        self._server = child_process.start(
            "atlas.supervision.nginx_process",
            str(os.getpid()),
            self._program,
            "-e",
            str(self._folder / "error.log"),
            "-c",
            str(file),
        )
        # Before it has written its number, it would end by the signal that tells it to read again.
        while not running.exists():
            if self._server.poll() is not None:
                raise ProxyError(f"nginx ne démarre pas : {self._last_error()}")
            time.sleep(_SECONDS_BETWEEN_LOOKS)

    def _last_error(self) -> str:
        log = self._folder / "error.log"
        lines = log.read_text("utf-8", "replace").splitlines() if log.exists() else []
        return lines[-1] if lines else ""


def _descriptors() -> int:
    """How many files and connections a process of nginx may hold; two for each visitor."""
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _MAX_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, _MAX_DESCRIPTORS)
