"""Where a map opens: a map of hatched shapes tells nothing."""

from __future__ import annotations

from atlas.figures.common.context import FigureContext
from atlas.figures.map.request import MapRequest
from atlas.figures.options import fullest_period, map_codes
from atlas.settings import Level

#: A map opens on territories of which at least this share have a figure.
MIN_KNOWN_SHARE = 0.5


def first_view(context: FigureContext, indicator: str) -> MapRequest:
    """The widest map that is mostly known at its fullest period: France by département or by
    région, else the région whose départements are known best; France by département where there
    is no such map."""
    levels: tuple[Level, ...] = ("departements", "regions")
    nation = [MapRequest(indicator=indicator, level=level) for level in levels]
    regions = [
        MapRequest(indicator=indicator, territory=code)
        for code in context.territories.of_kind("REG")
        if len(map_codes(context, "departements", code)) > 1
    ]
    dated = [
        request.with_fields(period=fullest_period(context, request))
        for request in (*nation, *regions)
    ]
    for request in dated[: len(nation)]:
        if known_share(context, request) >= MIN_KNOWN_SHARE:
            return request
    best = max(
        dated[len(nation) :],
        key=lambda request: (known_share(context, request), _known_count(context, request)),
    )
    return best if known_share(context, best) >= MIN_KNOWN_SHARE else dated[0]


def part_shown_text(context: FigureContext, request: MapRequest) -> str:
    """Why a map opens on a part of France, and where the rest is; empty for a map of it all."""
    if request.territory == "FR" and request.level == "departements":
        return ""
    whole = MapRequest(indicator=request.indicator)
    whole = whole.with_fields(period=fullest_period(context, whole))
    known = _known_count(context, whole)
    count = len(map_codes(context, "departements", "FR"))
    return f"En France, {known} des {count} départements ont un chiffre publié."


def known_share(context: FigureContext, request: MapRequest) -> float:
    """Of the territories of a map, the share that has a value at its period, from 0 to 1."""
    return _known_count(context, request) / len(
        map_codes(context, request.level, request.territory)
    )


def _known_count(context: FigureContext, request: MapRequest) -> int:
    codes = map_codes(context, request.level, request.territory)
    rows = context.dataset.select(indicator=request.indicator, territories=codes)
    rows = rows[rows["value"].notna() & (rows["reference_period"] == request.period)]
    return int(rows["territory"].nunique())
