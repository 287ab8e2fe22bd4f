"""An image file that was handed over, whose drawing is only opened under a guard."""

from __future__ import annotations

from functools import cached_property, partial
from typing import Any

from atlas.export.provenance import read_image
from atlas.guarded_worker import Guard
from atlas.rendering.image_kinds.changes import Changes
from atlas.rendering.image_kinds.image_questions import Question, answer_to, image_answer
from atlas.rendering.image_kinds.registry import IMAGE_KINDS


class ImageFile:
    """A file of a kind of IMAGE_KINDS.

    content: a kind recognises it. guard: under which limits it is opened, in a process of its
    own; None for a file that is trusted. What it is asked raises UnreadableImage, and UnknownImage
    when the limits did not let it be answered.
    """

    def __init__(self, content: bytes, guard: Guard | None = None) -> None:
        self._content, self._guard = content, guard
        self.kind = next(kind for kind in IMAGE_KINDS.values() if kind.recognises(content))
        self._sizes: dict[float, tuple[float, float]] = {}

    @cached_property
    def content_digest(self) -> str:
        """See ImageKind."""
        digest: str = self._answer("content_digest")
        return digest

    def size_in_points(self, dpi: float) -> tuple[float, float]:
        """Width and height at a density in points an inch; see ImageKind."""
        if dpi not in self._sizes:
            self._sizes[dpi] = self._answer("size_in_points", dpi)
        return self._sizes[dpi]

    def changes_from(self, drawn: bytes) -> Changes:
        """What differs from the same image drawn again."""
        changes: Changes = self._answer("compare", drawn)
        return changes

    def _answer(self, question: Question, *arguments: Any) -> Any:
        if self._guard is None:
            return getattr(self.kind, question)(self._content, *arguments)
        return read_image(
            self._guard,
            image_answer,
            self.kind.name,
            question,
            self._content,
            *arguments,
            parse=partial(answer_to, question),
        )
