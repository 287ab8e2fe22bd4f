"""How the tables of a yearly file are read: what a person settled once, for the next years."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from atlas.settings.base import Name, Note, Published, Strict

Holds = Literal[
    "territory",
    "region",
    "corridor",
    "indicator",
    "period",
    "value",
    "change",
    "qualifier",
    "compared_to",
    "source",
    "page",
    "note",
    "noun",
    "window",
    "status",
    "printed",
    "derived",
    "ignored",
]
ColumnUnit = Literal["", "fraction", "points", "thousands", "millions"]
UNTITLED = "(sans titre)"  # what stands for the header of a column that has none


class ProfileColumn(Strict):
    """One column, known by its header.

    header: its text; accents, case and punctuation do not count. Of a header over two rows, both
    texts joined by « / ». {period} and {compared_to} stand for the years that it names, so that
    the profile holds for the next years; « (sans titre) » is a column without any. holds: region,
    that of the territory of a row, which must agree with it; derived, a text on the rows that the
    dashboard computed itself, which are left out; noun, window, status, printed, the optional
    columns of yearly files, which a table may lack. unit: « fraction » when 0.336 stands for
    33.6 %, « points » when a change of a rate is written with a percent sign.
    """

    header: str = Field(min_length=1)
    holds: Holds
    indicator: str = ""
    corridor: str = ""
    unit: ColumnUnit = ""
    qualifier: Literal["", "about", "over", "nearly", "under"] = ""
    compared_to: str = ""


class CorridorText(Strict):
    """A corridor as the table calls it, and the note to keep when the words differ."""

    text: str
    corridor: str
    note: Note = ""


class Total(Strict):
    """What the total rows are figures of; without a territory, that of the rows they sum up.

    keep: false leaves them out.
    """

    texts: list[str] = Field(default_factory=lambda: ["total", "ensemble"])
    territory: str = ""
    note: Note = ""
    keep: bool = True


class ImportProfile(Strict):
    """One table of one kind of file. sheet: a text that the name of the sheet contains.

    level: what the rows are, « mixed » when their codes say it; « none » when all are of
    `territory`. period: empty when headers, titles or the command say it. source: empty when rows
    or the command say it.
    """

    label: Name
    sheet: str = ""
    level: Literal["departements", "caisses", "regions", "mixed", "none"]
    territory: str = ""
    indicator: str = ""
    period: Published = ""
    source: str = ""
    page: Name = ""
    note: Note = ""
    columns: list[ProfileColumn] = Field(min_length=1)
    corridor_names: list[CorridorText] = Field(default_factory=list)
    totals: Total = Total()

    def has(self, holds: Holds) -> bool:
        """Whether a column says this of each row."""
        return any(column.holds == holds for column in self.columns)

    @model_validator(mode="after")
    def _whole(self) -> ImportProfile:
        held = {column.holds for column in self.columns}
        if not held & {"value", "change"}:
            raise ValueError("aucune colonne ne porte de valeur ni d’évolution (holds: value)")
        if self.level == "none" and not self.territory:
            raise ValueError("indiquez territory, ou level: departements, caisses ou regions")
        if self.level != "none" and "territory" not in held:
            raise ValueError("aucune colonne ne porte le territoire (holds: territory)")
        if (
            not self.indicator
            and "indicator" not in held
            and any(c.holds in ("value", "change") and not c.indicator for c in self.columns)
        ):
            raise ValueError("indiquez l’indicateur de chaque colonne de valeur ou d’évolution")
        return self


class Imports(Strict):
    """What the report of a file finds worth a look. jump_factor: a value so many times that of
    the year before, or as many times below. jump_points: for percentages, so many points away.
    """

    jump_factor: float = Field(default=3, gt=1)
    jump_points: float = Field(default=15, gt=0)
