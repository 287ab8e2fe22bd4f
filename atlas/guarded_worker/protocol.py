"""What a server and its workers say to each other, over one socket for each file.

The server sends the job, a pickle, whole; the worker answers with one letter and bytes, whole too.
A pickle goes to the worker alone: what comes back was made from a stranger's file, and is only
bytes to the server.
"""

from __future__ import annotations

import struct

LENGTH = struct.Struct(">Q")
PID = struct.Struct(">q")
# First letter of an answer: what was read, not enough memory, the trace of an error.
READ, OUT_OF_MEMORY, FAILED = b"A", b"M", b"E"
HEAD_BYTES = 1 + LENGTH.size


def framed(content: bytes) -> bytes:
    """Bytes that say how long they are."""
    return LENGTH.pack(len(content)) + content
