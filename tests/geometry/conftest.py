"""What the tests of outlines share: squares to spoil, and the shipped outlines once prepared."""

from __future__ import annotations

from typing import Any

import pytest
from geo_cases import HIERARCHY, NAMES, SHIPPED, Features, squares

from atlas.geometry import Shapes, ensure_prepared


@pytest.fixture
def features() -> Features:
    """One square per département."""
    return squares(NAMES)


@pytest.fixture(scope="session")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> Shapes:
    """The outlines that come with the dashboard, prepared under a wrong credit."""
    made, problems = ensure_prepared(
        SHIPPED,
        base=SHIPPED.parent,
        hierarchy=HIERARCHY,
        credit="Somebody",
        static_dir=tmp_path_factory.mktemp("static"),
    )
    assert made, problems
    return made


@pytest.fixture(scope="session")
def france(shapes: Shapes) -> dict[str, Any]:
    """The TopoJSON of the map of France."""
    return shapes.inline("FR")
