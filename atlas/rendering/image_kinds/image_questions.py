"""What is asked of the drawing of an image file, whoever wrote it, and the answer of a guarded
worker in JSON.

A question is a field of ImageKind: `size_in_points`, `content_digest` or `compare`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from atlas.rendering.image_kinds.changes import Changes
from atlas.rendering.image_kinds.image_kind import UnreadableImage
from atlas.rendering.image_kinds.registry import IMAGE_KINDS

Question = Literal["size_in_points", "content_digest", "compare"]


@dataclass(frozen=True)
class _Answer:
    """What one question gives; the others have nothing. unreadable: French, or nothing."""

    __pydantic_config__ = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    size_in_points: tuple[float, float] | None = None
    content_digest: str | None = None
    compare: Changes | None = None
    unreadable: str | None = None


_ANSWERS = TypeAdapter(_Answer)


def image_answer(kind: str, question: Question, *arguments: Any) -> bytes:
    """kind: a key of IMAGE_KINDS; arguments: those of the field of ImageKind that is asked."""
    try:
        answer = _Answer(**{question: getattr(IMAGE_KINDS[kind], question)(*arguments)})
    except UnreadableImage as error:
        answer = _Answer(unreadable=str(error))
    return _ANSWERS.dump_json(answer)


def answer_to(question: Question, answer: bytes) -> Any:
    """What such JSON says, checked; raises UnreadableImage, also for what is no answer."""
    try:
        read = _ANSWERS.validate_json(answer)
    except ValidationError as error:
        raise UnreadableImage from error
    found = getattr(read, question)
    if found is None:
        raise UnreadableImage(read.unreadable or "")
    return found
