"""Statistical secrecy: which cells of an indicator may not be shown."""

from __future__ import annotations

from pydantic import Field, model_validator

from atlas.settings.base import Strict


class SecrecyRule(Strict):
    """When a cell of one indicator is secret.

    minimum: a value above 0 and under it is secret; with units, fewer contributors than it.
    zero: 0 is secret too. units: the indicator that counts the contributors of the same territory,
    corridor and date. dominance: percent of the value beyond which one contributor gives it away.
    largest: the indicator that holds what the largest contributor gave; it is confidential, and
    read without ever being shown.
    """

    minimum: int | None = Field(default=None, ge=2)
    zero: bool = False
    units: str = ""
    dominance: float | None = Field(default=None, gt=0, lt=100)
    largest: str = ""

    @model_validator(mode="after")
    def _whole(self) -> SecrecyRule:
        if self.minimum is None and self.dominance is None:
            raise ValueError(
                "cette règle ne cache rien : indiquez minimum, ou dominance et largest"
            )
        if (self.dominance is None) == bool(self.largest):
            raise ValueError(
                "dominance et largest vont ensemble : la part en %, et l’indicateur "
                "de ce qu’apporte le plus gros contributeur"
            )
        if self.minimum is None and (self.units or self.zero):
            raise ValueError("units et zero précisent minimum : indiquez-le aussi")
        return self
