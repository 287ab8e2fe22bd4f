"""Prepared outlines are found again, made anew when something changed, kept when a file is bad."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely
from geo_cases import HIERARCHY, NAMES, ROOT, Features, collection, square, squares

from atlas.geometry import Shapes, ensure_prepared
from atlas.problems import Problem


def ensure(
    base: Path, credit: str = "IGN", file: str = "d.geojson"
) -> tuple[Shapes | None, list[Problem]]:
    return ensure_prepared(
        Path(file),
        base=base,
        static_dir=base / "static/geo",
        hierarchy=HIERARCHY,
        credit=credit,
    )


def folders(base: Path) -> list[str]:
    return sorted(folder.name for folder in (base / "static/geo").iterdir())


@pytest.fixture(scope="session")
def squares_prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of squares whose shapes were prepared once; tests spoil copies of it."""
    folder = tmp_path_factory.mktemp("squares")
    (folder / "d.geojson").write_text(collection(squares(NAMES)))
    shapes, problems = ensure(folder)
    assert shapes and not problems
    return folder


@pytest.fixture
def prepared(squares_prepared: Path, tmp_path: Path) -> Path:
    """A project whose shapes are prepared."""
    folder = tmp_path / "prepared"
    shutil.copytree(squares_prepared, folder)
    return folder


@pytest.fixture
def squares_project(squares_prepared: Path, tmp_path: Path) -> Path:
    """A project whose shapes are still to be prepared."""
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copy2(squares_prepared / "d.geojson", folder)
    return folder


@pytest.fixture
def cheap_preparation(squares_prepared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shapes of the squares are copied rather than computed, under what is asked of them."""
    (made,) = (squares_prepared / "static/geo").iterdir()

    def copy(*_: Any, credit: str, identity: str, target: Path) -> None:
        shutil.copytree(made, target, dirs_exist_ok=True)
        manifest = json.loads((made / "manifest.json").read_text())
        text = json.dumps(manifest | {"credit": credit, "hash": identity})
        (target / "manifest.json").write_text(text)

    monkeypatch.setattr("atlas.geometry.preparation.write_prepared", copy)


def test_shapes_are_prepared_once(prepared: Path) -> None:
    first, _ = ensure(prepared)
    assert first
    written = (first.folder / "FR.json").stat().st_mtime_ns
    assert ensure(prepared) == (first, [])
    assert (first.folder / "FR.json").stat().st_mtime_ns == written
    assert folders(prepared) == [first.hash]


def test_a_start_with_prepared_shapes_does_not_import_geopandas(prepared: Path) -> None:
    ensure(prepared)
    code = (
        "import sys; sys.path[:0] = sys.argv[2:]; from pathlib import Path\n"
        "from test_cache import ensure; shapes, problems = ensure(Path(sys.argv[1]))\n"
        "assert shapes and not problems; print({'geopandas', 'pyproj'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, prepared, ROOT, ROOT / "tests/geometry"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "set()"


def test_a_bad_file_leaves_the_shapes_prepared_before(prepared: Path, features: Features) -> None:
    before, _ = ensure(prepared)
    del features["33"]
    (prepared / "d.geojson").write_text(collection(features))
    after, problems = ensure(prepared)
    assert [problem.message for problem in problems] == ["il manque 1 département : Gironde (33)"]
    assert after == before
    assert before and folders(prepared) == [before.hash]


def test_a_file_that_is_gone_leaves_them_too(prepared: Path) -> None:
    before, _ = ensure(prepared)
    (prepared / "d.geojson").unlink()
    after, problems = ensure(prepared)
    assert after == before
    assert problems[0].message == "le fichier est introuvable ou illisible"


def test_a_bad_first_file_gives_no_shapes(squares_project: Path) -> None:
    (squares_project / "d.geojson").write_text("{")
    shapes, problems = ensure(squares_project)
    assert shapes is None
    assert problems[0].line == 1
    assert list((squares_project / "static/geo").iterdir()) == []  # nothing is left of the attempt


def test_outlines_of_unknown_origin_are_refused(squares_project: Path) -> None:
    shapes, problems = ensure(squares_project, credit=" ")
    assert shapes is None
    assert problems[0].message == "l’origine de ces contours n’est pas indiquée"


def test_a_new_credit_is_shown(squares_project: Path, cheap_preparation: None) -> None:
    credits = [
        shapes.credit
        for text in ("IGN", "IGN 2026")
        if (shapes := ensure(squares_project, credit=text)[0])
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
def test_damaged_shapes_are_prepared_again(
    prepared: Path, damage: Any, cheap_preparation: None
) -> None:
    first, _ = ensure(prepared)
    assert first
    damage(first.folder)
    assert ensure(prepared) == (first, [])
    assert first.inline("FR")["type"] == "Topology"
    assert folders(prepared) == [first.hash]


def test_the_three_last_preparations_are_kept(
    squares_project: Path, cheap_preparation: None
) -> None:
    made = []
    for rank in range(5):
        shapes, _ = ensure(squares_project, credit=f"IGN {rank}")
        assert shapes
        os.utime(shapes.folder, (rank, rank))
        made.append(shapes.hash)
    assert folders(squares_project) == sorted(made[2:])


def test_two_processes_may_prepare_at_once(squares_project: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        both = pool.map(ensure, [squares_project, squares_project], chunksize=1)
    assert both[0] == both[1]
    assert both[0][0] and not both[0][1]
    assert folders(squares_project) == [both[0][0].hash]


def test_a_folder_that_cannot_be_written_is_said(squares_project: Path) -> None:
    (squares_project / "static").write_text("a file where a folder should be")
    shapes, problems = ensure(squares_project)
    assert shapes is None
    assert "n’ont pas pu être écrits dans geo" in problems[0].message


def test_shapes_that_defeat_the_engine_are_refused(
    squares_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise shapely.errors.GEOSException("TopologyException")

    monkeypatch.setattr("atlas.geometry.preparation.write_prepared", fail)
    shapes, problems = ensure(squares_project)
    assert shapes is None
    assert problems[0].message == "ces contours n’ont pas pu être simplifiés"
    assert folders(squares_project) == []


def test_the_same_file_gives_the_same_bytes(prepared: Path) -> None:
    first, _ = ensure(prepared)
    assert first
    written = {file.name: file.read_bytes() for file in first.folder.iterdir()}
    shutil.rmtree(first.folder)
    again, _ = ensure(prepared)
    assert again
    assert {file.name: file.read_bytes() for file in again.folder.iterdir()} == written


def test_the_manifest_tells_what_was_prepared(prepared: Path) -> None:
    shapes, _ = ensure(prepared)
    assert shapes
    manifest = json.loads((shapes.folder / "manifest.json").read_text())
    assert (manifest["hash"], manifest["credit"]) == (shapes.hash, "IGN")
    assert manifest["views"]["FR"]["bounds"] == list(shapes.views["FR"].bounds)


def test_what_was_left_out_is_said_at_each_start_under_the_name_of_the_file(
    squares_project: Path, features: Features, cheap_preparation: None
) -> None:
    features["978"] = {"properties": {"code": "978"}, "geometry": square(-63.1, 18)}
    (squares_project / "d.geojson").write_text(collection(features))
    first, said = ensure(squares_project)
    assert first
    assert [(problem.file, problem.message, problem.is_remark) for problem in said] == [
        (
            "d.geojson",
            "1 territoire hors des 101 départements, laissé de côté : Saint-Martin (978)",
            True,
        )
    ]
    assert ensure(squares_project) == (first, said)
    (squares_project / "d.geojson").rename(squares_project / "e.geojson")
    _, again = ensure(squares_project, file="e.geojson")
    assert again == [replace(said[0], file="e.geojson")]


def test_remarks_on_the_shapes_prepared_before_are_not_said_of_a_bad_file(
    squares_project: Path, features: Features, cheap_preparation: None
) -> None:
    features["978"] = {"properties": {"code": "978"}, "geometry": square(-63.1, 18)}
    (squares_project / "d.geojson").write_text(collection(features))
    before, _ = ensure(squares_project)
    (squares_project / "d.geojson").write_text("{")
    after, problems = ensure(squares_project)
    assert before and after == before
    assert [problem.is_remark for problem in problems] == [False]
