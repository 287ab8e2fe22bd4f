"""Slides that many tests look at."""

from __future__ import annotations

import pytest
from slides_cases import Printer

from atlas.project import Project


@pytest.fixture(scope="session")
def printer(project: Project) -> Printer:
    return Printer(project)
