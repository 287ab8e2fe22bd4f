"""`python -m atlas config check`: what is valid and shows nothing, or would be wrong in print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command_cases import Edit, plain_output, run

KEY = "nouvelle-aquitaine-2026"


@pytest.fixture
def copied_dossier(copy_of_project: Path) -> Path:
    """A project in which the dossier of Nouvelle-Aquitaine was copied for Bretagne."""
    path = copy_of_project / "config.yaml"
    text = path.read_text("utf-8")
    start = text.index(f"  {KEY}:")
    entry = text[start : text.index("\n  provence-alpes-cote-d-azur-2025:") + 1]
    copied = entry.replace(f"  {KEY}:", "  bretagne-2026:").replace(
        "territory: REG-75", "territory: REG-53"
    )
    path.write_text(f"{text.rstrip()}\n{copied}", "utf-8")
    return copy_of_project


def check(folder: Path):
    return run("config", "check", "--project", str(folder))


def test_the_shipped_configuration_gives_no_warning() -> None:
    result = run("config", "check")
    assert result.exit_code == 0 and "avertissement" not in result.output
    assert "La configuration est correcte" in result.output


def test_a_copied_dossier_is_warned_of_with_its_lines(copied_dossier: Path) -> None:
    result = check(copied_dossier)
    assert result.exit_code == 0
    said = plain_output(result)
    said = re.sub(r"[\u00a0\u202f]", " ", said)
    for words in (
        "bretagne-2026.title: avertissement, ce dossier porte sur la Bretagne, et ce texte nomme "
        "« Nouvelle-Aquitaine »",
        "bretagne-2026.blocks.4.title: avertissement, ce dossier porte sur la Bretagne, et ce "
        "texte nomme « Landes » et « Gironde »",
        "« Les Landes et la Gironde en tête de la région » est contredit par les chiffres",
        "« Neuf caisses de la région devancent la France » est contredit par les chiffres",
        "bretagne-2026.blocks.4: avertissement, aucune valeur de « Taux d’activation »",
        "bretagne-2026.blocks.1: avertissement, 6 chiffres sur 8 ne sont pas publiés",
        "bretagne-2026.blocks.1.figures.2.territory: avertissement",
    ):
        assert words in said
    assert KEY not in said
    lines = copied_dossier.joinpath("config.yaml").read_text("utf-8").splitlines()
    (number,) = re.findall(r"config\.yaml:(\d+) dossiers\.bretagne-2026\.title", said)
    assert "bien positionnée" in lines[int(number) - 1]


def test_a_title_that_the_figures_contradict_has_a_true_one_beside_it(
    copy_of_project: Path, edit: Edit
) -> None:
    edit(
        "config.yaml", "La Réunion gagne 7,8 points en un an", "La Réunion gagne 9 points en un an"
    )
    edit("config.yaml", "La Nouvelle-Aquitaine devance la", "La Corse devance la")
    said = re.sub(r"[\u00a0\u202f]", " ", plain_output(check(copy_of_project)))
    assert "« La Réunion gagne 9 points en un an » est contredit par les chiffres" in said
    assert "d’après la figure : « La Réunion gagne 7,8 points en un an »" in said
    assert "comparisons.taux-activation-fin-2025.finding: avertissement" in said
    assert said.count("avertissement") == 2


def test_a_comparison_without_data_is_warned_of(copy_of_project: Path, edit: Edit) -> None:
    edit("config.yaml", "indicators: [activated_profiles]", "indicators: [app_downloads]")
    edit(
        "config.yaml",
        "    territories: [FR]\n    indicators: [app",
        "    territories: [REG-53]\n    indicators: [app",
    )
    edit("config.yaml", "    targets:\n      - {indicator: activated_profiles_target}\n", "")
    result = check(copy_of_project)
    assert result.exit_code == 0, result.output
    assert "comparisons.objectif-2027.indicators.0: avertissement" in plain_output(result)


def test_an_indicator_without_figures_is_warned_of(copy_of_project: Path) -> None:
    path = copy_of_project / "data/2022.csv"
    rows = path.read_text("utf-8").splitlines(keepends=True)
    assert any("segur_funding" in row for row in rows)
    path.write_text("".join(r for r in rows if "segur_funding" not in r), "utf-8")
    said = plain_output(check(copy_of_project))
    assert "indicators.segur_funding: avertissement, aucun chiffre de data/ ne l’emploie" in said
