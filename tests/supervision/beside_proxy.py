"""Before a proxy a browser without pages, behind it processes that say who they are."""

from __future__ import annotations

import http.cookiejar
import json
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from browsing import free_port
from patience import BACKSTOP_S

PROGRAM = Path(__file__).with_name("answering_process.py")


class Browser:
    """Keeps its cookies from one request to the next."""

    def __init__(self, address: str) -> None:
        self._address = address
        trust = ssl.create_default_context()
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
        self._cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=trust),
            urllib.request.HTTPCookieProcessor(self._cookies),
        )

    def get(self, path: str = "", **headers: str) -> tuple[dict[str, str], bytes]:
        """Headers and body of an address."""
        asked = urllib.request.Request(self._address + path, headers=headers)
        with self._opener.open(asked, timeout=BACKSTOP_S) as answer:
            return dict(answer.headers), answer.read()

    def port(self) -> int:
        """Of the process that answers."""
        return int(json.loads(self.get()[1])["port"])


class AnsweringProcess:
    """One on a port of its own, that can be killed and had again."""

    def __init__(self, port: int = 0) -> None:
        self.port = port or free_port()
        options = ["--server.address", "127.0.0.1", "--server.port", str(self.port)]
        self._process = subprocess.Popen([sys.executable, str(PROGRAM), *options])
        until_listening(self.port)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


def until_listening(port: int) -> None:
    """Wait until somebody listens to a port of this machine."""
    end = time.monotonic() + BACKSTOP_S
    while time.monotonic() < end:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise TimeoutError(port)
