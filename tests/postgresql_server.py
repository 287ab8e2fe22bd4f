"""A PostgreSQL of Debian, for tests: a cluster of its own, on a socket in a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from patience import BACKSTOP_S

# As `make postgresql` unpacks it, else that of the machine.
UNPACKED = Path(sys.prefix) / "postgresql"
OWNER = "postgres"
_NOBODY = 65_534


class PostgresqlServer:
    """Started by `start`, which may be called again after `stop`; `remove` takes its files away.

    It refuses to run as root: root starts it as nobody, in a folder that nobody may enter.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="atlas-postgresql-"))
        self._account = {"user": _NOBODY, "group": _NOBODY} if os.geteuid() == 0 else {}
        if self._account:
            os.chown(self.folder, _NOBODY, _NOBODY)
        self._programs = _programs()
        libraries = ":".join(str(folder) for folder in UNPACKED.glob("usr/lib/*-linux-*"))
        self._environment = {**os.environ, "LD_LIBRARY_PATH": libraries, "LC_ALL": "C.UTF-8"}
        options = ["--username", OWNER, "--auth", "trust", "--encoding", "UTF8", "--no-sync"]
        subprocess.run(
            [self._programs / "initdb", "--pgdata", self.folder / "cluster", *options],
            env=self._environment,
            cwd=self.folder,
            check=True,
            capture_output=True,
            **self._account,
        )

    @property
    def connection(self) -> str:
        """How to connect as its owner."""
        return f"host={self.folder} user={OWNER} dbname={OWNER}"

    def start(self) -> None:
        with (self.folder / "log").open("wb") as log:
            self._server = subprocess.Popen(
                [
                    *(self._programs / "postgres", "-D", self.folder / "cluster"),
                    *("-k", self.folder, "-c", "listen_addresses=", "-c", "fsync=off"),
                ],
                env=self._environment,
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                **self._account,
            )
        end = time.monotonic() + BACKSTOP_S
        while time.monotonic() < end and self._server.poll() is None:
            try:
                psycopg.connect(self.connection).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise RuntimeError((self.folder / "log").read_text("utf-8"))

    def stop(self) -> None:
        """As a machine that is switched off in order: connections are cut."""
        self._server.send_signal(2)  # SIGINT: « fast shutdown »
        self._server.wait()

    def remove(self) -> None:
        shutil.rmtree(self.folder)


def _programs() -> Path:
    for root in (UNPACKED, Path("/")):
        found = sorted(root.glob("usr/lib/postgresql/*/bin"))
        if found:
            return found[-1]
    there = shutil.which("initdb")
    if there is None:
        raise FileNotFoundError("PostgreSQL is not there: `make postgresql` gets Debian's")
    return Path(there).parent
