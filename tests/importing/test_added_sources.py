"""A new document and a new profile enter files of any form; what was written loads."""

from __future__ import annotations

import dataclasses
import json
import threading
from pathlib import Path

import pytest
import yaml

from atlas.importing.history import past_imports, undo_last_import
from atlas.importing.profile_saving import PROFILES_FILE, save_profile
from atlas.importing.records import ImportedRow
from atlas.importing.writing import write_rows
from atlas.observations.checks import KnownKeys
from atlas.project import Project
from atlas.settings import Source, read_sources
from atlas.store.journal import HISTORY_FOLDER

NEW = Source(
    title="Bilan : l’année « 2025 »",
    publisher="Agence",
    published="2026-02",
    licence="Libre",
    grade="producer",
)
OLD = {"title": "A", "publisher": "B", "published": "2025", "licence": "C", "grade": "press"}
ROW = ImportedRow(
    "DEP-33", "activation_rate", "", "2025", "40.0", "", "", "", "agence-2026", "", "", "C4"
)
BLOCK = """\
# Preference: the first.
ancien:
  title: A
  publisher: B
  published: '2025'
  licence: C
  grade: press
"""
FORMS = {
    "block": BLOCK,
    "without its last end of line": BLOCK.rstrip(),
    "windows": BLOCK.replace("\n", "\r\n"),
    "byte order mark": "\ufeff" + BLOCK,
    "flow": f"{{ancien: {yaml.safe_dump(OLD, default_flow_style=True).strip()}}}\n",
    "json": json.dumps({"ancien": OLD}),
    "indented": "".join(f"  {line}\n" for line in BLOCK.splitlines()),
    "document": f"---\n{BLOCK}...\n",
    "ended": f"{BLOCK}...\n# after the end\n",
    "last comment": f"{BLOCK}# end",
}


@pytest.fixture
def with_new(known_keys: KnownKeys) -> KnownKeys:
    return dataclasses.replace(known_keys, sources={**known_keys.sources, "agence-2026": NEW})


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_a_document_enters_a_file_of_any_form(tmp_path, with_new, text):
    path = tmp_path / "sources.yaml"
    path.write_bytes(text.encode())
    assert write_rows(tmp_path, [ROW], with_new).problems == ()
    sources, problems = read_sources(path, "data/sources.yaml")
    assert problems == [] and sources == {"ancien": Source(**OLD), "agence-2026": NEW}
    if text.startswith("#"):
        assert "# Preference: the first." in path.read_text("utf-8")


@pytest.mark.parametrize(
    "text", ["- a\n- b\n", "ancien: [\n", "ancien: &a {}\n", "a: 1\na: 1\n", ""]
)
def test_a_file_that_does_not_load_is_left_as_it_is(tmp_path, with_new, text):
    path = tmp_path / "sources.yaml"
    path.write_text(text, "utf-8")
    written = write_rows(tmp_path, [ROW], with_new)
    if written.problems:
        assert path.read_text("utf-8") == text and not (tmp_path / "2025.csv").exists()
    else:
        assert read_sources(path, "data/sources.yaml")[0] == {"agence-2026": NEW}


PROFILE_FORMS = {
    "flow": lambda tree: yaml.safe_dump(tree, default_flow_style=True, allow_unicode=True),
    "json": lambda tree: json.dumps(tree, ensure_ascii=False),
    "ended": lambda tree: yaml.safe_dump(tree, allow_unicode=True) + "...\n",
}


@pytest.mark.parametrize(
    "form",
    [
        pytest.param(form, id=name, marks=[] if name == "flow" else [pytest.mark.long])
        for name, form in PROFILE_FORMS.items()
    ],
)
def test_a_profile_enters_a_file_of_any_form(copy_of_project, form):
    config = copy_of_project / PROFILES_FILE
    config.write_text(form(yaml.safe_load(config.read_text("utf-8"))), "utf-8")
    place = Project(copy_of_project)
    profile = next(iter(place.settings.import_profiles.values()))
    written = save_profile(copy_of_project, "essai", profile, place.settings_problems)
    assert written.problems == ()
    assert Project(copy_of_project).settings.import_profiles["essai"] == profile


def save_at_once(base: Path, rounds: int) -> None:
    """Two pages keep a profile at the same moment, again and again: all are there at the end."""
    place = Project(base)
    profile = next(iter(place.settings.import_profiles.values()))
    refused: list[object] = []

    def save(person: str) -> None:
        for number in range(rounds):
            key = f"{person}-{number}"
            refused.extend(save_profile(base, key, profile, place.settings_problems).problems)

    people = [threading.Thread(target=save, args=(name,)) for name in ("anne", "jean")]
    for person in people:
        person.start()
    for person in people:
        person.join()
    kept = Project(base).settings.import_profiles
    assert refused == []
    assert {f"{p}-{n}" for p in ("anne", "jean") for n in range(rounds)} < {*kept}


def test_profiles_kept_at_once_are_all_kept(copy_of_project):
    save_at_once(copy_of_project, 2)


@pytest.mark.long
def test_profiles_kept_at_once_are_all_kept_in_fifteen_rounds(copy_of_project):
    save_at_once(copy_of_project, 15)


def test_a_profile_kept_is_no_import_to_take_back(copy_of_project):
    place = Project(copy_of_project)
    profile = next(iter(place.settings.import_profiles.values()))
    save_profile(copy_of_project, "essai", profile, place.settings_problems)
    assert (copy_of_project / "data" / HISTORY_FOLDER / "000001").is_dir()
    assert past_imports(copy_of_project / "data") == []
    assert "aucun import" in undo_last_import(copy_of_project / "data").problems[0].message
