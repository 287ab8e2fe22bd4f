"""Frames that are kept between the starts of a process."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from atlas.observations import reading
from atlas.observations.prepared_frames import PREPARED_FOLDER
from atlas.observations.reading import read_year
from atlas.project import Project

ROOT = Path(__file__).parents[2]
YEAR = "data/2025.csv"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A folder with one year of the published figures."""
    (tmp_path / "data").mkdir()
    shutil.copy(ROOT / YEAR, tmp_path / YEAR)
    return tmp_path


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files whose rows are read and checked."""
    names: list[str] = []
    check_rows = reading.check_rows

    def noted(rows, name, known_keys, *, year=""):
        names.append(name)
        return check_rows(rows, name, known_keys, year=year)

    monkeypatch.setattr(reading, "check_rows", noted)
    return names


def read(folder: Path, project: Project):
    known_keys = project.known_keys()
    assert known_keys
    return read_year(folder / YEAR, YEAR, known_keys, project=folder)


def kept_file(folder: Path) -> Path:
    (found,) = (folder / PREPARED_FOLDER).iterdir()
    return found


def test_a_second_start_reads_no_row_and_finds_the_same(copied, project, parsed):
    made, _ = read(copied, project)
    kept, problems = read(copied, project)
    assert parsed == [YEAR] and problems == []
    assert_frame_equal(made, kept, check_exact=True, check_index_type="exact")


def test_every_shipped_year_comes_back_as_it_was_read(tmp_path, project):
    known_keys = project.known_keys()
    (tmp_path / "data").mkdir()
    for path in sorted((ROOT / "data").glob("2???.csv")):
        copy, name = tmp_path / "data" / path.name, f"data/{path.name}"
        shutil.copy(path, copy)
        made, kept = (read_year(copy, name, known_keys, project=tmp_path)[0] for _ in range(2))
        assert_frame_equal(made, kept, check_exact=True, check_index_type="exact")


def test_a_changed_number_is_read(copied, project, parsed):
    read(copied, project)
    path = copied / YEAR
    line = next(line for line in path.read_text("utf-8").splitlines() if ",30.6," in line)
    path.write_text(
        path.read_text("utf-8").replace(line, line.replace(",30.6,", ",30.7,")), "utf-8"
    )
    frame, _ = read(copied, project)
    assert parsed == [YEAR, YEAR] and 30.7 in set(frame["value"])


def test_a_refused_file_is_refused_again_and_nothing_is_kept(copied, project):
    path = copied / YEAR
    path.write_text(path.read_text("utf-8") + "nulle part\n", "utf-8")
    for _ in range(2):
        frame, problems = read(copied, project)
        assert frame is None and problems
    assert not (copied / PREPARED_FOLDER).exists()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
        lambda content: b"",
    ],
    ids=["cut", "one bit", "empty"],
)
def test_a_file_that_is_not_as_it_was_written_is_made_again(copied, project, parsed, spoil):
    made, _ = read(copied, project)
    kept_file(copied).write_bytes(spoil(kept_file(copied).read_bytes()))
    again, problems = read(copied, project)
    assert parsed == [YEAR, YEAR] and problems == []
    assert_frame_equal(made, again)
    read(copied, project)
    assert len(parsed) == 2


def test_other_settings_make_another_frame(copied, project, parsed):
    known_keys = project.known_keys()
    settings = known_keys.settings
    brand = settings.brand.model_copy(update={"title": "Un autre titre"})
    edited = replace(known_keys, settings=settings.model_copy(update={"brand": brand}))
    for keys in (known_keys, edited, edited):
        read_year(copied / YEAR, YEAR, keys, project=copied)
    assert parsed == [YEAR, YEAR]


def test_where_nothing_may_be_written_the_frame_is_made_each_time(copied, project, parsed):
    (copied / PREPARED_FOLDER).write_text("a file in the place of the folder", "utf-8")
    for _ in range(2):
        frame, problems = read(copied, project)
        assert frame is not None and problems == []
    assert parsed == [YEAR, YEAR]


def test_what_is_derived_is_kept_too(project, tmp_path, monkeypatch):
    known_keys, dataset = project.known_keys(), project.dataset()
    rows = dataset.observations.head(20)
    calls = []
    monkeypatch.setattr("atlas.project.derive", lambda *_: calls.append("derive") or rows)
    for name in ("data", "config", "geo"):
        (tmp_path / name).mkdir()
    other = Project(tmp_path)
    first, again = (
        other._derived_rows("data", known_keys, rows, b"the same rows") for _ in range(2)
    )
    other._derived_rows("data", known_keys, rows, b"other rows")
    assert calls == ["derive", "derive"]
    assert_frame_equal(first, again)
