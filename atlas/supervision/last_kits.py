"""Waits until nobody waits for a press kit of one process any more.

`python -m atlas.supervision.last_kits PORT PATH` is what systemd runs before it stops that process.
"""

from __future__ import annotations

import sys
import time

from atlas.supervision.server_process import (
    LOOPBACK,
    MAX_SECONDS_OF_LAST_KITS,
    SECONDS_BETWEEN_QUESTIONS,
    has_kits,
)


def main() -> None:
    """Return once there is none, or after MAX_SECONDS_OF_LAST_KITS."""
    port, path = sys.argv[1:]
    latest = time.monotonic() + MAX_SECONDS_OF_LAST_KITS
    while has_kits(f"http://{LOOPBACK}:{port}/{path.strip('/')}") and time.monotonic() < latest:
        time.sleep(SECONDS_BETWEEN_QUESTIONS)


if __name__ == "__main__":
    main()
