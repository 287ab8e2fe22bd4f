"""Dossiers and comparisons that have a file each: read beside the others, and refused with their
own file and line."""

from __future__ import annotations

import errno
from pathlib import Path

import jsonschema
import pytest
import yaml
from config_cases import CONFIG, ENGLISH, SOURCES, TERRITORIES, write_files

from atlas.problems import Problem
from atlas.settings import Settings, lines_of_settings, read_settings
from atlas.settings.entry_files import (
    ENTRY_SECTIONS,
    MAX_KEY_LENGTH,
    entry_file,
    entry_name_problem,
    list_entry_files,
)
from atlas.settings.reading import read_entry_bytes
from atlas.settings.schema import schema_line, schema_of_entry
from atlas.store.names import is_entry_name

SHIPPED = Path(__file__).parents[2] / "config.yaml"
DOSSIER = """\
title: "Le Sud"
nav: "Sud"
territory: REG-04
period: "2025"
source: dossier-2026
introduction: "Les chiffres clés."
blocks:
  - kind: map
    indicator: activation_rate
"""
COMPARISON = """\
title: "Deux"
nav: "Deux"
introduction: "Face à face."
territories: [FR, REG-04]
indicators: [activation_rate]
layout: bars
"""
SUD, DEUX = "config/dossiers/sud.yaml", "config/comparisons/deux.yaml"


def read(folder: Path, files: dict[str, str]) -> tuple[Settings | None, list[Problem]]:
    """The short configuration, and files beside it."""
    write_files(folder, {})
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return read_settings(folder, territories=TERRITORIES, sources=SOURCES)


def test_entries_of_files_follow_those_of_config_yaml_by_name(tmp_path):
    files = {SUD: DOSSIER, "config/dossiers/a.yaml": DOSSIER, DEUX: COMPARISON}
    settings, problems = read(tmp_path, files)
    assert problems == [] and settings
    assert list(settings.dossiers) == ["la-reunion", "a", "sud"]
    assert list(settings.comparisons) == ["taux", "deux"]
    assert settings.dossiers["sud"].title == "Le Sud"


def test_both_sections_may_be_absent_from_config_yaml(tmp_path):
    short = CONFIG.partition("comparisons:")[0]
    settings, problems = read(tmp_path, {"config.yaml": short, SUD: DOSSIER})
    assert problems == [] and settings
    assert (list(settings.dossiers), settings.comparisons) == (["sud"], {})


def test_files_of_another_kind_are_left_alone(tmp_path):
    files = dict.fromkeys(("config/dossiers/.sud.yaml", "config/dossiers/notes.txt"), "x: [")
    settings, problems = read(tmp_path, files)
    assert problems == [] and settings and list(settings.dossiers) == ["la-reunion"]


# File, what replaces what in it (¶ marks the place that is named), where, message, cure.
REFUSED = {
    "a misspelt key": (
        SUD, 'nav: "Sud"', 'nav: "Sud"\n¶naf: S', "naf", "« naf » est inconnue", "« nav »",
    ),
    "a misspelt key of a block": (
        SUD, "  - kind: map", "  - kind: map\n    ¶levle: caisses", "blocks.0.levle",
        "« levle » est inconnue", "« level »",
    ),
    "a missing key": (SUD, 'title: "Le Sud"\n', "¶", "title", "la clé « title » manque", "Ajoutez"),
    "an unknown territory": (
        SUD, "territory: REG-04", "¶territory: REG-0", "territory", "territoire inconnu",
        "« REG-04 »",
    ),
    "an unknown indicator": (
        SUD, "indicator: activation_rate", "¶indicator: activation_rat", "blocks.0.indicator",
        "indicateur inconnu", "« activation_rate »",
    ),
    "a map of a count": (
        SUD, "indicator: activation_rate", "¶indicator: activated_profiles", "blocks.0.indicator",
        "ne peut pas colorier une carte", "bounds",
    ),
    "an empty name": (SUD, 'nav: "Sud"', '¶nav: " "', "nav", "« nav » est vide", "Écrivez"),
    "no neighbours": (
        DEUX, "layout: bars", "layout: bars\n¶neighbours: FR", "neighbours",
        "n’a pas de voisins", "REG-75",
    ),
    "a territory twice": (
        DEUX, "territories: [FR, REG-04]", "¶territories: [FR, FR]", "territories.1",
        "figure deux fois", "Gardez",
    ),
    "a key of another layout": (
        DEUX, "layout: bars", "layout: bars\nscales: free", "", "« scales » ne sert pas", "",
    ),
    "a former key": (
        DEUX, "layout: bars", 'layout: dots\nperiod: "2025"\n¶against: "2024"', "against",
        "s’appelle maintenant « compared_to »", "Renommez",
    ),
    "no YAML": (SUD, "blocks:", "¶blocks: [", "", "la syntaxe YAML est incorrecte", "Vérifiez"),
    "a section over the entry": (
        SUD, "title", "¶dossiers:\n  sud:\n    title", "", "", "",
    ),
    "an empty file": (SUD, DOSSIER, "", "", "le fichier doit être un ensemble de clés", "Écrivez"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "message", "cure"), REFUSED.values(), ids=REFUSED
)
def test_what_is_wrong_in_a_file_is_said_with_this_file_and_its_line(
    tmp_path, file, old, new, where, message, cure
):
    text = {SUD: DOSSIER, DEUX: COMPARISON}[file].replace(old, new, 1)
    settings, problems = read(tmp_path, {file: text.replace("¶", "")})
    assert settings is None and {problem.file for problem in problems} == {file}
    found = next(p for p in problems if message in p.message and cure in p.cure)
    if where:
        line = text[: text.index("¶")].count("\n") + 1
        assert (found.where, found.line) == (where, line)
    assert not any(ENGLISH.search(f"{p.message} {p.cure}") for p in problems)


def test_an_entry_under_its_section_is_told_to_come_to_the_margin(tmp_path):
    text = "dossiers:\n  sud:\n" + "".join(f"    {line}\n" for line in DOSSIER.splitlines())
    _, problems = read(tmp_path, {SUD: text})
    assert [(p.file, p.line, p.where) for p in problems] == [(SUD, 1, "dossiers")]
    assert "n’y a pas sa place" in problems[0].message and "marge" in problems[0].cure


def test_the_same_key_in_both_places_is_refused_saying_both(tmp_path):
    _, problems = read(tmp_path, {"config/dossiers/la-reunion.yaml": DOSSIER})
    (problem,) = problems
    line = CONFIG.splitlines().index("  la-reunion:") + 1
    assert problem.file == "config/dossiers/la-reunion.yaml"
    assert f"« la-reunion » figure aussi dans config.yaml, ligne {line}" in problem.message


@pytest.mark.parametrize(
    "name", ["Sud.yaml", "le sud.yaml", "été.yaml", "a--b.yaml", "-a.yaml", "sud.yml", "SUD.YAML",
             f"{'a' * (MAX_KEY_LENGTH + 1)}.yaml", "a\n.yaml"]
)  # fmt: skip
def test_a_name_that_is_no_key_is_refused_with_its_file(tmp_path, name):
    file = f"config/dossiers/{name}"
    settings, problems = read(tmp_path, {file: DOSSIER, SUD: DOSSIER})
    assert settings is None and [problem.file for problem in problems] == [file]
    assert "ne convient pas" in problems[0].message and "corse-2026.yaml" in problems[0].cure
    assert not is_entry_name(file)


@pytest.mark.parametrize("key", ["a", "corse-2026", "la_reunion", "2026", "a" * MAX_KEY_LENGTH])
def test_what_is_read_may_be_written_by_the_store(key):
    for section in ENTRY_SECTIONS:
        assert entry_name_problem(entry_file(section, key)) is None
        assert is_entry_name(entry_file(section, key))


def test_a_folder_that_cannot_be_listed_is_a_problem(tmp_path, monkeypatch):
    def refuse(path: Path) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    read(tmp_path, {SUD: DOSSIER})
    monkeypatch.setattr(Path, "iterdir", refuse)
    names, problems = list_entry_files(tmp_path)
    assert names == [] and problems[0].file == "config/dossiers"
    assert "illisible" in problems[0].message


def test_a_candidate_is_read_beside_the_others_or_in_the_place_of_one(tmp_path):
    read(tmp_path, {SUD: DOSSIER})
    fresh = tmp_path / "fresh"
    fresh.write_text(DOSSIER.replace("Le Sud", "Neuf"), "utf-8")
    for name, keys in ((SUD, {"sud"}), ("config/dossiers/neuf.yaml", {"sud", "neuf"})):
        settings, problems = read_settings(
            tmp_path, territories=TERRITORIES, sources=SOURCES, instead={name: fresh}
        )
        assert problems == [] and settings
        assert settings.dossiers.keys() == {"la-reunion", *keys}
        assert settings.dossiers[Path(name).stem].title == "Neuf"


def test_the_lines_of_the_settings_say_the_file_of_each_entry(tmp_path):
    read(tmp_path, {SUD: DOSSIER})
    tree = lines_of_settings(tmp_path)
    own = tree.problem(("dossiers", "sud", "blocks", 0), "", "m", "c")
    shared = tree.problem(("dossiers", "la-reunion"), "", "m", "c")
    assert (own.file, own.line, own.where) == (SUD, 8, "blocks.0")
    assert (shared.file, shared.where) == ("config.yaml", "dossiers.la-reunion")


@pytest.mark.parametrize("section", ENTRY_SECTIONS)
def test_the_schema_of_a_file_accepts_what_is_shipped_and_refuses_another_key(section):
    schema = schema_of_entry(section)
    for entry in yaml.safe_load(SHIPPED.read_text("utf-8"))[section].values():
        jsonschema.validate(entry, schema)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**entry, "naf": "x"}, schema)
    named = schema_line(section).strip().partition("$schema=")[2]
    assert (SHIPPED.parent / "config" / section / named).resolve().is_file()


def test_the_fields_of_a_file_are_those_that_are_written():
    assert read_entry_bytes(DOSSIER.encode(), "sud.yaml", "dossiers") == (
        yaml.safe_load(DOSSIER),
        [],
    )
    fields, problems = read_entry_bytes(b"a: &b 1", "sud.yaml", "dossiers")
    assert fields is None and problems[0].file == "sud.yaml"
