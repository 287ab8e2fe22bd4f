"""Control characters in YAML: refused with their file, line and key, wherever they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.settings.reading import read_sources
from atlas.settings.strict_yaml import read_yaml

SOURCE = """\
# Les documents.
essai-2026:
  title: "Bilan 2026"
  publisher: "Agence d’essai"
  published: "2026"
  licence: "Non précisée"
  grade: producer
"""


def refused(folder: Path, text: str):
    (folder / "sources.yaml").write_text(text, "utf-8")
    return read_yaml(folder / "sources.yaml", "data/sources.yaml")[2]


@pytest.mark.parametrize(
    ("old", "new", "line", "where", "name"),
    [
        ("Bilan 2026", r"Bilan\v2026", 3, "essai-2026.title", "U+000B"),  # as PyYAML writes it
        ("Bilan 2026", "Bilan\x0b2026", 3, "essai-2026.title", "U+000B"),
        ("Agence d’essai", "Agence d\x92essai", 4, "essai-2026.publisher", "U+0092"),
        ("Agence d’essai", r"Agence \0", 4, "essai-2026.publisher", "U+0000"),
        ("grade: producer", "grade: |\n    pro\x01\n    ducer", 8, "essai-2026.grade", "U+0001"),
        ("Les documents", "Les\x0cdocuments", 1, "", "U+000C"),
        ('"2026"\n', '"2026"\n  "li\\vcence": x\n', 6, "essai-2026.li cence", "U+000B"),
    ],
)
def test_one_is_refused_with_its_line_and_its_key(tmp_path, old, new, line, where, name):
    assert old in SOURCE
    (problem,) = refused(tmp_path, SOURCE.replace(old, new))
    assert (problem.file, problem.line, problem.where) == ("data/sources.yaml", line, where)
    assert problem.message == f"un caractère de contrôle ({name}) n’est pas accepté"
    assert "\x0b" not in problem.value


@pytest.mark.parametrize("character", ["\u202e", "\u200b", "\ufeff", "\u2028", "\U000e0041"])
@pytest.mark.parametrize("is_escaped", [False, True])
def test_what_hides_or_turns_a_text_is_refused_too(tmp_path, character, is_escaped):
    code = f"{ord(character):04X}"
    written = (rf"\U{ord(character):08X}" if is_escaped else character) + "fin"
    (problem,) = refused(tmp_path, SOURCE.replace("Agence d’essai", f"Agence {written}"))
    assert (problem.line, problem.where) == (4, "essai-2026.publisher")
    assert f"(U+{code})" in problem.message and character not in problem.value


def test_all_of_them_are_told_at_once_and_nothing_is_read(tmp_path):
    path = tmp_path / "sources.yaml"
    path.write_text(SOURCE.replace("Bilan", "Bi\x0blan").replace("Non", r"N\von"), "utf-8")
    sources, problems = read_sources(path, "data/sources.yaml")
    assert sources is None
    assert sorted(problem.line for problem in problems) == [3, 6]


def test_a_text_over_several_lines_is_read(tmp_path):
    assert refused(tmp_path, SOURCE.replace("producer", "|\n    deux\n    lignes")) == []
