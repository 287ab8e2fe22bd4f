"""What all models of the settings share."""

from __future__ import annotations

import datetime as dt
import re
import string
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from atlas.incoming_text import MAX_LETTERS

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$")]
_NOT_IN_ADDRESSES = re.compile(r"""[\s"'<>\\^`{|}]""")
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


def _of_the_web(text: str) -> str:
    """An address that a reader may click: « javascript: » would run a program, and what stands
    before an @ passes for the name of the site."""
    if not text:
        return text
    try:
        parts = urlsplit(text)
        is_of_the_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # brackets that hold no address of a machine
        is_of_the_web = False
    if not is_of_the_web or "@" in parts.netloc or _NOT_IN_ADDRESSES.search(text):
        raise ValueError(
            "cette adresse n’est pas celle d’une page web : elle commence par https:// ou http://, "
            "sans espace, guillemet ni nom d’utilisateur"
        )
    return text


#: A name or a label, a title, a note, the address of a page of the web: lengths by kind.
Name = Annotated[str, Field(max_length=MAX_LETTERS["name"])]
Title = Annotated[str, Field(max_length=MAX_LETTERS["title"])]
Note = Annotated[str, Field(max_length=MAX_LETTERS["note"])]
WebAddress = Annotated[str, Field(max_length=MAX_LETTERS["address"]), AfterValidator(_of_the_web)]
Period = Annotated[str, Field(pattern=f"^{_DATE}$"), AfterValidator(_of_the_calendar)]
Published = Annotated[str, Field(pattern=f"^({_DATE})?$"), AfterValidator(_of_the_calendar)]


class Strict(BaseModel):
    """Frozen, without coercion: « "3" » is not the number 3. No text is longer than a page."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        str_max_length=MAX_LETTERS["text"],
    )
