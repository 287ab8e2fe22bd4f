"""The command line: the same work without a browser.

Exit codes: 0 done; 1 the input files have problems, or a finding has no verdict yet; 2 the command
was not understood, or names what does not exist; 3 some figures could not be made and are named,
the rest is there; 4 the target exists and --force was not given; 5, 6 and 7 what `verify` finds of
images.
"""

from __future__ import annotations

import ast
from collections import UserDict
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
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
        self._is_listed = False

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, in the order in which they are explained."""
        return list(self.commands)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command; while all are listed, its name and what is said of it alone."""
        if not self._is_listed or cmd_name not in PLACES:
            return super().get_command(ctx, cmd_name)
        return TyperCommand(cmd_name, help=summary(cmd_name))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The list of the commands, of which none is loaded."""
        self._is_listed = True
        try:
            super().format_help(ctx, formatter)
        finally:
            self._is_listed = False


def summary(name: str) -> str:
    """What is said of a command, read in its module, which is not run."""
    module, attribute = PLACES[name]
    for part in ast.parse(Path(__file__).with_name(f"{module}.py").read_text("utf-8")).body:
        if isinstance(part, ast.FunctionDef) and part.name == attribute:
            return ast.get_docstring(part) or ""
        if isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == attribute:
            return _help_of_group(part.value)
    raise LookupError(f"no {attribute} in atlas/cli/{module}.py")


def _help_of_group(made: ast.expr) -> str:
    """Of a `typer.Typer(help="…")`."""
    assert isinstance(made, ast.Call)
    return str(next(ast.literal_eval(one.value) for one in made.keywords if one.arg == "help"))


app = typer.Typer(cls=_Group, no_args_is_help=True, add_completion=False)


@app.callback()
def _explain() -> None:
    """4 ans de Mon espace santé : chiffres, contours, images et kits de presse."""
