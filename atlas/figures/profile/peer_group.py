"""Who a territory is compared with: its neighbours, those of its size, or those one chooses."""

from __future__ import annotations

from dataclasses import dataclass

from atlas import french, periods
from atlas.figures.common.context import FigureContext
from atlas.figures.common.ranks import KIND_NOUNS
from atlas.figures.profile.request import Peers, ProfileRequest
from atlas.figures.profile.request_checks import check_profile
from atlas.figures.profile.territory_position import TerritoryPosition, territory_position
from atlas.figures.profile.texts import population_label
from atlas.indicators.peers import nearest, populations
from atlas.territories import Kind

NEIGHBOURS_NOTE = "Voisins : territoires qui partagent une frontière terrestre."
# How many territories of near population are shown.
MAX_NEAR_POPULATIONS = 5


@dataclass(frozen=True)
class PeerGroup:
    """codes: whom the territory is compared with, of its kind. title, « départements voisins »,
    and note, how they were found, are empty where they were chosen one by one."""

    codes: tuple[str, ...]
    title: str = ""
    note: str = ""


def position_and_peers(
    context: FigureContext, request: ProfileRequest
) -> tuple[TerritoryPosition, PeerGroup]:
    """Where the territory of a request stands at its period, and whom it is compared with.

    Raises RequestError for what a profile cannot show.
    """
    check_profile(context, request)
    code, *chosen = request.codes
    accumulation = context.settings.indicators[request.indicator].accumulation
    position = territory_position(
        context,
        code,
        request.indicator,
        periods.reference_period(request.period, accumulation),
    )
    return position, peer_group(context, code, request.peers, tuple(chosen))


def peer_group(
    context: FigureContext, code: str, peers: Peers, chosen: tuple[str, ...] = ()
) -> PeerGroup:
    """The territories that a rule, or a choice, sets beside a région or a département."""
    if code == "FR":
        return PeerGroup(())
    kind = context.territories[code].kind
    many = KIND_NOUNS[kind][1]
    if peers == "voisins":
        found = context.shapes.neighbours(code) if context.shapes else ()
        return (
            PeerGroup(found, f"{many} voisin{'es' if kind == 'REG' else 's'}", NEIGHBOURS_NOTE)
            if found
            else PeerGroup(())
        )
    if peers == "population":
        found = tuple(nearest(populations(context.territories, kind), code, MAX_NEAR_POPULATIONS))
        return PeerGroup(
            found, f"{many} de population proche", _population_note(context, kind, (code, *found))
        )
    return PeerGroup(chosen)


def _population_note(context: FigureContext, kind: Kind, codes: tuple[str, ...]) -> str:
    """« Population (Insee, 1ᵉʳ janvier 2024) : Landes, 429 000 ; … »."""
    counts = populations(context.territories, kind)
    said = [
        f"{context.territories[code].name}, {french.format_number(counts[code])}"
        for code in codes
        if code in counts
    ]
    return f"{population_label(context)} : {' ; '.join(said)}." if said else ""
