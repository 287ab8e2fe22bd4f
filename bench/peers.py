"""The same map drawn by matplotlib with GeoPandas and by plotly with kaleido.

A job is a folder: words.json (words, size, colours) and the shapes that our drawing process reads,
as GeoJSON. Each peer gets them ready to draw: in the metres of the plane for matplotlib, in degrees
around zero for plotly, whose equirectangular projection then draws the same plane.
`python -m bench.peers matplotlib png FOLDER FILE` draws one and ends.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
# Of print, and of the pixels in which plotly counts.
DPI, SCREEN = 300, 96
# Metres of the plane in one degree: plotly never sees the curve of the Earth.
DEGREE = 100_000


class Matplotlib:
    """GeoPandas draws on a figure of exactly the same millimetres."""

    name = "matplotlib + GeoPandas"

    def __init__(self, job: Path) -> None:
        import geopandas as gpd
        import matplotlib

        matplotlib.use("Agg")
        from matplotlib import font_manager

        for file in sorted((ROOT / "static/fonts").glob("*.ttf")):
            font_manager.fontManager.addfont(file)
        matplotlib.rcParams["font.family"] = "Source Sans Pro"
        self._words = json.loads((job / "words.json").read_text("utf-8"))
        self._shapes = gpd.read_file(job / "metres_shapes.json").set_crs(2154, allow_override=True)
        self._lines = gpd.read_file(job / "metres_lines.json").set_crs(2154, allow_override=True)

    def draw(self, kind: str) -> bytes:
        """The map as png, svg or pdf."""
        from matplotlib.figure import Figure

        words = self._words
        inches = words["width"] / DPI, words["height"] / DPI
        figure = Figure(figsize=inches, dpi=DPI)
        self._map(figure.add_axes((0.02, 0.1, 0.96, 0.72)))
        _head(figure, words)
        stream = io.BytesIO()
        figure.savefig(stream, format=kind, dpi=DPI)
        return stream.getvalue()

    def _map(self, axes: Any) -> None:
        self._shapes.plot(ax=axes, color=self._shapes["colour"], edgecolor="white", linewidth=0.6)
        self._lines.plot(ax=axes, color="#5a6072", linewidth=0.5)
        for x, y, name in self._words["frames"]:
            axes.text(x, y, name, fontsize=6.5, color="#5a6072", va="top")
        west, south, east, north = self._words["bounds"]
        axes.set(xlim=(west, east), ylim=(south, north))
        axes.set_axis_off()

    def close(self) -> None:
        """Nothing runs."""


def _head(figure: Any, words: dict[str, Any]) -> None:
    from matplotlib.patches import Patch

    figure.text(0.03, 0.95, words["title"], fontsize=14, weight="semibold", color="#1b2033")
    figure.text(0.03, 0.93, words["subtitle"], fontsize=10, color="#5a6072")
    figure.legend(
        [Patch(facecolor=colour) for _, colour in words["legend"]],
        [label for label, _ in words["legend"]],
        title=words["legend_title"],
        ncols=7,
        loc="upper left",
        bbox_to_anchor=(0.02, 0.92),
        frameon=False,
        fontsize=7,
        columnspacing=0.8,
        handlelength=1.4,
        alignment="left",
        title_fontproperties={"weight": "semibold", "size": 8},
    )
    figure.text(0.03, 0.02, "\n".join(words["caption"]), fontsize=7.2, color="#5a6072")


class Plotly:
    """One go.Choropleth of classes; a Chromium kept warm until close()."""

    name = "plotly + kaleido"

    def __init__(self, job: Path) -> None:
        import kaleido

        self._words = json.loads((job / "words.json").read_text("utf-8"))
        self._shapes = json.loads((job / "degrees_shapes.json").read_bytes())
        self._lines = json.loads((job / "degrees_lines.json").read_bytes())
        # an empty world: plotly fetches one from a distant host for every map, even unseen
        (job / "world_110m.json").write_text('{"type": "Topology", "objects": {}, "arcs": []}')
        self._world = f"{job.resolve().as_uri()}/"
        # no MathJax: another distant host; --no-sandbox is kaleido's own default
        kaleido.start_sync_server(mathjax=False, path=shutil.which("chromium"))

    def draw(self, kind: str) -> bytes:
        """The map as png, svg or pdf."""
        import kaleido

        width, height = (round(self._words[side] / DPI * SCREEN) for side in ("width", "height"))
        scale = self._words["width"] / width if kind == "png" else 1
        size = {"format": kind, "width": width, "height": height, "scale": scale}
        return kaleido.calc_fig_sync(self._figure(), size, topojson=self._world)

    def _figure(self) -> Any:
        import plotly.graph_objects as go

        words, rows = self._words, [f["properties"] for f in self._shapes["features"]]
        figure = go.Figure(
            go.Choropleth(
                geojson=self._shapes,
                featureidkey="properties.place",
                zmin=-0.5,
                locations=[row["place"] for row in rows],
                z=[row["class"] for row in rows],
                zmax=len(words["legend"]) - 0.5,
                colorscale=_steps(words["legend"]),
                marker_line={"color": "white", "width": 1},
                colorbar={
                    "title": {"text": words["legend_title"], "side": "top"},
                    "orientation": "h",
                    "x": 0.5,
                    "y": 0.9,
                    "yanchor": "bottom",
                    "thickness": 12,
                    "len": 0.95,
                    "tickvals": list(range(len(words["legend"]))),
                    "ticktext": [label for label, _ in words["legend"]],
                },
            )
        )
        figure.add_scattergeo(
            **self._border(),
            mode="lines",
            showlegend=False,
            line={"color": "#5a6072", "width": 0.8},
        )
        (middle_x, middle_y), frames = words["middle"], words["frames"]
        figure.add_scattergeo(
            lon=[(x - middle_x) / DEGREE for x, _, _ in frames],
            mode="text",
            showlegend=False,
            lat=[(y - middle_y) / DEGREE for _, y, _ in frames],
            textposition="bottom right",
            text=[name for _, _, name in frames],
            textfont={"size": 10, "color": "#5a6072"},
        )
        return figure.update_layout(**_layout(words))

    def _border(self) -> dict[str, list[float | None]]:
        """Lines one after the other, a gap between two."""
        points: list[list[float | None]] = []
        for feature in self._lines["features"]:
            for line in feature["geometry"]["coordinates"]:
                points += [*line, [None, None]]
        return {"lon": [point[0] for point in points], "lat": [point[1] for point in points]}

    def close(self) -> None:
        """End the browser."""
        import kaleido

        kaleido.stop_sync_server()


def _steps(legend: list[list[str]]) -> list[list[object]]:
    """A colour scale that jumps: one flat colour for each class."""
    return [
        [(place + end) / len(legend), colour]
        for place, (_, colour) in enumerate(legend)
        for end in (0, 1)
    ]


def _layout(words: dict[str, Any]) -> dict[str, Any]:
    west, south, east, north = words["bounds"]
    half_width, half_height = (east - west) / 2 / DEGREE, (north - south) / 2 / DEGREE
    return {
        "title": {"text": words["title"], "subtitle": {"text": words["subtitle"]}, "x": 0.03},
        "font": {"family": "Source Sans Pro"},
        "margin": {"l": 20, "r": 20, "t": 80, "b": 80},
        "geo": {
            "visible": False,
            "projection": {"type": "equirectangular"},
            "lonaxis": {"range": [-half_width, half_width]},
            "lataxis": {"range": [-half_height, half_height]},
            "domain": {"x": [0, 1], "y": [0, 0.89]},
        },
        "annotations": [
            {
                "text": "<br>".join(words["caption"]),
                "xref": "paper",
                "yref": "paper",
                "x": 0,
                "y": -0.02,
                "xanchor": "left",
                "yanchor": "top",
                "align": "left",
                "showarrow": False,
                "font": {"size": 9.2, "color": "#5a6072"},
            }
        ],
    }


PEERS = {"matplotlib": Matplotlib, "plotly": Plotly}

if __name__ == "__main__":
    _peer = PEERS[sys.argv[1]](Path(sys.argv[3]))
    Path(sys.argv[4]).write_bytes(_peer.draw(sys.argv[2]))
    _peer.close()
