"""The dossiers that config.yaml publishes, made of blocks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from atlas.settings.base import CorridorView, Level, Measure, Name, Period, Strict, Title
from atlas.settings.comparisons import ComparisonSpec
from atlas.settings.icons import Icon

#: How large a key figure is written among those of its block.
FigureSize = Literal["hero", "normal"]


class FigureRef(Strict):
    """One figure of a dossier; what is left out is taken from the dossier.

    label: what is counted, as the document says it, in the place of the name of the indicator;
    heading: of whom it speaks (« Pharmacies d’officine »), above it; size: hero for the one or two
    that are read first; icon: another than that of its corridor or its indicator.
    """

    indicator: str
    corridor: str = ""
    territory: str | None = None
    period: Period | None = None
    page: Name | None = None
    label: Name | None = None
    heading: Name = ""
    size: FigureSize = "normal"
    icon: Icon = ""


class _Block(Strict):
    title: Title | None = None
    text: str | None = None


class KeyFiguresBlock(_Block):
    """Cards. corridor_table: indicators whose values by corridor, and in all, stand under them on
    the same image."""

    kind: Literal["key_figures"]
    figures: list[FigureRef] = Field(min_length=1)
    corridor_table: list[str] = Field(default_factory=list)


class MapBlock(_Block):
    """Choropleth of the dossier's territory."""

    kind: Literal["map"]
    indicator: str = "activation_rate"
    level: Level = "departements"
    measure: Measure = "value"
    period: Period | None = None


class CorridorsBlock(_Block):
    """Documents by corridor: levels, growths, over time, contributions or shares.

    compared_to: the period that changes start from; a year before without one.
    """

    kind: Literal["corridors"]
    indicator: str = "documents_deposited"
    period: Period | None = None
    view: CorridorView = "niveau"
    compared_to: Period | None = None


class CorridorTableBlock(_Block):
    """Corridors in rows, indicators in columns, with their totals."""

    kind: Literal["corridor_table"]
    indicators: list[str] = Field(min_length=1)
    period: Period | None = None


class TerritoryTableBlock(_Block):
    """The territories of one level inside the dossier's territory."""

    kind: Literal["territory_table"]
    indicator: str = "activation_rate"
    level: Level = "caisses"
    period: Period | None = None


class CurveBlock(_Block):
    """An indicator over time. milestones: those of the service as rules on it."""

    kind: Literal["curve"]
    indicator: str
    territories: list[str] = Field(default_factory=list)
    milestones: bool = False


class ComparisonBlock(ComparisonSpec, _Block):
    """Territories compared, in any of the layouts of the comparison pages.

    period: without one, that of the dossier; for curve, corridors and multiples, all or the latest
    of each. targets: indicators that hold the level to reach. title: the finding of the figure.
    """

    kind: Literal["comparison"]
    indicator: str
    targets: list[str] = Field(default_factory=list)


class TimelineBlock(_Block):
    """The milestones of the service."""

    kind: Literal["timeline"]


class TextBlock(_Block):
    """A paragraph of the publisher."""

    kind: Literal["text"]
    text: str


Block = Annotated[
    KeyFiguresBlock
    | MapBlock
    | CorridorsBlock
    | CorridorTableBlock
    | TerritoryTableBlock
    | CurveBlock
    | ComparisonBlock
    | TimelineBlock
    | TextBlock,
    Field(discriminator="kind"),
]


class Quote(Strict):
    """Words that somebody said or wrote, exactly. author: who; role: as what."""

    text: str
    author: Name
    role: Title = ""


class Contact(Strict):
    """Whom the press may ask. organisation: of whom; name: of the person."""

    organisation: Name
    name: Name = ""
    email: Name = ""
    phone: Name = ""


class Dossier(Strict):
    """What a territory publishes on an occasion: ordered blocks, from one source first.

    The rest is for its press release and its press pack, where what is left out is a field to be
    completed. headline: a fact in one line, made from the first figure of the territory without
    one; lead: the first paragraph; place: the town that it is dated from; quotes: words of those
    who speak for the publisher, never made up; about: the paragraph « À propos »; contacts: whom
    the press may ask.
    """

    title: Title
    nav: Name
    territory: str
    period: Period
    source: str
    introduction: str
    headline: Title = ""
    lead: str = ""
    place: Name = ""
    quotes: list[Quote] = []
    about: str = ""
    contacts: list[Contact] = []
    blocks: list[Block] = Field(min_length=1)
