"""The typed settings. Unknown keys are refused: a misspelt key must not pass in silence."""

from __future__ import annotations

import datetime as dt
import string
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$")]
_DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
Level = Literal["departements", "caisses", "regions"]
Measure = Literal["value", "change", "gap"]


def _of_the_calendar(text: str) -> str:
    """30 February has the form of a day and is none."""
    try:
        if text:
            dt.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        raise ValueError("ce jour n’est pas au calendrier") from None
    return text


def _fillable(text: str) -> str:
    """A sentence whose braces all name something that the program knows."""
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        names = {"{"}
    if not names <= {"value", "place", "corridor"}:
        raise ValueError("seuls {value}, {place} et {corridor} sont remplacés dans la phrase")
    return text


Period = Annotated[str, Field(pattern=f"^{_DATE}$"), AfterValidator(_of_the_calendar)]
Published = Annotated[str, Field(pattern=f"^({_DATE})?$"), AfterValidator(_of_the_calendar)]


class Strict(BaseModel):
    """Frozen, without coercion: « "3" » is not the number 3."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Brand(Strict):
    """Name, colours and palettes of the publisher."""

    name: str
    title: str
    ink: Colour
    muted: Colour
    primary: Colour
    accent: Colour
    neutral: Colour
    sequential: list[Colour] = Field(min_length=3, max_length=9)
    diverging: list[Colour] = Field(min_length=3, max_length=9)


class Geo(Strict):
    """Where the outlines come from: a GeoJSON inside the project's folder and its credit."""

    departements: str
    credit: str


class Corridor(Strict):
    """Who deposits documents."""

    label: str
    short: str
    colour: Colour


class Indicator(Strict):
    """One published quantity.

    kind: rate and share are in percent and differ in points; count grows in percent.
    measure: a stock is a state at a date (« 2025 » means its end), a flow a total over a period.
    reading: note de lecture with {value} and {place}. bounds: fixed class bounds of the map.
    lowest: a percentage below it is taken for a fraction (0.336 for 33.6 %) and refused.
    """

    label: str
    unit: str = ""
    kind: Literal["rate", "share", "count", "average", "rank"]
    measure: Literal["stock", "flow"]
    digits: int = Field(default=0, ge=0, le=3)
    good: Literal["up", "down", "neutral"] = "neutral"
    theme: Literal["usagers", "documents", "professionnels", "accompagnement"]
    definition: str
    champ: str
    reading: Annotated[str, AfterValidator(_fillable)] = "{value} {place}"
    bounds: list[float] = Field(default_factory=list)
    lowest: float = 1

    @property
    def in_percent(self) -> bool:
        """True when the value is a percentage, so that differences are in points."""
        return self.kind in ("rate", "share")

    @model_validator(mode="after")
    def _bounds_fit(self) -> Indicator:
        if self.bounds and not self.in_percent:
            raise ValueError("un effectif ne se colorie pas en classes : retirez bounds")
        if sorted(set(self.bounds)) != self.bounds:
            raise ValueError("les bornes de bounds doivent aller en croissant, sans doublon")
        return self


class Figures(Strict):
    """How one figure is chosen and what may be derived."""

    regional_coverage: float = Field(ge=0, le=1)
    map_indicators: list[str] = Field(min_length=1)
    national_curve: str


class FigureRef(Strict):
    """One figure of a dossier; what is left out is taken from the dossier."""

    indicator: str
    corridor: str = ""
    territory: str | None = None
    period: Period | None = None
    page: str | None = None
    label: str | None = None


class _Block(Strict):
    title: str | None = None
    text: str | None = None


class KeyFiguresBlock(_Block):
    """Cards."""

    kind: Literal["key_figures"]
    figures: list[FigureRef] = Field(min_length=1)


class MapBlock(_Block):
    """Choropleth of the dossier's territory."""

    kind: Literal["map"]
    indicator: str = "activation_rate"
    level: Level = "departements"
    measure: Measure = "value"
    period: Period | None = None


class CorridorsBlock(_Block):
    """Documents by corridor: levels, growths or shares."""

    kind: Literal["corridors"]
    indicator: str = "documents_deposited"
    period: Period | None = None


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
    """An indicator over time."""

    kind: Literal["curve"]
    indicator: str
    territories: list[str] = Field(default_factory=list)


class TimelineBlock(_Block):
    """The milestones of the service."""

    kind: Literal["timeline"]


class TextBlock(_Block):
    """A paragraph of the publisher."""

    kind: Literal["text"]
    text: str


Block = Annotated[
    KeyFiguresBlock | MapBlock | CorridorsBlock | CorridorTableBlock | TerritoryTableBlock
    | CurveBlock | TimelineBlock | TextBlock,
    Field(discriminator="kind"),
]


class Dossier(Strict):
    """What a territory publishes on an occasion: ordered blocks, from one source first."""

    title: str
    nav: str
    territory: str
    period: Period
    source: str
    introduction: str
    blocks: list[Block] = Field(min_length=1)


class Comparison(Strict):
    """One comparison page."""

    title: str
    nav: str
    introduction: str
    territories: list[str] = Field(min_length=1)
    indicators: list[str] = Field(min_length=1)
    layout: Literal["bars", "curve", "corridors"]
    measure: Literal["value", "change"] = "value"
    period: Period | None = None
    finding: str | None = None


class Settings(Strict):
    """The whole of config.yaml."""

    brand: Brand
    geo: Geo
    figures: Figures
    corridors: dict[Key, Corridor]
    indicators: dict[Key, Indicator]
    source_order: list[str]
    comparisons: dict[Key, Comparison]
    dossiers: dict[Key, Dossier]


class Source(Strict):
    """A document that published figures. published: ISO date, month, year or empty."""

    title: str
    publisher: str
    published: Published
    licence: str
    address: str = ""
    file: str = ""
    kind: Literal["primary", "press", "fictitious"]


class Milestone(Strict):
    """What the service gained in one year."""

    year: int = Field(ge=2020, le=2040)
    title: str
    points: list[str] = Field(min_length=1)
    source: str
