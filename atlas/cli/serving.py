"""Serve the dashboard on this machine alone, for whoever started it."""

from __future__ import annotations

import os
import runpy
import secrets
import sys
from typing import Annotated

import typer

from atlas.cli.common import THIS_FOLDER
from atlas.settings.server import TOKEN_PARAMETER, TOKEN_VARIABLE

ADDRESS = "127.0.0.1"
_TOKEN_BYTES = 32


def run(
    port: Annotated[int, typer.Option(help="Le port.", min=1, max=65535)] = 8501,
) -> None:
    """Sert le tableau de bord à cette machine seule. L’adresse affichée l’administre : elle porte
    un jeton, nouveau à chaque démarrage."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    os.environ[TOKEN_VARIABLE] = token
    typer.echo(
        f"\nPour administrer, ouvrez :  http://{ADDRESS}:{port}/?{TOKEN_PARAMETER}={token}\n"
        "Qui ouvre l’adresse sans son jeton ne fait que lire.\n"
    )
    sys.stdout.flush()
    sys.argv = [
        "streamlit",
        "run",
        str(THIS_FOLDER / "app.py"),
        "--server.address",
        ADDRESS,
        "--server.port",
        str(port),
    ]
    # In this process, which has loaded most of it already, and whose environment can be cleared.
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
