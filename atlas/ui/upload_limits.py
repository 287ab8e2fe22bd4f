"""How much of the server's memory the files take that visitors give, before a page reads them.

Streamlit keeps each file that a browser sends, of any session and from any page, until the session
is forgotten, which happens some minutes after it closed and only when another one closes. Here, a
file is kept when its session shows a button of files and there is room for it, and until the
session is over.
"""

from __future__ import annotations

import logging
import threading
import time

import streamlit as st
from starlette.exceptions import HTTPException
from streamlit.runtime import Runtime, exists, get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from atlas.settings.server import Limits

SECONDS_BETWEEN_SWEEPS = 30
BYTES_PER_MEGABYTE = 1_000_000
_REFUSED, _TOO_LARGE = 403, 413
_SHOWN_IN_RUN = "_upload_shown"


class UploadRoom:
    """What the sessions of a server may keep in its memory. Thread-safe."""

    def __init__(self, runtime: Runtime, manager: MemoryUploadedFileManager) -> None:
        self.limits = Limits()
        self._runtime, self._manager = runtime, manager
        self._keep = manager.add_file
        self._lock = threading.Lock()
        self._showing: set[str] = set()
        # Streamlit has no setting for this, and its list of files is made with the server.
        manager.add_file = self.add_file  # type: ignore[method-assign]
        threading.Thread(target=self._sweep_now_and_then, daemon=True, name="uploads").start()

    def shows_button(self, session: str, *, shows: bool) -> None:
        """Whether the page of a session takes files; the files of one that does not are let go."""
        with self._lock:
            (self._showing.add if shows else self._showing.discard)(session)
        if not shows and session in self._manager.file_storage:
            self._manager.remove_session_files(session)

    def add_file(self, session_id: str, file: UploadedFileRec) -> None:
        """Keep a file that a browser sent, or refuse it; raises HTTPException."""
        with self._lock:
            problem = self._refusal(session_id, file)
            if not problem:
                self._keep(session_id, file)
        if problem:
            logging.getLogger(__name__).warning("upload refused: %s", problem[1])
            raise HTTPException(status_code=problem[0], detail=problem[1])

    def held_bytes(self) -> dict[str, int]:
        """By session."""
        return {
            session: sum(len(file.data) for file in list(files.values()))
            for session, files in list(self._manager.file_storage.items())
        }

    def sweep(self) -> None:
        """Let the files of sessions go that are over."""
        known = {info.session.id for info in self._runtime._session_mgr.list_sessions()}
        for session in self.held_bytes().keys() - known:
            self._manager.remove_session_files(session)
        with self._lock:
            self._showing &= known

    def _refusal(self, session: str, file: UploadedFileRec) -> tuple[int, str] | None:
        if session not in self._showing:
            return _REFUSED, "Cette page ne reçoit pas de fichier."
        held = self.held_bytes()
        former = self._manager.get_files(session, [file.file_id])
        added = len(file.data) - sum(len(each.data) for each in former)
        if held.get(session, 0) + added > (
            self.limits.upload_megabytes_per_session * BYTES_PER_MEGABYTE
        ):
            most = self.limits.upload_megabytes_per_session
            return _TOO_LARGE, f"Vos fichiers dépassent {most} Mo : retirez-en."
        if sum(held.values()) + added > self.limits.upload_megabytes * BYTES_PER_MEGABYTE:
            return _TOO_LARGE, "Le serveur reçoit trop de fichiers : recommencez plus tard."
        return None

    def _sweep_now_and_then(self) -> None:
        while True:
            time.sleep(SECONDS_BETWEEN_SWEEPS)
            self.sweep()


def button_shown(limits: Limits) -> None:
    """Tell that the page being drawn takes a file."""
    st.session_state[_SHOWN_IN_RUN] = True
    _tell(shows=True, limits=limits)


def end_page() -> None:
    """At the end of a run: a page that showed no button takes no file."""
    if not st.session_state.pop(_SHOWN_IN_RUN, False):
        _tell(shows=False)


def _tell(*, shows: bool, limits: Limits | None = None) -> None:
    context = get_script_run_ctx()
    room = _room() if exists() else None
    if context is None or room is None:  # a test of a page has no server
        return
    if limits:
        room.limits = limits
    room.shows_button(context.session_id, shows=shows)


@st.cache_resource(show_spinner=False)
def _room() -> UploadRoom | None:
    runtime = get_instance()
    manager = runtime.uploaded_file_mgr
    return UploadRoom(runtime, manager) if isinstance(manager, MemoryUploadedFileManager) else None
