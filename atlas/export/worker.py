"""Draws one image: JSON on standard input, the file on standard output. A process of its own."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import vl_convert as vlc

DPI = 300
_SIZE = re.compile(r'<svg[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"')
# The group of a layer's marks; one that holds nothing closes itself.
_MARKS = re.compile(r'<g class="mark-\w+ role-mark [^>]*(?<!/)>')


def main() -> None:
    """Read the request, write the image; a message and exit code 1 when it cannot be right."""
    request = json.load(sys.stdin.buffer)
    vlc.register_font_directory(request["fonts"])
    spec = with_shapes(request["spec"], request["shapes"])
    drawing = vlc.vegalite_to_svg(spec, allowed_base_urls=[])
    if not _MARKS.search(drawing):
        sys.exit("le dessin est vide")
    if request["kind"] == "svg":
        sys.stdout.buffer.write(composed(drawing, request["sheet"], "pt").encode())
    else:
        # vl-convert counts 72 units an inch and turns « pt » into 96: here a unit is a point.
        svg = composed(drawing, request["sheet"], "")
        sys.stdout.buffer.write(vlc.svg_to_png(svg, scale=1, ppi=DPI))


def with_shapes(part: Any, shapes: dict[str, Any]) -> Any:
    """The specification with what stands behind each address written in its place."""
    if isinstance(part, list):
        return [with_shapes(item, shapes) for item in part]
    if not isinstance(part, dict):
        return part
    if part.get("url") in shapes:
        return {"values": shapes[part["url"]], "format": part["format"]}
    return {key: with_shapes(item, shapes) for key, item in part.items()}


def composed(drawing: str, sheet: dict[str, Any], unit: str) -> str:
    """The drawing between the head and the foot of its sheet, in points named by `unit`."""
    size = _SIZE.search(drawing)
    if size is None:
        sys.exit("le dessin n’a pas de taille")
    width, height = float(size[1]), float(size[2])
    inner = sheet["width"] - 28
    scale = inner / width
    tall = height * scale
    total = sheet["head_height"] + tall + sheet["foot_height"]
    body = drawing[drawing.index("<svg"):]
    placed = (f'<g id="dessin" transform="translate(14 {sheet["head_height"]:.2f}) '
              f'scale({scale:.5f})">{body}</g>')
    foot = f'<g transform="translate(0 {sheet["head_height"] + tall:.2f})">{sheet["foot"]}</g>'
    return (f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'width="{sheet["width"]:.2f}{unit}" height="{total:.2f}{unit}" '
            f'viewBox="0 0 {sheet["width"]:.2f} {total:.2f}" role="img" xml:lang="fr">'
            f'<title>{sheet["title"]}</title><desc>{sheet["description"]}</desc>'
            f'<rect id="fond" width="100%" height="100%" fill="#ffffff"/>'
            f'{sheet["head"]}{placed}{foot}</svg>')


if __name__ == "__main__":
    main()
