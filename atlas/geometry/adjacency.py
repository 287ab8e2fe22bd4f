"""Who borders whom on land, among départements and among régions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from atlas.geometry import insets
from atlas.geometry.coverage import project, shared_borders
from atlas.geometry.hierarchy import Hierarchy

if TYPE_CHECKING:
    import geopandas as gpd

#: Metres of common border under which two territories only touch: at the confluence of the
#: Durance and the Verdon, Var and Vaucluse meet over 600 m, less than what outlines tell.
MIN_SHARED_BORDER_M = 1_000

Lengths = Mapping[tuple[str, str], float]


def neighbours_of(departements: gpd.GeoDataFrame, hierarchy: Hierarchy) -> dict[str, list[str]]:
    """By prefixed code (``DEP-2A``, ``REG-75``), the neighbours of the same kind, in code order.

    Neither sea nor bridges make neighbours. Overseas territories have none: only the mainland
    and Corsica are compared, in one projection.
    """
    mainland = [code for code in hierarchy.departements if code not in insets.OVERSEAS]
    lines = shared_borders(project(departements, mainland, insets.LAMBERT_93_EPSG))
    lengths = {pair: sum(line.length for line in both) for pair, both in lines.items()}
    return {
        **_neighbours_by_code("DEP", lengths),
        **_neighbours_by_code("REG", _between_regions(lengths, hierarchy)),
    }


def _between_regions(lengths: Lengths, hierarchy: Hierarchy) -> Lengths:
    """What two régions share is what their départements share."""
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for pair, length in lengths.items():
        one, other = sorted(hierarchy.region_of[code] for code in pair)
        if one != other:
            sums[one, other] += length
    return sums


def _neighbours_by_code(prefix: str, lengths: Lengths) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for (one, other), length in lengths.items():
        if length >= MIN_SHARED_BORDER_M:
            found[f"{prefix}-{one}"].append(f"{prefix}-{other}")
            found[f"{prefix}-{other}"].append(f"{prefix}-{one}")
    return {code: sorted(others) for code, others in sorted(found.items())}
