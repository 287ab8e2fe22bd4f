"""The reference images, compared or, by `make references`, kept anew."""

from __future__ import annotations

import pytest
from reference_images import References


@pytest.fixture(scope="session")
def references(pytestconfig: pytest.Config) -> References:
    return References(renewing=pytestconfig.getoption("--renew-references"))
