"""The JSON schemas with which editors check the configuration as one types."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from typer.testing import CliRunner

from atlas.cli import app
from atlas.settings import CONFIG_FILES
from atlas.settings.schema import schema_of, schema_texts

ROOT = Path(__file__).parents[2]


def shipped(file: str) -> dict[str, Any]:
    tree: dict[str, Any] = yaml.safe_load((ROOT / file).read_text("utf-8"))
    return tree


def usagers(tree: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = tree["themes"]["usagers"]
    return found


@pytest.mark.parametrize("file", CONFIG_FILES)
def test_the_schema_of_a_file_accepts_what_is_shipped(file):
    jsonschema.validate(shipped(file), schema_of(file))


INDICATORS = "config/indicators.yaml"
REFUSED: dict[str, tuple[str, Callable[[dict[str, Any]], object]]] = {
    "section": ("config.yaml", lambda tree: tree.update(comparaisons={})),
    "moved section": ("config.yaml", lambda tree: tree.update(checks={})),
    "limit": ("config.yaml", lambda tree: tree["display"].update(regional_coverage=80)),
    "colour": ("config.yaml", lambda tree: tree["brand"].update(ink="bleu")),
    "block": (
        "config.yaml",
        lambda tree: tree["dossiers"]["corse-2026"]["blocks"].append({"kind": "frise"}),
    ),
    "missing": ("config.yaml", lambda tree: tree["dossiers"]["corse-2026"].pop("title")),
    "key": (INDICATORS, lambda tree: usagers(tree)["indicators"].update({"Taux": {}})),
    "word": (
        INDICATORS,
        lambda tree: usagers(tree)["indicators"]["activation_rate"].update(kind="ratio"),
    ),
    "missing of an indicator": (
        INDICATORS,
        lambda tree: usagers(tree)["indicators"]["activation_rate"].pop("label"),
    ),
    "rule": ("config/secrecy.yaml", lambda tree: tree["secrecy"].update(ambassadors=11)),
    "tolerance": ("config/checks.yaml", lambda tree: tree["checks"].update(regional_tolerance=50)),
    "limit of the server": (
        "config/server.yaml",
        lambda tree: tree["limits"].update(sessions=0),
    ),
    "role": (
        "config/server.yaml",
        lambda tree: tree["access"]["roles"].update(write={"everyone": True}),
    ),
    "members": (
        "config/server.yaml",
        lambda tree: tree["access"]["roles"]["import"].update(addresses=["127.0.0.1"]),
    ),
}


@pytest.mark.parametrize(("file", "change"), REFUSED.values(), ids=REFUSED)
def test_the_schema_refuses_what_the_file_may_not_hold(file, change):
    tree = shipped(file)
    change(tree)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tree, schema_of(file))


def test_the_schema_says_what_keys_mean_in_the_words_of_the_models():
    indicator = schema_of(INDICATORS)["$defs"]["IndicatorEntry"]["properties"]
    assert "in percent" in indicator["kind"]["description"]
    assert "class bounds" in indicator["bounds"]["description"]
    for file, model in CONFIG_FILES.items():
        assert set(schema_of(file)["properties"]) == set(model.model_fields)


def test_the_schemas_are_kept_beside_the_files():
    checked = CliRunner().invoke(app, ["config", "schema", "--check", "--project", str(ROOT)])
    assert checked.exit_code == 0, checked.output
    assert "à jour" in checked.output


def test_an_old_schema_is_told_and_written_again(tmp_path):
    arguments = ["config", "schema", "--project", str(tmp_path)]
    assert "Schémas écrits" in CliRunner().invoke(app, arguments).output
    (tmp_path / "config/schemas/checks.schema.json").write_text("{}", "utf-8")
    old = CliRunner().invoke(app, [*arguments, "--check"])
    assert old.exit_code == 1 and "config/schemas/checks.schema.json" in old.output
    assert "config/schemas/config.schema.json" not in old.output
    CliRunner().invoke(app, arguments)
    for name, text in schema_texts().items():
        assert (tmp_path / name).read_text("utf-8") == text


@pytest.mark.parametrize("file", CONFIG_FILES)
def test_each_file_says_where_its_schema_is(file):
    first = (ROOT / file).read_text("utf-8").splitlines()[0]
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert ((ROOT / file).parent / named).resolve().relative_to(ROOT).as_posix() in schema_texts()
