"""The command line: the same work without a browser.

Exit codes: 0 done; 1 the input files have problems, or a finding has no verdict yet; 2 the command
was not understood, or names what does not exist; 3 some figures could not be made and are named,
the rest is there; 4 the target exists and --force was not given; 5, 6 and 7 what `verify` finds of
images.
"""

from __future__ import annotations

from collections import UserDict
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

# Under each name, the module of a command and what it is called there. A module is loaded when its
# command is run or explained: what draws, writes documents or reads figures takes seconds to load.
PLACES = {
    "figures": ("files", "figures"),
    "check-files": ("files", "check_files"),
    "check": ("checking", "check"),
    "coverage": ("coverage", "coverage"),
    "prepare": ("files", "prepare"),
    "export": ("images", "export"),
    "kit": ("exports", "kit"),
    "verify": ("verifying", "verify"),
    "licences": ("licences", "licences"),
    "backup": ("keeping", "backup"),
    "recover": ("keeping", "recover"),
    "run": ("serving", "run"),
    "serve": ("serving", "serve"),
    "import": ("importing", "import_file"),
    "restore": ("keeping", "restore_files"),
    "accept-data": ("keeping", "accept_data"),
    "config": ("config", "config"),
    "dossier": ("dossiers", "dossier"),
    "signing-key": ("verifying", "signing_key"),
}


class _Commands(UserDict[str, Any]):
    """The commands by name, each made when it is asked for."""

    def __getitem__(self, name: str) -> Any:
        if self.data[name] is None:
            module, attribute = PLACES[name]
            command = getattr(import_module(f"atlas.cli.{module}"), attribute)
            alone = typer.Typer()
            if isinstance(command, typer.Typer):
                alone.add_typer(command, name=name)
            else:
                alone.command(name)(command)
            self.data[name] = get_group(alone).commands[name]
        return self.data[name]


class _Group(TyperGroup):
    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "commands": _Commands(dict.fromkeys(PLACES))})

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, in the order in which they are explained."""
        return list(self.commands)


app = typer.Typer(cls=_Group, no_args_is_help=True, add_completion=False)


@app.callback()
def _explain() -> None:
    """4 ans de Mon espace santé : chiffres, contours, images et kits de presse."""
