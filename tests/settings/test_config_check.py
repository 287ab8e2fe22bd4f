"""The configuration checked while it is edited: the command, and what used to break pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from patience import BACKSTOP_S
from streamlit.navigation.page import calc_hash
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from atlas.cli import app
from atlas.project import Project
from atlas.settings import CONFIG_FILES, read_settings

ROOT = Path(__file__).parents[2]
Edit = Callable[[str, str, str], None]


def check(project: Path) -> Result:
    return CliRunner().invoke(app, ["config", "check", "--project", str(project)])


def place_of(text: str, project: Path) -> tuple[str, int]:
    """File and line of the first place of a text in the configuration as it now stands."""
    for file in CONFIG_FILES:
        before, found, _ = (project / file).read_text("utf-8").partition(text)
        if found:
            return file, before.count("\n") + 1
    raise AssertionError(text)


def file_of(text: str) -> str:
    """The file of the shipped configuration that holds a text."""
    return place_of(text, ROOT)[0]


def with_page(**changed: str) -> tuple[str, str]:
    """A comparison more, some of its keys spoilt: the text to replace and by what."""
    keys = {
        "nav": '"Essai"',
        "title": '"Essai"',
        "introduction": '"Essai."',
        "territories": "[FR, REG-94]",
        "indicators": "[activation_rate]",
        "layout": "bars",
        "period": '"2025-12"',
        **changed,
    }
    page = "".join(f"    {key}: {value}\n" for key, value in keys.items())
    return "\ncomparisons:\n", f"\ncomparisons:\n  essai:\n{page}"


# --- what is refused -----------------------------------------------------------------------------

# The text replaced, by what, a text on the line to be named, the key, words of the message and
# of the cure.
REFUSED: dict[str, tuple[str, str, str, str, str, str]] = {
    "a misspelt key": (
        "  regional_coverage:",
        "  regional_covrage:",
        "regional_covrage",
        "display.regional_covrage",
        "« regional_covrage » est inconnue",
        "« regional_coverage »",
    ),
    "a misspelt section": (
        "\ncomparisons:",
        "\ncomparaisons:",
        "comparaisons:",
        "comparaisons",
        "« comparaisons » est inconnue",
        "« comparisons »",
    ),
    "an indicator of no name": (
        "national_curve: activated_profiles",
        'national_curve: ""',
        'national_curve: ""',
        "display.national_curve",
        "indicateur inconnu",
        "indicators",
    ),
    "a page that the menu cannot show": (
        *with_page(nav='" "'),
        'nav: " "',
        "comparisons.essai.nav",
        "« nav » est vide",
        "Écrivez le texte",
    ),
    "a caisse that is not one": (
        *with_page(territories="[FR, CPAM-640]"),
        "CPAM-640",
        "comparisons.essai.territories.1",
        "territoire inconnu : « CPAM-640 »",
        "« CPAM-64",
    ),
    "a territory given twice": (
        "territories: [REG-75, REG-94, REG-04]",
        "territories: [REG-75, REG-94, REG-75] # deux fois",
        "# deux fois",
        "groups.quatre-ans.territories.2",
        "figure deux fois dans « territories »",
        "une seule",
    ),
    "a map that has nothing to show": (
        "        bounds: [10, 20, 25, 30, 34, 38]\n",
        "",
        "themes:\n",
        "themes",
        "aucun indicateur n’a de bounds",
        "Donnez des bornes",
    ),
    "two indicators of one name": (
        'label: "Profils activés"',
        'label: "Taux d’activation" # deux fois',
        "# deux fois",
        "themes.usagers.indicators.activated_profiles.label",
        "« activation_rate » et « activated_profiles » portent le même nom",
        "distingue",
    ),
    "two corridors of one name": (
        'short: "Officine"',
        'short: "Biologie" # deux fois',
        "# deux fois",
        "corridors.officine.short",
        "« biologie » et « officine » portent le même nom",
        "distingue",
    ),
    "a name of two corridors": (
        "[Officines, Pharmacie,",
        "[Officines, LBM,",
        "[Officines, LBM,",
        "corridors.officine.aliases.1",
        "« LBM » est déjà un nom de « biologie »",
        "un seul",
    ),
    "two corridors of one colour": (
        '"#CC79A7"',
        '"#882256"',
        "#882255",
        "corridors.radiologie.colour",
        "se confond avec celle de « officine » (#882256)",
        "autre teinte",
    ),
    "a colour too pale for paper": (
        'primary: "#2f47b0"',
        'primary: "#b9c5f2"',
        'primary: "#b9c5f2"',
        "brand.primary",
        "contraste de 1,7 pour 1, il en faut 3",
        "plus sombre",
    ),
    "a corridor too pale for paper": (
        '"#CC79A7"',
        '"#F0E442"',
        "#F0E442",
        "corridors.officine.colour",
        "se voit mal",
        "plus sombre",
    ),
    "a sentence that says no value": (
        '"[{value} des profils] {insured} {sont|étaient} activés"',
        '"activés {place}"',
        'reading: "activés',
        "themes.usagers.indicators.activation_rate.reading",
        "ne dit pas la valeur",
        "Corrigez",
    ),
    "a value written like a number of Python": (
        '"[{value} des profils] {insured} {sont|étaient} activés"',
        '"{value:.1f} activés"',
        'reading: "{value:.1f}',
        "themes.usagers.indicators.activation_rate.reading",
        "n’est remplacé par rien",
        "Corrigez",
    ),
    "an image narrower than its texts": (
        "width_px: 1080, height_px: 1080, dpi: 144",
        "width_px: 300, dpi: 600",
        "width_px: 300",
        "formats.carre-1080.width_px",
        "13\u00a0mm de large",
        "diminuez dpi",
    ),
    "a period that no calendar has": (
        *with_page(period='"2025-02-30"'),
        "2025-02-30",
        "comparisons.essai.period",
        "calendrier",
        "Corrigez",
    ),
    "a logo that is not there": (
        'logo: "templates/logo.svg"',
        'logo: "static/autre.svg"',
        "static/autre.svg",
        "brand.logo",
        "introuvable",
        "SVG ou PNG",
    ),
}


@pytest.mark.parametrize(
    ("old", "new", "at", "where", "message", "cure"), REFUSED.values(), ids=REFUSED
)
def test_the_command_names_the_line_the_key_what_is_wrong_and_its_cure(
    copy_of_project, edit, old, new, at, where, message, cure
):
    edit(file_of(old), old, new)
    result = check(copy_of_project)
    assert result.exit_code == 1 and result.stdout == ""
    file, line = place_of(at, copy_of_project)
    start = f"{file}:{line} {where}: "
    [said] = [line for line in result.stderr.splitlines() if line.startswith(start)]
    assert message in said and cure in said


def test_a_block_that_leaves_the_usual_indicator_out_needs_it_to_exist(copy_of_project, edit):
    edit("config/indicators.yaml", "  documents_deposited:\n", "  documents_envoyes:\n")
    _, problems = read_settings(copy_of_project)
    assert any(
        problem.where.endswith(".indicator")
        and problem.line
        and problem.value == "documents_deposited"
        and "blocks" in problem.where
        for problem in problems
    )


def test_a_map_block_shows_an_indicator_that_has_bounds(copy_of_project, edit):
    other = "      - kind: map\n        indicator: activation_rate_60_plus\n"
    edit("config.yaml", "      - kind: map\n", other)
    _, [problem] = read_settings(copy_of_project)
    assert "« activation_rate_60_plus » ne peut pas colorier une carte" in problem.message
    assert "bounds" in problem.cure and problem.line
    label = '        label: "Taux d’activation des 60 ans et plus"\n'
    edit("config/indicators.yaml", label, f"{label}        bounds: [10, 20]\n")
    settings, problems = read_settings(copy_of_project)
    assert problems == []
    assert settings.map_indicators == ["activation_rate", "activation_rate_60_plus"]


def test_a_milestone_names_a_source_that_exists(copy_of_project, edit):
    place = Project(copy_of_project)
    before = place.milestones
    edit("data/milestones.yaml", "source: la-reunion-2026", "source: la-reunion-2027")
    assert place.milestones == before
    [problem] = place.problems()
    assert (problem.file, problem.line) == ("data/milestones.yaml", 6)
    assert "« la-reunion-2026 »" in problem.cure
    edit("data/milestones.yaml", "source: la-reunion-2027", "source: la-reunion-2026")
    assert place.milestones and place.problems() == []


def test_a_caisse_that_leaves_the_tables_is_missed_where_it_is_named(copy_of_project, edit):
    edit("config.yaml", *with_page(territories="[FR, CPAM-401]"))
    place = Project(copy_of_project)
    assert place.settings and place.problems() == []
    caisses = copy_of_project / "data/caisses.csv"
    kept = [line for line in caisses.read_text("utf-8").splitlines() if "CPAM-401" not in line]
    caisses.write_text("\n".join(kept) + "\n", "utf-8")
    assert place.settings  # the last good one
    found = [p for p in place.problems() if p.file == "config.yaml"]
    assert {p.where.partition(".")[0] for p in found} == {"comparisons", "dossiers"}
    assert all("« CPAM-401 »" in p.message and p.line for p in found)


@pytest.mark.parametrize("kind", ["[map]", "{}", "3", "null"])
def test_a_kind_that_is_not_even_a_text_is_refused_in_french(copy_of_project, edit, kind):
    edit("config.yaml", "- kind: map", f"- kind: {kind}")
    settings, problems = read_settings(copy_of_project)
    assert settings is None and problems and all(problem.message for problem in problems)


# --- what is right -------------------------------------------------------------------------------


def test_what_is_shipped_is_right_and_shows_all_that_it_asks_for(project):
    result = check(ROOT)
    assert result.exit_code == 0, result.stderr
    assert "La configuration est correcte" in result.stdout and result.stderr == ""


WARNED = {
    "an indicator": (
        "      activated_profiles:\n",
        '      unused_rate:\n        label: "Sans chiffre"\n        kind: count\n'
        '        definition: "Rien."\n        champ: "Rien"\n      activated_profiles:\n',
        "themes.usagers.indicators.unused_rate",
        "aucun chiffre",
    ),
    "a corridor": (
        "corridors:\n",
        'corridors:\n  autre: {label: "Autre", short: "Autre", colour: "#333333"}\n',
        "corridors.autre",
        "aucun chiffre",
    ),
    "a comparison": (
        *with_page(period='"2019-12"'),
        "comparisons.essai.indicators.0",
        "Taux d’activation",
    ),
    "a figure of a dossier": (
        '{indicator: ambassadors, period: "2026-03", label',
        '{indicator: ambassadors, period: "2019", label',
        "dossiers.corse-2026.blocks.1",
        "1 chiffre sur 6 n’est pas publié",
    ),
}


def test_what_is_right_and_shows_nothing_is_a_warning(copy_of_project, edit):
    for old, new, _, _ in WARNED.values():
        edit(file_of(old), old, new)
    result = check(copy_of_project)
    assert result.exit_code == 0 and "est correct" in result.stdout
    said = result.stderr.splitlines()
    assert len(said) == len(WARNED)
    for _, _, where, message in WARNED.values():
        [line] = [line for line in said if f" {where}: avertissement, " in line]
        assert message in line and int(line.partition(":")[2].partition(" ")[0]) > 0


# --- the page, and the hot reload ----------------------------------------------------------------


def test_the_page_of_problems_says_the_line_and_the_nearest_name(
    copy_of_project, edit, monkeypatch
):
    monkeypatch.setattr("atlas.ui.session.PROJECT_FOLDER", copy_of_project)
    edit("config.yaml", "national_curve: activated_profiles", "national_curve: activated_profile")
    visit = AppTest.from_file(ROOT / "app.py", default_timeout=BACKSTOP_S)
    visit._page_hash = calc_hash("problemes")
    said = " ".join(element.proto.body for element in visit.run().get("html"))
    _, line = place_of("national_curve: activated_profile", copy_of_project)
    assert f"<td>{line}</td><td>display.national_curve</td>" in said
    assert "Vouliez-vous dire « activated_profiles » ?" in said
