"""Who a territory is compared with: its neighbours, those of its size, or those one chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from atlas import wording
from atlas.indicators import nearest, populations
from atlas.territories import Kind
from atlas.views.desk import Desk
from atlas.views.standing_words import KINDS, population_label

# Empty: those that are named, else the nation and the région alone.
Peers = Literal["", "voisins", "population"]
NEIGHBOURS = "Voisins : territoires qui partagent une frontière terrestre."
# How many territories of near population are shown.
NEAREST = 5


@dataclass(frozen=True)
class Company:
    """codes: whom the territory is compared with, of its kind. title, « départements voisins »,
    and note, how they were found, are empty where they were chosen one by one."""

    codes: tuple[str, ...]
    title: str = ""
    note: str = ""


def company(desk: Desk, code: str, peers: Peers, chosen: tuple[str, ...] = ()) -> Company:
    """The territories that a rule, or a choice, sets beside a région or a département."""
    if code == "FR":
        return Company(())
    kind = desk.territories[code].kind
    many = KINDS[kind][1]
    if peers == "voisins":
        found = desk.shapes.neighbours(code) if desk.shapes else ()
        return (
            Company(found, f"{many} voisin{'es' if kind == 'REG' else 's'}", NEIGHBOURS)
            if found
            else Company(())
        )
    if peers == "population":
        found = tuple(nearest(populations(desk.territories, kind), code, NEAREST))
        return Company(
            found, f"{many} de population proche", _population_note(desk, kind, (code, *found))
        )
    return Company(chosen)


def _population_note(desk: Desk, kind: Kind, codes: tuple[str, ...]) -> str:
    """« Population (Insee, 1er janvier 2024) : Landes, 429 000 ; … »."""
    counts = populations(desk.territories, kind)
    said = [
        f"{desk.territories[code].name}, {wording.number(counts[code])}"
        for code in codes
        if code in counts
    ]
    return f"{population_label(desk)} : {' ; '.join(said)}." if said else ""
