"""What the tests of imports share."""

from __future__ import annotations

import pandas as pd
import pytest
from proposed_figures import Propose, proposer

from atlas.observations.checks import KnownKeys
from atlas.project import Project


@pytest.fixture(scope="session")
def published(project: Project) -> pd.DataFrame:
    """The figures that files are compared with."""
    return project.dataset().published


@pytest.fixture(scope="session")
def propose(known_keys: KnownKeys, published: pd.DataFrame) -> Propose:
    """What the proposal alone makes of a file."""
    return proposer(known_keys, published)
