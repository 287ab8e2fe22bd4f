"""What the tests of commands share: how one is run, and what it said and left behind."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from click.testing import Result
from typer.testing import CliRunner

from atlas.cli import app

ROOT = Path(__file__).parents[2]
SMALL = ["--format", "82mm", "--kind", "svg", "--part", "images"]
CORSE = ["kit", "--dossier", "corse-2026", *SMALL]
STRIP = ["export", "--figure", "bande", "--territory", "DEP-40", "--period", "2025-12"]
MAP = ["export", "--figure", "carte", "--territory", "REG-94", "--period", "2026-03"]
SVG = "{http://www.w3.org/2000/svg}"
# The frames and first words of messages that are not ours.
FOREIGN = re.compile(
    r"Traceback|Error\b|Invalid value|Missing option|Usage:|Try '|does not|"
    r"is a (file|directory)|No such"
)
Edit = Callable[[str, str, str], None]


def run(*arguments: str) -> Result:
    """The command, in this process."""
    return CliRunner().invoke(app, list(arguments))


def plain_output(result: Result) -> str:
    """Both outputs, with plain spaces."""
    return " ".join(result.output.split())


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }
