"""The colours of the brand as colours of an Office theme, in PowerPoint and in Word."""

from __future__ import annotations

from typing import Any

from lxml import etree

from atlas.figures.common.series_colours import COLOURS
from atlas.settings import Brand

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def theme_colours(brand: Brand) -> dict[str, str]:
    """The colours of the theme, by their names in it, as #2f47b0."""
    return {
        "dk1": brand.ink,
        "lt1": "#ffffff",
        "dk2": brand.muted,
        "lt2": brand.neutral,
        "accent1": brand.primary,
        "accent2": brand.accent,
        "accent3": COLOURS[2],
        "accent4": COLOURS[3],
        "accent5": brand.sequential[len(brand.sequential) // 2],
        "accent6": brand.sequential[-1],
        "hlink": brand.primary,
        "folHlink": brand.muted,
    }


def branded_theme(theme: bytes, brand: Brand) -> bytes:
    """The XML part of a theme, named after the brand and in its colours."""
    root = etree.fromstring(theme)
    root.set("name", brand.name)
    scheme = root.find(f".//{_DRAWING}clrScheme")
    scheme.set("name", brand.name)
    for name, colour in theme_colours(brand).items():
        slot = scheme.find(f"{_DRAWING}{name}")
        for former in list(slot):
            slot.remove(former)
        etree.SubElement(slot, f"{_DRAWING}srgbClr", val=colour[1:].upper())
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def font_of_theme(theme: bytes) -> str:
    """The name of the font in which a theme sets its texts."""
    found: Any = etree.fromstring(theme).find(f".//{_DRAWING}minorFont/{_DRAWING}latin")
    return str(found.get("typeface"))
