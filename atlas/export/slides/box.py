"""A rectangle on a slide."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image
from pptx.util import Length, Pt


@dataclass(frozen=True)
class Box:
    """A place on a slide, in points."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def of(cls, shape: Any) -> Box:
        """The place of a shape of python-pptx."""
        return cls(
            *(Length(side).pt for side in (shape.left, shape.top, shape.width, shape.height))
        )

    @property
    def emu(self) -> tuple[Length, Length, Length, Length]:
        """Left, top, width and height for python-pptx."""
        return Pt(self.x), Pt(self.y), Pt(self.width), Pt(self.height)

    @property
    def bottom(self) -> float:
        """Where it ends, from the top of the slide."""
        return self.y + self.height

    @property
    def right(self) -> float:
        """Where it ends, from the left of the slide."""
        return self.x + self.width

    def overlaps(self, other: Box) -> bool:
        """True when the two have a point in common."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom


def picture_box(picture: bytes, box: Box, *, left: bool = False) -> Box:
    """The place of a picture in a box: its proportions, as large as it fits."""
    with Image.open(io.BytesIO(picture)) as opened:
        wide, high = opened.size
    scale = min(box.width / wide, box.height / high)
    across = box.x if left else box.x + (box.width - wide * scale) / 2
    return Box(across, box.y + (box.height - high * scale) / 2, wide * scale, high * scale)
