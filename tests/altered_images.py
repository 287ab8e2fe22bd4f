"""Images as somebody gives them back: repainted, cropped, saved again, with the metadata kept."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image, ImageDraw, PngImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject
from svg_reader import page_of

from atlas.rendering.preflight import texts_of


def repainted(content: bytes, paint: Callable[[Image.Image], Image.Image | None]) -> bytes:
    """The PNG with other points and all that it says of itself."""
    picture = Image.open(io.BytesIO(content))
    return with_texts_of(content, paint(picture) or picture)


def with_texts_of(content: bytes, picture: Image.Image, **how: object) -> bytes:
    """A picture, with all that a PNG says of itself."""
    like, said = Image.open(io.BytesIO(content)), PngImagePlugin.PngInfo()
    for name, text in like.text.items():
        said.add_itxt(name, str(text), zip=name == "Provenance")
    stream = io.BytesIO()
    picture.save(stream, "PNG", pnginfo=said, dpi=like.info["dpi"], **how)
    return stream.getvalue()


def with_other_number(content: bytes, svg: bytes, text: str, written: str) -> bytes:
    """The PNG where somebody painted over a text of the drawing and wrote another in its place."""
    root, width, height = page_of(svg)
    (place,) = {(t.left, t.top, t.right, t.bottom) for t in texts_of(root) if t.text == text}

    def paint(picture: Image.Image) -> None:
        scale = picture.width / width
        left, top, right, bottom = (round(side * scale) for side in place)
        pen = ImageDraw.Draw(picture)
        pen.rectangle((left, top, right, bottom), fill=picture.getpixel((left - 3, top)))
        pen.text((left, top), written, fill="white", font_size=bottom - top)

    return repainted(content, paint)


def with_chunk(content: bytes, name: bytes, data: bytes) -> bytes:
    """The PNG with one more part before its points."""
    place = content.index(b"IDAT") - 4
    part = struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return content[:place] + part + content[place:]


def pdf_with(content: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    """The PDF after a change."""
    writer, stream = PdfWriter(clone_from=PdfReader(io.BytesIO(content))), io.BytesIO()
    change(writer)
    writer.write(stream)
    return stream.getvalue()


def with_note(writer: PdfWriter) -> None:
    """A white box with a number, laid over the page."""
    note = FreeText(text="47,1", rect=(50, 50, 90, 70), background_color="ffffff")
    writer.add_annotation(page_number=0, annotation=note)


def without_a_stroke(writer: PdfWriter) -> None:
    """The first filled shape of the page is left out."""
    page = writer.pages[0]
    data = page.get_contents().get_data()
    stream = DecodedStreamObject()
    stream.set_data(data.replace(b"\nf\n", b"\nn\n", 1))
    assert stream.get_data() != data
    page[NameObject("/Contents")] = writer._add_object(stream)


def with_script(writer: PdfWriter) -> None:
    """Something that runs when the file is opened."""
    script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
    action = DictionaryObject({NameObject(name): value for name, value in script.items()})
    writer.root_object[NameObject("/OpenAction")] = action
