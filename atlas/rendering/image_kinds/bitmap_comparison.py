"""Two pictures compared point by point: where they differ, and a picture that shows it.

numpy is imported when two pictures are compared: the drawing process starts without it.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageFont

from atlas.rendering import text_metrics
from atlas.rendering.image_kinds.changes import Changes, Region

if TYPE_CHECKING:
    from numpy import bool_
    from numpy.typing import NDArray

# Of 255 levels of a colour. The drawing is the same to the last level on one machine; another
# processor may round otherwise, and nobody sees two levels.
MAX_LEVEL_DIFFERENCE = 2
# Sides of the squares in which points that differ are put together, and how many squares may lie
# between two of them in one region: the digits of a number are one region.
SQUARE_PX, MAX_SQUARES_BETWEEN = 16, 2
MAX_REGIONS = 12
MARKED_PICTURE_WIDTH_PX = 1400
_FRAME_COLOUR, _FRAME_PX, _FRAME_MARGIN_PX, _NUMBER_PX = "#c9002b", 3, 6, 22


def picture_digest(picture: Image.Image, *texts: str) -> str:
    """A hash of the points of a picture, however they are compressed, and of some texts."""
    plain = plain_picture(picture)
    found = hashlib.blake2b(f"{plain.mode} {plain.size}".encode(), digest_size=32)
    found.update(plain.tobytes())
    for text in texts:
        found.update(hashlib.blake2b(text.encode(), digest_size=32).digest())
    return found.hexdigest()


def plain_picture(picture: Image.Image) -> Image.Image:
    """The same points as RGB, or as RGBA when some let the paper through: tools that make files
    smaller use palettes, and change the colour of points that nobody sees."""
    if picture.mode == "RGB" and "transparency" not in picture.info:
        return picture
    whole = picture.convert("RGBA")
    alpha = whole.getchannel("A")
    lowest, _ = alpha.getextrema()
    if lowest == 255:
        return whole.convert("RGB")
    seen = Image.new("RGBA", whole.size, (0, 0, 0, 0))
    seen.paste(whole, mask=alpha.point(lambda level: 255 if level else 0))
    return seen


def picture_changes(given: Image.Image, drawn: Image.Image) -> Changes:
    """Where two pictures of one size differ."""
    import numpy as np

    one, other = plain_picture(given), plain_picture(drawn)
    reasons = () if one.mode == other.mode else ("son fond n’a plus la même transparence",)
    if reasons:
        one, other = one.convert("RGBA"), other.convert("RGBA")
    difference = ImageChops.difference(one, other)
    if difference.getbbox(alpha_only=False) is None:
        return Changes(reasons=reasons)
    differs: NDArray[bool_] = np.any(np.asarray(difference) > MAX_LEVEL_DIFFERENCE, axis=2)
    if not differs.any():
        return Changes(reasons=reasons)
    height, width = differs.shape
    regions = sorted(
        (
            Region(
                left / width,
                top / height,
                right / width,
                bottom / height,
                float(differs[top:bottom, left:right].sum()) / differs.size,
            )
            for left, top, right, bottom in _boxes(differs)
        ),
        key=lambda region: (-region.share, region.top, region.left),
    )
    shown = tuple(regions[:MAX_REGIONS])
    return Changes(
        reasons,
        shown,
        len(regions) - len(shown),
        float(differs.sum()) / differs.size,
        picture=marked_picture(one, shown),
    )


def marked_picture(picture: Image.Image, regions: tuple[Region, ...]) -> bytes:
    """A PNG of the picture on white, at most MARKED_PICTURE_WIDTH_PX wide, with a numbered frame
    around each region."""
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    if paper.width > MARKED_PICTURE_WIDTH_PX:
        height = max(1, round(paper.height * MARKED_PICTURE_WIDTH_PX / paper.width))
        paper = paper.resize((MARKED_PICTURE_WIDTH_PX, height), Image.Resampling.BOX)
    pen = ImageDraw.Draw(paper)
    font = ImageFont.truetype(str(text_metrics.FOLDER / text_metrics.BOLD_FILE), _NUMBER_PX)
    for number, region in enumerate(regions, 1):
        left, top = region.left * paper.width, region.top * paper.height
        right, bottom = region.right * paper.width, region.bottom * paper.height
        frame = (
            max(0, left - _FRAME_MARGIN_PX),
            max(0, top - _FRAME_MARGIN_PX),
            min(paper.width - 1, right + _FRAME_MARGIN_PX),
            min(paper.height - 1, bottom + _FRAME_MARGIN_PX),
        )
        pen.rectangle(frame, outline=_FRAME_COLOUR, width=_FRAME_PX)
        at = (frame[0], max(0, frame[1] - _NUMBER_PX - 4))
        pen.rectangle(pen.textbbox(at, f" {number} ", font=font), fill=_FRAME_COLOUR)
        pen.text(at, f" {number} ", fill="white", font=font)
    stream = io.BytesIO()
    paper.save(stream, "PNG", compress_level=3)
    return stream.getvalue()


def _boxes(differs: NDArray[bool_]) -> Iterator[tuple[int, int, int, int]]:
    """left, top, right, bottom, in points of the picture, of each group of points that differ.

    differs: a table of yes and no, a row for each row of the picture.
    """
    import numpy as np

    height, width = differs.shape
    rows, columns = -(-height // SQUARE_PX), -(-width // SQUARE_PX)
    padded = np.zeros((rows * SQUARE_PX, columns * SQUARE_PX), dtype=bool)
    padded[:height, :width] = differs
    squares = padded.reshape(rows, SQUARE_PX, columns, SQUARE_PX).any(axis=(1, 3))
    left_over = {(int(row), int(column)) for row, column in np.argwhere(squares)}
    reach = range(-MAX_SQUARES_BETWEEN, MAX_SQUARES_BETWEEN + 1)
    while left_over:
        group, waiting = [], [left_over.pop()]
        while waiting:
            row, column = waiting.pop()
            group.append((row, column))
            for near in ((row + down, column + across) for down in reach for across in reach):
                if near in left_over:
                    left_over.remove(near)
                    waiting.append(near)
        top, bottom = min(r for r, _ in group), max(r for r, _ in group) + 1
        left, right = min(c for _, c in group), max(c for _, c in group) + 1
        yield _tight(
            differs, left * SQUARE_PX, top * SQUARE_PX, right * SQUARE_PX, bottom * SQUARE_PX
        )


def _tight(
    table: NDArray[bool_], left: int, top: int, right: int, bottom: int
) -> tuple[int, int, int, int]:
    """The box without the rows and columns at its sides where nothing differs."""
    import numpy as np

    part = table[top:bottom, left:right]
    down, across = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    return (
        left + int(across[0]),
        top + int(down[0]),
        left + int(across[-1]) + 1,
        top + int(down[-1]) + 1,
    )
