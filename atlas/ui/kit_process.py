"""A press kit in the making: `python -m atlas kit` in a process of its own, which the server's
sessions do not feel, and which ends with the server."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from atlas import child_process
from atlas.settings.server import Limits
from atlas.temporary_folder import TemporaryFolder

# Exit code of a kit that lacks some figures.
PARTIAL_EXIT_CODE = 3
#: Of the folders in which kits are made, among the temporary files of the machine.
FOLDER_PREFIX = "atlas-kit-"
_BYTES_PER_MEGABYTE = 1 << 20


@dataclass(frozen=True)
class KitProgress:
    """How far the making is: files made, of how many, the last of them."""

    done: int = 0
    total: int = 0
    name: str = ""


class KitProcess:
    """Waits until `start`. Its files go with it, or when they are removed."""

    def __init__(
        self,
        label: str,
        arguments: list[str],
        session_is_open: Callable[[], bool] = lambda: True,
        drafts: Mapping[str, str] | None = None,
    ) -> None:
        """label: what the kit holds; session_is_open: False when nobody waits for it any more;
        drafts: dossiers that are not saved, of which the kits are made: the text of each by the
        name of its file."""
        self.label = label
        self.arguments = arguments
        self.session_is_open = session_is_open
        self._drafts = dict(drafts or {})
        self.progress = KitProgress()
        self.cancelled = False
        self.refusal = ""
        self.started_at: float | None = None
        self.ended_at = 0.0
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: TemporaryFolder | None = None
        self._over = threading.Event()
        self._starting = threading.Lock()

    def start(self, limits: Limits, on_end: Callable[[], None] = lambda: None) -> None:
        """Begin, unless it was cancelled; on_end: called, from another thread, when it is over."""
        with self._starting:
            if self.over:
                return
            self.started_at = time.monotonic()
            try:
                self._start_process(limits)
            except OSError:  # no room for a folder, a process or its pipe
                logging.getLogger(__name__).exception("a press kit does not start")
                self.refusal = (
                    "Le serveur n’a pas pu commencer ce kit, il est trop chargé : redemandez-le "
                    "dans un instant."
                )
                self.remove_files()
                self._over.set()
                return
        threading.Thread(target=self._follow, args=(on_end,), daemon=True).start()

    def _start_process(self, limits: Limits) -> None:
        self._folder = TemporaryFolder(FOLDER_PREFIX)
        arguments = [*self.arguments]
        if self._drafts:
            folder = self._folder.path / "drafts"
            folder.mkdir()
            for name, text in self._drafts.items():
                (folder / name).write_text(text, "utf-8")
            arguments += ["--draft", str(folder)]
            arguments += ["--together"] if len(self._drafts) > 1 else []
        with self._log_file.open("wb") as log:
            self._process = child_process.start(
                "atlas",
                "kit",
                "--out",
                str(self._folder.path / "kit"),
                "--zip",
                "--progress",
                "--gently",
                "--workers",
                str(max(1, (os.cpu_count() or 2) - 1)),
                "--max-megabytes",
                str(limits.kit_megabytes),
                *arguments,
                memory_megabytes=limits.worker_memory_megabytes,
                stdout=subprocess.PIPE,
                stderr=log,
            )

    def _follow(self, on_end: Callable[[], None]) -> None:
        assert self._process and self._process.stdout
        with self._process.stdout as lines:
            for line in lines:
                told = json.loads(line)
                self.progress = KitProgress(told["done"], told["total"], told["name"])
        self._process.wait()
        self.ended_at = time.monotonic()
        self._over.set()
        on_end()

    @property
    def over(self) -> bool:
        """True when it has ended, however it did."""
        return self._over.is_set()

    @property
    def running(self) -> bool:
        """True while its process works."""
        return self.started_at is not None and not self.over

    @property
    def failed(self) -> bool:
        """True when it ended without a kit and was not cancelled."""
        return self.over and not self.cancelled and self.archive is None

    @property
    def partial(self) -> bool:
        """True when the kit lacks some figures."""
        return self._process is not None and self._process.poll() == PARTIAL_EXIT_CODE

    @property
    def messages(self) -> str:
        """What the command said, in French, or why the server ended it."""
        if self.refusal or self._folder is None or not self._log_file.exists():
            return self.refusal
        return self._log_file.read_text("utf-8").strip()

    @property
    def archive(self) -> Path | None:
        """The ZIP, once it is whole."""
        if not self.over or self._process is None or self._folder is None:
            return None
        if self._process.returncode not in (0, PARTIAL_EXIT_CODE):
            return None
        return next((self._folder.path / "kit").glob("*.zip"), None)

    @property
    def _log_file(self) -> Path:
        assert self._folder is not None
        return self._folder.path / "messages.txt"

    def wait(self, timeout: float | None = None) -> bool:
        """Until it is over, or so many seconds; whether it is over."""
        return self._over.wait(timeout)

    def cancel(self, refusal: str = "") -> None:
        """End it, and leave nothing behind; a kit that has just been made is kept.

        refusal: why the server does so, in French.
        """
        with self._starting:
            if self._process is None:
                self.cancelled = not self.over
            elif not self.over:
                # A process that is frozen does not answer to anything milder.
                self._process.kill()
                self.cancelled = self._process.wait() not in (0, PARTIAL_EXIT_CODE)
            if self.cancelled:
                self.refusal = self.refusal or refusal
                self.remove_files()
            self._over.set()

    def remove_files(self) -> None:
        """Remove the kit, which cannot be had any more."""
        if self._folder is not None:
            self._folder.remove()
