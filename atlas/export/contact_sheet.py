"""All images of a kit on one sheet, small, each over its name: to choose among them."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from atlas.rendering.text_metrics import FOLDER as FONT_FOLDER

COLUMNS = 3
# Pixels, at SHEET_DPI.
CELL_WIDTH_PX, PICTURE_HEIGHT_PX, GAP_PX, SHEET_DPI = 620, 520, 40, 150
TITLE_PX, NAME_PX, LINE_CHARS = 44, 22, 58
INK, MUTED, ALERT, RULE = "#1b2033", "#5a6072", "#a3260c", "#c9cdd6"


@dataclass(frozen=True)
class SheetImage:
    """name: of its files, without format and ending; title: what it shows; picture: PNG, None for
    one that could not be drawn."""

    name: str
    title: str
    picture: bytes | None


def contact_sheet(images: Sequence[SheetImage], *, title: str, warnings: Sequence[str]) -> bytes:
    """A PNG as tall as it needs. warnings: the embargo, that data are fictitious."""
    bold, plain = _font("Semibold", NAME_PX), _font("Regular", NAME_PX)
    head = 2 * GAP_PX + TITLE_PX + (len(warnings) + 1) * NAME_PX * 3 // 2
    cell = PICTURE_HEIGHT_PX + 5 * NAME_PX * 4 // 3 + GAP_PX
    rows = -(-len(images) // COLUMNS)
    width = COLUMNS * (CELL_WIDTH_PX + GAP_PX) + GAP_PX
    sheet = Image.new("RGB", (width, head + rows * cell + GAP_PX), "white")
    pen = ImageDraw.Draw(sheet)
    pen.text((GAP_PX, GAP_PX), title, INK, _font("Bold", TITLE_PX))
    top = GAP_PX + TITLE_PX * 3 // 2
    for text, colour in [*((text, ALERT) for text in warnings), (_PURPOSE, MUTED)]:
        pen.text((GAP_PX, top), text, colour, bold if colour == ALERT else plain)
        top += NAME_PX * 3 // 2
    for place, image in enumerate(images):
        row, column = divmod(place, COLUMNS)
        left = GAP_PX + column * (CELL_WIDTH_PX + GAP_PX)
        above = head + row * cell
        _paste(sheet, pen, image, (left, above), plain)
        below = above + PICTURE_HEIGHT_PX + NAME_PX // 2
        lines = [
            *((line, bold) for line in textwrap.wrap(image.name, LINE_CHARS)[:2]),
            *((line, plain) for line in textwrap.wrap(image.title, LINE_CHARS)[:2]),
        ]
        for line, font in lines:
            pen.text((left, below), line, INK if font is bold else MUTED, font)
            below += NAME_PX * 4 // 3
    stream = io.BytesIO()
    sheet.save(stream, "PNG", dpi=(SHEET_DPI, SHEET_DPI), pnginfo=_words(images, title, warnings))
    return stream.getvalue()


_PURPOSE = (
    "Sous chaque image, le nom de ses fichiers, que suit leur format ; elles sont dans images/."
)


def _words(images: Sequence[SheetImage], title: str, warnings: Sequence[str]) -> PngInfo:
    """What is written on the sheet, for who reads the file and not the picture."""
    words = PngInfo()
    for key, text in (
        ("Title", title),
        ("Warning", " ".join(warnings)),
        ("Images", "\n".join(image.name for image in images)),
    ):
        words.add_itxt(key, text)
    return words


def _paste(
    sheet: Image.Image,
    pen: ImageDraw.ImageDraw,
    image: SheetImage,
    corner: tuple[int, int],
    font: ImageFont.FreeTypeFont,
) -> None:
    left, top = corner
    frame = (left, top, left + CELL_WIDTH_PX, top + PICTURE_HEIGHT_PX)
    if image.picture is None:
        pen.rectangle(frame, outline=RULE)
        pen.text((left + GAP_PX, top + GAP_PX), "image non produite", MUTED, font)
        return
    with Image.open(io.BytesIO(image.picture), formats=["PNG"]) as opened:
        small = opened.convert("RGB")
    small.thumbnail((CELL_WIDTH_PX, PICTURE_HEIGHT_PX))
    x = left + (CELL_WIDTH_PX - small.width) // 2
    y = top + (PICTURE_HEIGHT_PX - small.height) // 2
    sheet.paste(small, (x, y))
    pen.rectangle((x - 1, y - 1, x + small.width, y + small.height), outline=RULE)


def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT_FOLDER / f"SourceSansPro-{weight}.ttf", size)
