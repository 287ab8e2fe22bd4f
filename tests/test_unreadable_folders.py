"""Folders and files that are not what they should be: a problem in French, the last good state."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from atlas.project import Project


def by_a_file(path: Path) -> None:
    remove(path)
    path.write_bytes(b"x")


def by_a_dangling_link(path: Path) -> None:
    remove(path)
    path.symlink_to("nowhere")


def by_a_loop(path: Path) -> None:
    remove(path)
    path.symlink_to(path.name)


def by_a_folder(path: Path) -> None:
    remove(path)
    path.mkdir()


def remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


CASES = [
    ("data", remove),
    ("geo", by_a_loop),
]
RARER_CASES = [
    ("geo/departements.geojson", by_a_folder),
    ("data/2024.csv", by_a_loop),
    *((name, by_a_file) for name in ("data", "geo")),
    ("data", by_a_loop),
    ("geo", remove),
    ("geo/departements.geojson", by_a_dangling_link),
    ("data/2024.csv", by_a_folder),
    ("data/reviewed_findings.yaml", by_a_folder),
    ("data/sources.yaml", by_a_folder),
    ("config.yaml", by_a_loop),
    ("config", by_a_file),
    ("templates/logo.svg", by_a_loop),
]


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        *(pytest.param(*case, id=f"{case[0]} {case[1].__name__}") for case in CASES),
        *(
            pytest.param(*case, id=f"{case[0]} {case[1].__name__}", marks=pytest.mark.long)
            for case in RARER_CASES
        ),
    ],
)
def test_what_is_not_readable_any_more_is_said_and_what_was_read_stays(
    copy_of_project, name, spoil: Callable[[Path], None]
):
    server = Project(copy_of_project)
    before, shapes = server.dataset(), server.shapes()
    assert before and shapes and server.problems() == []
    spoil(copy_of_project / name)
    after = server.dataset()
    assert after is not None and after.version == before.version
    assert server.shapes() is not None
    assert server.problems(), name
    assert all("Traceback" not in problem.message for problem in server.problems())
    starting = Project(copy_of_project)  # with nothing to keep
    starting.dataset()
    starting.shapes()
    assert starting.problems()


def test_prepared_outlines_that_are_removed_are_made_again(copy_of_project):
    """`make clean` does it, under a server that runs."""
    server = Project(copy_of_project)
    shapes = server.shapes()
    assert shapes and shapes.are_on_disk()
    shutil.rmtree(copy_of_project / "static/geo")
    again = server.shapes()
    assert again and again.are_on_disk() and again.hash == shapes.hash
    assert server.problems() == [] and server.shapes() is again


@pytest.mark.long
def test_outlines_that_cannot_be_made_again_are_said(copy_of_project):
    server = Project(copy_of_project)
    assert server.shapes()
    by_a_file(copy_of_project / "static/geo")
    server.shapes()
    (problem,) = server.problems()
    assert problem.file == "geo/departements.geojson"
    assert "n’ont pas pu être écrits" in problem.message
    (copy_of_project / "static/geo").unlink()
    shapes = server.shapes()
    assert shapes and shapes.are_on_disk() and server.problems() == []
    shapes.file("FR").unlink()
    mended = server.shapes()
    assert mended and mended.are_on_disk()
