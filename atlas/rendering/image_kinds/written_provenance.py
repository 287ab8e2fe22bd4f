"""The provenance that an image file carries, of any kind of IMAGE_KINDS.

``provenance_answer`` is what a guarded worker runs on a file from outside.
"""

from __future__ import annotations

import json

from atlas.rendering.image_kinds.image_kind import UnreadableImage
from atlas.rendering.image_kinds.registry import IMAGE_KINDS

# Pictures that nobody here writes: told apart from what is no picture, and not opened.
_OTHER_PICTURES = (b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"BM")


def written_provenance(content: bytes) -> str:
    """What a file says of how it was made, empty when it says nothing; raises UnreadableImage.

    Only the kinds of IMAGE_KINDS are opened, each by its own reader, whatever the file is called.
    """
    for kind in IMAGE_KINDS.values():
        if kind.recognises(content):
            return kind.read_provenance(content)
    if content.startswith(_OTHER_PICTURES) and len(content) > max(map(len, _OTHER_PICTURES)):
        return ""
    raise UnreadableImage


def provenance_answer(content: bytes) -> bytes:
    """The same as JSON: {"text": …}, or {"unreadable": …} with a French reason or none."""
    try:
        answer = {"text": written_provenance(content)}
    except UnreadableImage as error:
        answer = {"unreadable": str(error)}
    return json.dumps(answer).encode()


def provenance_of_answer(answer: bytes) -> str:
    """The provenance of such JSON; raises UnreadableImage."""
    told = json.loads(answer)
    if "unreadable" in told:
        raise UnreadableImage(str(told["unreadable"]))
    return str(told["text"])
