"""The drawing of Vega set on its page, as SVG with named groups, in points."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

from atlas.rendering.drawing_marks import INKSCAPE as INKSCAPE
from atlas.rendering.drawing_marks import SVG as SVG
from atlas.rendering.drawing_marks import merge_halos, name_marks

XLINK = "http://www.w3.org/1999/xlink"
ATLAS = "urn:atlas"
# The name of what a file says of itself to a program, in the metadata of every kind of file.
PROVENANCE_KEY = "Provenance"
# What a designer finds in the panel of layers, by the kind of mark of Vega.
_GROUPS = {
    "shape": "formes",
    "rect": "barres",
    "symbol": "points",
    "line": "lignes",
    "rule": "traits",
    "text": "etiquettes",
}
_NUMBER = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")

for _prefix, _space in (("", SVG), ("inkscape", INKSCAPE), ("xlink", XLINK), ("atlas", ATLAS)):
    ET.register_namespace(_prefix, _space)


class RenderRejected(Exception):
    """The image would not be right; the text is French and says why."""


def compose_page(drawing: str, page: dict[str, Any]) -> ET.Element:
    """The page: background, texts, legend, drawing, logo, each a named group.

    page: width, height, size (« 170mm » by « 140mm », as written), title, description, language,
    provenance, background (colour or empty), head, legend, foot (SVG fragments), box (x, y,
    width, height of the drawing), logo (an SVG, or the data address of a picture) and logo_box,
    brand_line (colour or empty) and brand_line_box.
    The kinds of image also read dpi, author, and signing_key, the file of a key or an empty text.
    """
    root = ET.Element(
        f"{{{SVG}}}svg",
        {
            "width": page["size"][0],
            "height": page["size"][1],
            "role": "img",
            "viewBox": f"0 0 {page['width']:.3f} {page['height']:.3f}",
            "xml:lang": "fr",
        },
    )
    _text(root, "title", page["title"])
    _text(root, "desc", page["description"])
    metadata = ET.SubElement(root, f"{{{SVG}}}metadata")
    ET.SubElement(metadata, f"{{{ATLAS}}}provenance").text = page["provenance"]
    ground = _layer(root, "fond")
    if page["background"]:
        ET.SubElement(
            ground,
            f"{{{SVG}}}rect",
            {"width": "100%", "height": "100%", "fill": page["background"]},
        )
    _layer(root, "titre").extend(_parse_fragment(page["head"]))
    _layer(root, "legende").extend(_parse_fragment(page["legend"]))
    root.append(_place_drawing(drawing, page["box"]))
    _layer(root, "notes").extend(_parse_fragment(page["foot"]))
    if page["brand_line"]:
        sides = _sides(page["brand_line_box"])
        line = {**sides, "fill": page["brand_line"]}
        ET.SubElement(_layer(root, "filet"), f"{{{SVG}}}rect", line)
    if page["logo"]:
        _layer(root, "logo").append(_logo(page["logo"], page["logo_box"]))
    name_marks(root)
    return root


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, f"{{{SVG}}}{tag}").text = text


def _layer(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{SVG}}}g", _layer_names(name))


def _layer_names(name: str) -> dict[str, str]:
    return {"id": name, f"{{{INKSCAPE}}}groupmode": "layer", f"{{{INKSCAPE}}}label": name}


def _parse_fragment(fragment: str) -> ET.Element:
    return ET.fromstring(f'<g xmlns="{SVG}" xmlns:xlink="{XLINK}">{fragment}</g>')


def _sides(box: list[float]) -> dict[str, str]:
    return dict(zip(("x", "y", "width", "height"), (f"{side:.2f}" for side in box), strict=True))


def _logo(logo: str, box: list[float]) -> ET.Element:
    sides = _sides(box)
    if logo.startswith("data:"):
        return ET.Element(f"{{{SVG}}}image", {**sides, f"{{{XLINK}}}href": logo})
    inner = ET.fromstring(logo)
    inner.attrib.setdefault("viewBox", f"0 0 {inner.get('width')} {inner.get('height')}")
    inner.attrib.update(sides)
    return inner


def _place_drawing(drawing: str, box: list[float]) -> ET.Element:
    """The marks in their box. A group, not an inner page: that would be clipped, which is slow."""
    root = ET.fromstring(drawing)
    x, y, width, _ = box
    scale = width / float(root.attrib["width"])
    group = ET.Element(
        f"{{{SVG}}}g",
        {**_layer_names("dessin"), "transform": f"translate({x:.3f} {y:.3f}) scale({scale:.6f})"},
    )
    group.extend(root)
    _remove_idle_clips(group)
    _renumber_clips(group)
    _name_groups(group)
    merge_halos(group)
    return group


def _remove_idle_clips(group: ET.Element) -> None:
    """Leave out the clips that cut nothing: each costs as much as the whole drawing."""
    clips = {
        clip.attrib["id"]: [float(clip[0].attrib[side]) for side in ("width", "height")]
        for clip in group.iter(f"{{{SVG}}}clipPath")
        if "width" in clip[0].attrib
    }
    for part in group.iter(f"{{{SVG}}}g"):
        address = part.attrib.get("clip-path", "").removeprefix("url(#").removesuffix(")")
        if address and _inside(part, clips.get(address)):
            del part.attrib["clip-path"]
            clips.pop(address)
    for holder in list(group.iter()):
        for clip in list(holder):
            if clip.tag == f"{{{SVG}}}clipPath" and clip.attrib["id"] not in clips:
                holder.remove(clip)


def _renumber_clips(group: ET.Element) -> None:
    """The engine counts its clips from its start: the same drawing must give the same bytes."""
    names = {
        clip.attrib["id"]: f"cadre-{place}"
        for place, clip in enumerate(group.iter(f"{{{SVG}}}clipPath"), 1)
    }
    for part in group.iter():
        if part.attrib.get("id") in names:
            part.set("id", names[part.attrib["id"]])
        address = part.attrib.get("clip-path", "").removeprefix("url(#").removesuffix(")")
        if address in names:
            part.set("clip-path", f"url(#{names[address]})")


def _inside(part: ET.Element, size: list[float] | None) -> bool:
    if size is None:
        return False
    for path in part.iter(f"{{{SVG}}}path"):
        numbers = [float(n) for n in _NUMBER.findall(path.attrib.get("d", ""))]
        if "A" in path.attrib.get("d", ""):
            continue  # a symbol, placed by its transform
        for place, side in zip((numbers[::2], numbers[1::2]), size, strict=True):
            if place and (min(place) < -1 or max(place) > side + 1):
                return False
    return True


def _name_groups(group: ET.Element) -> None:
    """An identifier for each group of marks and of axes, unique in the file."""
    seen: dict[str, int] = {}
    for part in list(group.iter(f"{{{SVG}}}g")):
        words = part.attrib.pop("class", "").split()
        name = ""
        if "role-mark" in words:
            name = _GROUPS.get(words[0].removeprefix("mark-"), "marques")
        elif "role-axis" in words:
            name = "axe"
        if name:
            seen[name] = seen.get(name, 0) + 1
            part.set("id", name if seen[name] == 1 else f"{name}-{seen[name]}")
