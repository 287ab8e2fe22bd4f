"""What is said of a set of territories of which only some have a value, and of their ranks."""

from __future__ import annotations

from collections.abc import Collection

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.indicators.ranking import Rank
from atlas.sentences.notes import publication_count
from atlas.settings import Indicator
from atlas.territories import Kind

#: A territory of a kind, and several.
KIND_NOUNS: dict[Kind, tuple[str, str]] = {
    "REG": ("région", "régions"),
    "DEP": ("département", "départements"),
    "CPAM": ("caisse", "caisses"),
}


def count_text(known: int, total: int, kind: Kind) -> str:
    """« 13 départements sur 101 », « les 18 régions »."""
    one, many = KIND_NOUNS[kind]
    if known == total:
        return f"les {total} {many}"
    return f"{known} {many if known > 1 else one} sur {total}"


def published_count_text(
    context: FigureContext, known: int, total: int, kind: Kind, indicator: Indicator
) -> str:
    """« 3 régions sur 18 ont publié ce taux »; what is invented is never said to be published."""
    one, many = KIND_NOUNS[kind]
    if not context.dataset.fictitious:
        return publication_count(known, total, one, many, f"ce {indicator.value_noun}")
    noun, verb = (many, "ont") if known > 1 else (one, "a")
    return f"{known} {noun} sur {total} {verb} un {indicator.value_noun} connu"


def compared_count_text(context: FigureContext, codes: Collection[str]) -> str:
    """« 3 régions sur 18 », of the territories compared beside France; empty when they are of
    several kinds, or all of theirs."""
    places = [context.territories[code] for code in codes if code != "FR"]
    kinds = {place.kind for place in places}
    if len(kinds) != 1:
        return ""
    (kind,) = kinds
    total = len(context.territories.of_kind(kind))
    return "" if len(places) == total else count_text(len(places), total, kind)


def place_text(rank: Rank) -> str:
    """« 1ᵉʳ », « 3ᵉ ex æquo »; « 2ᵉ à 4ᵉ » where more than a tie is open."""
    if rank.is_range:
        return f"{french.format_ordinal(rank.best)} à {french.format_ordinal(rank.worst)}"
    return french.format_ordinal(rank.place) + (f"{french.NBSP}ex æquo" if rank.shared else "")
