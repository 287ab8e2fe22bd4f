"""A figure as PNG at 300 dpi or SVG, with everything that the screen says around it.

vl-convert holds the interpreter's lock while it draws, which would freeze every session of the
server: it runs in a process of its own (atlas.export.worker).
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from atlas.charts import Figure
from atlas.export.sheet import INNER_WIDTH, sheet
from atlas.geometry import Shapes

Kind = Literal["png", "svg"]
FONTS = Path(__file__).parents[2] / "static/fonts"
# Run as a file: importing it as a module would import the whole package before drawing.
WORKER = Path(__file__).with_name("worker.py")
SECONDS = 120


class ExportError(Exception):
    """The image could not be made; the text is French and says why."""


def image(figure: Figure, kind: Kind, shapes: Shapes | None = None) -> bytes:
    """Draw a figure for print, 170 mm wide.

    shapes: those that the figure names by address. Raises ExportError when the drawing fails or
    comes out without a mark.
    """
    drawing = {"spec": _sized(figure), "kind": kind, "sheet": asdict(sheet(figure)),
               "fonts": str(FONTS), "shapes": _inline(figure, shapes)}
    worker = subprocess.run(
        [sys.executable, str(WORKER)], input=json.dumps(drawing).encode(),
        capture_output=True, timeout=SECONDS, check=False)
    if worker.returncode:
        reason = worker.stderr.decode(errors="replace").strip().splitlines()
        raise ExportError("L’image n’a pas pu être dessinée "
                          f"({reason[-1] if reason else 'arrêt du dessin'}).")
    return worker.stdout


def _sized(figure: Figure) -> dict[str, object]:
    """The specification at the size of the sheet, whatever the width of the screen."""
    return {**figure.spec, "width": INNER_WIDTH, "height": round(INNER_WIDTH / figure.ratio),
            "autosize": {"type": "fit", "contains": "padding"}}


def _inline(figure: Figure, shapes: Shapes | None) -> dict[str, object]:
    """The TopoJSON behind each address of the specification: the drawing process opens no URL."""
    if shapes is None:
        return {}
    text = json.dumps(figure.spec)
    return {shapes.url(view): shapes.inline(view) for view in shapes.views
            if f'"{shapes.url(view)}"' in text}
