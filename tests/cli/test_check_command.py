"""`python -m atlas check` and the page Cohérence: what they say, and when they fail."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from atlas.checks.registry import check
from atlas.cli import app
from atlas.figures.common.context import FigureContext
from atlas.project import Project
from atlas.tables.findings import coherence_table

ENGLISH = re.compile(r"\b(the|and|error|warning|finding|value|unknown|none|nan|null)\b", re.I)
ROOT = Path(__file__).parents[2]
REVIEWS = "data/reviewed_findings.yaml"
FIRST = "croissance-du-total/REG-93/structures_feeding/2024/rendez-vous-paca-2025"
COLUMNS = ["Gravité", "Territoire", "Sujet", "Constat", "Calcul", "Sources", "Verdict"]


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["check", *words])


def said(result: Result) -> str:
    return " ".join(result.output.split())


def test_the_shipped_figures_pass_because_each_finding_has_a_verdict() -> None:
    result = run()
    assert result.exit_code == 0 and "tous ont un verdict" in said(result)
    assert "Calcul : Base 2023" in said(result) and "publié +108 %" in said(result)
    assert not ENGLISH.search(re.sub(r"Clé : \S+", "", result.stdout))


def test_a_severity_leaves_the_others_out() -> None:
    lines = [line for line in run("--severity", "erreur").stdout.splitlines() if " — " in line]
    assert lines and all(line.startswith("Erreur") for line in lines)


def test_a_severity_may_be_typed_without_accents() -> None:
    assert run("--severity", "a-verifier").stdout == run("--severity", "à vérifier").stdout


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("--severity", "grave"), ("« grave »", "erreur, à vérifier, information")),
        (("--format", "xml"), ("« xml »", "text, json, csv")),
    ],
)
def test_an_unknown_word_is_refused_with_the_known_ones(words, names) -> None:
    result = run(*words)
    assert result.exit_code == 2 and all(name in said(result) for name in names)


def test_json_carries_the_figures_the_sources_and_the_verdict() -> None:
    found = {finding["key"]: finding for finding in json.loads(run("--format", "json").stdout)}
    assert found[FIRST]["verdict"] == "confirmé : contradiction du document"
    assert {figure["source"] for figure in found[FIRST]["figures"]} == {"rendez-vous-paca-2025"}


def test_csv_has_the_columns_of_the_page_and_the_key() -> None:
    rows = list(csv.reader(io.StringIO(run("--format", "csv").stdout)))
    assert rows[0] == [*COLUMNS, "Clé"] and rows[1][-1] == FIRST


def test_a_finding_without_a_verdict_fails_the_command(copy_of_project: Path, edit) -> None:
    edit(REVIEWS, FIRST, "autre/REG-93")
    result = run("--project", str(copy_of_project))
    assert result.exit_code == 1 and "1 sans verdict" in said(result)
    assert "À relire : aucun verdict." in said(result)
    assert "« autre/REG-93 » ne correspond plus à aucun constat" in said(result)


def test_a_choice_between_rows_is_not_named_as_a_verdict_without_finding() -> None:
    assert "choix/" in (ROOT / REVIEWS).read_text("utf-8")
    assert "choix/" not in said(run())


def test_an_information_needs_no_verdict(copy_of_project: Path) -> None:
    path = copy_of_project / REVIEWS
    entries = re.sub(r'"periodes/.*\n(?:  .*\n)+', "", path.read_text("utf-8"))
    path.write_text(entries, "utf-8")
    result = run("--project", str(copy_of_project))
    assert result.exit_code == 0 and "1 sans verdict" in said(result)


def test_without_the_file_every_finding_waits_for_its_verdict(copy_of_project: Path) -> None:
    (copy_of_project / REVIEWS).unlink()
    result = run("--project", str(copy_of_project))
    assert result.exit_code == 1 and REVIEWS not in result.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (REVIEWS, 'verdict: "arrondi"', 'verdict: "arondi"', "« verdict » a une valeur non prévue"),
        (
            "config/checks.yaml",
            "parts: [profiles_open, activated_profiles]",
            "parts: [profiles_open, activated_profils]",
            "Vouliez-vous dire « activated_profiles » ?",
        ),
        (
            "config/checks.yaml",
            "regional_tolerance: 1",
            "regional_tolerances: 1",
            "regional_tolerance",
        ),
        (
            "config/checks.yaml",
            "weights: [visitors_app]",
            "weights: [visitors_ap]",
            "Vouliez-vous dire « visitors_app » ?",
        ),
        (
            "config/checks.yaml",
            "stock: activated_profiles",
            "stock: activated_profils",
            "Vouliez-vous dire « activated_profiles » ?",
        ),
        (
            "config/checks.yaml",
            "population_share: profiles_created_share",
            "population_share: profiles_created_shar",
            "Vouliez-vous dire « profiles_created_share » ?",
        ),
        ("config/checks.yaml", "change_factor: 2", "change_factor: 1", "hors des limites"),
        ("config/checks.yaml", "over: {usual: 0.1}", "over: {usual: 10}", "hors des limites"),
        ("data/2025.csv", "FR,activation_rate", "FR,activation_rat", "indicateur inconnu"),
    ],
)
def test_a_problem_of_a_file_is_said_in_french_and_fails(
    copy_of_project: Path, edit, file, old, new, told
) -> None:
    edit(file, old, new)
    result = run("--project", str(copy_of_project))
    assert result.exit_code == 1 and file in result.stderr and told in said(result)


def test_a_wrong_verdict_is_listed_with_the_problems_of_the_other_files(
    copy_of_project: Path, edit
) -> None:
    edit(REVIEWS, 'verdict: "arrondi"', 'verdict: "arondi"')
    result = CliRunner().invoke(app, ["check-files", "--project", str(copy_of_project)])
    assert result.exit_code == 1 and f"{REVIEWS}:" in result.stderr


def test_a_new_contradiction_in_the_data_is_found(copy_of_project: Path, edit) -> None:
    edit(
        "data/2024.csv",
        "REG-93,documents_deposited,hopital,2024,5937688",
        "REG-93,documents_deposited,hopital,2024,5937666",
    )
    result = run("--project", str(copy_of_project), "--severity", "erreur")
    assert result.exit_code == 1 and "= 25 052 355 ; publié 25 052 377" in said(result)


def test_the_fictitious_set_has_no_finding() -> None:
    result = run("--demo")
    assert result.exit_code == 0 and said(result).startswith("Aucun constat")


def test_the_table_of_the_page_says_the_verdict_and_the_sources(
    project: Project, context: FigureContext
) -> None:
    found = check(context.dataset.observations, context.settings, context.territories)
    table = coherence_table(context, found, project.reviews)
    assert list(table.columns) == COLUMNS and len(table) == len(found)
    assert table["Gravité"].iloc[0] == "Erreur"
    assert table["Verdict"].str.startswith("Confirmé").iloc[0]
    assert (table != "").all().all()


def test_a_table_without_finding_keeps_its_columns(context: FigureContext) -> None:
    assert list(coherence_table(context, [], {}).columns) == COLUMNS
