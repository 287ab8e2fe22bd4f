"""geo/departements.geojson → checked, prepared, and found again."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import shapely
from geo_cases import IGN, ROOT, SHIPPED, by_code, collection, decoded, square, squares, tables

from atlas.geometry import Shapes, ensure_prepared, read_departements
from atlas.geometry.marks import hatch, spread
from atlas.problems import Problem

TABLES = tables()
NAMES = dict(TABLES.departements)
AREAS = ("departements", "regions", "caisses", "zoom_departements", "zoom_caisses", "context")
Features = dict[str, dict[str, Any]]


@pytest.fixture
def features() -> Features:
    return squares(list(NAMES))


def read(folder: Path, text: str | bytes) -> tuple[Any, list[Problem]]:
    file = folder / "d.geojson"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_departements(Path("d.geojson"), base=folder, expected=NAMES)


# --- a file that is accepted ---------------------------------------------------------------------


@pytest.mark.parametrize("key", ["code", "code_insee", "INSEE_DEP", "CODE_DEPT", "dep"])
def test_the_code_is_read_under_the_names_that_publishers_give_it(
    tmp_path: Path, features: Features, key: str
) -> None:
    for code, feature in features.items():
        feature["properties"] = {"id": "DEPARTEM_1", key: code}
    departements, problems = read(tmp_path, collection(features))
    assert problems == []
    assert list(departements.code) == list(NAMES)


def test_names_and_order_are_ours_whatever_the_file_says(
    tmp_path: Path, features: Features
) -> None:
    features["2A"]["properties"]["nom"] = "CORSE DU SUD"
    departements, _ = read(tmp_path, collection(dict(reversed(features.items()))))
    assert dict(zip(departements.code, departements.name, strict=True)) == NAMES


def test_heights_and_a_byte_order_mark_are_of_no_matter(tmp_path: Path, features: Features) -> None:
    ring = features["33"]["geometry"]["coordinates"][0]
    features["33"]["geometry"]["coordinates"] = [[(*point, 12.0) for point in ring]]
    departements, problems = read(tmp_path, b"\xef\xbb\xbf" + collection(features).encode())
    assert problems == []
    assert not shapely.has_z(departements.geometry.values).any()


def test_a_loop_too_small_to_be_seen_is_mended(tmp_path: Path, features: Features) -> None:
    x, y = features["33"]["geometry"]["coordinates"][0][0]
    loop = [(x + 0.1, y), (x + 0.100_01, y - 0.000_01), (x + 0.1, y - 0.000_01), (x + 0.100_01, y)]
    features["33"]["geometry"]["coordinates"][0][1:1] = loop
    departements, problems = read(tmp_path, collection(features))
    assert problems == []
    assert departements.geometry.is_valid.all()


def test_slivers_between_neighbours_are_closed(tmp_path: Path, features: Features) -> None:
    x, y = features["33"]["geometry"]["coordinates"][0][0]
    features["33"]["geometry"] = square(x + 0.001, y - 0.0005)
    departements, problems = read(tmp_path, collection(features))
    assert problems == []
    assert shapely.coverage_is_valid(departements.geometry.values)
    mainland = departements[~departements.code.str.startswith("97")].geometry
    assert not any(part.interiors for part in shapely.get_parts([mainland.union_all()]))


@pytest.mark.parametrize(
    "crs", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"]
)
def test_a_file_may_say_that_it_is_in_wgs84(tmp_path: Path, features: Features, crs: str) -> None:
    _, problems = read(tmp_path, collection(features, crs={"properties": {"name": crs}}))
    assert problems == []


# --- a file that is refused: the sentence names what is wrong ------------------------------------


def spoil_geometry(code: str, **geometry: Any) -> Any:
    def spoil(features: Features) -> None:
        features[code]["geometry"] = geometry or None

    return spoil


def spoil_code(code: str, written: Any) -> Any:
    def spoil(features: Features) -> None:
        features[code]["properties"]["code"] = written

    return spoil


def lose(*codes: str) -> Any:
    def spoil(features: Features) -> None:
        for code in codes:
            del features[code]

    return spoil


def repeat(code: str) -> Any:
    def spoil(features: Features) -> None:
        features["again"] = features[code]

    return spoil


BOW = [(2, 46), (2.2, 46.2), (2.2, 46), (2, 46.2), (2, 46)]
REFUSED = {
    "lost départements": (lose("40", "33"), "il manque 2 départements : Gironde (33), Landes (40)"),
    "one lost": (lose("2A"), "il manque 1 département : Corse-du-Sud (2A)"),
    "lost zero": (spoil_code("01", "1"), "1 code sans zéro initial : « 1 » au lieu de « 01 »"),
    "a number": (spoil_code("01", 1), "« 1 » au lieu de « 01 »"),
    "unknown": (spoil_code("75", "ZZ"), "1 code inconnu : « ZZ »"),
    "missing with the unknown": (spoil_code("75", "ZZ"), "il manque 1 département : Paris (75)"),
    "twice": (repeat("33"), "1 code en double : Gironde (33) × 2"),
    "nameless": (spoil_code("01", None), "1 entité sans code : entité n° 1"),
    "no geometry": (spoil_geometry("33"), "contour absent ou vide : Gironde (33)"),
    "empty": (
        spoil_geometry("33", type="Polygon", coordinates=[]),
        "contour absent ou vide : Gironde (33)",
    ),
    "a point": (
        spoil_geometry("33", type="Point", coordinates=[2, 46]),
        "ce n’est pas une surface (point ou ligne) : Gironde (33)",
    ),
    "words": (
        spoil_geometry("33", type="Polygon", coordinates="nord"),
        "contour illisible : Gironde (33)",
    ),
    "crossing": (
        spoil_geometry("33", type="Polygon", coordinates=[BOW]),
        "contour qui se recoupe : Gironde (33)",
    ),
    "metres": (
        spoil_geometry("33", **square(420_000, 6_400_000, 9_000)),
        "coordonnées projetées, attendu longitude/latitude WGS84 : Gironde (33)",
    ),
    "swapped": (
        spoil_geometry("33", **square(46, 2)),
        "longitude et latitude interverties : Gironde (33)",
    ),
    "elsewhere": (
        spoil_geometry("33", **square(-70, 45)),
        "contour loin de l’endroit où se trouve le département : Gironde (33)",
    ),
    "overseas at home": (
        spoil_geometry("974", **square(2, 48)),
        "contour loin de l’endroit où se trouve le département : La Réunion",
    ),
    "one over another": (spoil_geometry("01", **square(1.3, 45)), "des départements se recouvrent"),
}


@pytest.mark.parametrize(("spoil", "sentence"), REFUSED.values(), ids=REFUSED)
def test_wrong_départements_are_named(
    tmp_path: Path, features: Features, spoil: Any, sentence: str
) -> None:
    spoil(features)
    departements, problems = read(tmp_path, collection(features))
    assert departements is None
    assert sentence in " / ".join(problem.message for problem in problems)
    assert all(problem.file == "d.geojson" and problem.cure for problem in problems)


def test_everything_wrong_is_said_at_once(tmp_path: Path, features: Features) -> None:
    lose("40", "33")(features)
    repeat("64")(features)
    spoil_code("01", "1")(features)
    spoil_code("75", "ZZ")(features)
    spoil_geometry("59", type="Polygon", coordinates=[BOW])(features)
    _, problems = read(tmp_path, collection(features))
    assert [problem.message for problem in problems] == [
        "il manque 3 départements : Gironde (33), Landes (40), Paris (75)",
        "1 code sans zéro initial : « 1 » au lieu de « 01 »",
        "1 code inconnu : « ZZ »",
        "1 code en double : Pyrénées-Atlantiques (64) × 2",
        "contour qui se recoupe : Nord (59)",
    ]


def test_a_long_list_is_cut_and_counted(tmp_path: Path, features: Features) -> None:
    lose(*[code for code in NAMES if code != "01"])(features)
    _, problems = read(tmp_path, collection(features))
    assert problems[0].message.startswith("il manque 100 départements : Aisne (02)")
    assert problems[0].message.endswith(" et 90 autres")


ONE = '{"type": "FeatureCollection", "features": [%s]}'
UNREADABLE = {
    "empty": ("", "le fichier est vide", None),
    "cut short": ('{"type":\n"FeatureCollection",\n"features": [', "JSON complet", 3),
    "not a collection": ('{"type": "Topology"}', "FeatureCollection", None),
    "a list": ("[1]", "FeatureCollection", None),
    "no feature": (ONE % "", "ne contient aucun contour", None),
    "no code": (ONE % '{"properties": {"nom": "Ain", "x": 1}}', "trouvées : nom, x", None),
    "no properties": (ONE % "null", "trouvées : aucune", None),
    "communes": (ONE % ",".join(["{}"] * 2001), "2001 entités", None),
    "latin-1": ('{\n"nom": "Isère"}'.encode("latin-1"), "UTF-8", 2),
    "not a number": (ONE % '{"geometry": {"coordinates": [NaN]}}', "NaN", None),
    "a well of brackets": ("[" * 200_000, "trop de niveaux", None),
    "Lambert-93": (
        '{"type": "FeatureCollection", "features": [1], "crs": {"type": "name", '
        '"properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}}',
        "« urn:ogc:def:crs:EPSG::2154 », attendu longitude/latitude WGS84",
        None,
    ),
}


@pytest.mark.parametrize(("text", "sentence", "line"), UNREADABLE.values(), ids=UNREADABLE)
def test_an_unreadable_file_is_refused_with_its_line(
    tmp_path: Path, text: str | bytes, sentence: str, line: int | None
) -> None:
    departements, problems = read(tmp_path, text)
    assert departements is None
    assert [sentence in problem.message for problem in problems] == [True]
    assert problems[0].line == line


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("../secret.geojson", "ce n’est pas un fichier du dossier"),
        ("/etc/passwd", "ce n’est pas un fichier du dossier"),
        ("http://example.org/d.geojson", "ce n’est pas un fichier du dossier"),
        ("CSV:d.geojson", "ce n’est pas un fichier du dossier"),
        ("link.geojson", "ce n’est pas un fichier du dossier"),
        ("d.shp", "ce n’est pas un fichier .geojson ou .json"),
        ("absent.geojson", "le fichier est introuvable"),
    ],
)
def test_only_a_geojson_of_the_project_is_opened(tmp_path: Path, path: str, sentence: str) -> None:
    base = tmp_path / "project"
    base.mkdir()
    for file in (tmp_path / "secret.geojson", base / "d.shp", base / "CSV:d.geojson"):
        file.write_text(ONE % "{}")
    (base / "link.geojson").symlink_to(tmp_path / "secret.geojson")
    for written in (Path(path), base / path):
        _, problems = read_departements(written, base=base, expected=NAMES)
        assert [problem.message for problem in problems] == [
            sentence + " du tableau de bord" * ("dossier" in sentence)
        ]


def test_a_file_too_large_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "d.geojson").open("wb") as stream:
        stream.truncate(60_000_001)
    _, problems = read_departements(Path("d.geojson"), base=tmp_path, expected=NAMES)
    assert problems[0].message == "le fichier dépasse 60 Mo"


# --- what is drawn, from the outlines shipped and from a finer file ------------------------------


@pytest.fixture(scope="module", params=[SHIPPED, IGN], ids=["shipped", "IGN"])
def source(request: pytest.FixtureRequest) -> Path:
    file: Path = request.param
    if not file.exists():
        pytest.skip("the finer file is not part of the project")
    return file


@pytest.fixture(scope="module")
def shapes(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Shapes:
    made, problems = ensure_prepared(
        source,
        base=source.parent,
        tables=TABLES,
        credit="IGN",
        static_dir=tmp_path_factory.mktemp("static"),
    )
    assert made, problems
    assert made.credit == ("Natural Earth" if source == SHIPPED else "IGN")
    return made


@pytest.fixture(scope="module")
def france(shapes: Shapes) -> dict[str, Any]:
    return shapes.inline("FR")


def test_there_is_a_view_of_france_and_of_each_region(shapes: Shapes) -> None:
    assert set(shapes.views) == {"FR", *(f"REG-{code}" for code in TABLES.regions)}
    assert shapes.url("REG-75") == f"app/static/geo/{shapes.hash}/REG-75.json"


def test_every_territory_is_on_the_map_of_france(france: dict[str, Any]) -> None:
    assert set(by_code(france, "departements")) == {f"DEP-{code}" for code in NAMES}
    assert set(by_code(france, "regions")) == {f"REG-{code}" for code in TABLES.regions}
    drawn = {*by_code(france, "caisses"), *by_code(france, "caisse_points")}
    assert drawn == {f"CPAM-{code}" for code in TABLES.caisses}


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


@pytest.mark.parametrize("code", ["33", "75", "90", "2A", "29"])
def test_simplified_shapes_keep_their_area(source: Path, france: dict[str, Any], code: str) -> None:
    departements, _ = read_departements(source, base=source.parent, expected=NAMES)
    assert departements is not None
    true = departements.set_index("code").geometry.to_crs(2154).area[code]
    assert by_code(france, "departements")[f"DEP-{code}"].area == pytest.approx(true, rel=0.03)


def test_regions_are_their_départements_without_the_borders_inside(france: dict[str, Any]) -> None:
    departements, regions = by_code(france, "departements"), by_code(france, "regions")
    for code, region in regions.items():
        own = [departements[f"DEP-{d}"] for d in TABLES.departements_of(code[4:])]
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


@pytest.mark.parametrize("level", ["departements", "regions", "caisses"])
def test_hatching_covers_every_shape_and_stays_inside(shapes: Shapes, level: str) -> None:
    for view in ("FR", "REG-11", "REG-06"):
        topology = shapes.inline(view)
        zoom = {} if level == "regions" else by_code(topology, f"zoom_{level}")
        lines = by_code(topology, f"hatch_{level}")
        slack = 2 * topology["transform"]["scale"][0]
        for code, shape in by_code(topology, level).items():
            room = shapely.union_all([shape, *([zoom[code]] if code in zoom else [])])
            assert lines[code].length > 0
            assert lines[code].within(room.buffer(slack)), (view, code)
            assert all(lines[code].intersects(part) for part in (shape, zoom.get(code, shape)))


def test_labels_stand_inside_their_shapes_with_the_room_they_claim(shapes: Shapes) -> None:
    for view in ("FR", "REG-75", "REG-11", "REG-01"):
        topology = shapes.inline(view)
        drawn = {
            (kind, zoom): by_code(topology, f"{'zoom_' if zoom else ''}{kind}s")
            for kind in ("departement", "region", "caisse")
            for zoom in (False, True)
            if (kind, zoom) != ("region", True)
        }
        labels = decoded(topology, "labels")
        assert len(labels) == sum(map(len, drawn.values())) + len(
            by_code(topology, "caisse_points")
        )
        for label, _ in labels:
            shape = drawn[label["kind"], label.get("zoom", False)].get(label["code"])
            if shape is not None:
                point = shapely.Point(label["x"], label["y"])
                slack = 3 * topology["transform"]["scale"][0]
                assert point.within(shape)
                assert label["r"] <= point.distance(shape.boundary) + slack


def test_caisses_that_share_a_département_are_apart_inside_it(france: dict[str, Any]) -> None:
    departements, points = by_code(france, "departements"), decoded(france, "caisse_points")
    assert len(points) == 10
    for properties, point in points:
        assert point.within(departements[properties["departement"]])
        assert properties["r"] > 5_000
        for other, place in points:
            if other != properties:
                assert point.distance(place) >= properties["r"] + other["r"] - 2_000
    places = {properties["code"]: point for properties, point in points}
    assert places["CPAM-641"].x < places["CPAM-642"].x
    assert places["CPAM-763"].x < places["CPAM-764"].x
    assert places["CPAM-594"].y > places["CPAM-599"].y


def test_a_region_is_shown_among_its_neighbours(shapes: Shapes) -> None:
    topology, window = shapes.inline("REG-75"), shapely.box(*shapes.views["REG-75"].bounds)
    own, context = by_code(topology, "departements"), by_code(topology, "context")
    assert set(own) == {f"DEP-{code}" for code in TABLES.departements_of("75")}
    assert {"DEP-85", "DEP-32", "DEP-15"} <= set(context)
    assert not set(own) & set(context)
    assert all(piece.within(window.buffer(200)) for piece in context.values())
    assert all(shape.within(window) for shape in own.values())


@pytest.mark.parametrize(("view", "area"), [("REG-04", 2_500), ("REG-06", 375), ("REG-94", 8_700)])
def test_an_island_stands_alone_at_true_scale(shapes: Shapes, view: str, area: float) -> None:
    topology = shapes.inline(view)
    assert topology["objects"]["context"]["geometries"] == []
    drawn = sum(shape.area for shape in by_code(topology, "departements").values())
    assert drawn / 1e6 == pytest.approx(area, rel=0.12)


def test_the_files_stay_small(shapes: Shapes) -> None:
    sizes = {view: (shapes.folder / v.file).stat().st_size for view, v in shapes.views.items()}
    assert sizes["FR"] < (225_000 if shapes.credit == "Natural Earth" else 275_000)
    assert all(size < 80_000 for view, size in sizes.items() if view != "FR")


def test_a_shape_between_two_hatch_lines_gets_one_through_its_middle() -> None:
    speck = shapely.box(104, 2, 106, 4)
    assert hatch(speck, 100).length == pytest.approx(8**0.5)


def test_symbols_without_a_known_seat_take_the_room_left() -> None:
    (x1, _, r1), (x2, _, r2), (x3, _, r3) = spread(
        shapely.box(0, 0, 300, 100), [None, (10, 50), None]
    )
    assert len({round(x1, -1), round(x2, -1), round(x3, -1)}) == 3
    assert min(r1, r2, r3) > 30


# --- found again, replaced, refused --------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, features: Features) -> Path:
    (tmp_path / "d.geojson").write_text(collection(features))
    return tmp_path


def ensure(project: Path, credit: str = "IGN") -> tuple[Shapes | None, list[Problem]]:
    return ensure_prepared(
        Path("d.geojson"),
        base=project,
        static_dir=project / "static/geo",
        tables=TABLES,
        credit=credit,
    )


def folders(project: Path) -> list[str]:
    return sorted(folder.name for folder in (project / "static/geo").iterdir())


def test_shapes_are_prepared_once(project: Path) -> None:
    first, _ = ensure(project)
    assert first
    written = (first.folder / "FR.json").stat().st_mtime_ns
    assert ensure(project) == (first, [])
    assert (first.folder / "FR.json").stat().st_mtime_ns == written
    assert folders(project) == [first.hash]


def test_a_start_with_prepared_shapes_does_not_import_geopandas(project: Path) -> None:
    ensure(project)
    code = (
        "import sys; sys.path[:0] = sys.argv[2:]; from pathlib import Path\n"
        "from test_geometry import ensure; shapes, problems = ensure(Path(sys.argv[1]))\n"
        "assert shapes and not problems; print({'geopandas', 'pyproj'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, project, ROOT, ROOT / "tests"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "set()"


def test_a_bad_file_leaves_the_shapes_prepared_before(project: Path, features: Features) -> None:
    before, _ = ensure(project)
    lose("33")(features)
    (project / "d.geojson").write_text(collection(features))
    after, problems = ensure(project)
    assert [problem.message for problem in problems] == ["il manque 1 département : Gironde (33)"]
    assert after == before
    assert before and folders(project) == [before.hash]


def test_a_file_that_is_gone_leaves_them_too(project: Path) -> None:
    before, _ = ensure(project)
    (project / "d.geojson").unlink()
    after, problems = ensure(project)
    assert after == before
    assert problems[0].message == "le fichier est introuvable"


def test_a_bad_first_file_gives_no_shapes(project: Path) -> None:
    (project / "d.geojson").write_text("{")
    shapes, problems = ensure(project)
    assert shapes is None
    assert problems[0].line == 1
    assert not (project / "static/geo").exists()


def test_outlines_of_unknown_origin_are_refused(project: Path) -> None:
    shapes, problems = ensure(project, credit=" ")
    assert shapes is None
    assert problems[0].message == "l’origine de ces contours n’est pas indiquée"


def test_a_new_credit_is_shown(project: Path) -> None:
    credits = [
        shapes.credit for text in ("IGN", "IGN 2026") if (shapes := ensure(project, credit=text)[0])
    ]
    assert credits == ["IGN", "IGN 2026"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "REG-75.json").unlink(),
        lambda folder: (folder / "FR.json").write_text("{"),
        lambda folder: (folder / "manifest.json").write_text("[]"),
        lambda folder: (folder / "manifest.json").write_text('{"views": {"FR": {}}}'),
    ],
    ids=["a view lost", "a view cut", "no manifest", "half a manifest"],
)
def test_damaged_shapes_are_prepared_again(project: Path, damage: Any) -> None:
    first, _ = ensure(project)
    assert first
    damage(first.folder)
    assert ensure(project) == (first, [])
    assert first.inline("FR")["type"] == "Topology"
    assert folders(project) == [first.hash]


def test_the_three_last_preparations_are_kept(project: Path) -> None:
    made = []
    for rank in range(5):
        shapes, _ = ensure(project, credit=f"IGN {rank}")
        assert shapes
        os.utime(shapes.folder, (rank, rank))
        made.append(shapes.hash)
    assert folders(project) == sorted(made[2:])


def test_two_processes_may_prepare_at_once(project: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        both = pool.map(ensure, [project, project], chunksize=1)
    assert both[0] == both[1]
    assert both[0][0] and not both[0][1]
    assert folders(project) == [both[0][0].hash]


def test_a_folder_that_cannot_be_written_is_said(project: Path) -> None:
    (project / "static").write_text("a file where a folder should be")
    shapes, problems = ensure(project)
    assert shapes is None
    assert "n’ont pas pu être écrits dans geo" in problems[0].message


def test_shapes_that_defeat_the_engine_are_refused(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise shapely.errors.GEOSException("TopologyException")

    monkeypatch.setattr("atlas.geometry.preparing.prepare", fail)
    shapes, problems = ensure(project)
    assert shapes is None
    assert problems[0].message == "ces contours n’ont pas pu être simplifiés"
    assert folders(project) == []


def test_the_same_file_gives_the_same_bytes(project: Path) -> None:
    first, _ = ensure(project)
    assert first
    written = {file.name: file.read_bytes() for file in first.folder.iterdir()}
    shutil.rmtree(first.folder)
    again, _ = ensure(project)
    assert again
    assert {file.name: file.read_bytes() for file in again.folder.iterdir()} == written


def test_the_manifest_tells_what_was_prepared(project: Path) -> None:
    shapes, _ = ensure(project)
    assert shapes
    manifest = json.loads((shapes.folder / "manifest.json").read_text())
    assert (manifest["hash"], manifest["credit"]) == (shapes.hash, "IGN")
    assert manifest["views"]["FR"]["bounds"] == list(shapes.views["FR"].bounds)
