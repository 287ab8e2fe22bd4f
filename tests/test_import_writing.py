"""What an import writes: all of it or nothing, beside what others write, and back again."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import import_cases as cases
import pytest
from typer.testing import CliRunner

from atlas.cli import app
from atlas.importing import Row, accept, recover, undo
from atlas.importing.journal import KEPT
from atlas.observations import COLUMNS, KnownKeys
from atlas.project import Project

HEADER = (",".join(COLUMNS) + "\r\n").encode()
OLD = HEADER + b'FR,app_downloads,,2025-06,5000000,,,,egora-202601,,"a, b"\r\n'


def row(territory: str = "DEP-33", period: str = "2025", value: str = "40.0") -> Row:
    return Row(
        territory, "activation_rate", "", period, value, "", "", "", "egora-202601", "", "", "C4"
    )


def figures(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "2025.csv").write_bytes(OLD)
    return tmp_path


def test_rows_are_added_and_the_others_keep_their_bytes(folder, words):
    done = accept(folder, [row(), row(period="2026-01")], words)
    assert (done.files, done.added, done.problems) == (("2025.csv", "2026.csv"), 2, ())
    added = b"DEP-33,activation_rate,,2025,40.0,,,,egora-202601,,\r\n"
    assert figures(folder)["2025.csv"] == OLD + added
    assert figures(folder)["2026.csv"].startswith(",".join(COLUMNS).encode() + b"\nDEP-33,")


def test_the_same_import_twice_adds_nothing(folder, words):
    accept(folder, [row()], words)
    before = figures(folder)
    assert accept(folder, [row(value="40")], words).added == 0
    assert figures(folder) == before


def test_a_row_that_contradicts_its_own_source_is_refused_with_the_others(folder, words):
    accept(folder, [row()], words)
    before = figures(folder)
    done = accept(folder, [row(value="41"), row("DEP-40"), row(period="2026")], words)
    assert done.problems[0].where == "C4" and "40.0" in done.problems[0].message
    assert figures(folder) == before


def test_a_file_that_would_not_load_is_not_written(folder, words):
    before = figures(folder)
    done = accept(folder, [row("DEP-99"), row(period="2026")], words)
    assert done.problems and not done.files
    assert figures(folder) == before


def test_undo_puts_back_the_bytes_and_removes_what_was_not_there(folder, words):
    before = figures(folder)
    accept(folder, [row(), row(period="2026")], words)
    assert undo(folder).files == ("2025.csv", "2026.csv")
    assert figures(folder) == before
    assert undo(folder).problems[0].message == "aucun import à annuler"


def test_undo_goes_back_one_import_at_a_time(folder, words):
    accept(folder, [row()], words)
    between = figures(folder)
    accept(folder, [row("DEP-40")], words)
    undo(folder)
    assert figures(folder) == between
    undo(folder)
    assert figures(folder)["2025.csv"] == OLD


def test_undo_refuses_to_lose_what_was_written_since(folder, words):
    accept(folder, [row()], words)
    path = folder / "2025.csv"
    path.write_bytes(path.read_bytes() + b"\r\n")
    after = figures(folder)
    assert "a changé" in undo(folder).problems[0].message
    assert figures(folder) == after


@pytest.mark.parametrize("steps", range(8))
def test_an_import_that_is_cut_leaves_the_old_data(folder, words, monkeypatch, steps):
    """Cut at each renaming in turn, as by a power failure; the last ones come after the end."""
    before, real, left = figures(folder), Path.replace, [steps]

    def cut(path: Path, target: Path) -> Path:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return real(path, target)

    monkeypatch.setattr(Path, "replace", cut)
    try:
        accept(folder, [row(), row(period="2024"), row(period="2026")], words)
    except KeyboardInterrupt:
        monkeypatch.undo()
        recover(folder)
        assert figures(folder) == before
    else:
        assert len(figures(folder)) == 3


def _import_some(folder: Path, base: Path, departements: list[str]) -> None:
    place = Project(base)
    words = KnownKeys(place.settings, place.territories, place.dataset().sources)
    for code in departements:
        assert accept(folder, [row(code), row(code, "2026")], words).added == 2


def test_two_people_who_import_at_once_lose_nothing(folder):
    base = Path(__file__).parents[1]
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


# --- the command ---------------------------------------------------------------------------------

RECIPE = ["--recipe", "caisses-nouvelle-aquitaine", "--source", "ars-nouvelle-aquitaine-2026"]


def run(project: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["import", "--project", str(project), *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, " ".join(result.output.split())


def test_nothing_is_written_until_the_report_is_accepted(copy_of_project, tmp_path):
    file = tmp_path / "annexe.csv"
    file.write_bytes(cases.separated(cases.annex()))
    before = figures(copy_of_project / "data")
    code, said = run(copy_of_project, str(file), *RECIPE)
    assert code == 0 and "13 lignes lues, 13 chiffres reconnus, 0 refus" in said
    assert "Nouveaux : 0 ; déjà là, identiques : 13" in said
    assert figures(copy_of_project / "data") == before
    assert not (copy_of_project / "data" / KEPT).exists()


def test_the_file_of_the_next_year_is_imported_then_undone(copy_of_project, tmp_path):
    file = tmp_path / "annexe.xlsx"
    file.write_bytes(cases.workbook(cases.annex()))
    before = figures(copy_of_project / "data")
    code, said = run(copy_of_project, str(file), *RECIPE, "--period", "2026", "--accept")
    assert code == 0 and "Écrit : 13 lignes ajoutées, 0 remplacées dans 2026.csv" in said, said
    assert Project(copy_of_project).dataset() and figures(copy_of_project / "data") != before
    assert run(copy_of_project, "--undo") == (0, "Import annulé : 2026.csv comme avant.")
    assert figures(copy_of_project / "data") == before


def test_a_file_without_a_recipe_is_given_one_to_correct(copy_of_project, tmp_path):
    file = tmp_path / "annexe.csv"
    file.write_bytes(cases.separated(cases.annex()))
    code, said = run(copy_of_project, str(file))
    assert code == 0
    for part in (
        "level: caisses",
        "holds: territory",
        "indicator: activation_rate",
        "holds: change",
    ):
        assert part in said


def test_a_cut_import_is_undone_when_the_project_is_opened(copy_of_project, words, monkeypatch):
    folder = copy_of_project / "data"
    before, real = figures(folder), Path.replace

    def cut(path: Path, target: Path) -> Path:
        if target.name == "2026.csv":
            raise KeyboardInterrupt
        return real(path, target)

    monkeypatch.setattr(Path, "replace", cut)
    with pytest.raises(KeyboardInterrupt):
        accept(folder, [row(), row(period="2026")], words)
    monkeypatch.undo()
    assert figures(folder) != before
    Project(copy_of_project)
    assert figures(folder) == before


def test_a_file_with_a_refusal_is_written_only_when_asked_for_in_part(copy_of_project, tmp_path):
    file = tmp_path / "annexe.csv"
    file.write_bytes(cases.separated(cases.annex([["999", "X", "1", "1"], *cases.ANNEX])))
    before, words = figures(copy_of_project / "data"), [str(file), *RECIPE, "--period", "2026"]
    code, said = run(copy_of_project, *words, "--accept")
    assert code == 1 and "Rien n’a été écrit" in said
    assert figures(copy_of_project / "data") == before
    code, said = run(copy_of_project, *words, "--accept", "--partial")
    assert code == 1 and "Écrit : 13 lignes ajoutées, 0 remplacées dans 2026.csv" in said


def test_figures_there_already_are_not_written_again(copy_of_project, tmp_path):
    file = tmp_path / "annexe.csv"
    file.write_bytes(cases.separated(cases.annex()))
    before = figures(copy_of_project / "data")
    code, said = run(copy_of_project, str(file), *RECIPE, "--accept")
    assert code == 0 and "Écrit : 0 lignes" in said
    assert figures(copy_of_project / "data") == before


def test_a_long_report_is_cut_and_says_how_long_it_was(copy_of_project, tmp_path):
    file = tmp_path / "annexe.csv"
    file.write_bytes(cases.separated(cases.annex([["999", "X", "1", "1"]] * 150)))
    code, said = run(copy_of_project, str(file), *RECIPE)
    assert (code, said.count("territoire inconnu")) == (1, 100)
    assert "Refus : 150 en tout, les 100 premiers" in said


def test_a_table_without_a_territory_is_given_none(copy_of_project, tmp_path):
    file = tmp_path / "couloirs.csv"
    file.write_text("Couloir;Documents déposés dans l’année\nHôpital;12 000\n", "utf-8")
    code, said = run(copy_of_project, str(file))
    assert code == 1 and "il faut un territoire" in said and "Error" not in said


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (["nowhere.csv"], 2, "Impossible de lire"),
        ([], 2, "Indiquez le fichier"),
        (["config.yaml", "--recipe", "inconnue"], 2, "Recettes : caisses-nouvelle-aquitaine"),
        (["config.yaml", *RECIPE, "--period", "26"], 2, "n’est pas une période"),
        (["config.yaml", "--recipe", RECIPE[1], "--source", "x"], 2, "data/sources.yaml"),
        (["static/logo.svg", *RECIPE], 1, "colonnes introuvables"),
        (["--undo"], 1, "aucun import"),
    ],
)
def test_what_the_command_cannot_do_is_said(copy_of_project, words, code, part):
    named = [
        str(copy_of_project / w) if w.endswith((".csv", ".yaml", ".svg")) else w for w in words
    ]
    found, said = run(copy_of_project, *named)
    assert (found, part in said) == (code, True), said
