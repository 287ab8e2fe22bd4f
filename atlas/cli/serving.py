"""Serve the dashboard: on this machine alone for whoever started it, or for others."""

from __future__ import annotations

import asyncio
import os
import runpy
import secrets
import sys
from typing import Annotated

import typer

from atlas import child_process
from atlas.event_log import set_up_event_log
from atlas.settings.server import TOKEN_PARAMETER, TOKEN_VARIABLE
from atlas.supervision.proxy import Place, ProxyError
from atlas.supervision.supervisor import Supervisor

ADDRESS = "127.0.0.1"
MAX_PROCESSES = 64
EXIT_NO_PROXY = 2
_TOKEN_BYTES = 32
_APP = child_process.ROOT / "app.py"
_LEVEL = "info"


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
    _become_server(ADDRESS, port)


def serve(
    port: Annotated[int, typer.Option(help="Le port.", min=1, max=65535)] = 8501,
    address: Annotated[
        str, typer.Option(help="L’adresse de cette machine où l’on se connecte.")
    ] = "0.0.0.0",  # every one, as asked: this is the command that serves others
    base_path: Annotated[
        str, typer.Option(help="Le chemin du tableau de bord, comme mes pour /mes/.")
    ] = "",
    processes: Annotated[
        int,
        typer.Option(
            help="Combien de processus servent ensemble derrière nginx.", min=1, max=MAX_PROCESSES
        ),
    ] = 1,
) -> None:
    """Sert le tableau de bord à d’autres : n’y écrit que qui est connecté.

    Avec plusieurs processus, celui qui s’arrête est relancé, et SIGHUP les remplace un à un.
    """
    typer.echo(f"Le tableau de bord répond à http://<nom de cette machine>:{port}/{base_path}")
    if processes == 1:
        _become_server(address, port, base_path)
        return
    set_up_event_log(_LEVEL, details=False)
    place = Place(address, port, base_path.strip("/"))
    try:
        asyncio.run(Supervisor(("streamlit", "run", str(_APP)), place, processes).run())
    except ProxyError as reason:
        typer.echo(str(reason), err=True)
        raise typer.Exit(EXIT_NO_PROXY) from reason


def _become_server(address: str, port: int, base_path: str = "") -> None:
    """In this process, whose environment can be cleared."""
    sys.stdout.flush()
    sys.argv = [
        "streamlit",
        "run",
        str(_APP),
        "--server.address",
        address,
        "--server.port",
        str(port),
        "--server.baseUrlPath",
        base_path,
    ]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
