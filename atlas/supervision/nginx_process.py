"""Becomes nginx, which ends with the process that started it.

`python -m atlas.supervision.nginx_process PARENT PROGRAM ARGUMENT…`, by `atlas.child_process`.
"""

from __future__ import annotations

import os
import signal
import sys

from atlas.child_process import end_with_parent


def main() -> None:
    """Become the program of the command line."""
    parent, program, *arguments = sys.argv[1:]
    # Killed, it would leave those that it started, which hold its port; asked, it ends them.
    end_with_parent(int(parent), signal.SIGTERM)
    os.setsid()  # Ctrl-C is for that process, which ends this one last
    os.execv(program, [program, *arguments])


if __name__ == "__main__":
    main()
