"""Territories to be compared with: those of nearest population."""

from __future__ import annotations

from collections.abc import Mapping

from atlas.territories import Kind, Territories


def populations(territories: Territories, kind: Kind) -> dict[str, int]:
    """Inhabitants of each territory of a kind: a région's are the sum of its départements'.

    Those of which a part is not known are left out.
    """
    found = {}
    for code in territories.of_kind(kind):
        parts = [territories.population.get(part) for part in territories.of_kind("DEP", code)]
        known = [part for part in parts if part is not None]
        if parts and len(known) == len(parts):
            found[code] = sum(known)
    return found


def nearest(inhabitants: Mapping[str, int], code: str, count: int) -> list[str]:
    """The `count` territories whose population is nearest to that of `code`, nearest first."""
    if code not in inhabitants:
        return []
    own = inhabitants[code]
    others = [other for other in inhabitants if other != code]
    return sorted(others, key=lambda other: (abs(inhabitants[other] - own), other))[:count]
