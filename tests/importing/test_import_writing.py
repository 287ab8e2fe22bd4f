"""What an import writes: all of it or nothing, beside what others write, and back again."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace
from pathlib import Path

import pytest

from atlas.importing.history import undo_last_import
from atlas.importing.records import ImportedRow
from atlas.importing.writing import write_rows
from atlas.observations.checks import COLUMNS, KnownKeys
from atlas.project import Project
from atlas.store.store import store_of_data

HEADER = (",".join(COLUMNS) + "\r\n").encode()
OLD = HEADER + b'FR,app_downloads,,2025-06,5000000,,,,egora-202601,,"a, b"\r\n'


def row(territory: str = "DEP-33", period: str = "2025", value: str = "40.0") -> ImportedRow:
    return ImportedRow(
        territory, "activation_rate", "", period, value, "", "", "", "egora-202601", "", "", "C4"
    )


def figures(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "2025.csv").write_bytes(OLD)
    return tmp_path


def test_rows_are_added_and_the_others_keep_their_bytes(folder, known_keys):
    written = write_rows(folder, [row(), row(period="2026-01")], known_keys)
    assert (written.files, written.added, written.problems) == (("2025.csv", "2026.csv"), 2, ())
    added = b"DEP-33,activation_rate,,2025,40.0,,,,egora-202601,,\r\n"
    assert figures(folder)["2025.csv"] == OLD + added
    assert figures(folder)["2026.csv"].startswith(",".join(COLUMNS).encode() + b"\nDEP-33,")


def test_a_row_added_after_a_last_line_without_its_end_is_on_a_line_of_its_own(folder, known_keys):
    (folder / "2025.csv").write_bytes(OLD.rstrip())
    assert write_rows(folder, [row()], known_keys).problems == ()
    assert figures(folder)["2025.csv"].splitlines()[-2:] == [
        OLD.splitlines()[-1],
        b"DEP-33,activation_rate,,2025,40.0,,,,egora-202601,,",
    ]


def test_the_same_import_twice_adds_nothing(folder, known_keys):
    write_rows(folder, [row()], known_keys)
    before = figures(folder)
    assert write_rows(folder, [row(value="40")], known_keys).added == 0
    assert figures(folder) == before


def test_a_row_that_contradicts_its_own_source_is_refused_with_the_others(folder, known_keys):
    write_rows(folder, [row()], known_keys)
    before = figures(folder)
    written = write_rows(folder, [row(value="41"), row("DEP-40"), row(period="2026")], known_keys)
    assert written.problems[0].where == "C4" and "40.0" in written.problems[0].message
    assert figures(folder) == before


def test_a_file_that_would_not_load_is_not_written(folder, known_keys):
    before = figures(folder)
    written = write_rows(folder, [row("DEP-99"), row(period="2026")], known_keys)
    assert written.problems and not written.files
    assert figures(folder) == before


def test_undo_puts_back_the_bytes_and_removes_what_was_not_there(folder, known_keys):
    before = figures(folder)
    write_rows(folder, [row(), row(period="2026")], known_keys)
    assert undo_last_import(folder).files == ("2025.csv", "2026.csv")
    assert figures(folder) == before
    assert undo_last_import(folder).problems[0].message == "aucun import à annuler"


def test_undo_goes_back_one_import_at_a_time(folder, known_keys):
    write_rows(folder, [row()], known_keys)
    between = figures(folder)
    write_rows(folder, [row("DEP-40")], known_keys)
    undo_last_import(folder)
    assert figures(folder) == between
    undo_last_import(folder)
    assert figures(folder)["2025.csv"] == OLD


def test_undo_refuses_to_lose_what_was_written_since(folder, known_keys):
    write_rows(folder, [row()], known_keys)
    path = folder / "2025.csv"
    path.write_bytes(path.read_bytes() + b"\r\n")
    after = figures(folder)
    assert "a changé" in undo_last_import(folder).problems[0].message
    assert figures(folder) == after


@pytest.mark.parametrize("steps", range(8))
def test_an_import_that_is_cut_leaves_the_old_data(folder, known_keys, monkeypatch, steps):
    """Cut at each renaming in turn, as by a power failure; the last ones come after the end."""
    before, real, left = figures(folder), Path.replace, [steps]

    def cut(path: Path, target: Path) -> Path:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return real(path, target)

    monkeypatch.setattr(Path, "replace", cut)
    try:
        write_rows(folder, [row(), row(period="2024"), row(period="2026")], known_keys)
    except KeyboardInterrupt:
        monkeypatch.undo()
        store_of_data(folder).recover()
        assert figures(folder) == before
    else:
        assert len(figures(folder)) == 3


def _import_some(folder: Path, base: Path, departements: list[str]) -> None:
    project = Project(base)
    known_keys = KnownKeys(project.settings, project.territories, project.dataset().sources)
    for code in departements:
        assert write_rows(folder, [row(code), row(code, "2026")], known_keys).added == 2


def test_two_people_who_import_at_once_lose_nothing(folder):
    base = Path(__file__).parents[2]
    codes = [f"DEP-{number}" for number in range(21, 61)]
    context = multiprocessing.get_context("spawn")
    people = [
        context.Process(target=_import_some, args=(folder, base, codes[i::2])) for i in range(2)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    for name in ("2025.csv", "2026.csv"):
        lines = figures(folder)[name].decode().splitlines()
        assert sorted(line[:6] for line in lines if line.startswith("DEP")) == codes


def test_a_cut_import_is_undone_when_the_project_is_opened(
    copy_of_project, known_keys, monkeypatch
):
    folder = copy_of_project / "data"
    before, real = figures(folder), Path.replace

    def cut(path: Path, target: Path) -> Path:
        if target.name == "2026.csv":
            raise KeyboardInterrupt
        return real(path, target)

    monkeypatch.setattr(Path, "replace", cut)
    with pytest.raises(KeyboardInterrupt):
        write_rows(folder, [row(), row(period="2026")], known_keys)
    monkeypatch.undo()
    assert figures(folder) != before
    Project(copy_of_project).dataset()
    assert figures(folder) == before


WIDE = HEADER.rstrip() + b",noun,window,status,printed\r\n"
KEPT = b"FR,app_downloads,,2025-06,5000000,,,,egora-202601,,,logiciels,12,assumed,cinq millions\r\n"
CHANGED = ImportedRow(
    *("FR", "app_downloads", "", "2025-06", "6000000", "", "", "", "egora-202601", "", "", "C4")
)


def test_an_import_into_a_file_with_the_optional_columns_loses_none_of_them(folder, known_keys):
    (folder / "2025.csv").write_bytes(WIDE + KEPT)
    assert write_rows(folder, [row()], known_keys).problems == ()
    added = b"DEP-33,activation_rate,,2025,40.0,,,,egora-202601,,,,,,\r\n"
    assert figures(folder)["2025.csv"] == WIDE + KEPT + added


def test_a_replaced_value_keeps_its_noun_and_window_and_not_its_printed_form(folder, known_keys):
    (folder / "2025.csv").write_bytes(WIDE + KEPT)
    assert write_rows(folder, [CHANGED], known_keys, replace=True).replaced == 1
    assert figures(folder)["2025.csv"].splitlines()[1] == (
        b"FR,app_downloads,,2025-06,6000000,,,,egora-202601,,,logiciels,12,assumed,"
    )


def test_a_row_that_fills_an_optional_column_gives_it_to_the_file(folder, known_keys):
    written = write_rows(folder, [replace(row(), window="12")], known_keys)
    assert (written.problems, written.added) == ((), 1)
    assert figures(folder)["2025.csv"].splitlines() == [
        HEADER.rstrip() + b",window",
        OLD.splitlines()[1] + b",",
        b"DEP-33,activation_rate,,2025,40.0,,,,egora-202601,,,12",
    ]
