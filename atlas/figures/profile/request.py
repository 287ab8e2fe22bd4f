"""The requests of the strip and of the bars of a profile."""

from __future__ import annotations

from typing import ClassVar, Literal

from atlas.figures.common.request import FigureRequest
from atlas.territories import CODE_SEPARATOR

# Empty: those that are named, else the nation and the région alone.
Peers = Literal["", "voisins", "population"]


class ProfileRequest(FigureRequest):
    """A territory among others of its kind. territory: its code, then those of the territories it
    is compared with, joined by « + »; peers: the rule that finds them instead."""

    joins_territories: ClassVar[bool] = True
    territory: str = "FR"
    period: str = ""
    peers: Peers = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The territory, then those it is compared with."""
        return tuple(self.territory.split(CODE_SEPARATOR))


class StripRequest(ProfileRequest):
    """Every territory of the kind as a dot on one axis."""

    drawing: Literal["bande"] = "bande"


class PeerBarsRequest(ProfileRequest):
    """Bars of the territory, of its peers and of France."""

    drawing: Literal["comparateurs"] = "comparateurs"
