"""What can be chosen for a portrait: rates, and periods at which something can be shown."""

from __future__ import annotations

from atlas.figures.common.context import FigureContext
from atlas.figures.profile.territory_position import territory_position
from atlas.indicators.snapshot import periods as known_periods
from atlas.territories import Kind


def portrait_territories(context: FigureContext, *, like: str = "") -> list[str]:
    """France, régions and départements, each kind by name; with `like`, the others of its kind."""
    places = context.territories
    kinds: tuple[Kind, ...] = (places[like].kind,) if like else ("FR", "REG", "DEP")
    return [
        code
        for kind in kinds
        for code in places.sorted_by_name(places.of_kind(kind))
        if code != like
    ]


def portrait_indicators(context: FigureContext) -> list[str]:
    """Rates that a région or a département has, in their order."""
    rows = context.dataset.observations
    rows = rows[
        (rows["corridor"] == "")
        & rows["value"].notna()
        & ~rows["uncertain"]
        & rows["territory"].str.startswith(("REG-", "DEP-"))
    ]
    present = set(rows["indicator"])
    return [
        key
        for key, indicator in context.settings.indicators.items()
        if indicator.in_percent and key in present
    ]


def portrait_periods(context: FigureContext, code: str, indicator: str) -> list[str]:
    """Periods for which the territory or one of its kind has a value, newest first; those of
    whichever territory when none has."""
    kind = "REG" if code == "FR" else context.territories[code].kind
    codes = [code, *context.territories.of_kind(kind)]
    rows = context.dataset.index.of_indicator(indicator)
    return known_periods(rows, indicator, codes) or known_periods(
        rows, indicator, list(context.territories.by_code)
    )


def portrait_start(context: FigureContext, code: str, indicator: str) -> str:
    """The latest period with a value of the territory, else the one with most of its kind."""
    own = known_periods(context.dataset.index.of_territories(indicator, [code]), indicator, [code])
    if own:
        return own[0]
    context = context.narrow_to(indicators=[indicator])
    known = portrait_periods(context, code, indicator)
    return max(
        known,
        key=lambda reference_period: len(
            territory_position(context, code, indicator, reference_period).known
        ),
    )
