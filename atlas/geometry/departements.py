"""A file of départements → a checked GeoDataFrame, or every reason to refuse it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from atlas.geometry.feature_codes import columns_of, find_code_column
from atlas.geometry.feature_names import check_names
from atlas.geometry.geojson import display_name, locate_file, read_features
from atlas.geometry.left_out import leave_out_others
from atlas.geometry.surfaces import keep_surfaces, read_shape
from atlas.geometry.validation import Row, validate
from atlas.problems import Problem

if TYPE_CHECKING:
    import geopandas as gpd

MAX_VERTICES = 3_000_000

#: Widest gap between neighbours that is closed, in degrees (about 400 m).
MAX_CLOSED_GAP_DEG = 0.004


def read_departements(
    path: Path, *, base: Path, expected: Mapping[str, str], regions: Collection[str] = ()
) -> tuple[gpd.GeoDataFrame | None, list[Problem]]:
    """The départements of a GeoJSON file inside `base`, in WGS84 and in the order expected.

    expected: names by code (``2A``), all of which the file must hold; regions: codes by which a
    file of régions is known. Columns: code, name (ours), geometry; with remarks on what was mended
    or left out. None with every problem found when the file is refused.
    """
    name = display_name(path, base)
    file, problems = locate_file(path, base)
    features: list[dict[str, Any]] = []
    if file is not None:
        features, problems = read_features(file, name)
    if problems:
        return None, problems
    columns = columns_of(features)
    column, problems = find_code_column(columns, expected, regions, name)
    if column is None:
        return None, problems
    codes, left_out = leave_out_others(columns, column, expected)
    findings = [*left_out, *check_names(columns, codes, expected)]
    problems += [finding.problem(name) for finding in findings]
    rows = [
        _row(rank, features[rank - 1], code)
        for rank, code in enumerate(codes, start=1)
        if code is not None
    ]
    if sum(shapely.get_num_coordinates(row.shape) for row in rows) > MAX_VERTICES:
        return None, [
            Problem(
                name,
                f"les contours ont plus de {MAX_VERTICES // 1_000_000} millions de points",
                "Fournissez des contours simplifiés.",
            )
        ]
    sound, found = validate(rows, expected, name)
    problems += found
    refusals = [problem for problem in problems if not problem.is_remark]
    return (None, refusals) if refusals else (_frame(sound, expected), problems)


def _row(rank: int, feature: dict[str, Any], code: str) -> Row:
    geometry = feature.get("geometry")
    if not geometry:
        return Row(rank, code, None)
    try:
        shape, lost_lines = keep_surfaces(read_shape(geometry))
    except ValueError:
        return Row(rank, code, None, readable=False)
    return Row(rank, code, shape, lost_lines=lost_lines)


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
