"""The typed settings. Unknown keys are refused: a misspelt key must not pass in silence."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from atlas.settings.base import (
    Colour,
    Key,
    Name,
    Published,
    Strict,
    Title,
    WebAddress,
    fillable,
    place_template,
)
from atlas.settings.checks import Checks
from atlas.settings.comparisons import Comparison, Group
from atlas.settings.dossiers import Dossier, FigureRef
from atlas.settings.icons import Icon
from atlas.settings.import_profiles import ImportProfile, Imports
from atlas.settings.secrecy import SecrecyRule
from atlas.settings.server import Access, Limits, Log
from atlas.settings.signatures import Signatures

IndicatorKind = Literal["rate", "share", "count", "average", "rank"]
Accumulation = Literal["stock", "flow", "rolling"]
#: Kinds of indicators whose value is a percentage.
PERCENTAGES: tuple[IndicatorKind, ...] = ("rate", "share")
Sentence = Annotated[str, AfterValidator(fillable)]


class Brand(Strict):
    """Name, logo, colours and palettes of the publisher.

    logo: an SVG or PNG file inside the project's folder.
    slides_template, text_template, pack_template: an agency's own PowerPoint, Word and Typst files,
    inside the project's folder, with the layouts and styles of the shipped ones; empty for these.
    contact: to whom an error is reported, an address of e-mail or of a page; the page Méthode and
    press kits print it.
    """

    name: Name
    title: Title
    logo: str
    contact: Title = ""
    slides_template: str = ""
    text_template: str = ""
    pack_template: str = ""
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
    credit: Title


class Corridor(Strict):
    """Who deposits documents. aliases: other names that the tables of agencies give it.

    sector: its name with its article (« l’hôpital »), for a sentence. actors: who they are, in the
    plural and without article (« laboratoires »), whom a sentence makes its subject; people: true
    when they are persons, who practise in a territory, and not structures of it. Without them, a
    sentence names the label. icon: beside its key figures, in the place of the indicator’s.
    """

    label: Name
    short: Name
    colour: Colour
    icon: Icon = ""
    aliases: list[Name] = []
    sector: Name = ""
    actors: Name = ""
    people: bool = False


class IndicatorDefaults(Strict):
    """What the indicators of one theme have in common, unless an entry says otherwise."""

    kind: IndicatorKind | None = None
    accumulation: Accumulation | None = None
    unit: Name = ""
    digits: int = Field(default=0, ge=0, le=3)
    champ: str = ""
    icon: Icon = ""


class SentenceForms(Strict):
    """What else the sentences of one indicator are made from, all of it optional.

    by_corridor: the sentence of a corridor that has actors, with {actors} (« les laboratoires de
    Corse »), {of_actors} (« des laboratoires ») and {practising} (« exerçant en Corse », « de
    Corse »). of_nouns: sentences for the nouns of sources that another verb suits, by their first
    words, separated by commas. window_months: how many months a value is about when its row does
    not say; since: what it is counted from, instead of a period (« depuis le début de
    l’expérimentation »). is_past_when_dated: true for a flow said in the present where its date
    is not. is_increment: true for what a stock gained, said from the date that it started from.
    total_since: what a total is counted from, said last (« depuis l’ouverture du service ») unless
    its row has a window. beside: the indicator whose value of the same document is said in
    brackets.
    """

    by_corridor: Sentence | None = None
    of_nouns: dict[Name, Sentence] = Field(default_factory=dict)
    window_months: int | None = Field(default=None, ge=1, le=120)
    since: Name = ""
    is_past_when_dated: bool = False
    is_increment: bool = False
    total_since: Name = ""
    beside: str = ""


class IndicatorEntry(Strict):
    """One published quantity, as it is written under its theme.

    kind: rate and share are in percent and differ in points; count grows in percent.
    unit: noun of what is counted, « % » for a rate or a share that names none.
    value_noun: what a sentence calls the value, masculine (« taux »).
    accumulation: a stock is a state at a date (« 2025 » means its end), a flow a total over a
    period, a rolling figure a total over the months that end with the period.
    heading: what a title calls it where place and period are said beside it; the label when empty.
    reading: note de lecture with {value} and {place}; sentence: its other forms. bounds: fixed
    class bounds of the map, on which the indicator is then offered.
    lowest: a percentage below it is taken for a fraction (0.336 for 33.6 %) and refused.
    ranks: for a rank, the indicator whose order it tells.
    adds_up: of what its total is the sum; shares that add up over corridors make 100 %.
    cumulative: true when it only grows.
    by_source: true when its definition changes with the source, so that a difference between two
    sources is « à vérifier » and not an error.
    icon: a file of templates/icons, without its extension, beside its key figures.
    """

    label: Name
    unit: Name = ""
    value_noun: Name = "chiffre"
    kind: IndicatorKind
    accumulation: Accumulation
    digits: int = Field(default=0, ge=0, le=3)
    definition: str
    champ: Annotated[str, AfterValidator(place_template)]
    heading: Name = ""
    reading: Sentence = "{value} {place}"
    sentence: SentenceForms = SentenceForms()
    bounds: list[float] = Field(default_factory=list)
    lowest: float = 1
    ranks: str = ""
    adds_up: list[Literal["corridors", "territories"]] = Field(default_factory=list)
    cumulative: bool = False
    by_source: bool = False
    icon: Icon = ""

    @model_validator(mode="before")
    @classmethod
    def _percent_sign(cls, entry: Any) -> Any:
        """A percentage needs not say its unit."""
        if isinstance(entry, dict) and entry.get("kind") in PERCENTAGES and not entry.get("unit"):
            return {**entry, "unit": "%"}
        return entry

    @property
    def in_percent(self) -> bool:
        """True when the value is a percentage, so that differences are in points."""
        return self.kind in PERCENTAGES

    @model_validator(mode="after")
    def _adds_up_at_all(self) -> Self:
        if self.adds_up and self.kind not in ("count", "share"):
            raise ValueError("seuls un effectif et une part s’additionnent : retirez adds_up")
        if "territories" in self.adds_up and self.kind == "share":
            raise ValueError(
                "les parts de plusieurs territoires ne s’additionnent pas : "
                "retirez territories de adds_up"
            )
        return self

    @model_validator(mode="after")
    def _bounds_fit(self) -> Self:
        if self.bounds and not self.in_percent:
            raise ValueError("un effectif ne se colorie pas en classes : retirez bounds")
        if sorted(set(self.bounds)) != self.bounds:
            raise ValueError("les bornes de bounds doivent aller en croissant, sans doublon")
        return self


class Indicator(IndicatorEntry):
    """One published quantity. theme: key of the theme under which it is written."""

    theme: str


class Theme(Strict):
    """Indicators that are read together.

    label: heading of the page Chiffres clés. defaults: what its indicators do not say themselves.
    """

    label: Name
    defaults: IndicatorDefaults = IndicatorDefaults()
    indicators: dict[Key, IndicatorEntry]

    @model_validator(mode="before")
    @classmethod
    def _with_defaults(cls, theme: Any) -> Any:
        if not isinstance(theme, dict) or not isinstance(theme.get("indicators"), dict):
            return theme
        return {**theme, "indicators": with_defaults(theme)}


def with_defaults(theme: dict[str, Any]) -> dict[str, Any]:
    """The indicators of a theme as read, each with the defaults that it does not say itself."""
    defaults = theme.get("defaults")
    known = {
        key: value
        for key, value in (defaults.items() if isinstance(defaults, dict) else ())
        if key in IndicatorDefaults.model_fields and value is not None
    }
    return {
        key: {**known, **entry} if isinstance(entry, dict) else entry
        for key, entry in theme["indicators"].items()
    }


class RankCoverage(Strict):
    """How much of a set of territories must be known before any of them is given a rank.

    max_missing_regions: régions without a value, at most; min_known_share: share of the
    départements, or of the caisses, that have one, at least.
    """

    max_missing_regions: int = Field(default=2, ge=0, le=17)
    min_known_share: float = Field(default=0.9, gt=0, le=1)


#: More figures in large would leave none in large.
MAX_HOME_FIGURES = 6


class Display(Strict):
    """How one figure is chosen, what may be derived and what may be ranked.

    class_labels: how the legend of a map says its classes: « de 30 à 34 » on a scale of colours
    (words), or « [30 ; 34[ » beside each colour (intervals). titles: of a figure without a title of
    its own, a finding where one is certain (findings), or what is drawn (plain). home_figures: of
    the nation, in large on the first page, each at its newest period unless it names one.
    """

    regional_coverage: float = Field(ge=0, le=1)
    class_labels: Literal["words", "intervals"] = "words"
    titles: Literal["findings", "plain"] = "findings"
    national_curve: str
    home_figures: list[FigureRef] = Field(default=[], max_length=MAX_HOME_FIGURES)
    ranks: RankCoverage = RankCoverage()


class Format(Strict):
    """A size of images, in millimetres or in pixels; without a height, as high as it needs.

    dpi: density written in the file; pixels become print points through it. text: size of the
    caption in points, from which the other texts are sized.
    """

    label: Name
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


class TeamConfig(Strict):
    """What a team edits: config.yaml.

    observations: the kind of place that holds the figures, a word of
    `atlas.observations.registry`. comparisons, dossiers: those of the file; others have a file
    each (see `atlas.settings.entry_files`).
    """

    brand: Brand
    geo: Geo
    observations: str = "yearly_files"
    display: Display
    corridors: dict[Key, Corridor]
    formats: dict[Key, Format] = Field(min_length=1)
    groups: dict[Key, Group] = Field(default_factory=dict)
    comparisons: dict[Key, Comparison] = Field(default_factory=dict)
    dossiers: dict[Key, Dossier] = Field(default_factory=dict)


class IndicatorsConfig(Strict):
    """The dictionary of indicators: config/indicators.yaml.

    feminine_nouns: first words of nouns of sources with which a participle agrees (« pharmacies »).
    """

    themes: dict[Key, Theme] = Field(min_length=1)
    feminine_nouns: list[Name] = []


class ImportsConfig(Strict):
    """How files of agencies are read: config/imports.yaml."""

    imports: Imports = Imports()
    import_profiles: dict[Key, ImportProfile] = Field(default_factory=dict)


class ChecksConfig(Strict):
    """What must agree: config/checks.yaml."""

    checks: Checks


class SecrecyConfig(Strict):
    """What may not be shown: config/secrecy.yaml."""

    secrecy: dict[Key, SecrecyRule]


class ServerConfig(Strict):
    """What a server allows to its visitors: config/server.yaml."""

    limits: Limits = Limits()
    access: Access = Access()
    log: Log = Log()
    signatures: Signatures = Signatures()


#: Each file of the configuration, by its path in the project, and what it may hold. A section, the
#: first key of a file, stands in one file alone.
CONFIG_FILES: dict[str, type[Strict]] = {
    "config.yaml": TeamConfig,
    "config/indicators.yaml": IndicatorsConfig,
    "config/imports.yaml": ImportsConfig,
    "config/checks.yaml": ChecksConfig,
    "config/secrecy.yaml": SecrecyConfig,
    "config/server.yaml": ServerConfig,
}
#: Section → the file that holds it.
FILE_OF_SECTION = {
    section: file for file, model in CONFIG_FILES.items() for section in model.model_fields
}


class Settings(
    TeamConfig, IndicatorsConfig, ImportsConfig, ChecksConfig, SecrecyConfig, ServerConfig
):
    """The whole configuration.

    indicators: those of all themes, in their order. source_order: keys of data/sources.yaml by
    grade, then in the order of the file, which says whose figure is shown first; source_grades:
    the grade of each.
    """

    indicators: dict[str, Indicator]
    source_order: list[str]
    source_grades: dict[str, SourceGrade] = Field(default_factory=dict)

    def grade_place(self, source: str) -> int:
        """0 for a producer, more for a source that is further from who counts."""
        return SOURCE_GRADES.index(self.source_grades.get(source, "fictitious"))

    @property
    def map_indicators(self) -> list[str]:
        """Those offered on the map: percentages that have fixed class bounds."""
        return [key for key, indicator in self.indicators.items() if indicator.bounds]


#: How far a source is from who counts: the first that has a figure is shown. An undated document
#: comes last, whoever wrote it.
SourceGrade = Literal["producer", "relay", "press", "undated", "fictitious"]
SOURCE_GRADES: tuple[SourceGrade, ...] = get_args(SourceGrade)
#: What `grade` was written when it was `kind`.
_FORMER_GRADES = {"primary": "producer"}


def _without_former_grade(grade: object) -> object:
    present = _FORMER_GRADES.get(grade) if isinstance(grade, str) else None
    if present:
        raise ValueError(f"« {grade} » s’appelle maintenant « {present} »")
    return grade


class Source(Strict):
    """A document that published figures.

    published: ISO date, month, year or empty; consulted: when the figures were read in it, in the
    same forms, empty where nobody wrote it; grade: how far it is from who counts.
    """

    title: Title
    publisher: Name
    published: Published
    consulted: Published = ""
    licence: Name
    address: WebAddress = ""
    file: Title = ""
    grade: Annotated[SourceGrade, BeforeValidator(_without_former_grade)]


class Milestone(Strict):
    """What the service gained in one year."""

    year: int = Field(ge=2020, le=2040)
    title: Title
    points: list[Title] = Field(min_length=1)
    source: str
