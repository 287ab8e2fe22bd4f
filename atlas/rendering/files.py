"""The page as a file: PNG, SVG or PDF, with its density, title, language and provenance."""

from __future__ import annotations

import base64
import io
import xml.etree.ElementTree as ET
from typing import Any

import vl_convert as vlc
from PIL import Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

from atlas.rendering import text_metrics
from atlas.rendering.page_svg import KEY, RenderRejected
from atlas.rendering.preflight import Text, letters_of, texts_of


def svg_file(page: ET.Element) -> bytes:
    """The page as it stands."""
    content: bytes = ET.tostring(page, encoding="utf-8", xml_declaration=True)
    return content


def png_file(page: ET.Element, about: dict[str, Any], texts: list[Text]) -> bytes:
    """A bitmap at about["dpi"]; raises Refused when a text left no trace on it."""
    drawn = vlc.svg_to_png(_in_points(page), scale=1, ppi=about["dpi"])
    picture: Image.Image = Image.open(io.BytesIO(drawn))
    _traced(picture, texts, about["dpi"] / 72)
    if about["background"]:
        picture = picture.convert("RGB")
    said = PngImagePlugin.PngInfo()
    for name, text in (
        ("Title", about["title"]),
        ("Description", about["description"]),
        ("Author", about["author"]),
        ("Language", "fr-FR"),
        (KEY, about["provenance"]),
    ):
        said.add_itxt(name, text, lang="fr", zip=name == KEY)
    stream = io.BytesIO()
    picture.save(stream, "PNG", dpi=(about["dpi"], about["dpi"]), pnginfo=said, compress_level=6)
    return stream.getvalue()


def _traced(picture: Image.Image, texts: list[Text], scale: float) -> None:
    """A font that is not found leaves its texts out in silence."""
    for text in texts:
        box = [round(side * scale) for side in (text.left, text.top, text.right, text.bottom)]
        part = picture.crop((max(0, box[0]), max(0, box[1]), box[2] + 1, box[3] + 1))
        if len(part.convert("RGBA").getcolors(2) or "many") == 1:
            raise RenderRejected(f"le texte « {text.text[:40]} » n’a pas été dessiné")


def pdf_file(page: ET.Element, about: dict[str, Any]) -> bytes:
    """One page with embedded fonts; raises Refused when another took the place of ours, or when
    a text cannot be selected on it."""
    drawn = PdfReader(io.BytesIO(vlc.svg_to_pdf(_in_points(page))))
    _put_in_order(drawn)
    writer = PdfWriter(clone_from=drawn)
    for font in _fonts(writer):
        if text_metrics.FAMILY.replace(" ", "") not in font:
            raise RenderRejected(f"la police {font} a remplacé {text_metrics.FAMILY}")
    said = letters_of(writer.pages[0].extract_text())
    for text in texts_of(page):
        if letters_of(text.text) not in said:
            raise RenderRejected(f"le texte « {text.text[:40]} » n’a pas été dessiné")
    writer.pdf_header = "%PDF-1.7"
    writer.add_metadata(
        {
            "/Title": about["title"],
            "/Author": about["author"],
            "/Subject": about["description"],
            "/Producer": "atlas",
            f"/{KEY}": about["provenance"],
        }
    )
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject("fr-FR")
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def bitmap(drawing: str) -> bytes:
    """A PNG of a logo, 400 pixels wide or as it is."""
    if drawing.startswith("data:"):
        return base64.b64decode(drawing.partition(",")[2])
    width = float(ET.fromstring(drawing).get("viewBox", "0 0 100 100").split()[2])
    return bytes(vlc.svg_to_png(drawing, scale=400 / width))


def _put_in_order(document: PdfReader) -> None:
    """The engine names resources in the same order each time and lists them in any: the same
    image would not be the same file."""
    for resources in _resources(document.pages[0]):
        for part in resources.values():
            if isinstance(part, DictionaryObject):
                names = sorted(part)
                values = [part.raw_get(name) for name in names]
                part.clear()
                part.update(zip(names, values, strict=True))


def _fonts(document: PdfWriter) -> set[str]:
    return {
        str(font["/BaseFont"])
        for resources in _resources(document.pages[0])
        for font in resources.get("/Font", {}).values()
    }


def _resources(holder: DictionaryObject) -> list[DictionaryObject]:
    """Those of a page and of the forms it draws."""
    if "/Resources" not in holder:
        return []
    own = holder["/Resources"]
    assert isinstance(own, DictionaryObject)
    return [
        own,
        *(
            inner
            for form in own.get("/XObject", DictionaryObject()).values()
            for inner in _resources(form.get_object())
        ),
    ]


def _in_points(page: ET.Element) -> str:
    """The same page for the engine, which counts 72 units an inch and reads « mm » otherwise."""
    width, height = page.attrib["viewBox"].split()[2:]
    sized = ET.Element(page.tag, {**page.attrib, "width": width, "height": height})
    sized.extend(page)
    return ET.tostring(sized, encoding="unicode")
