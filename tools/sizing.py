"""What one process of the dashboard costs: memory, and processor time of what visitors do.

    PYTHONPATH=.:tests .venv/bin/python tools/sizing.py

Visitors without a browser open the map of France on the fictitious set and change its period.
Processor time is of the process alone, so that it says little of what else the machine does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from browsing import ROOT, free_port
from websocket_visitor import Visitor

SESSIONS = 20
PERIODS = [f"2024-{month:02d}" for month in range(1, 13)]
# Of a core: above, visitors wait for each other.
SHARE_OF_A_CORE = 0.7
SECONDS_BETWEEN_CHANGES = 10
_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def main() -> None:
    """Print the table of docs/serve-it.md."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    options = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", *options],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_ready(address)
        _measure(server.pid, address)
    finally:
        server.terminate()
        server.wait()


def _measure(process: int, address: str) -> None:
    print(f"load at the start: {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    print(f"ready: {_megabytes(process):.0f} MB, {_seconds(process):.1f} s of processor")
    first = Visitor(address)
    _open_map(first, PERIODS[0])
    before, memory = _seconds(process), _megabytes(process)
    visitors = [Visitor(address) for _ in range(SESSIONS)]
    for visitor in visitors:
        _open_map(visitor, PERIODS[0])
    opening = (_seconds(process) - before) / SESSIONS
    print(f"a session more: {(_megabytes(process) - memory) / SESSIONS:.1f} MB")
    print(f"the map opened, which others have open: {opening:.2f} s of processor")
    for name, asked in (("nobody", PERIODS[1:]), ("others", PERIODS[1:])):
        before = _seconds(process)
        for visitor, period in zip(visitors, asked, strict=False):
            _open_map(visitor, period)
        change = (_seconds(process) - before) / len(asked)
        sessions = SHARE_OF_A_CORE * SECONDS_BETWEEN_CHANGES / change
        print(
            f"a period that {name} asked for: {change:.2f} s of processor, {sessions:.0f} sessions "
            f"a core with a change every {SECONDS_BETWEEN_CHANGES} s"
        )
    for visitor in [first, *visitors]:
        visitor.close()


def _open_map(visitor: Visitor, period: str) -> None:
    said = visitor.open("carte", f"demo=1&periode={period}")
    assert "vega_lite_chart" in said, "the map is not drawn"


def _wait_until_ready(address: str) -> None:
    while True:
        try:
            urllib.request.urlopen(f"{address}/healthz").close()
            return
        except urllib.error.HTTPError as failing:
            failing.close()
        except OSError:
            pass
        time.sleep(0.5)


def _seconds(process: int) -> float:
    """Of processor, since it started."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS_PER_SECOND


def _megabytes(process: int) -> float:
    """Of its own, with its share of what it has in common with others."""
    said = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8")
    (kilobytes,) = [line.split()[1] for line in said.splitlines() if line.startswith("Pss:")]
    return int(kilobytes) / 1024


if __name__ == "__main__":
    main()
