"""What can be chosen for a portrait: rates, and periods at which something can be shown."""

from __future__ import annotations

from atlas.indicators import periods as known_periods
from atlas.territories import Kind
from atlas.views.desk import Desk
from atlas.views.standing import standing


def portrait_territories(desk: Desk, *, like: str = "") -> list[str]:
    """France, régions and départements, each kind by name; with `like`, the others of its kind."""
    places = desk.territories
    kinds: tuple[Kind, ...] = (places[like].kind,) if like else ("FR", "REG", "DEP")
    return [
        code
        for kind in kinds
        for code in places.sorted_by_name(places.of_kind(kind))
        if code != like
    ]


def portrait_indicators(desk: Desk) -> list[str]:
    """Rates that a région or a département has, as config.yaml orders them."""
    rows = desk.book.figures
    rows = rows[
        (rows["corridor"] == "")
        & rows["value"].notna()
        & ~rows["uncertain"]
        & rows["territory"].str.startswith(("REG-", "DEP-"))
    ]
    present = set(rows["indicator"])
    return [
        key for key, kind in desk.settings.indicators.items() if kind.in_percent and key in present
    ]


def portrait_periods(desk: Desk, code: str, indicator: str) -> list[str]:
    """Periods for which the territory or one of its kind has a value, newest first; those of
    whichever territory when none has."""
    kind = "REG" if code == "FR" else desk.territories[code].kind
    codes = [code, *desk.territories.of_kind(kind)]
    return known_periods(desk.book.figures, indicator, codes) or known_periods(
        desk.book.figures, indicator, list(desk.territories.by_code)
    )


def portrait_start(desk: Desk, code: str, indicator: str) -> str:
    """The latest period with a value of the territory, else the one with most of its kind."""
    own = known_periods(desk.book.figures, indicator, [code])
    if own:
        return own[0]
    desk = desk.narrowed(indicators=[indicator])
    known = portrait_periods(desk, code, indicator)
    return max(known, key=lambda when: len(standing(desk, code, indicator, when).known))
