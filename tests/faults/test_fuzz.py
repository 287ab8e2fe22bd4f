"""A few spoilt inputs for each reader; `make fuzz` tries thousands."""

from __future__ import annotations

import fuzz_targets
import pytest
from fuzz import counted, try_target
from fuzz_targets import targets

from atlas.project import Project

SEED = 20_261_128
INPUTS_PER_TARGET = 24
TARGETS = targets()


@pytest.fixture(autouse=True)
def one_reading_of_the_project(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The readers know what the project of the other tests names."""
    monkeypatch.setattr(fuzz_targets, "_project", lambda: project)


@pytest.mark.parametrize("name", TARGETS)
def test_a_reader_accepts_or_refuses_in_french_whatever_it_is_given(name: str) -> None:
    target = TARGETS[name]
    count = max(2, INPUTS_PER_TARGET // target.slowness)
    counts, failures = try_target(target, SEED, count)
    assert not failures, counted(counts)
    assert counts["accepted"] + counts["refused"] == count
