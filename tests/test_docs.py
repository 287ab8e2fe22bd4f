"""What README, CONTRIBUTING and CHANGELOG say is true of the code as it is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from atlas.cli import app
from atlas.observations.checks import COLUMNS
from atlas.project import Project

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)


def test_the_two_commands_stand_in_the_first_screen_of_the_readme() -> None:
    first_screen = "\n".join(README.splitlines()[:25])
    assert "make run" in first_screen
    assert "make test" in first_screen


@pytest.mark.parametrize(
    "target", sorted(set(re.findall(r"make ([a-z]+)`", README + CONTRIBUTING)) | {"run", "test"})
)
def test_each_make_target_that_is_named_exists(target: str) -> None:
    assert target in TARGETS


@pytest.mark.parametrize(
    "path",
    sorted(
        set(
            re.findall(
                r"`((?:atlas|tests|tools|data|static|pages)/[\w./-]+|[\w.]+\.(?:yaml|py))`",
                README + CONTRIBUTING,
            )
        )
    ),
)
def test_each_file_that_is_named_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_readme_states_the_columns_of_the_contract() -> None:
    assert ",".join(COLUMNS) in README


def test_the_pictures_are_those_that_the_tool_takes() -> None:
    checked = subprocess.run(
        [sys.executable, "tools/screenshots.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


def test_the_changelog_counts_the_figures_and_sources_that_are_shipped() -> None:
    book = Project(ROOT).dataset()
    assert book is not None
    said = re.search(r"(\d+) figures of (\d+) sources", CHANGELOG)
    assert said is not None
    assert [int(n) for n in said.groups()] == [len(book.published), len(book.sources)]


@pytest.mark.parametrize(
    "command", ["figures", "check-files", "check", "coverage", "prepare", "export", "kit"]
)
def test_each_command_explains_itself_in_french(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert "Dossier du projet" in result.output


def test_the_figures_are_printed_with_the_columns_of_the_contract_and_derived() -> None:
    lines = CliRunner().invoke(app, ["figures", "--format", "csv"]).output.splitlines()
    assert lines[0] == ",".join((*COLUMNS, "derived"))
    mean = next(line for line in lines if line.startswith("DEP-64,activation_rate,,2025,37.25"))
    assert "Bayonne (39,0" in mean
    assert "FR,documents_deposited,,2025,420000000,over,40,2024" in "\n".join(lines)


def test_a_project_with_a_broken_file_fails_with_the_line_and_the_cure(
    copy_of_project: Path,
) -> None:
    (copy_of_project / "data/2021.csv").write_text(
        f"{','.join(COLUMNS)}\nFR,activation_rate,,2021,0.336,,,,egora-202601,,\n", "utf-8"
    )
    result = CliRunner().invoke(app, ["check-files", "--project", str(copy_of_project)])
    assert result.exit_code == 1
    assert "data/2021.csv:2" in result.output
    assert "Écrivez 33.6" in result.output
