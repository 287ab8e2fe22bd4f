"""Yearly files that disappear or lose rows are said, until they are back or accepted."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from atlas.cli import app
from atlas.importing.history import undo_last_import
from atlas.importing.records import ImportedRow
from atlas.importing.writing import write_rows
from atlas.project import Project
from atlas.store.journal import HISTORY_FOLDER
from atlas.store.store import MANIFEST_FILE

ROW = ImportedRow(
    "DEP-2A", "activation_rate", "", "2024-12", "40.0", "", "", "", "egora-202601", "", "", "C4"
)


@pytest.fixture
def server(copy_of_project: Path) -> Project:
    """It has seen the files as they are shipped."""
    running = Project(copy_of_project)
    assert running.dataset() and running.warnings() == running.problems() == []
    return running


def cut_at_a_line_end(path: Path, lines: int = 2) -> None:
    kept = path.read_bytes().splitlines(keepends=True)[:-lines]
    path.write_bytes(b"".join(kept))


def warned(project: Project) -> dict[str, str]:
    project.dataset()
    assert project.problems() == []
    return {warning.file: warning.message for warning in project.warnings()}


def test_a_file_that_disappears_is_said_by_the_server_and_by_the_next_one(server, copy_of_project):
    path = copy_of_project / "data/2024.csv"
    content = path.read_bytes()
    path.unlink()
    for project in (server, Project(copy_of_project)):
        assert list(warned(project)) == ["data/2024.csv"]
        assert "n’est plus là" in warned(project)["data/2024.csv"]
    path.write_bytes(content)
    assert warned(server) == warned(Project(copy_of_project)) == {}


def test_a_file_cut_at_the_end_of_a_line_is_said(server, copy_of_project):
    path = copy_of_project / "data/2023.csv"
    rows = len(path.read_bytes().splitlines()) - 1
    cut_at_a_line_end(path)
    assert f"a {rows - 2} lignes, contre {rows}" in warned(server)["data/2023.csv"]
    cut_at_a_line_end(path)  # worse: the last good state is still the first one
    assert f"a {rows - 4} lignes, contre {rows}" in warned(server)["data/2023.csv"]


def test_more_rows_and_other_ones_are_said_by_nobody(server, edit):
    """An update through git, a file that somebody completes."""
    edit(
        "data/2025.csv",
        "REG-94,activation_rate,,2025-12,30.6,",
        "REG-94,activation_rate,,2025-12,30.7,",
    )
    assert warned(server) == {}
    edit("data/2025.csv", "\n", "\nDEP-2A,activation_rate,,2025-12,40.0,,,,egora-202601,,,,,,\n")
    assert warned(server) == {}


def test_taking_an_import_back_is_no_loss(server, copy_of_project):
    keys = server.known_keys()
    assert keys and write_rows(copy_of_project / "data", [ROW], keys).added == 1
    assert warned(server) == {}
    assert undo_last_import(copy_of_project / "data").files == ("2024.csv",)
    assert warned(server) == warned(Project(copy_of_project)) == {}


def test_what_is_missing_can_be_accepted(server, copy_of_project):
    (copy_of_project / "data/2027.csv").unlink()  # years without a verdict on a finding
    cut_at_a_line_end(copy_of_project / "data/2021.csv")
    option = ["--project", str(copy_of_project)]
    told = CliRunner().invoke(app, ["check-files", *option])
    assert told.exit_code == 0 and "avertissement, le fichier n’est plus là" in told.output
    assert "avertissements : 2" in told.output
    accepted = CliRunner().invoke(app, ["accept-data", *option])
    assert accepted.exit_code == 0 and "data/2021.csv, data/2027.csv" in accepted.output
    assert warned(server) == warned(Project(copy_of_project)) == {}
    assert "Aucun problème" in CliRunner().invoke(app, ["check-files", *option]).output


@pytest.mark.parametrize(
    "content",
    [
        b"",
        *(
            pytest.param(content, marks=pytest.mark.long)
            for content in (b"[", b'{"files": {"../x": {}}}', b"\xff" * 9)
        ),
    ],
)
def test_a_damaged_manifest_is_made_again(server, copy_of_project, content):
    manifest = copy_of_project / "data" / HISTORY_FOLDER / MANIFEST_FILE
    assert manifest.read_bytes()
    manifest.write_bytes(content)
    assert warned(Project(copy_of_project)) == {}
    assert b'"rows"' in manifest.read_bytes()


def test_a_refused_file_is_a_problem_and_no_loss(server, edit):
    edit("data/2024.csv", "activation_rate", "activation_rat")
    server.dataset()
    assert {problem.file for problem in server.problems()} == {"data/2024.csv"}
    assert server.warnings() == []
