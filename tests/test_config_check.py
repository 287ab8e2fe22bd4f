"""config.yaml checked while it is edited: the command, the schema, and what used to break pages."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import Result
from streamlit.navigation.page import calc_hash
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from atlas.cli import app
from atlas.project import Project
from atlas.settings import Settings, read_settings
from atlas.settings.colours import contrast, distance
from atlas.settings.schema import config_schema, schema_text

ROOT = Path(__file__).parents[1]
Edit = Callable[[str, str, str], None]
SHIPPED = (ROOT / "config.yaml").read_text("utf-8")


def check(project: Path) -> Result:
    return CliRunner().invoke(app, ["config", "check", "--project", str(project)])


def line_of(text: str, project: Path) -> int:
    """Of the first place of a text in the file as it now stands."""
    content = (project / "config.yaml").read_text("utf-8")
    return content[: content.index(text)].count("\n") + 1


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
    "a source given twice": (
        "  - ans-cosui-202504\n",
        "  - ans-cosui-202504\n  - ans-cosui-202504 # deux fois\n",
        "# deux fois",
        "source_order.2",
        "figure deux fois dans « source_order »",
        "une seule",
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
        '"{value} des profils Mon espace santé sont activés {place}"',
        '"activés {place}"',
        'reading: "activés',
        "indicators.activation_rate.reading",
        "ne dit pas la valeur",
        "Corrigez",
    ),
    "a value written like a number of Python": (
        '"{value} des profils Mon espace santé sont activés {place}"',
        '"{value:.1f} activés"',
        'reading: "{value:.1f}',
        "indicators.activation_rate.reading",
        "seuls {value}",
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
    "a map of an indicator that maps do not show": (
        "map_indicators: [activation_rate]",
        "map_indicators: [activation_rate_60_plus]",
        "map_indicators: [activation_rate_60_plus]",
        "display.map_indicators.0",
        "ne peut pas colorier une carte",
        "bounds",
    ),
    "a period that no calendar has": (
        *with_page(period='"2025-02-30"'),
        "2025-02-30",
        "comparisons.essai.period",
        "calendrier",
        "Corrigez",
    ),
    "a logo that is not there": (
        'logo: "static/logo.svg"',
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
    edit("config.yaml", old, new)
    result = check(copy_of_project)
    assert result.exit_code == 1 and result.stdout == ""
    start = f"config.yaml:{line_of(at, copy_of_project)} {where}: "
    [said] = [line for line in result.stderr.splitlines() if line.startswith(start)]
    assert message in said and cure in said


def test_a_block_that_leaves_the_usual_indicator_out_needs_it_to_exist(copy_of_project):
    path = copy_of_project / "config.yaml"
    path.write_text(
        SHIPPED.replace("  documents_deposited:\n", "  documents_envoyes:\n", 1), "utf-8"
    )
    _, problems = read_settings(path)
    assert any(
        problem.where.endswith(".indicator")
        and problem.line
        and problem.value == "documents_deposited"
        and "blocks" in problem.where
        for problem in problems
    )


def test_a_map_block_shows_an_indicator_of_the_map_page(copy_of_project, edit):
    edit(
        "config.yaml",
        "    bounds: [10, 20, 25, 30, 34, 38]\n  activated_profiles:",
        '    bounds: [10, 20, 25, 30, 34, 38]\n  other_rate:\n    label: "Autre taux"\n'
        '    kind: rate\n    accumulation: stock\n    theme: usagers\n    definition: "Autre."\n'
        '    champ: "Autre"\n    bounds: [10]\n  activated_profiles:',
    )
    edit("config.yaml", "      - kind: map\n", "      - kind: map\n        indicator: other_rate\n")
    _, [problem] = read_settings(copy_of_project / "config.yaml")
    assert "« other_rate » n’est pas un indicateur de carte" in problem.message
    assert "map_indicators" in problem.cure and problem.line


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
    settings, problems = read_settings(copy_of_project / "config.yaml")
    assert settings is None and problems and all(problem.message for problem in problems)


# --- what is right -------------------------------------------------------------------------------


def test_what_is_shipped_is_right_and_shows_all_that_it_asks_for(project):
    result = check(ROOT)
    assert result.exit_code == 0, result.stderr
    assert "config.yaml est correct" in result.stdout and result.stderr == ""


WARNED = {
    "an indicator": (
        "  activated_profiles:\n",
        '  unused_rate:\n    label: "Sans chiffre"\n'
        "    kind: count\n    accumulation: stock\n    theme: usagers\n"
        '    definition: "Rien."\n    champ: "Rien"\n  activated_profiles:\n',
        "indicators.unused_rate",
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
        "« activation_rate »",
    ),
    "a figure of a dossier": (
        '{indicator: ambassadors, period: "2026-03"}',
        '{indicator: ambassadors, period: "2019"}',
        "dossiers.corse-2026",
        "non publiés",
    ),
}


def test_what_is_right_and_shows_nothing_is_a_warning(copy_of_project, edit):
    for old, new, _, _ in WARNED.values():
        edit("config.yaml", old, new)
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
    monkeypatch.setattr("atlas.ui.session.PROJECT", copy_of_project)
    edit("config.yaml", "national_curve: activated_profiles", "national_curve: activated_profile")
    visit = AppTest.from_file(ROOT / "app.py", default_timeout=300)
    visit._page_hash = calc_hash("problemes")
    said = " ".join(element.proto.body for element in visit.run().get("html"))
    line = line_of("national_curve: activated_profile", copy_of_project)
    assert f"<td>{line}</td><td>display.national_curve</td>" in said
    assert "Vouliez-vous dire « activated_profiles » ?" in said


# --- the schema ----------------------------------------------------------------------------------


def spoilt(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    tree: dict[str, Any] = yaml.safe_load(SHIPPED)
    change(tree)
    return tree


def test_the_schema_accepts_what_is_shipped():
    jsonschema.validate(yaml.safe_load(SHIPPED), config_schema())


@pytest.mark.parametrize(
    "change",
    [
        lambda tree: tree.update(comparaisons={}),
        lambda tree: tree["display"].update(regional_coverage=80),
        lambda tree: tree["brand"].update(ink="bleu"),
        lambda tree: tree["indicators"].update({"Taux": tree["indicators"]["activation_rate"]}),
        lambda tree: tree["indicators"]["activation_rate"].update(kind="ratio"),
        lambda tree: tree["dossiers"]["corse-2026"]["blocks"].append({"kind": "frise"}),
        lambda tree: tree["dossiers"]["corse-2026"].pop("title"),
    ],
    ids=["section", "limit", "colour", "key", "word", "block", "missing"],
)
def test_the_schema_refuses_what_the_file_may_not_hold(change):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(spoilt(change), config_schema())


def test_the_schema_says_what_keys_mean_in_the_words_of_the_models():
    indicator = config_schema()["$defs"]["Indicator"]["properties"]
    assert "in percent" in indicator["kind"]["description"]
    assert "class bounds" in indicator["bounds"]["description"]
    assert set(config_schema()["properties"]) == set(Settings.model_fields)


def test_the_schema_is_printed_as_it_is_kept_beside_the_file():
    printed = CliRunner().invoke(app, ["config", "schema"])
    assert printed.exit_code == 0 and printed.stdout == schema_text()
    assert json.loads(printed.stdout) == config_schema()
    made = subprocess.run(
        [sys.executable, "tools/config_schema.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr


def test_an_old_schema_is_told(tmp_path):
    for file in ("tools/config_schema.py", "config.schema.json"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text((ROOT / file).read_text("utf-8") + "\n", "utf-8")
    (tmp_path / "atlas").symlink_to(ROOT / "atlas")
    made = subprocess.run(
        [sys.executable, "tools/config_schema.py", "--check"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 1 and "out of date" in made.stderr


def test_the_file_says_where_its_schema_is():
    first = SHIPPED.splitlines()[0]
    assert first == "# yaml-language-server: $schema=config.schema.json"


# --- colours -------------------------------------------------------------------------------------


def test_contrast_and_distance_are_those_of_their_standards():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert distance("#000000", "#ffffff") == pytest.approx(100, abs=0.1)
    assert distance("#ff0000", "#00ff00") == pytest.approx(170.6, abs=0.5)
    assert distance("#2f47b0", "#2f47b0") == 0
