"""A figure as PNG at 300 dpi or SVG, with everything that the screen says around it.

vl-convert holds the interpreter's lock while it draws, which would freeze every session of the
server: it runs in a process of its own (atlas.export.worker).
"""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw, ImageFont

from atlas.charts import Figure
from atlas.charts.style import FONT
from atlas.export.sheet import INNER_WIDTH, sheet, wrapped
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
    try:
        worker = subprocess.run(
            [sys.executable, str(WORKER)], input=json.dumps(drawing).encode(),
            capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise ExportError(f"L’image n’a pas pu être dessinée en {SECONDS} secondes.") from error
    if worker.returncode:
        said = worker.stderr.decode(errors="replace").strip()
        logging.getLogger(__name__).error("drawing %s failed: %s", figure.key, said)
        raise ExportError(f"L’image n’a pas pu être dessinée ({_reason(said)}).")
    return worker.stdout


def _reason(said: str) -> str:
    """What the worker said itself; a trace of the engine, in English, stays in the log."""
    last = said.splitlines()[-1] if said else ""
    return last if last.startswith("le dessin") else (
        "le moteur de dessin s’est arrêté ; le journal du serveur dit pourquoi")


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


def failure_image(reason: str, kind: Kind) -> bytes:
    """A file that says in French that the image could not be made, in place of the image."""
    lines = ["Cette image n’a pas pu être produite.", *wrapped(reason, 12, 400, 400),
             "Rechargez la page et demandez-la de nouveau."]
    if kind == "svg":
        texts = "".join(f'<text x="20" y="{40 + 20 * i}" font-size="12">{escape(line)}</text>'
                        for i, line in enumerate(lines))
        return ('<svg xmlns="http://www.w3.org/2000/svg" width="482" height="200" '
                f'font-family="{FONT}">{texts}</svg>').encode()
    canvas = Image.new("RGB", (1000, 420), "white")
    font = ImageFont.truetype(str(FONTS / "SourceSansPro-Regular.ttf"), 26)
    ImageDraw.Draw(canvas).multiline_text((40, 60), "\n".join(lines), "#1b2033", font, spacing=14)
    stream = io.BytesIO()
    canvas.save(stream, "PNG")
    return stream.getvalue()
