"""The map that everybody draws: the data it comes from, and its words and shapes for the peers."""

from __future__ import annotations

import json
from bisect import bisect
from pathlib import Path

import geopandas as gpd

from atlas.cli.common import THIS_FOLDER, context_for_print
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.map.request import MapRequest
from atlas.figures.registry import figure_of
from atlas.settings import Format
from bench.peers import DEGREE

NATIONAL_MAP = MapRequest(indicator="activation_rate", territory="FR", period="2025-12")
FORMAT = "170mm"


def fictitious_context() -> FigureContext:
    """The set of 101 départements."""
    return context_for_print(THIS_FOLDER, demo=True)


def size_of(context: FigureContext) -> Format:
    """170 mm wide, at 300 dpi."""
    return context.settings.formats[FORMAT]


def national_map(context: FigureContext) -> Figure:
    """The map, made from the fictitious data."""
    figure = figure_of(context, NATIONAL_MAP)
    assert figure is not None
    return figure


def write_job(context: FigureContext, pixels: tuple[int, int], folder: Path) -> None:
    """What the peers draw from, in a folder; pixels: the size of our own PNG."""
    assert context.shapes
    figure, source = national_map(context), context.shapes.file("FR")
    shapes = gpd.read_file(source, layer="drawn_departements", columns=["code", "i"])
    lines = gpd.read_file(source, layer="lines", columns=["code"])
    names = gpd.read_file(source, layer="frames", columns=["name", "x", "y"])
    shades = {row["i"]: row["shade"] for row in figure.spec["datasets"]["values0"]}
    scale = figure.spec["layer"][0]["encoding"]["color"]["scale"]
    drawn = [scale["range"][bisect(scale["domain"], shades[i])] for i in shapes["i"]]
    of_legend = [entry.colour for entry in figure.legend]
    shapes["class"] = [of_legend.index(colour) for colour in drawn]
    shapes["colour"] = drawn
    shapes["place"] = range(len(shapes))
    west, south, east, north = context.shapes.views["FR"].bounds
    middle = (west + east) / 2, (south + north) / 2
    for name, frame in (("shapes", shapes), ("lines", lines)):
        _write(frame, folder / f"metres_{name}.json")
        # clockwise, as plotly wants its rings
        small = frame.translate(-middle[0], -middle[1]).scale(1 / DEGREE, 1 / DEGREE, origin=(0, 0))
        _write(
            frame.set_geometry(small.orient_polygons(exterior_cw=True)),
            folder / f"degrees_{name}.json",
        )
    said = [f"{name} : {text}" for name, text in figure.caption]
    (folder / "words.json").write_text(
        json.dumps(
            {
                "width": pixels[0],
                "height": pixels[1],
                "title": figure.title,
                "subtitle": figure.subtitle,
                "legend_title": figure.legend_title,
                "legend": [(f"{s.label} ({s.count})", s.colour) for s in figure.legend],
                "caption": [*said, "Données fictives, sans valeur statistique."],
                "frames": list(zip(names["x"], names["y"], names["name"], strict=True)),
                "bounds": [west, south, east, north],
                "middle": middle,
            }
        ),
        "utf-8",
    )


def _write(frame: gpd.GeoDataFrame, file: Path) -> None:
    file.write_text(frame.to_json(drop_id=True), "utf-8")
