"""Everything that is measured, in one table: `python -m bench`; see bench/README.md."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TextIO

from bench.commands import commands, workbook
from bench.export import images, kits, machine, server
from bench.sessions import sessions, soak

PARTS = ("sessions", "commands", "workbook", "images", "kits", "server")
HEAD = """# Results

What the lines mean: [README.md](README.md). Ratios are worth more than seconds: what is compared
takes turns in the same run. Made by `make bench` on {day}.

"""


class _Both(io.StringIO):
    """What is printed, kept and shown."""

    def __init__(self, screen: TextIO) -> None:
        super().__init__()
        self._screen = screen

    def write(self, text: str) -> int:
        self._screen.write(text)
        self._screen.flush()
        return super().write(text)


def main() -> None:
    """Print the table, and write it where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=(*PARTS, "soak"), action="append")
    parser.add_argument("--rounds", type=int, default=5, help="timed runs of each thing")
    parser.add_argument("--visitors", type=int, default=100, help="who come in the same second")
    parser.add_argument("--seconds", type=float, default=8, help="of each series of changes")
    parser.add_argument("--minutes", type=float, default=20, help="of the soak")
    parser.add_argument("--out", type=Path, help="the file of the results")
    options = parser.parse_args()
    parts = options.only or PARTS
    shown = _Both(sys.stdout)
    with redirect_stdout(shown):
        machine()
        if "sessions" in parts:
            sessions(options.rounds, options.visitors, options.seconds)
        if "commands" in parts:
            commands(options.rounds)
        if "workbook" in parts:
            workbook(min(options.rounds, 3))
        if "images" in parts:
            images(options.rounds, None)
        if "kits" in parts:
            kits(1)
        if "server" in parts:
            server(2 * options.rounds)
        if "soak" in parts:
            soak(options.minutes)
        print(f"\nload at the end: {os.getloadavg()[0]:.1f}")
    if options.out:
        head = HEAD.format(day=dt.date.today().isoformat())
        options.out.write_text(f"{head}```\n{shown.getvalue().strip()}\n```\n", "utf-8")


if __name__ == "__main__":
    main()
