"""Draws what it is asked for: a line of JSON in, a line of JSON out, until the input ends."""

from __future__ import annotations

import base64
import json
import sys
import traceback
from functools import lru_cache
from typing import Any

from atlas.rendering import text_metrics, vector_engine
from atlas.rendering.image_kinds.registry import IMAGE_KINDS
from atlas.rendering.page_svg import RenderRejected, compose_page
from atlas.rendering.preflight import preflight
from atlas.rendering.prepared_shapes import insert_shapes


def main() -> None:
    """Answer {"file": base64} or {"refused": French reason} or {"failed": trace}."""
    vector_engine.register_fonts(str(text_metrics.FOLDER))
    vector_engine.load_engine()
    for line in sys.stdin.buffer:
        answer = answer_to(json.loads(line))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def answer_to(request: dict[str, Any]) -> dict[str, str]:
    """What the engine says is told, and the next is drawn; a program error ends the process."""
    try:
        if absent := text_metrics.missing_fonts():
            raise RenderRejected(f"il manque la police {absent[0]} dans static/fonts")
        return {"file": base64.b64encode(draw(request)).decode()}
    except RenderRejected as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": "elle demande plus de mémoire que le serveur n’en donne à une image"}
    except ValueError as error:
        return {"failed": "".join(traceback.format_exception(error))}


def draw(request: dict[str, Any]) -> bytes:
    """The file of one request; raises RenderRejected when it would not be right.

    kind: a key of IMAGE_KINDS; spec: Vega-Lite; shapes: file of each address in it; page: see
    `compose_page`; expected, marks and fills: see `preflight`. Or kind « logo » and logo, an SVG or
    the data address of a PNG, of which a PNG is made.
    """
    if request["kind"] == "logo":
        return vector_engine.logo_png(request["logo"])
    drawing = draw_specification(json.dumps([request["spec"], request["shapes"]]))
    page = compose_page(drawing, request["page"])
    vector_engine.refuse_addresses(page)
    texts = preflight(
        page, expected=request["expected"], marks=request["marks"], fills=request["fills"]
    )
    return IMAGE_KINDS[request["kind"]].encode(page, request["page"], texts)


@lru_cache(maxsize=1)
def draw_specification(specification: str) -> str:
    """The SVG of a drawing: the kinds of one image are asked for one after the other.

    specification: as JSON, the Vega-Lite one and the file of each address in it.
    """
    return vector_engine.svg_of(insert_shapes(*json.loads(specification)))


if __name__ == "__main__":
    main()
