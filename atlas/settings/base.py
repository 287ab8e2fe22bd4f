"""What all models of the settings share."""

from __future__ import annotations

import datetime as dt
import string
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

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


def fillable(text: str) -> str:
    """A sentence that says the value, and whose braces all name what the program knows."""
    try:
        names = {
            f"{name}{more or ''}{how or ''}"
            for _, name, more, how in string.Formatter().parse(text)
            if name is not None
        }
    except ValueError:
        names = {"{"}
    if not names <= {"value", "place", "corridor"}:
        raise ValueError("seuls {value}, {place} et {corridor} sont remplacés dans la phrase")
    if "value" not in names:
        raise ValueError("la phrase ne dit pas la valeur : écrivez-y {value}")
    return text


Period = Annotated[str, Field(pattern=f"^{_DATE}$"), AfterValidator(_of_the_calendar)]
Published = Annotated[str, Field(pattern=f"^({_DATE})?$"), AfterValidator(_of_the_calendar)]


class Strict(BaseModel):
    """Frozen, without coercion: « "3" » is not the number 3."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)
