"""Who borders whom on land, among départements and among régions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from atlas.geometry import layout
from atlas.geometry.shaping import project, shared_lines
from atlas.geometry.tables import Tables

if TYPE_CHECKING:
    import geopandas as gpd

#: Metres of common border under which two territories only touch: at the confluence of the
#: Durance and the Verdon, Var and Vaucluse meet over 600 m, less than what outlines tell.
TOUCH = 1_000

Lengths = Mapping[tuple[str, str], float]


def adjacent(departements: gpd.GeoDataFrame, tables: Tables) -> dict[str, list[str]]:
    """By prefixed code (``DEP-2A``, ``REG-75``), the neighbours of the same kind, in code order.

    Neither sea nor bridges make neighbours. Overseas territories have none: only the mainland
    and Corsica are compared, in one projection.
    """
    mainland = [code for code in tables.departements if code not in layout.OVERSEAS]
    lines = shared_lines(project(departements, mainland, layout.LAMBERT_93))
    lengths = {pair: sum(line.length for line in both) for pair, both in lines.items()}
    return {**_named("DEP", lengths), **_named("REG", _between_regions(lengths, tables))}


def _between_regions(lengths: Lengths, tables: Tables) -> Lengths:
    """What two régions share is what their départements share."""
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for pair, length in lengths.items():
        one, other = sorted(tables.region_of[code] for code in pair)
        if one != other:
            sums[one, other] += length
    return sums


def _named(prefix: str, lengths: Lengths) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for (one, other), length in lengths.items():
        if length >= TOUCH:
            found[f"{prefix}-{one}"].append(f"{prefix}-{other}")
            found[f"{prefix}-{other}"].append(f"{prefix}-{one}")
    return {code: sorted(others) for code, others in sorted(found.items())}
