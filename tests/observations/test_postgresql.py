"""Figures in a table of a real PostgreSQL are those of the yearly files, followed as they are."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import psycopg
import pytest
from postgresql_server import PostgresqlServer

from atlas.observations import postgresql
from atlas.observations.checks import ROW_COLUMNS, KnownKeys
from atlas.observations.postgresql import CONNECTION_VARIABLE, PostgresqlTable
from atlas.observations.reading import read_year
from atlas.observations.registry import OBSERVATION_SOURCES
from atlas.observations.source import SourceUnreachableError
from atlas.project import Project

long = pytest.mark.long
ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
YEARS = sorted(path.stem for path in DATA.glob("2*.csv"))
SHIPPED = (ROOT / "deploy/postgresql/observations.sql").read_text("utf-8")


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresqlServer]:
    made = PostgresqlServer()
    made.start()
    yield made
    made.stop()
    made.remove()


@pytest.fixture
def execute(server: PostgresqlServer) -> Iterator[Callable[..., list[tuple[object, ...]]]]:
    """Runs statements on a database that holds the published rows, as its owner."""
    with psycopg.connect(server.connection, autocommit=True) as connection:
        connection.execute("drop schema public cascade; create schema public")
        connection.execute(SHIPPED)
        for year in YEARS:
            copied = f"copy observations ({names()}) from stdin (format csv, header)"
            with connection.cursor().copy(copied) as copy:
                copy.write((DATA / f"{year}.csv").read_bytes())

        def run(statement: str) -> list[tuple[object, ...]]:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

        yield run


@pytest.fixture
def table(
    server: PostgresqlServer, execute: object, monkeypatch: pytest.MonkeyPatch
) -> PostgresqlTable:
    """The source, on that database, which looks each time that it is asked."""
    monkeypatch.setenv(CONNECTION_VARIABLE, server.connection)
    monkeypatch.setattr(postgresql, "SECONDS_BETWEEN_LOOKS", 0)
    return PostgresqlTable()


@pytest.fixture
def base(
    copy_of_project: Path,
    edit: Callable[[str, str, str], None],
    table: PostgresqlTable,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """The project without its yearly files, which reads that database."""
    for year in YEARS:
        (copy_of_project / f"data/{year}.csv").unlink()
    monkeypatch.setitem(OBSERVATION_SOURCES, "postgresql", table)
    edit("config.yaml", "\ndisplay:", "\nobservations: postgresql\n\ndisplay:")
    return copy_of_project


def names() -> str:
    """The columns, as the files of data/ name them."""
    with (DATA / f"{YEARS[-1]}.csv").open(encoding="utf-8", newline="") as file:
        return ", ".join(f'"{column}"' for column in next(csv.reader(file)))


def test_the_table_has_the_columns_of_the_contract(execute: Callable[..., list[object]]) -> None:
    found = execute(
        "select column_name from information_schema.columns "
        "where table_name = 'observations' order by ordinal_position"
    )
    assert found == [("id",), *((column,) for column in ROW_COLUMNS)]


def test_each_year_is_the_frame_of_its_file(table: PostgresqlTable, known_keys: KnownKeys) -> None:
    versions = table.versions(DATA)
    assert list(versions) == [f"postgresql/{year}" for year in YEARS]
    for year in YEARS:
        found, problems = table.read(DATA, f"postgresql/{year}", known_keys)
        known, _ = read_year(DATA / f"{year}.csv", f"data/{year}.csv", known_keys)
        assert not problems and found is not None and known is not None
        pd.testing.assert_frame_equal(found, known)


def test_the_figures_of_a_project_are_those_of_its_files(base: Path, project: Project) -> None:
    found, known = Project(base).dataset(), project.dataset()
    assert found and known
    pd.testing.assert_frame_equal(found.observations, known.observations)


@pytest.mark.parametrize(
    "statement",
    [
        "update observations set value = '31.5' where id = 1",
        pytest.param("delete from observations where id = 1", marks=long),
        pytest.param(
            "insert into observations (territory, indicator, period, value, source) "
            "select territory, indicator, '2024-06', '12.5', source from observations where id = 1",
            marks=long,
        ),
    ],
)
def test_a_change_is_followed(
    base: Path, execute: Callable[..., list[object]], statement: str
) -> None:
    place = Project(base)
    before = place.dataset()
    assert before and place.dataset() is before
    execute(statement)
    after = place.dataset()
    assert after and after.version != before.version and not place.problems()


def test_nothing_is_read_again_while_nothing_changes(
    table: PostgresqlTable, known_keys: KnownKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = table.versions(DATA)
    for name in first:
        table.read(DATA, name, known_keys)
    monkeypatch.setattr(postgresql, "_rows_of", None)
    assert table.versions(DATA) == first


def test_years_that_change_together_are_seen_together(
    table: PostgresqlTable, known_keys: KnownKeys, execute: Callable[..., list[object]]
) -> None:
    names_of_years = list(table.versions(DATA))
    execute("update observations set note = note || ' (relu)'")
    frames = [table.read(DATA, name, known_keys)[0] for name in names_of_years]
    assert not any(frame["note"].str.contains("relu").any() for frame in frames)
    table.versions(DATA)
    frames = [table.read(DATA, name, known_keys)[0] for name in names_of_years]
    assert all(frame["note"].str.contains("relu").any() for frame in frames)


@long
def test_a_wrong_row_leaves_the_last_good_version_and_is_named(
    base: Path, execute: Callable[..., list[object]]
) -> None:
    place = Project(base)
    before = place.dataset()
    year, where = execute(
        "select left(period, 4), (select count(*) from observations as former "
        "where left(former.period, 4) = left(one.period, 4) and former.id <= one.id) "
        "from observations as one where id = 1"
    )[0]
    execute("update observations set territory = 'REG-99' where id = 1")
    after = place.dataset()
    assert before and after and after.version == before.version
    problems = [p for p in place.problems() if "REG-99" in p.message]
    assert [(p.file, p.line) for p in problems] == [(f"postgresql/{year}", where)]


@long
def test_a_database_that_stops_leaves_what_was_read_and_is_followed_when_it_is_back(
    base: Path, server: PostgresqlServer, execute: Callable[..., list[object]]
) -> None:
    place = Project(base)
    before = place.dataset()
    server.stop()
    try:
        assert before and place.dataset().version == before.version
        (problem,) = place.problems()
        assert "PostgreSQL ne répond pas" in problem.message
        assert str(server.folder) not in problem.message + problem.cure
    finally:
        server.start()
    assert place.dataset().version == before.version and not place.problems()


def test_where_to_connect_is_told_by_the_environment_alone(
    table: PostgresqlTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(CONNECTION_VARIABLE)
    with pytest.raises(SourceUnreachableError) as refused:
        table.versions(DATA)
    assert CONNECTION_VARIABLE in refused.value.problem.message


@long
def test_an_account_that_may_only_read_is_enough(
    table: PostgresqlTable,
    server: PostgresqlServer,
    execute: Callable[..., list[object]],
    known_keys: KnownKeys,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (grant,) = [line[3:] for line in SHIPPED.splitlines() if line.startswith("-- grant")]
    execute("drop role if exists atlas")
    execute("create role atlas login")
    execute("grant usage on schema public to atlas")
    execute(grant)
    monkeypatch.setenv(
        CONNECTION_VARIABLE, server.connection.replace("user=postgres", "user=atlas")
    )
    (name, *_) = table.versions(DATA)
    frame, problems = table.read(DATA, name, known_keys)
    assert not problems and len(frame) > 0
    execute("drop owned by atlas; drop role atlas")
