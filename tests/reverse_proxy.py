"""Debian's nginx with the configuration that is shipped, before a server of the tests."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from ipaddress import ip_address
from itertools import zip_longest
from pathlib import Path

from browsing import free_port
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from patience import BACKSTOP_S

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "deploy/nginx/atlas.conf"
# As `make nginx` unpacks it, else that of the machine.
UNPACKED = Path(sys.prefix) / "nginx/usr/sbin/nginx"
BASE_PATH = "mes"
SHIPPED_PORTS = (8601, 8602)


class ReverseProxy:
    """nginx on loopback; only the name, the ports and the certificate differ from what is shipped.

    servers: the ports of the processes behind it, one or two.
    """

    def __init__(self, folder: Path, servers: Sequence[int]) -> None:
        self.folder = folder
        self.port, self._http_port = free_port(), free_port()
        # Where nobody is: nobody else is given it while it is kept, and it does not listen.
        self._absent = socket.socket()
        self._absent.bind(("127.0.0.1", 0))
        folder.mkdir()
        _write_certificate(folder)
        site = _replaced(
            SHIPPED.read_text("utf-8"),
            {
                "listen 443": f"listen 127.0.0.1:{self.port}",
                "listen 80;": f"listen 127.0.0.1:{self._http_port};",
                "tableau.example.fr.pem": "certificate.pem",
                "tableau.example.fr.key": "key.pem",
                "/etc/ssl/certs/": f"{folder}/",
                "/etc/ssl/private/": f"{folder}/",
                "tableau.example.fr": "localhost",
                **{
                    str(shipped): str(port)
                    for shipped, port in zip_longest(
                        SHIPPED_PORTS,
                        servers,
                        fillvalue=self._absent.getsockname()[1],
                    )
                },
            },
        )
        (folder / "atlas.conf").write_text(site, "utf-8")
        places = "".join(
            f"{kind}_temp_path {folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root;\n" if os.geteuid() == 0 else ""  # the folder is of who runs the tests
        (folder / "nginx.conf").write_text(
            f"{user}daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log warn;\n"
            f"worker_processes 1;\nevents {{ worker_connections 1024; }}\n"
            f"http {{\naccess_log {folder}/access.log;\n{places}"
            f"include {folder}/atlas.conf;\n}}\n",
            "utf-8",
        )

    def start(self) -> None:
        binary = str(UNPACKED) if UNPACKED.exists() else shutil.which("nginx")
        if binary is None:
            raise FileNotFoundError("nginx is not there: `make nginx` gets Debian's")
        self._server = subprocess.Popen(
            [binary, "-e", f"{self.folder}/error.log", "-c", f"{self.folder}/nginx.conf"],
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + BACKSTOP_S
        while time.monotonic() < end and self._server.poll() is None:
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "error.log").read_text("utf-8"))

    def stop(self) -> None:
        self._server.terminate()
        self._server.wait()

    def url(self, path: str) -> str:
        """The address of a path of the dashboard, under its base path."""
        return f"https://localhost:{self.port}/{BASE_PATH}{path}"


def _replaced(text: str, replacements: dict[str, str]) -> str:
    for old, new in replacements.items():
        assert old in text, f"{old!r} is not in the configuration that is shipped"
        text = text.replace(old, new)
    return text


def _write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
