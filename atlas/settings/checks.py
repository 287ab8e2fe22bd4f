"""What `python -m atlas check` holds together: relations of indicators, tolerances, verdicts."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from atlas.settings.base import Note, Strict

Verdict = Literal["rejected", "preferred", "contradicted", "noted"]


class Tolerance(Strict):
    """How far a qualifier stretches a number, as shares of it.

    usual: what a reader takes it for. widest: what it may mean at most, None without a limit;
    figures that only the widest reading reconciles are « à vérifier », not wrong.
    """

    usual: float = Field(ge=0, le=1)
    widest: float | None = Field(default=None, ge=0, le=1)


class Qualifiers(Strict):
    """« environ » goes both ways, « plus de » up, « près de » and « moins de » down."""

    about: Tolerance = Tolerance(usual=0.02, widest=0.1)
    over: Tolerance = Tolerance(usual=0.1)
    nearly: Tolerance = Tolerance(usual=0.05, widest=0.1)
    under: Tolerance = Tolerance(usual=0.1)


class Sum(Strict):
    """An indicator that is the sum of others, over the same territory and period."""

    total: str
    parts: list[str] = Field(min_length=2)


class Parts(Strict):
    """Shares of one whole, each an indicator of its own: together 100 %."""

    parts: list[str] = Field(min_length=2)


class Ratio(Strict):
    """rate = part / sum of whole. by_corridor: part is that of a corridor, whole that of all."""

    rate: str
    part: str
    whole: list[str] = Field(min_length=1)
    by_corridor: bool = False


class Yearly(Strict):
    """The same flow by month and by year: twelve months, or twelve mean months, make the year."""

    monthly: str
    year: str


class Whole(Strict):
    """A count that may be the denominator of a rate: the sum of its indicators."""

    whole: list[str] = Field(min_length=1)


class Denominator(Strict):
    """part / rate is a number of persons or profiles, which must lie near a known one.

    known: the counts that it may be; the population of the territory is one more, times
    `population_share` (an indicator) where that is published.
    """

    rate: str
    part: str
    known: list[Whole] = Field(min_length=1)
    population_share: str = ""


class Inclusion(Strict):
    """Whatever counts part is counted in whole: part is at most whole.

    times: how many wholes fit in the period of one part, when whole is published for a shorter
    one (connections a week, persons a month). reason: why, in a French clause for the reader.
    """

    part: str
    whole: str
    reason: str = Field(min_length=10)
    times: float = Field(default=1, gt=0)


class PartRate(Strict):
    """The rate of one part of a whole, and the counts whose sum is its weight."""

    rate: str
    weights: list[str] = Field(min_length=1)


class MeanRate(Strict):
    """A rate that is the mean of the rates of its parts, each weighted by its counts."""

    rate: str
    parts: list[PartRate] = Field(min_length=2)


class StockFlow(Strict):
    """What a stock gains in a month is its monthly flow."""

    monthly: str
    stock: str


class ShareTotal(Strict):
    """A share that is the sum of others, each an indicator of its own."""

    total: str
    parts: list[str] = Field(min_length=2)


class SameQuantity(Strict):
    """Indicators that count the same thing over different lengths of time."""

    parts: list[str] = Field(min_length=2)


class Checks(Strict):
    """Relations that published figures must satisfy, and how exactly.

    significant_digits: how many digits of a round count are taken as meant: with 2, « 15 000 000 »
    stands for 14.5 to 15.5 million. regional_tolerance: points between the rate of a territory
    and that of its parts weighted by population, since profiles by département are not published.
    What is said of one indicator alone (adds_up, cumulative, by_source) stands at its entry.

    nearby_months: months on either side within which figures of other dates are compared.
    mean_month_tolerance_percent: between a year and twelve times a mean month whose months the
    source may not name. population_tolerance_percent: between an implied denominator and the
    population, which is of an earlier year. profiles_above_population_percent: how far the number
    of insured persons may stand above the population. flow_tolerance_percent: between what a stock
    gains in a month and the monthly flows around. change_factor, change_floor_points: how many
    times the changes around it a change may be, and the points by which rates always vary.
    """

    qualifiers: Qualifiers = Qualifiers()
    significant_digits: int = Field(default=2, ge=1, le=6)
    regional_tolerance: float = Field(default=1, ge=0, le=20)
    sums: list[Sum] = Field(default_factory=list)
    share_sets: list[Parts] = Field(default_factory=list)
    ratios: list[Ratio] = Field(default_factory=list)
    yearly: list[Yearly] = Field(default_factory=list)
    nearby_months: int = Field(default=3, ge=0, le=12)
    mean_month_tolerance_percent: float = Field(default=10, ge=0, le=100)
    population_tolerance_percent: float = Field(default=1, ge=0, le=100)
    profiles_above_population_percent: float = Field(default=5, ge=0, le=100)
    flow_tolerance_percent: float = Field(default=40, ge=0, le=500)
    change_factor: float = Field(default=2, gt=1, le=100)
    change_floor_points: float = Field(default=1, ge=0, le=20)
    denominators: list[Denominator] = Field(default_factory=list)
    inclusions: list[Inclusion] = Field(default_factory=list)
    mean_rates: list[MeanRate] = Field(default_factory=list)
    stock_flows: list[StockFlow] = Field(default_factory=list)
    share_totals: list[ShareTotal] = Field(default_factory=list)
    same_quantities: list[SameQuantity] = Field(default_factory=list)


# How the key of a review starts when it is of no finding, and chooses between rows that agree.
CHOICE_PREFIX = "choix/"


class Effect(Strict):
    """What a verdict makes of one published row, found by its source and by what else is written.

    source: a key of data/sources.yaml; territory, indicator: those of the finding when left out
    (the second and third parts of its key); corridor, period, page, value, change: as the row has
    them, where the source alone names several. effect: rejected, never shown; preferred, shown
    rather than the others of the same thing; contradicted, shown with `says` beside it, and
    nothing is derived from it; noted, shown as it is. Of a contradicted row that the effect finds
    by its value or by its change, that one alone is contradicted. says: a French sentence.
    """

    source: str
    effect: Verdict
    territory: str = ""
    indicator: str = ""
    corridor: str | None = None
    period: str = ""
    page: str = ""
    value: float | None = None
    change: float | None = None
    says: Note = ""

    @model_validator(mode="after")
    def _says_what_contradicts(self) -> Self:
        if (self.effect == "contradicted") != bool(self.says):
            raise ValueError(
                "says est la phrase à imprimer à côté d’un chiffre contredit, et de lui seul"
            )
        return self


class Review(Strict):
    """What a person concluded of one finding, what a press officer should do about it, and what
    it makes of the rows that it names."""

    verdict: Literal[
        "confirmé : contradiction du document",
        "contradiction entre documents",
        "définitions différentes",
        "dates différentes",
        "arrondi",
        "qualificatif à respecter",
        "pour information",
    ]
    advice: str = Field(min_length=10)
    effects: list[Effect] = Field(default_factory=list)
