"""A press kit in the making: `python -m atlas kit` in a process of its own, which the server's
sessions do not feel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

PROJECT_ROOT = Path(__file__).parents[2]
# Exit code of a kit that lacks some figures.
PARTIAL_EXIT_CODE = 3


@dataclass(frozen=True)
class KitProgress:
    """How far the making is: files made, of how many, the last of them."""

    done: int = 0
    total: int = 0
    name: str = ""


@dataclass
class KitProcess:
    """Starts at once. label: what the kit holds; the folder goes with the session."""

    label: str
    arguments: list[str]
    progress: KitProgress = field(default_factory=KitProgress)
    cancelled: bool = False

    def __post_init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="kit-")
        self._log = Path(self._folder.name) / "messages.txt"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "atlas",
                    "kit",
                    "--out",
                    f"{self._folder.name}/kit",
                    "--zip",
                    "--progress",
                    "--gently",
                    "--workers",
                    str(max(1, (os.cpu_count() or 2) - 1)),
                    *self.arguments,
                ],
                cwd=PROJECT_ROOT,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            told = json.loads(line)
            self.progress = KitProgress(told["done"], told["total"], told["name"])

    @property
    def running(self) -> bool:
        """True until the process ends."""
        return self._process.poll() is None

    @property
    def failed(self) -> bool:
        """True when it ended without a kit and was not cancelled."""
        return not self.running and not self.cancelled and self.archive is None

    @property
    def partial(self) -> bool:
        """True when the kit lacks some figures."""
        return self._process.poll() == PARTIAL_EXIT_CODE

    @property
    def messages(self) -> str:
        """What the command said, in French."""
        return self._log.read_text("utf-8").strip()

    @property
    def archive(self) -> Path | None:
        """The ZIP, once it is whole."""
        if self.running or self._process.returncode not in (0, PARTIAL_EXIT_CODE):
            return None
        return next((Path(self._folder.name) / "kit").glob("*.zip"), None)

    def cancel(self) -> None:
        """Stop, and leave nothing behind; a kit that has just been made is kept."""
        self._process.terminate()
        self.cancelled = self._process.wait() not in (0, PARTIAL_EXIT_CODE)
