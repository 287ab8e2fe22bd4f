"""Refuse files that are too large for the repository, which keeps every version of each.

``python tools/large_files.py FILE…`` names those that are larger than LARGEST_BYTES and ends with
the exit code 1 when there is one; without a file it looks at all that git follows.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# The outlines of the départements, the largest file on purpose, are 1.4 MB.
LARGEST_BYTES = 2_000_000


def main() -> None:
    """Name the files that are too large."""
    names = sys.argv[1:] or tracked_files()
    large = [name for name in names if (ROOT / name).is_file() and size(name) > LARGEST_BYTES]
    for name in large:
        print(f"{name}: {size(name):,} bytes, more than {LARGEST_BYTES:,}")
    sys.exit(1 if large else 0)


def size(name: str) -> int:
    """The size in bytes of a file of the repository."""
    return (ROOT / name).stat().st_size


def tracked_files() -> list[str]:
    """What git follows, by path from the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name]


main()
