"""What answers in the place of the dashboard: a web server that says which process it is.

Run as a program it takes the options that Streamlit is given. At /_stcore/health it says that it is
there, and at /healthz how many press kits are waited for: the number in the file that the variable
KITS_FILE names.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

LARGE = b'{"letters": "' + b"a" * 5_000 + b'"}'


class Answers(BaseHTTPRequestHandler):
    """Its port and its number at every address, and a large file."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        said = {"port": self.server.server_address[1], "process": os.getpid()}
        if self.path.endswith("/healthz"):
            said["kits"] = int(Path(os.environ["KITS_FILE"]).read_text("utf-8"))
        body = LARGE if self.path.endswith("large.json") else json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


class AnsweringProcess:
    """One on a port of its own, that can be killed and had again."""

    def __init__(self, port: int = 0) -> None:
        self.port = port or free_port()
        options = ["--server.address", "127.0.0.1", "--server.port", str(self.port)]
        self._process = subprocess.Popen([sys.executable, __file__, *options])
        until_listening(self.port)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def until_listening(port: int) -> None:
    """Wait until somebody listens to a port of this machine."""
    while True:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)


if __name__ == "__main__":
    given = ThreadingHTTPServer(
        (
            sys.argv[sys.argv.index("--server.address") + 1],
            int(sys.argv[sys.argv.index("--server.port") + 1]),
        ),
        Answers,
    )
    given.serve_forever()
