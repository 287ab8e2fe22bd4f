"""Files that commands write: a full disk leaves the good one."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from atlas.store.durable_files import write_file, write_files, write_folder


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def in_a_small_place(program: str, *arguments: str, limit: int = 1000) -> int:
    """The errno with which a program ends that may write files of so many bytes, 0 for none."""

    def shrink() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    code = (
        "import sys\nfrom pathlib import Path\n"
        "from atlas.store.durable_files import write_file, write_files, write_folder\n"
        f"try: {program}\nexcept OSError as reason: sys.exit(reason.errno)\n"
    )
    # -B: a module that finds no room for its compiled form would leave half of it to all others.
    return subprocess.run(
        [sys.executable, "-B", "-c", code, *arguments], check=False, preexec_fn=shrink
    ).returncode


@pytest.mark.parametrize(
    "program",
    [
        "write_file(Path(sys.argv[1]) / 'a', b'x' * 5000)",
        "write_files({Path(sys.argv[1]) / 'a': b'x', Path(sys.argv[1]) / 'b': b'x' * 5000})",
        "write_folder(Path(sys.argv[1]) / 'kit', {'one': b'x', 'deep/two': b'x' * 5000})",
    ],
)
def test_what_finds_no_room_leaves_what_was_there(tmp_path, program):
    write_files({tmp_path / "a": b"good a", tmp_path / "b": b"good b"})
    write_folder(tmp_path / "kit", {"one": b"good", "deep/two": b"good"})
    before = files_in(tmp_path)
    assert in_a_small_place(program, str(tmp_path)) == 27  # EFBIG
    assert files_in(tmp_path) == before and len(list(tmp_path.iterdir())) == 3


def test_a_folder_takes_the_place_of_a_folder_or_a_file(tmp_path):
    target = tmp_path / "kit"
    target.write_bytes(b"a file")
    write_folder(target, {"a/b": b"1"})
    write_folder(target, {"c": b"2"})
    assert files_in(tmp_path) == {"kit/c": b"2"}


def test_rights_are_kept_links_are_followed_and_devices_are_written_to(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_file(link, b"new")
    assert link.is_symlink() and target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640
    write_file(Path(os.devnull), b"nothing")
    assert not Path(os.devnull).is_file()


def test_every_file_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    synced: set[int] = set()
    sync, rename = os.fsync, Path.rename

    def note(handle: int) -> None:
        synced.add(os.fstat(handle).st_ino)
        sync(handle)

    def check(source: Path, target: Path) -> Path:
        for path in [source, *source.rglob("*")]:
            assert path.stat().st_ino in synced, path
        return rename(source, target)

    monkeypatch.setattr(os, "fsync", note)
    monkeypatch.setattr(Path, "rename", check)
    monkeypatch.setattr(Path, "replace", check)
    write_files({tmp_path / "a": b"1", tmp_path / "b": b"2"})
    write_folder(tmp_path / "kit", {"one": b"x", "deep/two": b"x"})
    assert tmp_path.stat().st_ino in synced
