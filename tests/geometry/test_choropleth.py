"""The map of France and of each région, from the outlines shipped."""

from __future__ import annotations

import gzip
import itertools
from typing import Any

import pytest
import shapely
from geo_cases import HIERARCHY, NAMES, SHIPPED, by_code
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from atlas.geometry import SHIPPED_CREDIT, Shapes, read_departements
from atlas.geometry.coverage import project
from atlas.geometry.insets import epsg_of

AREAS = ("departements", "regions", "caisses", "zoom_departements", "zoom_caisses")


def test_the_outlines_shipped_keep_their_credit_whatever_is_told(shapes: Shapes) -> None:
    assert shapes.credit == SHIPPED_CREDIT == "IGN, Admin Express"


def test_there_is_a_view_of_france_and_of_each_region(shapes: Shapes) -> None:
    assert set(shapes.views) == {"FR", *(f"REG-{code}" for code in HIERARCHY.regions)}
    assert shapes.url("REG-75") == f"app/static/geo/{shapes.hash}/REG-75.json"


def test_every_territory_is_on_the_map_of_france(france: dict[str, Any]) -> None:
    assert set(by_code(france, "departements")) == {f"DEP-{code}" for code in NAMES}
    assert set(by_code(france, "regions")) == {f"REG-{code}" for code in HIERARCHY.regions}
    drawn = {*by_code(france, "caisses"), *by_code(france, "caisse_points")}
    assert drawn == {f"CPAM-{code}" for code in HIERARCHY.caisses}


def test_every_shape_is_valid_and_neighbours_share_their_borders(shapes: Shapes) -> None:
    for view in shapes.views:
        topology = shapes.inline(view)
        for name in AREAS:
            drawn = list(by_code(topology, name).values())
            assert all(shape.is_valid and not shape.is_empty for shape in drawn), (view, name)
            assert not drawn or shapely.coverage_is_valid(drawn), (view, name)


def test_départements_leave_no_gap_and_no_overlap(france: dict[str, Any]) -> None:
    drawn = list(by_code(france, "departements").values())
    total = sum(shape.area for shape in drawn)
    assert shapely.union_all(drawn).area == pytest.approx(total, rel=1e-9)


@pytest.fixture(scope="module")
def true_shapes() -> dict[str, BaseGeometry]:
    """The mainland as the file has it, in Lambert-93."""
    departements, _ = read_departements(SHIPPED, base=SHIPPED.parent, expected=NAMES)
    assert departements is not None
    mainland = [code for code in NAMES if not code.startswith("97")]
    return project(departements, mainland, 2154)


@pytest.mark.parametrize("code", ["33", "75", "90", "2A", "29"])
def test_simplified_shapes_keep_their_area_and_place(
    true_shapes: dict[str, BaseGeometry], france: dict[str, Any], code: str
) -> None:
    true, drawn = true_shapes[code], by_code(france, "departements")[f"DEP-{code}"]
    assert drawn.area == pytest.approx(true.area, rel=0.03)
    assert drawn.intersection(true).area / drawn.union(true).area > 0.9


PLACES = {
    "Ouessant": ("REG-53", "DEP-29", -5.09, 48.46),
    "Belle-Île": ("REG-53", "DEP-56", -3.18, 47.33),
    "Yeu": ("REG-52", "DEP-85", -2.35, 46.71),
    "Ré": ("REG-75", "DEP-17", -1.37, 46.20),
    "Porquerolles": ("REG-93", "DEP-83", 6.21, 43.00),
    "Valréas, an enclave": ("REG-93", "DEP-84", 4.99, 44.385),
    "Marie-Galante": ("REG-01", "DEP-971", -61.27, 15.93),
    "Petite-Terre": ("REG-06", "DEP-976", 45.275, -12.79),
}


@pytest.mark.parametrize(("view", "code", "x", "y"), PLACES.values(), ids=PLACES)
def test_islands_and_enclaves_are_drawn_where_they_lie(
    shapes: Shapes, view: str, code: str, x: float, y: float
) -> None:
    to_plane = Transformer.from_crs(4326, epsg_of(code[4:]), always_xy=True)
    point = shapely.Point(to_plane.transform(x, y))
    drawn = by_code(shapes.inline(view), "departements")
    assert {name for name, shape in drawn.items() if shape.contains(point)} == {code}


def test_regions_are_their_départements_without_the_borders_inside(france: dict[str, Any]) -> None:
    departements, regions = by_code(france, "departements"), by_code(france, "regions")
    for code, region in regions.items():
        own = [departements[f"DEP-{d}"] for d in HIERARCHY.departements_of(code[4:])]
        assert region.symmetric_difference(shapely.union_all(own)).area == pytest.approx(0, abs=1)
    borders = by_code(france, "lines")["FR"]
    assert borders.length > 4_000_000
    assert max(borders.distance(regions[f"REG-{c}"]) for c in ("11", "75", "44")) == 0


def test_insets_lie_in_their_frames_off_the_mainland(
    shapes: Shapes, france: dict[str, Any]
) -> None:
    departements = by_code(france, "departements")
    frames = {code: line.envelope for code, line in by_code(france, "frames").items()}
    mainland = shapely.union_all([s for c, s in departements.items() if c not in frames])
    assert set(frames) == {"DEP-971", "DEP-972", "DEP-973", "DEP-974", "DEP-976", "ZOOM"}
    assert all(departements[code].within(frames[code]) for code in frames if code != "ZOOM")
    assert all(
        zoomed.within(frames["ZOOM"]) for zoomed in by_code(france, "zoom_departements").values()
    )
    assert all(frame.distance(mainland) > 10_000 for frame in frames.values())
    assert all(a.distance(b) > 5_000 for a in frames.values() for b in frames.values() if a != b)
    assert shapely.union_all([mainland, *frames.values()]).within(
        shapely.box(*shapes.views["FR"].bounds)
    )


@pytest.mark.parametrize("view", ["FR", "REG-11"])
def test_paris_and_its_ring_are_drawn_again_larger(shapes: Shapes, view: str) -> None:
    topology = shapes.inline(view)
    places, zoomed = by_code(topology, "departements"), by_code(topology, "zoom_departements")
    assert set(zoomed) == {"DEP-75", "DEP-92", "DEP-93", "DEP-94"}
    assert all(shape.area > 3 * places[code].area for code, shape in zoomed.items())
    assert set(by_code(topology, "zoom_caisses")) == {
        "CPAM-751",
        "CPAM-921",
        "CPAM-931",
        "CPAM-941",
    }


def test_a_region_is_shown_among_its_neighbours(shapes: Shapes) -> None:
    topology, window = shapes.inline("REG-75"), shapely.box(*shapes.views["REG-75"].bounds)
    own, context = by_code(topology, "departements"), by_code(topology, "context")
    assert set(own) == {f"DEP-{code}" for code in HIERARCHY.departements_of("75")}
    rings = [context[f"RING-{place}"] for place in range(len(context))]
    inner = shapely.union_all(list(own.values()))
    assert len(rings) == 6
    for wide, near in itertools.pairwise(rings):
        assert near.area < wide.area and near.within(wide.buffer(500))
    for ring in rings:
        assert ring.within(window.buffer(200))
        assert inner.difference(ring).area < 0.01 * inner.area
    assert all(shape.within(window) for shape in own.values())


@pytest.mark.parametrize(("view", "area"), [("REG-04", 2_504), ("REG-06", 374), ("REG-94", 8_680)])
def test_an_island_stands_alone_at_true_scale(shapes: Shapes, view: str, area: float) -> None:
    topology = shapes.inline(view)
    assert topology["objects"]["context"]["geometries"] == []
    drawn = sum(shape.area for shape in by_code(topology, "departements").values())
    assert drawn / 1e6 == pytest.approx(area, rel=0.025)


def test_what_is_sent_to_a_browser_stays_small(shapes: Shapes) -> None:
    sizes = {view: len(gzip.compress(shapes.file(view).read_bytes())) for view in shapes.views}
    assert sizes["FR"] < 47_000
    assert all(size < 17_000 for view, size in sizes.items() if view != "FR")
