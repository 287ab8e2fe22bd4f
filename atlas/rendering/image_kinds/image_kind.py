"""What every kind of image file has."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from atlas.rendering.image_kinds.changes import Changes
from atlas.rendering.preflight import Text


class UnreadableImage(ValueError):
    """The file is of this kind by its beginning, and cannot be read; the text says why in French,
    or nothing."""


@dataclass(frozen=True)
class ImageKind:
    """A kind of image file, and how a page becomes one.

    name: what the command line and links call it; label: as people write it, « PNG »; extension:
    of its files, without a dot; suffix: what tells its files from those of another kind with the
    same extension, before it; in_every_kit: False when a press kit has it on demand alone.

    encode: the file of a page (an SVG element, in points) that preflight accepted, with its texts.
    It writes title, description, author and provenance of `about` (see `page_svg.compose_page`)
    in the file, and raises RenderRejected when a text or a font is not on it. Called in the
    drawing process alone.

    recognises: whether content begins like such a file. read_provenance: what `encode` wrote of
    `about["provenance"]`, empty when there is none; raises UnreadableImage.

    size_in_points: width and height of a file at a density in points an inch, which counts for
    pictures alone; content_digest: a hash of all that a file draws and says of it to those who do
    not see it, not of how it is compressed nor of its other metadata; compare: a file that was
    handed over, and the same image drawn again. These three raise UnreadableImage.
    """

    name: str
    label: str
    extension: str
    encode: Callable[[ET.Element, dict[str, Any], list[Text]], bytes]
    recognises: Callable[[bytes], bool]
    read_provenance: Callable[[bytes], str]
    size_in_points: Callable[[bytes, float], tuple[float, float]]
    content_digest: Callable[[bytes], str]
    compare: Callable[[bytes, bytes], Changes]
    suffix: str = ""
    in_every_kit: bool = True

    @property
    def file_ending(self) -> str:
        """What a name of file has after its stem: « .png », « _vectorise.svg »."""
        return f"{self.suffix}.{self.extension}"
