"""What the tests of imports share."""

from __future__ import annotations

import pytest

from atlas.observations.checks import KnownKeys


@pytest.fixture(scope="session")
def known_keys(words: KnownKeys) -> KnownKeys:
    """The indicators, territories and sources that a data file may name."""
    return words
