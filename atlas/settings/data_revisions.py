"""What changed in the published figures, day by day: data/revisions.yaml."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from atlas.settings.base import Note, Period, Strict, Title

# Territory, indicator, corridor where there is one, period and source.
_ROW_KEY = re.compile(
    r"[A-Z]+(-[0-9A-Z]+)?/[a-z0-9_]+(/[a-z_]+)?/\d{4}(-\d\d){0,2}/[a-z0-9]+([_-][a-z0-9]+)*"
)
_DAY_LENGTH = len("2026-11-28")


def _whole_day(text: str) -> str:
    """Neither a month nor a year: data are closed on a day."""
    if len(text) != _DAY_LENGTH:
        raise ValueError(f"« {text} » n’est pas un jour : écrivez-le comme 2026-11-28")
    return text


def _row_key(key: str) -> str:
    if not _ROW_KEY.fullmatch(key):
        raise ValueError(
            f"« {key} » ne désigne pas une ligne : écrivez territoire/indicateur/période/source, "
            "avec le couloir avant la période s’il y en a un"
        )
    return key


class DataRevision(Strict):
    """What changed in the data on one day, in the words of who changed it.

    date: the day on which the data were closed; sentences: what changed, in French; rows: keys of
    the rows that changed and are still in the data, territory/indicator/period/source with the
    corridor before the period where there is one.
    """

    date: Annotated[Period, AfterValidator(_whole_day)]
    sentences: list[Note] = Field(min_length=1)
    rows: list[Annotated[Title, AfterValidator(_row_key)]] = Field(default_factory=list)
