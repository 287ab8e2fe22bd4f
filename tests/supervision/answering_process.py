"""What answers in the place of the dashboard: a web server that says which process it is.

Run as a program it takes the options that Streamlit is given. At /_stcore/health it says that it is
there, and at /healthz how many press kits are waited for: the number in the file that the variable
KITS_FILE names. It does not start while that file says BROKEN.
"""

from __future__ import annotations

import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

KITS_FILE, BROKEN = "KITS_FILE", "broken"
LARGE = b'{"letters": "' + b"a" * 5_000 + b'"}'


class Answers(BaseHTTPRequestHandler):
    """Its port and its number at every address, and a large file."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        said = {"port": self.server.server_address[1], "process": os.getpid()}
        if self.path.endswith("/healthz"):
            said["kits"] = int(Path(os.environ[KITS_FILE]).read_text("utf-8"))
        body = LARGE if self.path.endswith("large.json") else json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


if __name__ == "__main__":
    if Path(os.environ.get(KITS_FILE, os.devnull)).read_text("utf-8") == BROKEN:
        sys.exit("this program fails")
    given = ThreadingHTTPServer(
        (
            sys.argv[sys.argv.index("--server.address") + 1],
            int(sys.argv[sys.argv.index("--server.port") + 1]),
        ),
        Answers,
    )
    given.serve_forever()
