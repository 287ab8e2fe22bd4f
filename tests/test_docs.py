"""What README, CONTRIBUTING and the manual say is true of the code as it is."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_layers import ORDER
from typer.main import get_command
from typer.testing import CliRunner

from atlas.cli import app
from atlas.observations.checks import COLUMNS
from atlas.observations.optional_columns import OPTIONAL_COLUMNS
from atlas.project import Project
from atlas.settings.models import FILE_OF_SECTION

ROOT = Path(__file__).parents[1]
MANUAL = sorted((ROOT / "docs").rglob("*.md"))
PAGES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in (
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "SECURITY.md",
        ROOT / "geo/README.md",
        ROOT / "bench/README.md",
        *MANUAL,
    )
}
README, CONTRIBUTING = PAGES["README.md"], PAGES["CONTRIBUTING.md"]
WHOLE = "\n".join(PAGES.values())
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
MENU = re.findall(r'title="([^"]+)"', (ROOT / "app.py").read_text(encoding="utf-8"))
MAX_README_LINES = 120

every_page = pytest.mark.parametrize("name", PAGES)


def links(text: str) -> list[str]:
    """The targets of links and pictures, those of other sites left out."""
    return [
        target
        for target in re.findall(r"\]\(([^)\s]+)\)", text)
        if not re.match(r"[a-z]+://|mailto:", target)
    ]


def blocks(language: str) -> Iterator[tuple[str, str]]:
    """Each block of code of a language, and the page that it is in."""
    for name, text in PAGES.items():
        for found in re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S):
            yield name, found


def commands() -> set[str]:
    """What follows « python -m atlas » in blocks and in lines, options included."""
    shown = "\n".join(text.replace("\\\n", " ") for _, text in blocks("sh"))
    lines = re.findall(r"python -m atlas (.*)", re.sub(r"\s+#.*", "", shown))
    return {
        line.strip()
        for line in [*lines, *re.findall(r"`python -m atlas ([^`\n]+)`", WHOLE)]
        if line
    }


def options_by_command() -> dict[str, set[str]]:
    """The options of each command; « config check » is one."""
    found, left = {}, dict(get_command(app).commands)
    while left:
        name, command = left.popitem()
        left |= {
            f"{name} {word}": inner for word, inner in getattr(command, "commands", {}).items()
        }
        if not hasattr(command, "commands"):
            found[name] = {"--help"}.union(*(p.opts + p.secondary_opts for p in command.params))
    return found


def layer_rows() -> list[set[str]]:
    """The layers of each row of the table of CONTRIBUTING, from the top to the bottom."""
    table = CONTRIBUTING.partition("| layers |")[2].partition("\n\n")[0]
    return [
        {Path(path).stem for path in re.findall(r"`([^`]+)`", row.split("|")[1])}
        for row in table.splitlines()[2:]
    ]


def merged(tree: Any, added: Any) -> Any:
    """A configuration with what an example adds to it."""
    if isinstance(tree, dict) and isinstance(added, dict):
        return tree | {key: merged(tree.get(key), value) for key, value in added.items()}
    return added


OPTIONS = options_by_command()
EXAMPLES = list(blocks("yaml"))


def test_the_two_commands_stand_in_the_first_screen_of_the_readme() -> None:
    first_screen = "\n".join(README.splitlines()[:25])
    assert "make run" in first_screen
    assert "make test" in first_screen


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= MAX_README_LINES


def test_every_page_of_the_menu_is_in_the_table_of_the_readme() -> None:
    rows = set(re.findall(r"^\| ([^|]+) \|", README, re.M))
    assert set(MENU) <= rows and {"Comparaisons", "Dossiers"} <= rows


def test_every_page_of_the_manual_is_in_its_index() -> None:
    for folder in (ROOT / "docs", ROOT / "docs/decisions"):
        index = set(links((folder / "README.md").read_text(encoding="utf-8")))
        assert {page.name for page in folder.glob("*.md")} - {"README.md"} <= index, folder


@every_page
def test_every_relative_link_leads_to_a_file(name: str) -> None:
    folder = (ROOT / name).parent
    for target in links(PAGES[name]):
        assert (folder / target.partition("#")[0]).exists(), target


@pytest.mark.parametrize(
    "target", sorted(set(re.findall(r"`make ([a-z]+)[ `]", WHOLE)) | {"run", "test"})
)
def test_each_make_target_that_is_named_exists(target: str) -> None:
    assert target in TARGETS


def test_contributing_names_the_targets_of_every_day() -> None:
    assert set(re.findall(r"`make ([a-z]+)`", CONTRIBUTING)) >= {
        "test",
        "hooks",
        "lock",
        "shuffle",
        "coverage",
    }


@pytest.mark.parametrize(
    "path",
    sorted(
        set(
            re.findall(
                r"`((?:atlas|tests|tools|config|data|static|pages|templates|deploy|geo|docs|bench)"
                r"/[\w./-]*|[\w.]+\.(?:yaml|py|toml|md))`",
                WHOLE,
            )
        )
        - {"request.py", "figure.py", "chart.py", "rows.py", "texts.py", "__init__.py", "utils.py"}
    ),
)
def test_each_file_that_is_named_exists(path: str) -> None:
    # by the first page, by who follows an example, or by who saves a dossier
    made = ("static/geo/", "lollipop", "tiff.py", "config/dossiers/", "config/comparisons/")
    assert (ROOT / path).exists() or any(part in path for part in made)


def test_the_columns_of_the_contract_are_stated() -> None:
    assert ",".join(COLUMNS) in PAGES["docs/add-data.md"]


@pytest.mark.parametrize("line", sorted(commands()))
def test_each_command_that_is_shown_exists_with_its_options(line: str) -> None:
    words = shlex.split(line)
    name = " ".join(words[:2]) if words[0] in ("config", "dossier", "signing-key") else words[0]
    assert name in OPTIONS
    assert {word for word in words if word.startswith("--")} <= OPTIONS[name]


def test_each_option_that_a_page_names_is_one_of_a_command() -> None:
    manual = "\n".join(text for name, text in PAGES.items() if name.startswith("docs/"))
    assert set(re.findall(r"`(--[a-z-]+)`", manual)) <= set().union(*OPTIONS.values())


def test_every_command_is_in_the_table_of_commands() -> None:
    table = PAGES["docs/command-line.md"]
    named = re.findall(r"^\| `python -m atlas ([a-z -]+)`", table, re.M)
    assert set(named) == set(OPTIONS)


@pytest.mark.parametrize(("page", "example"), EXAMPLES, ids=[page for page, _ in EXAMPLES])
def test_each_example_of_configuration_is_accepted(
    page: str, example: str, project: Project, tmp_path: Path
) -> None:
    added = yaml.safe_load(example)
    file = tmp_path / "example.yaml"
    if "blocks" in added:  # a dossier that has a file of its own
        file.write_text(example, encoding="utf-8")
        assert project.entry_problems("dossiers", "exemple", file, page) == []
        return
    (name,) = {FILE_OF_SECTION[section] for section in added}
    before = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
    file.write_text(yaml.safe_dump(merged(before, added), allow_unicode=True), encoding="utf-8")
    assert project.settings_problems(name, file) == []


def test_contributing_has_the_layers_that_are_enforced() -> None:
    assert layer_rows() == ORDER[::-1]


def test_the_words_of_the_glossary_are_used() -> None:
    glossary = PAGES["docs/glossary.md"]
    words = re.findall(r"^\| `?([^|`(,]+?)`? *(?:[(,][^|]*)?\|", glossary, re.M)
    files = [*ROOT.glob("atlas/**/*.py"), *ROOT.glob("config/*.yaml"), ROOT / "config.yaml"]
    others = "\n".join(text for name, text in PAGES.items() if name != "docs/glossary.md")
    said = "\n".join([others, *(file.read_text(encoding="utf-8") for file in files)]).lower()
    terms = {word.strip().lower() for word in words} - {"word", "---"}
    assert {"dmp", "dossier", "profil", "activation", "kit", "lecture", "champ"} <= terms
    assert {term for term in terms if term not in said} == set()


def test_the_pictures_are_those_that_the_tool_takes() -> None:
    checked = subprocess.run(
        [sys.executable, "tools/screenshots.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    "command", ["figures", "check-files", "check", "coverage", "prepare", "export", "kit"]
)
def test_each_command_explains_itself_in_french(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert "Dossier du projet" in result.output


def test_the_figures_are_printed_with_the_columns_of_the_contract_and_derived() -> None:
    lines = CliRunner().invoke(app, ["figures", "--format", "csv"]).output.splitlines()
    ends = ("contradiction", "reach_low", "reach_high")
    assert lines[0] == ",".join((*COLUMNS, "derived", *OPTIONAL_COLUMNS, *ends))
    between = next(line for line in lines if line.startswith("DEP-64,activation_rate,,2025,"))
    assert "39,0\u00a0% (CPAM de Bayonne)" in between and between.endswith(",35.5,39")
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
