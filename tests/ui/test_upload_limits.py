"""What the sessions of a server may keep in its memory, by Streamlit's own list of files."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from atlas.settings.server import Limits
from atlas.ui.upload_limits import UploadRoom

MEGABYTE = bytes(1_000_000)


class Sessions:
    """The part of Streamlit's runtime that knows which sessions last."""

    def __init__(self) -> None:
        self.known = ["a", "b"]
        self._session_mgr = self

    def list_sessions(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(session=SimpleNamespace(id=name)) for name in self.known]


@pytest.fixture
def sessions() -> Sessions:
    return Sessions()


@pytest.fixture
def manager() -> MemoryUploadedFileManager:
    return MemoryUploadedFileManager("/upload")


@pytest.fixture
def room(sessions, manager) -> UploadRoom:
    made = UploadRoom(sessions, manager)
    made.limits = Limits(upload_megabytes=150, upload_megabytes_per_session=100)
    for session in sessions.known:
        made.shows_button(session, shows=True)
    return made


def send(manager, session: str, megabytes: int, name: str = "1") -> None:
    manager.add_file(session, UploadedFileRec(name, "envoi.csv", "", MEGABYTE * megabytes))


def refusal(manager, session: str, megabytes: int, name: str) -> tuple[int, str]:
    with pytest.raises(HTTPException) as refused:
        send(manager, session, megabytes, name)
    return refused.value.status_code, refused.value.detail


def test_a_session_keeps_so_much_and_no_more(room, manager):
    send(manager, "a", 60)
    assert refusal(manager, "a", 41, "2") == (413, "Vos fichiers dépassent 100 Mo : retirez-en.")
    send(manager, "a", 100)  # in the place of the first
    assert room.held_bytes() == {"a": 100_000_000}


def test_all_sessions_keep_so_much_and_no_more(room, manager):
    send(manager, "a", 100)
    status, said = refusal(manager, "b", 51, "1")
    assert status == 413 and "trop de fichiers" in said
    send(manager, "b", 50)


def test_a_page_without_a_button_takes_no_file_and_keeps_none(room, manager):
    send(manager, "a", 1)
    room.shows_button("a", shows=False)
    assert "a" not in manager.file_storage
    assert refusal(manager, "a", 1, "2")[0] == 403
    assert refusal(manager, "stranger", 1, "1")[0] == 403


def test_the_files_of_a_session_go_with_it(room, sessions, manager):
    send(manager, "a", 1)
    send(manager, "b", 1)
    sessions.known.remove("a")
    room.sweep()
    assert room.held_bytes() == {"b": 1_000_000}
    assert refusal(manager, "a", 1, "1")[0] == 403
