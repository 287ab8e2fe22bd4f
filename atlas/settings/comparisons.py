"""Comparisons of config.yaml: which territories, which figures of them, laid out how."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from atlas.settings.base import Name, Period, Strict, Title

Layout = Literal["bars", "curve", "corridors", "slope", "dots", "multiples", "table", "maps"]
Scales = Literal["shared", "free"]
Everyone = Literal["regions", "departements"]
# Keys that only some layouts use; the others are for all.
USES: dict[Layout, tuple[str, ...]] = {
    "bars": ("period", "measure", "targets"),
    "curve": ("targets",),
    "corridors": ("period", "measure"),
    "slope": ("period", "compared_to"),
    "dots": ("period", "compared_to", "targets"),
    "multiples": ("period", "measure", "scales"),
    "table": ("period", "compared_to"),
    "maps": ("period", "compared_to"),
}
# Layouts that are nothing without two dates.
PAIRED: tuple[Layout, ...] = ("slope", "maps")
_SELECTIONS = ("all", "neighbours", "group")


class Group(Strict):
    """Territories that pages choose together, by a name."""

    label: Name
    territories: list[str] = Field(min_length=1)


class Annotation(Strict):
    """A remark on a territory, at one of the dates shown or at all of them."""

    territory: str
    text: str = Field(min_length=1, max_length=200)
    period: Period | None = None


class Target(Strict):
    """A level to reach, drawn as a dashed line.

    Without a value it is read in the data, where a target is an indicator of its own, named like
    the one it is the target of (« activated_profiles_target »).
    """

    indicator: str
    territory: str = "FR"
    value: float | None = None
    label: Name | None = None
    source: str | None = None

    @model_validator(mode="after")
    def _has_source(self) -> Target:
        if self.value is not None and not (self.label and self.source):
            raise ValueError(
                "un objectif écrit ici a besoin de label et de source ; sans value, "
                "il est lu dans data/"
            )
        return self


class ComparisonSpec(Strict):
    """What a comparison shows, on a page of its own or in a dossier.

    territories, then those of one of all, neighbours (a territory and those around it) and group.
    period, compared_to: the two dates of a comparison in time; without a period, the latest.
    """

    territories: list[str] = Field(default_factory=list, min_length=1)
    all: Everyone | None = None
    neighbours: str | None = None
    group: str | None = None
    layout: Layout
    measure: Literal["value", "change"] = "value"
    period: Period | None = None
    compared_to: Period | None = None
    scales: Scales = "shared"

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for reason in (self._choice_of_territories(), self._unused_key(), self._dates()):
            if reason:
                raise ValueError(reason)
        return self

    def _choice_of_territories(self) -> str:
        chosen = [key for key in _SELECTIONS if getattr(self, key) is not None]
        if len(chosen) > 1:
            return f"gardez « {chosen[0]} » ou « {chosen[1]} », pas les deux"
        if not chosen and not self.territories:
            return "indiquez territories, all, neighbours ou group"
        return ""

    def _unused_key(self) -> str:
        """A key without effect would be taken for one that has."""
        fields = type(self).model_fields
        for key in sorted({key for keys in USES.values() for key in keys}):
            given = key in fields and getattr(self, key) != fields[key].get_default(
                call_default_factory=True
            )
            if given and key not in USES[self.layout]:
                useful = ", ".join(layout for layout, keys in USES.items() if key in keys)
                return (
                    f"« {key} » ne sert pas à la présentation {self.layout} : retirez cette "
                    f"clé, ou prenez {useful}"
                )
        return ""

    def _dates(self) -> str:
        if self.layout in PAIRED and not (self.period and self.compared_to):
            verb = "relie" if self.layout == "slope" else "compare"
            return f"{self.layout} {verb} deux dates : indiquez period et compared_to"
        if self.compared_to and not self.period:
            return "indiquez period, que compared_to précède"
        if self.compared_to and self.period and _end(self.compared_to) >= _end(self.period):
            return "compared_to doit précéder period"
        return ""


class Comparison(ComparisonSpec):
    """One comparison page.

    territories, then those of one of all, neighbours (a territory and those around it) and group.
    period, compared_to: the two dates of a comparison in time; without a period, the latest.
    """

    title: Title
    nav: Name
    introduction: str
    indicators: list[str] = Field(min_length=1)
    annotations: list[Annotation] = Field(default_factory=list)
    targets: list[Target] = Field(default_factory=list)
    finding: Title | None = None
    conclusion: str | None = None


def _end(period: str) -> str:
    """The last month of a period: « 2025 » ends with « 2025-12 »."""
    return f"{period}-12"[:7]
