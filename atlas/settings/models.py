"""The typed settings. Unknown keys are refused: a misspelt key must not pass in silence."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from atlas.settings.base import Colour, Key, Published, Strict, fillable
from atlas.settings.checks import Checks
from atlas.settings.comparisons import Comparison, Group
from atlas.settings.dossiers import Dossier
from atlas.settings.import_profiles import ImportProfile, Imports
from atlas.settings.secrecy import SecrecyRule


class Brand(Strict):
    """Name, logo, colours and palettes of the publisher.

    logo: an SVG or PNG file inside the project's folder.
    slides_template, text_template: an agency's own PowerPoint and Word files, inside the
    project's folder, with the layouts and styles of the shipped ones; empty for these.
    """

    name: str
    title: str
    logo: str
    slides_template: str = ""
    text_template: str = ""
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
    """Who deposits documents. aliases: other names that the tables of agencies give it."""

    label: str
    short: str
    colour: Colour
    aliases: list[str] = []


class Indicator(Strict):
    """One published quantity.

    kind: rate and share are in percent and differ in points; count grows in percent.
    accumulation: a stock is a state at a date (« 2025 » means its end), a flow a total over a
    period.
    reading: note de lecture with {value} and {place}. bounds: fixed class bounds of the map.
    lowest: a percentage below it is taken for a fraction (0.336 for 33.6 %) and refused.
    ranks: for a rank, the indicator whose order it tells.
    """

    label: str
    unit: str = ""
    kind: Literal["rate", "share", "count", "average", "rank"]
    accumulation: Literal["stock", "flow"]
    digits: int = Field(default=0, ge=0, le=3)
    theme: Literal["usagers", "documents", "professionnels", "accompagnement"]
    definition: str
    champ: str
    reading: Annotated[str, AfterValidator(fillable)] = "{value} {place}"
    bounds: list[float] = Field(default_factory=list)
    lowest: float = 1
    ranks: str = ""

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


class Display(Strict):
    """How one figure is chosen and what may be derived."""

    regional_coverage: float = Field(ge=0, le=1)
    map_indicators: list[str] = Field(min_length=1)
    national_curve: str


class Format(Strict):
    """A size of images, in millimetres or in pixels; without a height, as high as it needs.

    dpi: density written in the file; pixels become print points through it. text: size of the
    caption in points, from which the other texts are sized.
    """

    label: str
    width_mm: float | None = Field(default=None, ge=40, le=1200)
    height_mm: float | None = Field(default=None, ge=30, le=1200)
    width_px: int | None = Field(default=None, ge=300, le=8000)
    height_px: int | None = Field(default=None, ge=200, le=8000)
    dpi: int = Field(default=300, ge=72, le=600)
    text: float = Field(default=7.5, ge=7, le=24)

    @property
    def width(self) -> float:
        """In points (1/72 inch)."""
        return self._points(self.width_mm, self.width_px) or 0

    @property
    def height(self) -> float | None:
        """In points, None when it follows the figure."""
        return self._points(self.height_mm, self.height_px)

    def _points(self, mm: float | None, px: int | None) -> float | None:
        if mm is not None:
            return mm / 25.4 * 72
        return None if px is None else px / self.dpi * 72

    @model_validator(mode="after")
    def _one_unit(self) -> Format:
        if (self.width_mm is None) == (self.width_px is None):
            raise ValueError("indiquez width_mm ou width_px, et un seul des deux")
        other = self.height_px if self.width_px is None else self.height_mm
        if other is not None:
            raise ValueError("la hauteur s’écrit dans la même unité que la largeur")
        return self


class Settings(Strict):
    """The whole of config.yaml."""

    brand: Brand
    geo: Geo
    display: Display
    corridors: dict[Key, Corridor]
    indicators: dict[Key, Indicator]
    formats: dict[Key, Format] = Field(min_length=1)
    source_order: list[str]
    secrecy: dict[Key, SecrecyRule] = Field(default_factory=dict)
    checks: Checks = Field(default_factory=Checks)
    imports: Imports = Imports()
    import_profiles: dict[Key, ImportProfile] = Field(default_factory=dict)
    groups: dict[Key, Group] = Field(default_factory=dict)
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
