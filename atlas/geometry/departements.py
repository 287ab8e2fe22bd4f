"""A file of départements → a checked GeoDataFrame, or every reason to refuse it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from shapely.errors import ShapelyError

from atlas.geometry.geojson import display_name, locate_file, read_features
from atlas.geometry.validation import Row, validate
from atlas.problems import Problem

if TYPE_CHECKING:
    import geopandas as gpd

MAX_VERTICES = 3_000_000

#: Widest gap between neighbours that is closed, in degrees (about 400 m).
MAX_CLOSED_GAP_DEG = 0.004

#: Properties that hold the code of a département, by publisher; the first found is read.
CODE_KEYS = (
    "code",
    "code_insee",
    "insee_dep",
    "code_dept",
    "code_dep",
    "code_departement",
    "codedepartement",
    "dep",
    "dpt",
    "num_dep",
)


def read_departements(
    path: Path, *, base: Path, expected: Mapping[str, str]
) -> tuple[gpd.GeoDataFrame | None, list[Problem]]:
    """The départements of a GeoJSON file inside `base`, in WGS84 and in the order expected.

    expected: names by code (``2A``); the file must hold all of them and nothing else. Columns:
    code, name (ours), geometry. None with every problem found when the file is refused.
    """
    name = display_name(path, base)
    file, problems = locate_file(path, base)
    features: list[dict[str, Any]] = []
    if file is not None:
        features, problems = read_features(file, name)
    key = _code_key(features)
    if features and key is None:
        problems = [_no_code(name, features[0])]
    if problems:
        return None, problems
    rows = [_row(rank, feature, str(key)) for rank, feature in enumerate(features, start=1)]
    if sum(shapely.get_num_coordinates(row.shape) for row in rows) > MAX_VERTICES:
        return None, [
            Problem(
                name,
                f"les contours ont plus de {MAX_VERTICES // 1_000_000} millions de points",
                "Fournissez des contours simplifiés.",
            )
        ]
    sound, problems = validate(rows, expected, name)
    return (None, problems) if problems else (_frame(sound, expected), [])


def _code_key(features: list[dict[str, Any]]) -> str | None:
    """The property that holds the codes, as the file spells it."""
    spelt = {key.lower(): key for feature in features for key in _properties(feature)}
    return next((spelt[key] for key in CODE_KEYS if key in spelt), None)


def _no_code(name: str, feature: dict[str, Any]) -> Problem:
    found = ", ".join(_properties(feature)) or "aucune"
    return Problem(
        name,
        f"aucune propriété ne porte le code du département (propriétés trouvées : {found})",
        "Nommez cette propriété « code » ou « INSEE_DEP ».",
        where="properties",
    )


def _row(rank: int, feature: dict[str, Any], key: str) -> Row:
    code = _properties(feature).get(key)
    geometry = feature.get("geometry")
    shape = None
    if geometry:
        try:
            shape = shapely.force_2d(shapely.geometry.shape(geometry))
        except (ShapelyError, ValueError, TypeError, LookupError, AttributeError):
            return Row(rank, _text(code), None, readable=False)
    return Row(rank, _text(code), shape)


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature.get("properties")
    return properties if isinstance(properties, dict) else {}


def _text(code: object) -> str:
    return "" if code is None else str(code).strip()


def _frame(sound: Mapping[str, Any], expected: Mapping[str, str]) -> gpd.GeoDataFrame:
    import geopandas as gpd  # slow to import, and not needed once the shapes are prepared

    return gpd.GeoDataFrame(
        {"code": list(expected), "name": list(expected.values())},
        geometry=_match_edges([sound[code] for code in expected]),
        crs=4326,
    )


def _match_edges(shapes: list[Any]) -> list[Any]:
    """Shapes whose neighbours share their borders, which all that follows relies on.

    A file simplified shape by shape leaves slivers and small overlaps between neighbours; those
    too large to be slivers have been refused before.
    """
    if shapely.coverage_is_valid(shapes):
        return shapes
    return list(shapely.coverage_clean(shapes, gap_width=MAX_CLOSED_GAP_DEG))
