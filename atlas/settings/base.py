"""What all models of the settings share."""

from __future__ import annotations

import datetime as dt
import re
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
#: What a figure by corridor shows: levels beside those of a base year, changes since it, levels
#: over time, what each corridor adds to the total, the share of each.
CorridorView = Literal["niveau", "croissance", "evolution", "contribution", "parts"]


def _of_the_calendar(text: str) -> str:
    """30 February has the form of a day and is none."""
    try:
        if text:
            dt.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        raise ValueError("ce jour n’est pas au calendrier") from None
    return text


#: What a note de lecture may name in braces: see docs/add-an-indicator.md.
SENTENCE_NAMES = frozenset(
    (
        "value",
        "place",
        "place_but_france",
        "of_place",
        "insured",
        "territory",
        "corridor",
        "actors",
        "of_actors",
        "practising",
        "beside",
        "period",
        "s",
        "e",
    )
)
_BRACES = re.compile(r"\{([^{}]*)\}")


def fillable(text: str) -> str:
    """A sentence that says the value once, and whose braces all name what the program knows.

    « {sont|étaient} » is a verb in two or four forms: present and past of the plural, then of the
    singular; « [{value} des profils] » is what the words of a source stand for.
    """
    names = _BRACES.findall(text)
    if any(brace in _BRACES.sub("", text) for brace in "{}"):
        raise ValueError("une accolade n’est pas refermée, ou en contient une autre")
    if unknown := [name for name in names if "|" not in name and name not in SENTENCE_NAMES]:
        raise ValueError(
            f"« {unknown[0]} » n’est remplacé par rien dans la phrase : écrivez l’un de "
            f"{', '.join(sorted(SENTENCE_NAMES))}, ou les formes d’un verbe « {{sont|étaient}} »"
        )
    if any(name.count("|") not in (1, 3) for name in names if "|" in name):
        raise ValueError("un verbe a deux formes (présent, passé), ou quatre avec le singulier")
    if names.count("value") != 1:
        raise ValueError("la phrase ne dit pas la valeur, une fois : écrivez-y {value}")
    groups = re.findall(r"\[([^\[\]]*)\]", text)
    if text.count("[") != len(groups) or text.count("]") != len(groups) or len(groups) > 1:
        raise ValueError("les crochets entourent une partie de la phrase, une fois")
    if groups and "{value}" not in groups[0]:
        raise ValueError("les crochets entourent la valeur : mettez-y {value}")
    return text


def place_template(text: str) -> str:
    """A Champ, whose braces name the territory alone: {of_place} or {insured}."""
    if not set(_BRACES.findall(text)) <= {"of_place", "insured"} or any(
        brace in _BRACES.sub("", text) for brace in "{}"
    ):
        raise ValueError("seuls {of_place} et {insured} sont remplacés dans le champ")
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
