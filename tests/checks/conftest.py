"""The project's settings, a check of made-up rows, and what is found on the shipped data."""

from __future__ import annotations

import pandas as pd
import pytest
from observation_rows import Row, Run

from atlas.checks.records import Finding
from atlas.checks.registry import check
from atlas.periods import reference_period
from atlas.project import Project
from atlas.settings import Settings


@pytest.fixture(scope="session")
def settings(project: Project) -> Settings:
    assert project.settings
    return project.settings


@pytest.fixture(scope="session")
def run(settings: Settings, project: Project) -> Run:
    places = project.territories
    assert places

    def found(*rows: Row) -> list[Finding]:
        frame = pd.DataFrame(rows)
        frame["reference_period"] = [
            reference_period(p, settings.indicators[i].accumulation)
            for p, i in zip(frame["period"], frame["indicator"], strict=True)
        ]
        return check(frame, settings, places)

    return found


@pytest.fixture(scope="session")
def shipped(project: Project, settings: Settings) -> dict[str, Finding]:
    book, places = project.dataset(), project.territories
    assert book and places
    return {finding.key: finding for finding in check(book.with_rejected, settings, places)}
