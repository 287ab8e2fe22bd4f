"""The texts of a PNG, read from its chunks: no point is decoded, and no text but the one asked for
is unpacked."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from atlas.rendering.image_kinds.image_kind import UnreadableImage

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Six times an A3 page at 300 points an inch.
MAX_PIXELS = 100_000_000
MAX_TEXT_BYTES = 5_000_000
_HEADER_BYTES, _CRC_BYTES = 13, 4
_TEXT_CHUNKS = (b"tEXt", b"zTXt", b"iTXt")


def text_of(content: bytes, keyword: str) -> str:
    """The text under a keyword; empty without it.

    Raises UnreadableImage for a file that is cut short or damaged, whose picture has more than
    MAX_PIXELS or whose text has more than MAX_TEXT_BYTES.
    """
    found = ""
    for place, (kind, data) in enumerate(_chunks(content)):
        if place == 0:
            _check_size(kind, data)
        if kind in _TEXT_CHUNKS and data.partition(b"\0")[0] == keyword.encode("latin-1"):
            found = _text(kind, data.partition(b"\0")[2])
    return found


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and data of each, to the last one, each whole."""
    place = len(SIGNATURE)
    while True:
        head = content[place : place + 8]
        if len(head) < 8:
            raise UnreadableImage
        length, kind = struct.unpack(">I4s", head)
        end = place + 8 + length
        crc = content[end : end + _CRC_BYTES]
        data = content[place + 8 : end]
        if (
            len(crc) < _CRC_BYTES
            or zlib.crc32(data, zlib.crc32(kind)) != struct.unpack(">I", crc)[0]
        ):
            raise UnreadableImage
        yield kind, data
        if kind == b"IEND":
            return
        place = end + _CRC_BYTES


def _check_size(kind: bytes, data: bytes) -> None:
    if kind != b"IHDR" or len(data) != _HEADER_BYTES:
        raise UnreadableImage
    width, height = struct.unpack(">II", data[:8])
    if width * height > MAX_PIXELS:
        raise UnreadableImage(
            f"l’image a plus de {MAX_PIXELS // 1_000_000} millions de points : réduisez-la"
        )


def _text(kind: bytes, data: bytes) -> str:
    """What follows the keyword of a chunk of text."""
    if kind == b"tEXt":
        return _bounded(data).decode("latin-1")
    if kind == b"zTXt":
        return _unpacked(data[1:]).decode("latin-1")
    is_packed = data[:1] == b"\x01"
    _, _, text = data[2:].partition(b"\0")[2].partition(b"\0")  # its language, its keyword in it
    try:
        return (_unpacked(text) if is_packed else _bounded(text)).decode()
    except UnicodeDecodeError as error:
        raise UnreadableImage from error


def _unpacked(data: bytes) -> bytes:
    try:
        return _bounded(zlib.decompressobj().decompress(data, MAX_TEXT_BYTES + 1))
    except zlib.error as error:
        raise UnreadableImage from error


def _bounded(data: bytes) -> bytes:
    if len(data) > MAX_TEXT_BYTES:
        raise UnreadableImage(f"ses métadonnées dépassent {MAX_TEXT_BYTES // 1_000_000} Mo")
    return data
