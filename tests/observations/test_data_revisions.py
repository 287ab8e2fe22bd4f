"""data/revisions.yaml: what changed in the figures, what is refused, and the rows that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.observations.data_revisions import row_keys, unknown_rows
from atlas.project import DATA_REVISIONS_FILE, Project
from atlas.settings import read_data_revisions

ROW = "FR/activated_profiles/2024-10/la-reunion-2026"
TEXT = f"""- date: "2026-10-01"
  sentences: ["Avant."]
- date: "2026-11-28"
  sentences: ["Après."]
  rows: ["{ROW}"]
"""


def read(folder: Path, text: str):
    (folder / "revisions.yaml").write_text(text, "utf-8")
    return read_data_revisions(folder / "revisions.yaml", DATA_REVISIONS_FILE)


def test_the_newest_day_comes_first(tmp_path):
    revisions, problems = read(tmp_path, TEXT)
    assert problems == [] and [one.date for one in revisions] == ["2026-11-28", "2026-10-01"]
    assert revisions[0].rows == [ROW]


def test_without_the_file_nothing_was_revised(tmp_path):
    assert read_data_revisions(tmp_path / "revisions.yaml", DATA_REVISIONS_FILE) == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('"2026-11-28"', '"2026-11"', 3, "« 2026-11 » n’est pas un jour"),
        ('"2026-11-28"', '"2026-11-31"', 3, "ce jour n’est pas au calendrier"),
        ('"2026-11-28"', '"fin novembre"', 3, "n’est pas une période"),
        ('"2026-11-28"', '"2026-10-01"', 3, "cette date a déjà une entrée"),
        ('["Après."]', "[]", 4, "hors des limites"),
        ("  sentences: [\"Après", "  phrases: [\"Après", 4, "« phrases » est inconnue"),
        (ROW, "FR/activated_profiles", 5, "ne désigne pas une ligne"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_refused_with_its_line(tmp_path, old, new, line, said):
    revisions, problems = read(tmp_path, TEXT.replace(old, new))
    assert revisions is None
    assert (DATA_REVISIONS_FILE, line) in [(p.file, p.line) for p in problems]
    assert any(said in problem.message for problem in problems)


def test_a_key_names_the_corridor_before_the_period(project):
    rows = project.dataset().as_published
    found = row_keys(rows[rows["corridor"] == "radiologie"])
    assert len(found) and all("/radiologie/20" in key for key in found)


def test_a_key_of_no_row_is_a_problem_of_the_project(copy_of_project):
    file = copy_of_project / DATA_REVISIONS_FILE
    file.write_text(
        file.read_text("utf-8").replace("2024-10/la-reunion", "2024-11/la-reunion"), "utf-8"
    )
    place = Project(copy_of_project)
    assert place.dataset() is not None
    (problem,) = place.problems()
    assert problem.file == DATA_REVISIONS_FILE and "2024-11/la-reunion-2026" in problem.message


def test_every_row_that_no_longer_shows_or_is_contradicted_is_among_the_revised(project):
    rows = project.dataset().as_published
    changed = rows[rows["rejected"] | (rows["verdict"] == "contradicted")]
    revised = {key for one in project.data_revisions for key in one.rows}
    assert set(row_keys(changed)) <= revised
    assert unknown_rows(rows, project.data_revisions, DATA_REVISIONS_FILE) == []


def test_a_revision_never_prints_what_is_rejected(project):
    said = " ".join(text for one in project.data_revisions for text in one.sentences)
    for number in ("66,6", "65 m", "11,5", "15 %", "220"):
        assert number not in said.replace("\u00a0", " ")
