"""The file that keeps which cells of the invented figures are hidden."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from atlas.demo import HIDDEN_CELLS_FILE, stored_hidden_cells
from atlas.disclosure.cells import Cell
from atlas.observations.checks import KnownKeys
from atlas.project import Project

FIGURES = pd.DataFrame({"territory": ["DEP-22", "DEP-29"], "value": [3.0, 11.0]})
CELLS: set[Cell] = {("DEP-22", "structures_feeding", "", "2025")}


class Counted:
    """Finds the cells, and counts how often it is called."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, *_: object) -> set[Cell]:
        self.calls += 1
        return set(CELLS)


@pytest.fixture
def find(monkeypatch: pytest.MonkeyPatch) -> Counted:
    counted = Counted()
    monkeypatch.setattr("atlas.demo.hidden_cells", counted)
    return counted


def test_what_was_found_once_is_read_the_second_time(
    tmp_path: Path, known_keys: KnownKeys, find: Counted
) -> None:
    for _ in range(2):
        inputs = (FIGURES, known_keys.settings, known_keys.territories)
        assert stored_hidden_cells(tmp_path, *inputs) == CELLS
    assert find.calls == 1 and [file.name for file in tmp_path.iterdir()] == [HIDDEN_CELLS_FILE]


def test_other_figures_are_looked_at_anew(
    tmp_path: Path, known_keys: KnownKeys, find: Counted
) -> None:
    for value in (3.0, 4.0):
        figures = FIGURES.assign(value=value)
        stored_hidden_cells(tmp_path, figures, known_keys.settings, known_keys.territories)
    assert find.calls == 2


def test_other_rules_are_looked_at_anew(
    tmp_path: Path, known_keys: KnownKeys, find: Counted
) -> None:
    for secrecy in (known_keys.settings.secrecy, {}):
        settings = known_keys.settings.model_copy(update={"secrecy": secrecy})
        stored_hidden_cells(tmp_path, FIGURES, settings, known_keys.territories)
    assert find.calls == 2


@pytest.mark.parametrize("text", ["", "{", "[]", '{"key": 1}', '{"cells": []}'])
def test_a_file_that_is_not_ours_is_replaced(
    tmp_path: Path, known_keys: KnownKeys, find: Counted, text: str
) -> None:
    (tmp_path / HIDDEN_CELLS_FILE).write_text(text, "utf-8")
    for _ in range(2):
        inputs = (FIGURES, known_keys.settings, known_keys.territories)
        assert stored_hidden_cells(tmp_path, *inputs) == CELLS
    assert find.calls == 1


def test_a_folder_that_cannot_be_written_keeps_nothing(
    tmp_path: Path, known_keys: KnownKeys, find: Counted
) -> None:
    path = tmp_path / "missing"
    assert stored_hidden_cells(path, FIGURES, known_keys.settings, known_keys.territories) == CELLS
    assert find.calls == 1 and list(tmp_path.iterdir()) == []


def test_published_figures_have_no_such_file(copy_of_project: Path) -> None:
    assert Project(copy_of_project).dataset()
    assert list((copy_of_project / "data").rglob("*hidden_cells*")) == []
