"""What draws, in one word: the same inputs drawn by the same program give the same points."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

from atlas.rendering import text_metrics

_PACKAGES = (
    "vl-convert-python",
    "typst",
    "pillow",
    "pypdf",
    "fonttools",
    "brotli",
    "uharfbuzz",
)


@cache
def program_fingerprint() -> str:
    """A hash of this folder, of the fonts, of the packages that draw, and of the kind of machine:
    processors do not all round alike."""
    found = hashlib.blake2b(digest_size=16)
    folder = Path(__file__).parent
    for file in sorted([*folder.rglob("*.py"), *text_metrics.FOLDER.iterdir()]):
        found.update(f"{file.name} ".encode())
        found.update(hashlib.blake2b(file.read_bytes()).digest())
    packages = [f"{name} {version(name)}" for name in _PACKAGES]
    found.update("\n".join([*packages, platform.system(), platform.machine()]).encode())
    return found.hexdigest()
