"""The command that imports a file: its report, what it writes, what it refuses."""

from __future__ import annotations

from pathlib import Path

import import_cases as cases
import pytest
from typer.testing import CliRunner

from atlas.cli import app
from atlas.project import Project
from atlas.store.store import project_store

PROFILE = ["--profile", "caisses-nouvelle-aquitaine", "--source", "ars-nouvelle-aquitaine-2026"]


def figures(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}


def run(project: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["import", "--project", str(project), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, " ".join(result.output.split())


def test_nothing_is_written_until_the_report_is_accepted(copy_of_project, tmp_path):
    file = tmp_path / "annexe.csv"
    file.write_bytes(cases.csv_bytes(cases.annex()))
    before = figures(copy_of_project / "data")
    code, output = run(copy_of_project, str(file), *PROFILE)
    assert code == 0 and "13 lignes lues, 13 chiffres reconnus, 0 refus" in output
    assert "Nouveaux : 0 ; déjà là, identiques : 13" in output
    assert figures(copy_of_project / "data") == before
    assert project_store(copy_of_project).entries() == []


def test_a_profile_is_also_taken_under_the_former_name_of_its_option(copy_of_project, tmp_path):
    file = tmp_path / "annexe.csv"
    file.write_bytes(cases.csv_bytes(cases.annex()))
    former = ["--recipe", *PROFILE[1:]]
    assert run(copy_of_project, str(file), *former) == run(copy_of_project, str(file), *PROFILE)


def test_the_file_of_the_next_year_is_imported_then_undone(copy_of_project, tmp_path):
    file = tmp_path / "annexe.xlsx"
    file.write_bytes(cases.workbook(cases.annex()))
    before = figures(copy_of_project / "data")
    code, output = run(copy_of_project, str(file), *PROFILE, "--period", "2026", "--accept")
    assert code == 0 and "Écrit : 13 lignes ajoutées, 0 remplacées dans 2026.csv" in output, output
    assert Project(copy_of_project).dataset() and figures(copy_of_project / "data") != before
    assert run(copy_of_project, "--undo") == (0, "Import annulé : 2026.csv comme avant.")
    assert figures(copy_of_project / "data") == before


def test_a_file_without_a_profile_is_given_one_to_correct(copy_of_project, tmp_path):
    file = tmp_path / "annexe.csv"
    file.write_bytes(cases.csv_bytes(cases.annex()))
    code, output = run(copy_of_project, str(file))
    assert code == 0
    for part in (
        "level: caisses",
        "holds: territory",
        "indicator: activation_rate",
        "holds: change",
    ):
        assert part in output


def test_a_file_with_a_refusal_is_written_only_when_asked_for_in_part(copy_of_project, tmp_path):
    file = tmp_path / "annexe.csv"
    file.write_bytes(cases.csv_bytes(cases.annex([["999", "X", "1", "1"], *cases.ANNEX])))
    before = figures(copy_of_project / "data")
    arguments = [str(file), *PROFILE, "--period", "2026", "--accept"]
    code, output = run(copy_of_project, *arguments)
    assert code == 1 and "Rien n’a été écrit" in output
    assert figures(copy_of_project / "data") == before
    code, output = run(copy_of_project, *arguments, "--partial")
    assert code == 1 and "Écrit : 13 lignes ajoutées, 0 remplacées dans 2026.csv" in output


def test_figures_there_already_are_not_written_again(copy_of_project, tmp_path):
    file = tmp_path / "annexe.csv"
    file.write_bytes(cases.csv_bytes(cases.annex()))
    before = figures(copy_of_project / "data")
    code, output = run(copy_of_project, str(file), *PROFILE, "--accept")
    assert code == 0 and "Écrit : 0 lignes" in output
    assert figures(copy_of_project / "data") == before


def test_a_long_report_is_cut_and_says_how_long_it_was(copy_of_project, tmp_path):
    file = tmp_path / "annexe.csv"
    file.write_bytes(cases.csv_bytes(cases.annex([["999", "X", "1", "1"]] * 150)))
    code, output = run(copy_of_project, str(file), *PROFILE)
    assert (code, output.count("territoire inconnu")) == (1, 100)
    assert "Refus : 150 en tout, les 100 premiers" in output


def test_a_table_without_a_territory_is_given_none(copy_of_project, tmp_path):
    file = tmp_path / "couloirs.csv"
    file.write_text("Couloir;Documents déposés dans l’année\nHôpital;12 000\n", "utf-8")
    code, output = run(copy_of_project, str(file))
    assert code == 1 and "il faut un territoire" in output and "Error" not in output


@pytest.mark.parametrize(
    ("arguments", "code", "part"),
    [
        (["nowhere.csv"], 2, "Impossible de lire"),
        ([], 2, "Indiquez le fichier"),
        (["config.yaml", "--profile", "inconnue"], 2, "Profils : caisses-nouvelle-aquitaine"),
        (["config.yaml", *PROFILE, "--period", "26"], 2, "n’est pas une période"),
        (["config.yaml", "--profile", PROFILE[1], "--source", "x"], 2, "data/sources.yaml"),
        (["templates/logo.svg", *PROFILE], 1, "colonnes introuvables"),
        (["--undo"], 1, "aucun import"),
    ],
)
def test_what_the_command_cannot_do_is_said(copy_of_project, arguments, code, part):
    named = [
        str(copy_of_project / text) if text.endswith((".csv", ".yaml", ".svg")) else text
        for text in arguments
    ]
    exit_code, output = run(copy_of_project, *named)
    assert (exit_code, part in output) == (code, True), output
