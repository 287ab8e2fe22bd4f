"""Commands from their start to their end, and the workbook of every figure."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd

from atlas.export.tables import workbook_bytes
from atlas.tables.data import workbook_sheets
from bench.job import FORMAT, NATIONAL_MAP, fictitious_context
from bench.server import ROOT
from bench.timing import compared, in_turn

COMMANDS = {
    "--help": ["--help"],
    "figures": ["figures"],
    "export": [
        *("export", "--figure", "carte", "--territory", "REG-75", "--period", NATIONAL_MAP.period),
        *("--format", FORMAT, "--force"),
    ],
}


def commands(rounds: int) -> None:
    """Print how long each takes, beside Python alone and an import of pandas."""
    print(f"\nCommands, a process from start to end, seconds, {rounds} runs")
    with tempfile.TemporaryDirectory() as scratch:
        out = ["--out", str(Path(scratch) / "map.png")]
        for name, words in COMMANDS.items():
            tasks: dict[str, Callable[[], object]] = {
                f"atlas {name}": partial(
                    _run, ["-m", "atlas", *words, *(out if name == "export" else [])]
                ),
                "python": partial(_run, ["-c", "pass"]),
                "import pandas": partial(_run, ["-c", "import pandas"]),
            }
            print(*compared(in_turn(tasks, rounds)), sep="\n", flush=True)


def workbook(rounds: int) -> None:
    """Print how long the workbook of every fictitious figure takes, beside that of pandas."""
    context = fictitious_context()
    sheets = workbook_sheets(context, context.dataset.observations)
    tasks: dict[str, Callable[[], object]] = {
        "ours": lambda: workbook_bytes(workbook_sheets(context, context.dataset.observations)),
        "pandas, openpyxl": lambda: _of_pandas(sheets),
    }
    print(f"\nXLSX of {len(context.dataset.observations)} figures, seconds, {rounds} runs")
    print(*compared(in_turn(tasks, rounds)), sep="\n", flush=True)


def _of_pandas(sheets: dict[str, pd.DataFrame]) -> bytes:
    stream = io.BytesIO()
    with pd.ExcelWriter(stream, engine="openpyxl") as writer:
        for name, table in sheets.items():
            table.to_excel(writer, sheet_name=name, index=False)
    return stream.getvalue()


def _run(words: list[str]) -> None:
    subprocess.run([sys.executable, *words], check=True, capture_output=True, cwd=ROOT)
