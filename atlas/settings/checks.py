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


class Checks(Strict):
    """Relations that published figures must satisfy, and how exactly.

    significant_digits: how many digits of a round count are taken as meant: with 2, « 15 000 000 »
    stands for 14.5 to 15.5 million. regional_tolerance: points between the rate of a territory
    and that of its parts weighted by population, since profiles by département are not published.
    What is said of one indicator alone (adds_up, cumulative, by_source) stands at its entry.
    """

    qualifiers: Qualifiers = Qualifiers()
    significant_digits: int = Field(default=2, ge=1, le=6)
    regional_tolerance: float = Field(default=1, ge=0, le=20)
    sums: list[Sum] = Field(default_factory=list)
    share_sets: list[Parts] = Field(default_factory=list)
    ratios: list[Ratio] = Field(default_factory=list)
    yearly: list[Yearly] = Field(default_factory=list)


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
