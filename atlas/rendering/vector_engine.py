"""What vl-convert and Typst do for us: a specification or a page of ours in, a drawing out.

The functions import them when they are called: they run in the drawing process alone, while the
server reads the kinds of image without loading an engine, which would hold its lock.
"""

from __future__ import annotations

import base64
import xml.etree.ElementTree as ET
from functools import cache
from typing import TYPE_CHECKING, Any

from atlas.rendering import text_metrics
from atlas.rendering.page_svg import RenderRejected

if TYPE_CHECKING:
    from typst import Compiler

LOGO_WIDTH_PX = 400
POINTS_PER_INCH = 72
# In Typst: the picture that it is given, alone on a page of its size, nothing behind it.
_PAGE_OF_A_PICTURE = """\
#let width = float(sys.inputs.width) * 1pt
#let height = float(sys.inputs.height) * 1pt
#set page(width: width, height: height, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg", width: width)
"""


def register_fonts(folder: str) -> None:
    """Let the engine draw with the fonts of a folder."""
    import vl_convert

    vl_convert.register_font_directory(folder)


def svg_of(spec: dict[str, Any]) -> str:
    """The drawing of a Vega-Lite specification, which may open no address."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def load_engine() -> None:
    """Have the engine read its scripts, which takes a second, before it is asked for a drawing."""
    svg_of({"data": {"values": [{}]}, "mark": "point"})


def png_of(page: ET.Element, dpi: float) -> bytes:
    """A page whose view box is in points, as a PNG at a density, the sides rounded to whole pixels.

    By Typst, which draws what vl-convert draws, in a tenth of the time. Raises ValueError when the
    engine cannot draw it.
    """
    width, height = page.attrib["viewBox"].split()[2:]
    given = {"svg": _in_points(page), "width": width, "height": height}
    import typst

    try:
        drawn = _page_engine().compile(
            _PAGE_OF_A_PICTURE.encode(), format="png", ppi=dpi, sys_inputs=given
        )
    except typst.TypstError as error:  # as vl-convert says what it cannot draw
        raise ValueError(error.diagnostic) from error
    assert isinstance(drawn, bytes)  # one page
    return drawn


@cache
def _page_engine() -> Compiler:
    """Reads the fonts once; those of the machine draw nothing."""
    import typst

    return typst.Compiler(
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(text_metrics.FOLDER)],
        ),
    )


def pdf_of(page: ET.Element) -> bytes:
    """A page whose view box is in points, as a PDF of one page."""
    import vl_convert

    return bytes(vl_convert.svg_to_pdf(_in_points(page)))


def logo_png(logo: str) -> bytes:
    """A logo, an SVG or the data address of a PNG, as a PNG: 400 pixels wide, or as it is. Raises
    RenderRejected."""
    import vl_convert

    if logo.startswith("data:"):
        return base64.b64decode(logo.partition(",")[2])
    root = ET.fromstring(logo)
    refuse_addresses(root)
    width = float(root.get("viewBox", "0 0 100 100").split()[2])
    return bytes(vl_convert.svg_to_png(logo, scale=LOGO_WIDTH_PX / width))


def _in_points(page: ET.Element) -> str:
    """The same page for the engine, which counts 72 units an inch and reads « mm » otherwise."""
    width, height = page.attrib["viewBox"].split()[2:]
    sized = ET.Element(page.tag, {**page.attrib, "width": width, "height": height})
    sized.extend(page)
    return ET.tostring(sized, encoding="unicode")


def refuse_addresses(page: ET.Element) -> None:
    """Raises RenderRejected when a page or a logo names a picture that is elsewhere: the engine
    fetches it, and cannot be told not to; so does who opens the page."""
    for part in page.iter():
        for name, text in part.attrib.items():
            if name.rpartition("}")[2] == "href" and not text.startswith(("#", "data:")):
                raise RenderRejected("elle demande un fichier d’une autre adresse")
