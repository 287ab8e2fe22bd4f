"""Milestones on a curve: on demand, above the lines, said in the note."""

from __future__ import annotations

from made_once import cached_figure

from atlas.figures.common.context import FigureContext
from atlas.figures.common.milestone_rules import ROW_PX, band_height
from atlas.figures.curve.request import CurveRequest
from atlas.publications.dossier_blocks import block_request
from atlas.settings.dossiers import CurveBlock

PLAIN = CurveRequest(indicator="activated_profiles")
MARKED = PLAIN.with_fields(milestones="oui")


def test_the_milestones_of_the_years_shown_stand_on_a_curve_that_asks_for_them(
    context: FigureContext,
) -> None:
    plain, marked = cached_figure(context, PLAIN), cached_figure(context, MARKED)
    assert plain is not None and marked is not None
    assert "L’ouverture à tous" not in str(plain.spec)
    said = marked.note.replace("\u00a0", " ")
    assert "2022, « L’ouverture à tous »" in said and "Jalons" not in plain.note
    # 2021 is before the first point, and 2027 after the last one.
    assert "Les débuts" not in str(marked.spec) and "2027" not in marked.note
    assert marked.key != plain.key and marked.digest == plain.digest


def test_names_of_milestones_have_a_row_each_above_every_label_of_a_line(
    context: FigureContext,
) -> None:
    marked = cached_figure(context, MARKED)
    assert marked is not None
    layers = marked.spec["layer"]
    names = [
        layer["encoding"]["y"]["value"]
        for layer in layers
        if layer["mark"]["type"] == "text" and "expr" in str(layer["encoding"]["text"])
    ]
    rows = sorted(set(names))
    assert len(rows) == 5 and all(b - a >= ROW_PX for a, b in zip(rows, rows[1:], strict=False))
    ranges = [
        layer["encoding"]["y"]["scale"]["range"]
        for layer in layers
        if "scale" in layer["encoding"].get("y", {})
    ]
    assert ranges and all(top == band_height(5) > rows[-1] + ROW_PX / 2 for _, top in ranges)


def test_a_dossier_asks_for_milestones(context: FigureContext) -> None:
    block = CurveBlock(kind="curve", indicator="activated_profiles", milestones=True)
    dossier = next(iter(context.settings.dossiers.values()))
    request = block_request(context, dossier, block)
    assert isinstance(request, CurveRequest) and request.milestones == "oui"
