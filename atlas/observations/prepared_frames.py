"""Frames kept on disk between the starts of a process: Parquet, beside what they were made from.

To read, check and complete the rows of a country takes seconds at every start. What is kept is used
only when all that it was made from is the same, byte for byte: the files, the settings, the keys
and the code. The files of data/ stay the truth, and the folder can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pandas as pd

import atlas
from atlas.observations.checks import KnownKeys
from atlas.store.durable_files import write_file

#: In the folder of a project.
PREPARED_FOLDER = ".prepared"
_DIGEST_BYTES = hashlib.sha256().digest_size
log = logging.getLogger(__name__)


def key_of(*made_from: bytes) -> bytes:
    """What changes when any of these does, or the code, or the libraries that read and write."""
    digest = hashlib.sha256(_digest_of_code())
    for part in made_from:
        digest.update(hashlib.sha256(part).digest())
    return digest.digest()


def bytes_of(known_keys: KnownKeys) -> bytes:
    """What a file is checked against."""
    sources = {key: source.model_dump_json() for key, source in known_keys.sources.items()}
    parts = (known_keys.settings.model_dump_json(), repr(known_keys.territories), repr(sources))
    return "\0".join(parts).encode()


def prepared_frame(
    folder: Path, name: str, key: bytes, make: Callable[[], pd.DataFrame | None]
) -> pd.DataFrame | None:
    """The frame of this name when it was kept under this key; else the one that is made, which is
    kept for the next start where that is allowed. None is not kept.

    folder: of the project. name: of the frame, one file each, without a suffix. key: of `key_of`.
    """
    path = folder / PREPARED_FOLDER / f"{name}.parquet"
    found = _read(path, key)
    if found is not None:
        return found
    made = make()
    if made is not None:
        _keep(path, key, made)
    return made


def _read(path: Path, key: bytes) -> pd.DataFrame | None:
    """None for a file that is not there, that was made from something else, or that is not as it
    was written."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    head, body = content[: 2 * _DIGEST_BYTES], content[2 * _DIGEST_BYTES :]
    if head != key + hashlib.sha256(body).digest():
        return None
    return pd.read_parquet(io.BytesIO(body), engine="pyarrow")


def _keep(path: Path, key: bytes, frame: pd.DataFrame) -> None:
    body = frame.to_parquet(None, engine="pyarrow", compression="zstd")
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        write_file(path, key + hashlib.sha256(body).digest() + body)
    except OSError as reason:  # of a folder that is read only, or a full disk: made again next time
        log.info("a prepared frame is not kept: %s", reason.strerror)


@cache
def _digest_of_code() -> bytes:  # once: an edit under a running server is not what it runs
    digest = hashlib.sha256(f"{version('pandas')} {version('pyarrow')}".encode())
    for module in _modules():
        digest.update(hashlib.sha256(module.read_bytes()).digest())
    return digest.digest()


def _modules() -> Iterable[Path]:
    return sorted(Path(atlas.__file__).parent.rglob("*.py"))
