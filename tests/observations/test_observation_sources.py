"""Observations that do not come from yearly files: the tables of a database."""

from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import pytest

from atlas.observations.checks import ROW_COLUMNS
from atlas.observations.reading import check_rows
from atlas.observations.registry import OBSERVATION_SOURCES
from atlas.project import Project

WORD = "base_de_donnees"


class Database:
    """One table of the columns of the contract, in a database of the folder."""

    def versions(self, folder: Path):
        with sqlite3.connect(folder / "figures.db") as database:
            version = database.execute("select count(*), sum(value) from figures").fetchone()
        return {"figures.db": version}

    def read(self, folder: Path, name: str, known_keys):
        with sqlite3.connect(folder / name) as database:
            columns = ", ".join(ROW_COLUMNS)
            rows = database.execute(f"select rowid, {columns} from figures").fetchall()
        return check_rows(rows, name, known_keys)


@pytest.fixture
def base(copy_of_project: Path, edit, monkeypatch) -> Path:
    """The project with its rows moved to a database."""
    monkeypatch.setitem(OBSERVATION_SOURCES, WORD, Database())
    data = copy_of_project / "data"
    with sqlite3.connect(data / "figures.db") as database:
        columns = ", ".join(f"{column} text" for column in ROW_COLUMNS)
        database.execute(f"create table figures ({columns})")
        for path in sorted(data.glob("20*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))[1:]
            marks = ", ".join("?" * len(ROW_COLUMNS))
            database.executemany(f"insert into figures values ({marks})", rows)
            path.unlink()
    edit("config.yaml", "\ndisplay:", f"\nobservations: {WORD}\n\ndisplay:")
    return copy_of_project


def change(base: Path, statement: str) -> None:
    with sqlite3.connect(base / "data/figures.db") as database:
        database.execute(statement)


def test_the_rows_of_a_database_make_the_same_data_set(base, project):
    place = Project(base)
    found, known = place.dataset(), project.dataset()
    assert not place.problems()
    assert len(found.published) == len(known.published)
    assert found.observations["value"].sum() == pytest.approx(known.observations["value"].sum())


def test_a_changed_row_is_followed_and_a_wrong_one_leaves_the_last_good_version(base):
    place = Project(base)
    before = place.dataset()
    change(base, "update figures set value = '99.5' where rowid = 1")
    after = place.dataset()
    assert after.version != before.version
    change(base, "update figures set territory = 'REG-99', value = '98.5' where rowid = 1")
    assert place.dataset().version == after.version
    (problem,) = place.problems()
    assert problem.file == "figures.db" and "REG-99" in problem.message


def test_a_place_that_is_not_known_is_named_with_those_that_are(copy_of_project, edit):
    edit("config.yaml", "\ndisplay:", "\nobservations: nuage\n\ndisplay:")
    place = Project(copy_of_project)
    assert place.dataset().observations.empty
    (problem,) = place.problems()
    assert problem.file == "config.yaml" and "« nuage »" in problem.message
    assert "yearly_files" in problem.cure
