"""PNG: points at the density of the format."""

from __future__ import annotations

import io
import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

from PIL import Image, PngImagePlugin, UnidentifiedImageError

from atlas.rendering.image_kinds.bitmap import picture_of
from atlas.rendering.image_kinds.bitmap_comparison import picture_changes, picture_digest
from atlas.rendering.image_kinds.changes import Changes
from atlas.rendering.image_kinds.image_kind import ImageKind, UnreadableImage
from atlas.rendering.image_kinds.png_texts import SIGNATURE, text_of
from atlas.rendering.page_svg import PROVENANCE_KEY
from atlas.rendering.preflight import Text
from atlas.rendering.sealing import sealed_provenance

# Of zlib: more takes twice the time for 2 % of the bytes.
_COMPRESS_LEVEL = 6
# More than an A2 page at 300 points an inch, which takes 140 megabytes to compare.
MAX_COMPARED_PIXELS = 36_000_000
# Parts of a file that say nothing of how its points are shown, or what they are shown as anyway.
# Any other can make them look otherwise: a second picture of an animation, a correction of colours.
_NEUTRAL_CHUNKS = frozenset(
    (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"pHYs", b"sRGB", b"sBIT")
    + (b"tEXt", b"zTXt", b"iTXt", b"tIME", b"hIST", b"sPLT", b"bKGD")
)
# The corrections that say what is true of every file without them: programs add these.
_USUAL_COLOURS = {
    b"gAMA": struct.pack(">I", 45_455),
    b"cHRM": struct.pack(">8I", 31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000),
}
_TITLE, _DESCRIPTION = "Title", "Description"


def encode(page: ET.Element, about: dict[str, Any], texts: list[Text]) -> bytes:
    """A PNG whose texts (iTXt) say title, description, author, language and provenance."""
    picture = picture_of(page, about, texts)
    said = PngImagePlugin.PngInfo()
    digest = picture_digest(picture, about["title"], about["description"])
    for name, text in (
        (_TITLE, about["title"]),
        (_DESCRIPTION, about["description"]),
        ("Author", about["author"]),
        ("Language", "fr-FR"),
        (PROVENANCE_KEY, sealed_provenance(about, digest)),
    ):
        said.add_itxt(name, text, lang="fr", zip=name == PROVENANCE_KEY)
    stream = io.BytesIO()
    dpi = (about["dpi"], about["dpi"])
    picture.save(stream, "PNG", dpi=dpi, pnginfo=said, compress_level=_COMPRESS_LEVEL)
    return stream.getvalue()


def recognises(content: bytes) -> bool:
    """By its signature."""
    return content.startswith(SIGNATURE)


def read_provenance(content: bytes) -> str:
    """The provenance in its texts; raises UnreadableImage."""
    return text_of(content, PROVENANCE_KEY)


def size_in_points(content: bytes, dpi: float) -> tuple[float, float]:
    """Its sides at this density, whatever density the file claims; raises UnreadableImage."""
    width, height = _size_in_pixels(content)
    return width / dpi * 72, height / dpi * 72


def content_digest(content: bytes) -> str:
    """Of its points, title and description; raises UnreadableImage."""
    picture = _open(content)
    return picture_digest(picture, *_words(picture))


def compare(given: bytes, drawn: bytes) -> Changes:
    """Point by point; raises UnreadableImage."""
    sizes = [_size_in_pixels(content) for content in (given, drawn)]
    if sizes[0] != sizes[1]:
        (width, height), (wanted_width, wanted_height) = sizes
        return Changes(
            reasons=(
                f"elle n’a plus la même taille ({width}\u00a0×\u00a0{height} pixels au lieu de "
                f"{wanted_width}\u00a0×\u00a0{wanted_height})",
            )
        )
    one, other = _open(given), _open(drawn)
    reasons = []
    if added := _display_chunks(given):
        reasons.append(
            f"elle contient des instructions d’affichage que le tableau de bord n’écrit pas "
            f"({', '.join(added)})"
        )
    if _words(one) != _words(other):
        reasons.append("son titre ou sa description pour les lecteurs d’écran a été changé")
    found = picture_changes(one, other)
    return Changes(
        (*reasons, *found.reasons),
        found.regions,
        found.regions_left_out,
        found.share,
        picture=found.picture,
    )


def _size_in_pixels(content: bytes) -> tuple[int, int]:
    for name, data in _chunks(content):
        if name == b"IHDR" and len(data) == 13:
            width, height = struct.unpack(">II", data[:8])
            if width and height:
                return width, height
        break
    raise UnreadableImage


def _open(content: bytes) -> Image.Image:
    width, height = _size_in_pixels(content)
    if width * height > MAX_COMPARED_PIXELS:
        raise UnreadableImage
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            picture.load()
            return picture
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as error:
        raise UnreadableImage from error


def _display_chunks(content: bytes) -> list[str]:
    """The parts of a file that can change how it looks."""
    found = {
        name
        for name, data in _chunks(content)
        if name not in _NEUTRAL_CHUNKS and _USUAL_COLOURS.get(name) != data
    }
    return sorted("".join(c for c in name.decode("latin-1") if c.isalpha()) for name in found)


def _words(picture: Image.Image) -> tuple[str, str]:
    return str(picture.info.get(_TITLE, "")), str(picture.info.get(_DESCRIPTION, ""))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and data of each part of the file, to the last whole one."""
    place = len(SIGNATURE)
    while place + 8 <= len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        name, data = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        if len(data) < length:
            return
        yield name, data
        if name == b"IEND":
            return
        place += 12 + length


KIND = ImageKind(
    "png",
    "PNG",
    "png",
    encode,
    recognises,
    read_provenance,
    size_in_points,
    content_digest,
    compare,
)
