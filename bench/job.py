"""The map that everybody draws: the desk it comes from, and its words and shapes for the peers."""

from __future__ import annotations

import json
from bisect import bisect
from pathlib import Path

import geopandas as gpd

from atlas import views
from atlas.charts import Figure
from atlas.cli.common import HERE, desk_for_print
from atlas.settings import Format
from bench.peers import DEGREE

ASKED = views.FigureRequest("carte", "activation_rate", "FR", "2025-12")
FORMAT = "170mm"


def fictitious_desk() -> views.Desk:
    """The set of 101 départements."""
    return desk_for_print(HERE, demo=True)


def size_of(desk: views.Desk) -> Format:
    """170 mm wide, at 300 dpi."""
    return desk.settings.formats[FORMAT]


def figure_of(desk: views.Desk) -> Figure:
    """The map, made from the figures of the desk."""
    figure = views.figure_of(desk, ASKED)
    assert figure is not None
    return figure


def write_job(desk: views.Desk, pixels: tuple[int, int], folder: Path) -> None:
    """What the peers draw from, in a folder; pixels: the size of our own PNG."""
    assert desk.shapes
    figure, source = figure_of(desk), desk.shapes.file("FR")
    shapes = gpd.read_file(source, layer="drawn_departements", columns=["code", "i"])
    lines = gpd.read_file(source, layer="lines", columns=["code"])
    names = gpd.read_file(source, layer="frames", columns=["name", "x", "y"])
    values = {row["i"]: row["value"] for row in figure.spec["datasets"]["values0"]}
    scale = figure.spec["layer"][0]["encoding"]["color"]["scale"]
    shapes["class"] = [bisect(scale["domain"], values[i]) for i in shapes["i"]]
    shapes["colour"] = [scale["range"][place] for place in shapes["class"]]
    shapes["place"] = range(len(shapes))
    west, south, east, north = desk.shapes.views["FR"].bounds
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
